import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { Markdown } from './markdown';

test('shows no image and no raw HTML, whatever the text says', () => {
  const { container } = render(
    <Markdown text={'A ![plan](https://evil.example/x.png) <img src=x onerror=alert(1)> <script>bad()</script>'} />,
  );
  expect(container.querySelector('img, script')).toBeNull();
  expect(container).not.toHaveTextContent('onerror');
});

test('opens links in a new tab without telling where from', () => {
  render(<Markdown text="See [the form](https://example.org/form)." />);
  const link = screen.getByRole('link', { name: 'the form' });
  expect(link).toHaveAttribute('rel', expect.stringContaining('noopener'));
  expect(link).toHaveAttribute('target', '_blank');
});

test('drops addresses that run code', () => {
  render(<Markdown text="[x](javascript:alert(1))" />);
  expect(screen.getByText('x').closest('a')?.getAttribute('href') ?? '').not.toContain('javascript');
});

test('puts citations where the text has their marks, and only theirs', () => {
  const { container } = render(
    <Markdown
      text={'Leave is long [1]. See [7] and `a[1]`.\n\n- paid [2][1]'}
      citations={[1, 2]}
      place="inline"
      renderCitation={(number) => <b>({number})</b>}
    />,
  );
  expect(container.querySelector('p')).toHaveTextContent('Leave is long(1). See [7] and a[1].');
  expect(container.querySelector('li')).toHaveTextContent('paid(2)(1)');
});

test('puts citations at the end of the last paragraph, inside lists too', () => {
  const { container } = render(
    <Markdown
      text={'Two steps:\n\n- ask\n- wait'}
      citations={[1, 2]}
      renderCitation={(number) => <b key={number}>{number}</b>}
    />,
  );
  expect(container.querySelector('li:last-child')).toHaveTextContent('wait12');
});
