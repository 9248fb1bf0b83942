import axe from 'axe-core';
import { expect } from 'vitest';

/** No axe-core violation in the document. Colours are checked by `contrast.test.ts`: jsdom has no layout. */
export async function expectAccessible(): Promise<void> {
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}
