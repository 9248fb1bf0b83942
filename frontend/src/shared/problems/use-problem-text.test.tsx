import { renderHook } from '@testing-library/react';
import i18next from 'i18next';
import { expect, test } from 'vitest';
import { Problem } from '@/shared/api/problem';
import { useProblemText, type ProblemText, type Told } from './use-problem-text';

async function textOf(problem: Told, language = 'en'): Promise<ProblemText> {
  await i18next.changeLanguage(language);
  return renderHook(() => useProblemText()).result.current(problem);
}

const taken = {
  code: 'email-taken',
  title: 'E-mail taken',
  detail: 'There is already an account for mei@example.org.',
  status: 409,
};

test('English readers get advice and what the server adds', async () => {
  expect(await textOf(taken)).toEqual({
    title: 'E-mail taken',
    advice: 'Use another address, or look for the account under People.',
    detail: taken.detail,
    line: 'E-mail taken: There is already an account for mei@example.org.',
  });
});

test('advice that the server gives as well is not given twice', async () => {
  const detail = '“HR” is the default; make another assistant the default first.';
  const text = await textOf({ code: 'default-assistant-needed', title: 'A default assistant is needed', detail });
  expect(text).toMatchObject({ advice: null, detail });
});

test('Chinese readers get no English', async () => {
  expect(await textOf(taken, 'zh')).toEqual({
    title: '电子邮箱已被使用',
    advice: '请使用其他邮箱，或在“人员”中查找该账户。',
    detail: null,
    line: '电子邮箱已被使用：请使用其他邮箱，或在“人员”中查找该账户。',
  });
});

test('a code that is not known keeps the words of the server', async () => {
  const unknown = { code: 'moon-phase', title: 'Wrong phase of the moon', detail: 'Wait two weeks.', status: 409 };
  expect(await textOf(unknown, 'zh')).toMatchObject({ title: unknown.title, advice: null, detail: unknown.detail });
  expect((await textOf({ code: 'http-502', title: 'HTTP 502', status: 502 }, 'zh')).advice).toMatch(/^请重试/);
});

test('fields are called as on the page', async () => {
  const errors = [
    { field: 'displayName', message: 'is missing' },
    { field: 'retrieval.passages', message: 'must be 1 to 50' },
    { field: 'mystery', message: 'is odd' },
  ];
  const problem = new Problem(
    { code: 'invalid-input', title: 'Invalid input', field: 'displayName', errors },
    400,
    null,
  );
  expect((await textOf(problem)).advice).toBe('Check what you entered: Name, Passages and mystery.');
  expect((await textOf(problem, 'zh')).advice).toBe('请检查您填写的内容：姓名、段落数和mystery。');
});

test('limits and waiting times are filled in', async () => {
  const large = { code: 'file-too-large', title: 'File too large', limitBytes: 200 * 2 ** 20 };
  expect((await textOf(large, 'zh')).advice).toBe('单个文件最大为 200 MB。请拆分文件，或请管理员提高上限。');
  const many = new Problem({ code: 'too-many-attempts', title: 'Too many', retryAfterSeconds: 1 }, 429, null);
  expect((await textOf(many)).advice).toBe('Wait 1 second.');
  expect((await textOf({ ...taken, code: 'too-many-attempts', retryAfterSeconds: 45 }, 'zh')).advice).toBe(
    '请在 45 秒后重试。',
  );
});
