import { useTranslation } from 'react-i18next';
import type { RegisteredModel } from '@/shared/api/types';
import { useFormat } from '@/shared/format/use-format';

type BuiltIn = NonNullable<RegisteredModel['builtIn']>;

/** What the model that comes with the program can do, and what it reached. */
export function BuiltInScores({ builtIn }: { builtIn: BuiltIn }) {
  const { t } = useTranslation();
  const format = useFormat();
  const names: Record<string, string> = {
    'F1, English': t('model.scoreF1English'),
    'F1, Chinese': t('model.scoreF1Chinese'),
    'wrong of answered': t('model.scoreWrong'),
    'refused of unanswerable': t('model.scoreRefusedUnanswerable'),
    'refused of answerable': t('model.scoreRefusedAnswerable'),
    'citations right': t('model.scoreCitations'),
  };
  const percent = (part: number) => (part < 0 ? '–' : `${format.number(Math.round(part * 1000) / 10)} %`);
  const verdict =
    builtIn.scores.length === 0
      ? t('model.builtInNotMeasured')
      : builtIn.gatePassed
        ? t('model.builtInPassed')
        : t('model.builtInNotPassed');
  return (
    <div className="flex flex-col gap-2">
      <p>{t('model.builtInText')}</p>
      <p className={builtIn.gatePassed ? 'text-good' : 'text-warn'}>{verdict}</p>
      {builtIn.scores.length > 0 && (
        <table className="w-full text-start text-xs">
          <thead className="text-muted">
            <tr>
              <th scope="col" className="py-1 text-start font-normal">
                {t('model.builtInScores')}
              </th>
              <th scope="col" className="py-1 text-end font-normal">
                {t('model.scoreWanted')}
              </th>
              <th scope="col" className="py-1 text-end font-normal">
                {t('model.scoreReached')}
              </th>
              <th scope="col" className="py-1 text-end font-normal">
                {t('model.scoreQuotes')}
              </th>
            </tr>
          </thead>
          <tbody>
            {builtIn.scores.map((score) => {
              const bound = { value: percent(score.bound) };
              return (
                <tr key={score.name}>
                  <th scope="row" className="py-0.5 pe-2 text-start font-normal">
                    {names[score.name] ?? score.name}
                  </th>
                  <td className="text-end text-muted">
                    {score.most ? t('model.scoreAtMost', bound) : t('model.scoreAtLeast', bound)}
                  </td>
                  <td className={score.passed ? 'text-end text-good' : 'text-end text-warn'}>{percent(score.value)}</td>
                  <td className="text-end text-muted">{percent(score.quotes)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </div>
  );
}
