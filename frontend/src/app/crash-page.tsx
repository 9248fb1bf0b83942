import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { Problem } from '@/shared/api/problem';
import { Button } from '@/shared/ui/button/button';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { EntryPage } from '@/shared/ui/page/entry-page';

/** Shown when a page itself fails; reloading is the way out. */
export function CrashPage() {
  const { t } = useTranslation();
  return (
    <EntryPage title={t('crash.title')}>
      <div className="flex flex-col gap-4">
        <ProblemNotice problem={Problem.from(useRouteError())} />
        <Button kind="primary" onClick={() => location.reload()}>
          {t('crash.reload')}
        </Button>
      </div>
    </EntryPage>
  );
}
