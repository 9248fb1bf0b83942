import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { AuditEntry } from '@/shared/api/types';
import { expectAccessible } from '@/test/expect-accessible';
import { fakeApi } from '@/test/fake-api';
import { anAdministrator, page, signedIn } from '@/test/fixtures';
import { renderApp } from '@/test/render-app';

const at = '2026-05-04T08:00:00Z';

const never = { count: 0, meanMillis: 0, p95Millis: 0 };
const idle = {
  model: '',
  queued: 0,
  running: 0,
  reading: 0,
  requests: { submitted: 0, refused: 0, completed: 0, cancelled: 0, failed: 0 },
  tokens: { prompt: 0, reused: 0, generated: 0 },
  pages: { used: 0, kept: 0, all: 0 },
  queueTime: never,
  firstTokenTime: never,
  batchSize: 0,
  promptTokensPerSecond: 0,
  generatedTokensPerSecond: 0,
};

test('the operations page shows what the active model does', async () => {
  fakeApi({
    ...signedIn(),
    'GET /about': { version: '1', buildTime: null },
    'GET /audit': page([]),
    'GET /models/active/statistics': {
      ...idle,
      model: 'Reader',
      queued: 2,
      running: 3,
      reading: 1,
      tokens: { prompt: 7500, reused: 2500, generated: 900 },
      pages: { used: 12, kept: 30, all: 512 },
      firstTokenTime: { count: 4, meanMillis: 1500, p95Millis: 4096 },
    },
  });
  renderApp('/operations');
  expect(await screen.findByText('3 running, of which 1 reading; 2 waiting')).toBeVisible();
  expect(screen.getByText('2,500 (25%)')).toBeVisible();
  expect(screen.getByText('12 used, 30 kept, of 512')).toBeVisible();
  expect(screen.getByText(/^1\.5 s.* on average, 95 % within 4\.1 s/)).toBeVisible();
  await expectAccessible();
});

test('of a model on another machine it shows what can be known from here', async () => {
  fakeApi({
    ...signedIn(),
    'GET /about': { version: '1', buildTime: null },
    'GET /audit': page([]),
    'GET /models/active/statistics': {
      ...idle,
      model: 'Remote',
      running: 1,
      requests: { submitted: 9, refused: 1, completed: 6, cancelled: 0, failed: 2 },
      tokens: { prompt: 800, reused: 0, generated: 90 },
    },
  });
  renderApp('/operations');
  expect(await screen.findByText('1 running, of which 0 reading; 0 waiting')).toBeVisible();
  expect(screen.getByText('90')).toBeVisible();
  expect(screen.queryByText(/kept, of/)).toBeNull();
});

const anEntry = (changes: Partial<AuditEntry> = {}): AuditEntry => ({
  id: 'entry-1',
  at,
  actor: { id: 'person-1', name: 'Mei Lin' },
  action: 'document-deleted',
  subject: { kind: 'DOCUMENT', id: 'd', label: 'Travel' },
  facts: [],
  detail: '',
  address: '127.0.0.1',
  ...changes,
});
const about = { 'GET /about': { version: '0.1.0', buildTime: null } };

test('the audit log names who did what', async () => {
  fakeApi({ ...signedIn(), ...about, 'GET /models/active/statistics': idle, 'GET /audit': page([anEntry()]) });
  renderApp('/operations');
  expect(await screen.findByRole('row', { name: /Mei Lin Document deleted Travel/ })).toBeVisible();
  await expectAccessible();
});

test('a Chinese reader gets the details of the audit log in Chinese, old lines as they were written', async () => {
  const ola = { kind: 'PERSON', id: 'person-2', label: 'Ola' };
  const granted = [
    { name: 'everyone', value: 'READ', about: null },
    { name: 'grantee', value: 'MANAGE', about: ola },
  ];
  const changed = [
    { name: 'role', value: 'ADMINISTRATOR', about: null },
    { name: 'change', value: 'deactivated', about: null },
  ];
  fakeApi({
    ...signedIn(anAdministrator({ language: 'zh' })),
    ...about,
    'GET /models/active/statistics': idle,
    'GET /audit': page([
      anEntry({ id: 'e-1', action: 'collection-permissions-changed', facts: granted }),
      anEntry({ id: 'e-2', action: 'person-changed', facts: changed }),
      anEntry({ id: 'e-3', action: 'group-changed', facts: [{ name: 'members', value: '1200', about: null }] }),
      anEntry({ id: 'e-4', action: 'person-changed', detail: 'role MEMBER' }),
    ]),
  });
  renderApp('/operations');
  const details = async (name: RegExp) => (await screen.findByRole('row', { name })).children[4]?.textContent;
  expect(await details(/更改了权限/)).toBe('所有人：可阅读Ola：可管理');
  expect(await details(/已停用/)).toBe('角色：管理员已停用');
  expect(await details(/更改了群组/)).toBe('1,200 名成员');
  expect(await details(/role MEMBER/)).toBe('role MEMBER');
});
