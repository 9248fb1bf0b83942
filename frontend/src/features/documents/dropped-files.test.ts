import { expect, test } from 'vitest';
import { pathOf } from '@/shared/api/file-path';
import { droppedFiles } from './dropped-files';

const aFile = (fullPath: string) => {
  const name = fullPath.split('/').at(-1) ?? '';
  const file = (resolve: (file: File) => void) => resolve(new File(['text'], name));
  return { name, fullPath, isFile: true, isDirectory: false, file };
};

/** A folder whose reader gives two at a time, as a browser gives a hundred. */
const aFolder = (fullPath: string, inside: object[]) => ({
  name: fullPath.split('/').at(-1) ?? '',
  fullPath,
  isFile: false,
  isDirectory: true,
  createReader: () => {
    const left = [...inside];
    return { readEntries: (resolve: (some: object[]) => void) => resolve(left.splice(0, 2)) };
  },
});

const aDrop = (...entries: object[]) =>
  ({ items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })), files: [] }) as unknown as DataTransfer;

test('opens folders to the bottom and keeps the folders in the names', async () => {
  const folder = aFolder('/handbook', [
    aFile('/handbook/index.md'),
    aFile('/handbook/.DS_Store'),
    aFolder('/handbook/leave', [aFile('/handbook/leave/index.md'), aFile('/handbook/leave/sick.md')]),
    aFolder('/handbook/.git', [aFile('/handbook/.git/config')]),
  ]);
  const files = await droppedFiles(aDrop(folder, aFile('/note.txt')));
  expect(files.map(pathOf)).toEqual([
    'handbook/index.md',
    'handbook/leave/index.md',
    'handbook/leave/sick.md',
    'note.txt',
  ]);
});

test('takes plain files where the browser knows no entries', async () => {
  const plain = new File(['text'], 'plain.txt');
  const files = await droppedFiles({ items: [], files: [plain] } as unknown as DataTransfer);
  expect(files.map(pathOf)).toEqual(['plain.txt']);
});
