import { Bot, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
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
import { AssistantDialog } from './assistant-dialog';
import { DeleteAssistantDialog } from './delete-assistant-dialog';

type Open = { kind: 'new' } | { kind: 'edit' | 'delete'; assistant: Assistant } | null;

export function AssistantsPage() {
  const { t } = useTranslation();
  const me = useMe();
  const { data: assistants, error, refetch } = useAssistants();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const administers = me.role === 'ADMINISTRATOR';
  const action = administers && (
    <Button kind="primary" size="small" className="h-9" onClick={() => setOpen({ kind: 'new' })}>
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
        <ul className="grid gap-4 md:grid-cols-2">
          {assistants.map((assistant) => (
            <AssistantCard
              key={assistant.id}
              assistant={assistant}
              onEdit={administers ? () => setOpen({ kind: 'edit', assistant }) : undefined}
              onDelete={administers && !assistant.isDefault ? () => setOpen({ kind: 'delete', assistant }) : undefined}
            />
          ))}
        </ul>
      )}
      {open?.kind === 'new' && <AssistantDialog onClose={close} />}
      {open?.kind === 'edit' && <AssistantDialog assistant={open.assistant} onClose={close} />}
      {open?.kind === 'delete' && <DeleteAssistantDialog assistant={open.assistant} onClose={close} />}
    </Page>
  );
}
