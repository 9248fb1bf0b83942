import { useMutation } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { json } from '@/shared/api/client';
import { Problem } from '@/shared/api/problem';
import type { Message } from '@/shared/api/types';
import { useFormat } from '@/shared/format/use-format';
import { Markdown } from '@/shared/markdown/markdown';
import { Button } from '@/shared/ui/button/button';
import { TextInput } from '@/shared/ui/field/text-input';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { Skeleton } from '@/shared/ui/skeleton/skeleton';
import type { AssistantDraft } from './assistant-draft';

interface AssistantTrialProps {
  assistantId?: string;
  draft: AssistantDraft;
}

/** Asks the assistant as it is in the form, before anything of it is saved. */
export function AssistantTrial({ assistantId, draft }: AssistantTrialProps) {
  const { t } = useTranslation();
  const [question, setQuestion] = useState('');
  const trial = useMutation({
    mutationFn: (body: { question: string; assistantId?: string; trial: AssistantDraft }) =>
      json<Message>('/ask', { method: 'POST', body }),
  });
  const ask = (event?: FormEvent) => {
    event?.preventDefault();
    if (question.trim() === '' || trial.isPending) return;
    trial.mutate({ question: question.trim(), assistantId, trial: draft });
  };
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-muted">{t('assistant.tryText')}</p>
      <form onSubmit={ask} className="flex gap-2">
        <TextInput
          aria-label={t('chat.question')}
          placeholder={t('assistant.tryPlaceholder')}
          value={question}
          onChange={(event) => setQuestion(event.target.value)}
        />
        <Button type="submit" busy={trial.isPending} disabled={question.trim() === ''}>
          <Play aria-hidden size={15} />
          {t('assistant.tryAction')}
        </Button>
      </form>
      {trial.isPending && <Skeleton rows={3} />}
      <div aria-live="polite">
        {trial.error && <ProblemNotice problem={Problem.from(trial.error)} onRetry={ask} />}
        {trial.data && <TrialAnswer message={trial.data} />}
      </div>
    </div>
  );
}

function TrialAnswer({ message }: { message: Message }) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = message.searched?.collections.map(({ name }) => name) ?? [];
  return (
    <div className="flex flex-col gap-3">
      {message.mode === 'ABSTAINED' && <p className="font-medium">{t('chat.abstained')}</p>}
      {message.blocks.map((block, index) => (
        <div key={index} className="border-l-3 border-l-accent pl-3 font-serif">
          <Markdown text={block.text} citations={block.citations} renderCitation={(number) => <sup>{number}</sup>} />
        </div>
      ))}
      {message.citations.length > 0 && (
        <ol className="list-inside list-decimal text-sm text-muted">
          {message.citations.map((citation) => (
            <li key={citation.number}>
              {[citation.title, citation.heading, citation.page !== null && t('source.page', { page: citation.page })]
                .filter(Boolean)
                .join(' · ')}
            </li>
          ))}
        </ol>
      )}
      {message.searched && (
        <p className="text-sm text-muted">
          {names.length > 0
            ? t('chat.searched', { collections: format.list(names), count: message.searched.passages })
            : t('chat.searchedNothing')}
        </p>
      )}
    </div>
  );
}
