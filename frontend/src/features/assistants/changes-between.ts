export interface Change {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

type Split = (text: string) => string[];

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
const words: Split = (text) => [...segmenter.segment(text)].map(({ segment }) => segment);
const lines: Split = (text) => text.split(/(?<=\n)/);
const whole: Split = (text) => (text === '' ? [] : [text]);

/** Cells of the table of common lengths: a few megabytes, some tens of milliseconds. */
const mostCells = 4_000_000;

/** How one text became the other, by words; very long texts by lines, or as a whole. */
export function changesBetween(before: string, after: string): Change[] {
  for (const split of [words, lines]) {
    const changes = changesOf(split(before), split(after));
    if (changes) return changes;
  }
  return joined([...marked('removed', whole(before)), ...marked('added', whole(after))]);
}

function changesOf(before: string[], after: string[]): Change[] | null {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const old = before.slice(head, before.length - tail);
  const next = after.slice(head, after.length - tail);
  if (old.length * next.length > mostCells) return null;
  return joined([
    ...marked('same', before.slice(0, head)),
    ...middle(old, next),
    ...marked('same', before.slice(before.length - tail)),
  ]);
}

/** The longest common subsequence stays; `common[i][j]` is its length from there on. */
function middle(old: string[], next: string[]): Change[] {
  const width = next.length + 1;
  const common = new Uint16Array((old.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = next.length - 1; j >= 0; j--) {
      common[i * width + j] = old[i] === next[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const changes: Change[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < next.length) {
    if (i < old.length && j < next.length && old[i] === next[j]) {
      changes.push({ kind: 'same', text: old[i++] ?? '' });
      j++;
    } else if (j === next.length || (i < old.length && at(i + 1, j) >= at(i, j + 1))) {
      changes.push({ kind: 'removed', text: old[i++] ?? '' });
    } else {
      changes.push({ kind: 'added', text: next[j++] ?? '' });
    }
  }
  return changes;
}

const marked = (kind: Change['kind'], texts: string[]): Change[] => texts.map((text) => ({ kind, text }));

function joined(changes: Change[]): Change[] {
  const runs: Change[] = [];
  for (const { kind, text } of changes) {
    const last = runs.at(-1);
    if (last?.kind === kind) last.text += text;
    else runs.push({ kind, text });
  }
  return runs;
}
