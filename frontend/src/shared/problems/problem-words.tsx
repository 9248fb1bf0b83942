import type { ProblemText } from './use-problem-text';

/** What to do about a problem, and below it what the server adds. */
export function ProblemWords({ text: { advice, detail } }: { text: ProblemText }) {
  return (
    <>
      {advice && <p>{advice}</p>}
      {detail && <p className={advice ? 'wrap-anywhere text-muted' : 'wrap-anywhere'}>{detail}</p>}
    </>
  );
}
