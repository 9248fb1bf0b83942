import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate, useParams } from 'react-router';
import { Problem } from '@/shared/api/problem';
import { useAssistants } from '@/shared/assistants/use-assistants';
import { useMe } from '@/shared/session/use-me';
import { Notice } from '@/shared/ui/notice/notice';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { Page } from '@/shared/ui/page/page';
import { Skeleton } from '@/shared/ui/skeleton/skeleton';
import { useToast } from '@/shared/ui/toast/toasts';
import { AssistantEditor } from './assistant-editor';

const list = '/assistants';

/** One assistant, for administrators: the form, and beside it what it would answer and what it was. */
export function AssistantPage() {
  const { t } = useTranslation();
  const me = useMe();
  const { id } = useParams();
  const navigate = useNavigate();
  const toast = useToast();
  const { data: assistants, error, refetch } = useAssistants();
  const [restored, setRestored] = useState(0);
  const assistant = assistants?.find((each) => each.id === id);
  if (me.role !== 'ADMINISTRATOR') return <Navigate to={list} replace />;
  return (
    <Page
      title={assistant?.name ?? (id ? t('assistant.one') : t('assistant.new'))}
      back={{ to: list, label: t('nav.assistants') }}
      wide
    >
      {id && error && <ProblemNotice problem={Problem.from(error)} onRetry={() => void refetch()} />}
      {id && !assistants && !error && <Skeleton rows={8} />}
      {id && assistants && !assistant && <Notice title={t('notFound.title')}>{t('notFound.text')}</Notice>}
      {(!id || assistant) && (
        <AssistantEditor
          key={`${id ?? ''} ${restored}`} // the form starts again from what was restored
          assistant={assistant}
          onSaved={(saved) => {
            toast({ text: t('common.saved') });
            void navigate(`${list}/${saved.id}`, { replace: true });
          }}
          onRestored={({ version }) => {
            toast({ text: t('assistant.restored', { version }) });
            setRestored(version);
          }}
        />
      )}
    </Page>
  );
}
