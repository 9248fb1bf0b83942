import { classNames } from '@/shared/ui/class-names';
import { changesBetween } from './changes-between';

/** How one text became another: what went is struck through, what came is underlined. */
export function WordDiff({ before, after }: { before: string; after: string }) {
  const changes = changesBetween(before, after);
  const replaced = changes.length === 2; // with nothing between them, as with numbers
  return changes.map(({ kind, text }, index) => {
    if (kind === 'removed') {
      return (
        <del key={index} className={classNames('bg-bad-soft text-bad', replaced && 'mr-2')}>
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
