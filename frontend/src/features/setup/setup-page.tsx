import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { Problem } from '@/shared/api/problem';
import { Notice } from '@/shared/ui/notice/notice';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { EntryPage } from '@/shared/ui/page/entry-page';
import { Skeleton } from '@/shared/ui/skeleton/skeleton';
import { SetupForm } from './setup-form';

/** The first administrator's page; the one-time token is in the fragment, which never reaches a log. */
export function SetupPage() {
  const { t } = useTranslation();
  const token = useLocation().hash.slice(1);
  const { data, error, refetch } = useQuery({
    queryKey: keys.setup,
    queryFn: () => json<{ required: boolean }>('/setup'),
  });
  const content = () => {
    if (error) return <ProblemNotice problem={Problem.from(error)} onRetry={() => void refetch()} />;
    if (!data) return <Skeleton rows={4} />;
    if (!data.required) {
      return (
        <Notice title={t('setup.done')}>
          <Link to="/sign-in" className="text-accent-strong underline">
            {t('signIn.title')}
          </Link>
        </Notice>
      );
    }
    if (!token) return <Notice title={t('setup.linkMissing')}>{t('setup.linkMissingAdvice')}</Notice>;
    return <SetupForm token={token} />;
  };
  return (
    <EntryPage title={t('setup.title')} text={data?.required && token ? t('setup.text') : undefined}>
      {content()}
    </EntryPage>
  );
}
