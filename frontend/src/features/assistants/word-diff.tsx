import { changesBetween } from './changes-between';

/** How one text became another: what went is struck through, what came is underlined. */
export function WordDiff({ before, after }: { before: string; after: string }) {
  return changesBetween(before, after).map(({ kind, text }, index) => {
    if (kind === 'removed') {
      return (
        <del key={index} className="bg-bad-soft text-bad">
          {text}
        </del>
      );
    }
    if (kind === 'added') {
      return (
        <ins key={index} className="bg-good-soft text-good">
          {text}
        </ins>
      );
    }
    return <span key={index}>{text}</span>;
  });
}
