import { useTranslation } from 'react-i18next';
import problems from '@/shared/i18n/problems.en.json';
import { useFormat } from '@/shared/format/use-format';
import { useFieldLabel } from './use-field-label';

/** What can be known of a problem: one that was answered, or that of a document or an answer. */
export interface Told {
  code: string;
  title: string;
  detail?: string | null;
  status?: number;
  fields?: string[];
  limitBytes?: number | null;
  retryAfterSeconds?: number | null;
}

export interface ProblemText {
  title: string;
  /** What to do, in the language shown; null if nothing can be said. */
  advice: string | null;
  /** The server's own words, which are English: only where English is shown or nothing else is known. */
  detail: string | null;
  /** All of it as short as possible, for a row or a toast. */
  line: string;
}

type Code = keyof typeof problems;

const isKnown = (code: string): code is Code => Object.hasOwn(problems, code);
const bare = (text: string) => text.toLowerCase().replace(/\.$/, '');

/** The words for a problem by its code; a code that is not known keeps the words of the server. */
export function useProblemText(): (problem: Told) => ProblemText {
  const { t, i18n } = useTranslation();
  const { t: words } = useTranslation('problems');
  const format = useFormat();
  const fieldLabel = useFieldLabel();

  const known = (code: Code, { fields = [], limitBytes, retryAfterSeconds }: Told) => {
    const context = retryAfterSeconds ? 'wait' : limitBytes ? 'limit' : fields.length > 0 ? 'fields' : undefined;
    const values = {
      count: retryAfterSeconds ?? 0,
      limit: format.number(Math.floor((limitBytes ?? 0) / 2 ** 20)),
      fields: format.list(fields.map(fieldLabel)),
    };
    return { title: words(`${code}.title`), advice: words(`${code}.advice`, { context, ...values }) };
  };

  const adviceOnUnknown = ({ detail, status, retryAfterSeconds }: Told) => {
    if (retryAfterSeconds) return t('problem.retryAfter', { count: retryAfterSeconds });
    if (detail || !status) return null;
    return status === 404 ? t('problem.missingAdvice') : t('problem.advice');
  };

  const inOneLine = (title: string, text: string | null) => (text ? t('problem.inOneLine', { title, text }) : title);

  return (problem) => {
    const { code, detail = null } = problem;
    if (!isKnown(code)) {
      const advice = adviceOnUnknown(problem);
      return { title: problem.title, advice, detail, line: inOneLine(problem.title, detail ?? advice) };
    }
    const { title, advice } = known(code, problem);
    if (!detail || i18n.language.startsWith('zh'))
      return { title, advice, detail: null, line: inOneLine(title, advice) };
    const repeats = bare(detail).includes(bare(advice));
    return { title, advice: repeats ? null : advice, detail, line: inOneLine(title, detail) };
  };
}
