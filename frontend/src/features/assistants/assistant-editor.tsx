import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Assistant } from '@/shared/api/types';
import { Tabs } from '@/shared/ui/tabs/tabs';
import { AssistantForm } from './assistant-form';
import { draftOf, isChanged } from './assistant-draft';
import { AssistantTrial } from './assistant-trial';
import { AssistantVersions } from './assistant-versions';

interface AssistantEditorProps {
  /** None: a new one. */
  assistant: Assistant | undefined;
  onSaved: (assistant: Assistant) => void;
  onRestored: (assistant: Assistant) => void;
}

export function AssistantEditor({ assistant, onSaved, onRestored }: AssistantEditorProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(() => draftOf(assistant));
  const trial = <AssistantTrial assistantId={assistant?.id} draft={draft} />;
  return (
    <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]">
      <AssistantForm assistant={assistant} draft={draft} onDraft={setDraft} onSaved={onSaved} />
      <aside aria-label={t('assistant.beside')} className="min-w-0 rounded-md border border-line bg-surface p-4 pt-2">
        {assistant ? (
          <Tabs
            label={t('assistant.beside')}
            tabs={[
              { value: 'try', label: t('assistant.try'), content: trial },
              {
                value: 'versions',
                label: t('assistant.versions'),
                content: (
                  <AssistantVersions
                    assistant={assistant}
                    unsaved={isChanged(draft, assistant)}
                    onRestored={onRestored}
                  />
                ),
              },
            ]}
          />
        ) : (
          <>
            <h2 className="mt-2 mb-1 font-medium">{t('assistant.try')}</h2>
            {trial}
          </>
        )}
      </aside>
    </div>
  );
}
