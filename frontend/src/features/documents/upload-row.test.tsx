import { render, screen } from '@testing-library/react';
import { QueryClientProvider } from '@tanstack/react-query';
import i18next from 'i18next';
import { Tooltip } from 'radix-ui';
import { MemoryRouter } from 'react-router';
import { expect, test } from 'vitest';
import { Problem } from '@/shared/api/problem';
import { createQueryClient } from '@/shared/api/query-client';
import { aDocument } from '@/test/fixtures';
import type { Upload } from './upload-queue';
import { UploadRow } from './upload-row';

const anUpload = (changes: Partial<Upload>): Upload => ({
  key: 1,
  file: new File(['0123456789'], 'leave.pdf'),
  collectionId: 'collection-1',
  phase: 'DONE',
  sentBytes: 10,
  bytesPerSecond: null,
  document: null,
  duplicateOf: null,
  newRevision: false,
  problem: null,
  ...changes,
});

function renderRow(upload: Upload) {
  render(
    <QueryClientProvider client={createQueryClient()}>
      <MemoryRouter>
        <Tooltip.Provider>
          <UploadRow upload={upload} onCancel={() => undefined} onRetry={() => undefined} />
        </Tooltip.Provider>
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

test('a stored file that Witan also has elsewhere says so, with a way there', () => {
  renderRow(anUpload({ document: aDocument(), duplicateOf: { id: 'document-9', title: 'Leave 2025' } }));
  expect(screen.getByText('Ready')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Also in Witan as Leave 2025' })).toHaveAttribute(
    'href',
    '/documents/document-9',
  );
});

test('a duplicate in the same collection says it once', () => {
  renderRow(anUpload({ phase: 'DUPLICATE', duplicateOf: { id: 'document-9', title: 'Leave 2025' } }));
  expect(screen.getByText('Already here as Leave 2025')).toBeVisible();
  expect(screen.queryByText(/Also in Witan/)).not.toBeInTheDocument();
});

test('a refused file says why in the language shown', async () => {
  await i18next.changeLanguage('zh');
  const problem = new Problem({ code: 'empty-file', title: 'Empty file', detail: 'The file has no bytes.' }, 400, null);
  renderRow(anUpload({ phase: 'FAILED', problem }));
  expect(screen.getByText('文件为空：请确认文件已保存，然后重新上传。')).toBeVisible();
});
