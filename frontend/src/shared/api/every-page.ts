import { json } from './client';
import type { Page } from './types';

const largestPage = 200;

/** All items of a list that is short by nature (collections, groups), page after page. */
export async function everyPage<T>(path: string): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await json<Page<T>>(path, { query: { cursor, limit: largestPage } });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return items;
}
