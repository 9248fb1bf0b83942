import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { fakeApi } from './fake-api';
import { anAdministrator, signedIn } from './fixtures';
import { renderApp } from './render-app';

test('the palette finds pages, documents and conversations by keyboard alone', async () => {
  const api = fakeApi({
    ...signedIn(),
    'GET /find': {
      documents: [{ id: 'document-1', title: 'Parental leave', collectionId: 'c' }],
      conversations: [{ id: 'conversation-1', title: 'Pay' }],
    },
    'GET /conversations/conversation-1': { ...anAdministrator(), messages: [], title: 'Pay' },
  });
  const { user, router } = renderApp('/chat');
  await screen.findByRole('heading', { name: 'What would you like to know?' });
  await user.keyboard('{Control>}k{/Control}');
  await user.keyboard('pa');
  expect(await screen.findByRole('option', { name: /Parental leave/ })).toHaveAttribute('aria-selected', 'true');
  await user.keyboard('{ArrowDown}{Enter}');
  await waitFor(() => expect(router.state.location.pathname).toBe('/chat/conversation-1'));
  expect(api.callsOf('GET', '/find').at(-1)?.query.get('query')).toBe('pa');
});

test('the question mark lists the shortcuts, but not while typing', async () => {
  fakeApi(signedIn());
  const { user } = renderApp('/chat');
  const box = await screen.findByRole('textbox', { name: 'Question' });
  await user.type(box, 'why?');
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  await user.click(document.body);
  await user.keyboard('?');
  expect(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
});
