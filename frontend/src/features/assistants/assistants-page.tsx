import { Bot, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Problem } from '@/shared/api/problem';
import type { Assistant } from '@/shared/api/types';
import { useAssistants } from '@/shared/assistants/use-assistants';
import { useMe } from '@/shared/session/use-me';
import { Button } from '@/shared/ui/button/button';
import { Empty } from '@/shared/ui/empty/empty';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { Page } from '@/shared/ui/page/page';
import { Skeleton } from '@/shared/ui/skeleton/skeleton';
import { AssistantCard } from './assistant-card';
import { DeleteAssistantDialog } from './delete-assistant-dialog';

export function AssistantsPage() {
  const { t } = useTranslation();
  const me = useMe();
  const { data: assistants, error, refetch } = useAssistants();
  const navigate = useNavigate();
  const [deleting, setDeleting] = useState<Assistant | null>(null);
  const administers = me.role === 'ADMINISTRATOR';
  const action = administers && (
    <Button kind="primary" size="small" className="h-9" onClick={() => void navigate('/assistants/new')}>
      <Plus aria-hidden size={15} />
      {t('assistant.new')}
    </Button>
  );
  return (
    <Page title={t('nav.assistants')} text={t('assistant.text')} actions={action} wide>
      {error && <ProblemNotice problem={Problem.from(error)} onRetry={() => void refetch()} />}
      {!assistants && !error && <Skeleton rows={3} />}
      {assistants?.length === 0 && (
        <Empty
          icon={Bot}
          title={t('assistant.none')}
          text={administers ? t('assistant.noneText') : t('assistant.noneMember')}
        />
      )}
      {assistants && assistants.length > 0 && (
        <ul className="grid grid-cols-1 gap-4 md:grid-cols-2">
          {assistants.map((assistant) => (
            <AssistantCard
              key={assistant.id}
              assistant={assistant}
              editable={administers}
              onDelete={administers && !assistant.isDefault ? () => setDeleting(assistant) : undefined}
            />
          ))}
        </ul>
      )}
      {deleting && <DeleteAssistantDialog assistant={deleting} onClose={() => setDeleting(null)} />}
    </Page>
  );
}
