import type { Element, ElementContent, Root } from 'hast';

const holders = new Set(['p', 'li', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'ul', 'ol']);

function lastHolder(parent: Root | Element): Root | Element {
  const last = parent.children.findLast((child) => child.type === 'element');
  return last?.type === 'element' && holders.has(last.tagName) ? lastHolder(last) : parent;
}

/** Puts a numbered `sup` for each citation at the end of the last paragraph, where the cited sentence ends. */
export function appendCitations(numbers: number[]) {
  return (tree: Root) => {
    if (numbers.length === 0) return;
    const holder = lastHolder(tree);
    const chips: ElementContent[] = numbers.map((number) => ({
      type: 'element',
      tagName: 'sup',
      properties: { dataCitation: number },
      children: [{ type: 'text', value: String(number) }],
    }));
    if (holder.type === 'root') {
      holder.children.push({ type: 'element', tagName: 'p', properties: {}, children: chips });
    } else {
      holder.children.push(...chips);
    }
  };
}
