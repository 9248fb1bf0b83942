const sentenceEnd = /[.!?…](?=["'”’)\]]*\s)["'”’)\]]*|[。！？]["'”’）」』]*|\n+/gu;

/** The sentences that are complete in `text` after `from`, and where they end. Text still growing is left for later. */
export function completeSentences(text: string, from: number): { sentences: string[]; end: number } {
  const sentences: string[] = [];
  let end = from;
  for (const match of text.slice(from).matchAll(sentenceEnd)) {
    const next = from + match.index + match[0].length;
    const sentence = text.slice(end, next).trim();
    if (sentence) sentences.push(sentence);
    end = next;
  }
  return { sentences, end };
}
