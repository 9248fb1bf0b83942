import type { ElementContent, Root, RootContent, Text } from 'hast';

const marks = /(\s*)\[(\d+)\]/g;
const verbatim = new Set(['code', 'pre']);

/** What a text says, with a numbered `sup` where `[n]` stands for a citation that there is. */
function parts(text: Text, numbers: Set<number>): ElementContent[] {
  const found: ElementContent[] = [];
  let from = 0;
  for (const mark of text.value.matchAll(marks)) {
    const number = Number(mark[2]);
    if (!numbers.has(number)) continue;
    if (mark.index > from) found.push({ type: 'text', value: text.value.slice(from, mark.index) });
    from = mark.index + mark[0].length;
    const children: ElementContent[] = [{ type: 'text', value: String(number) }];
    found.push({ type: 'element', tagName: 'sup', properties: { dataCitation: number }, children });
  }
  return from === 0 ? [text] : [...found, { type: 'text', value: text.value.slice(from) }];
}

function replaced(children: RootContent[], numbers: Set<number>): RootContent[] {
  return children.flatMap((child): RootContent[] => {
    if (child.type === 'text') return parts(child, numbers);
    if (child.type === 'element' && !verbatim.has(child.tagName)) {
      child.children = replaced(child.children, numbers) as ElementContent[];
    }
    return [child];
  });
}

/** Puts a numbered `sup` where the text has `[n]`, for the given numbers only; never within code. */
export function inlineCitations(numbers: number[]) {
  return (tree: Root) => {
    tree.children = replaced(tree.children, new Set(numbers));
  };
}
