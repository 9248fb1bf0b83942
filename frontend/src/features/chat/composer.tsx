import { ArrowUp, Square } from 'lucide-react';
import { useState, type FormEvent, type KeyboardEvent, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { useAttach } from '@/shared/attach/attach-context';
import { AssistantPicker } from './assistant-picker';
import { AttachButton } from './attach-button';
import { CollectionPicker } from './collection-picker';
import { LeavesNotice } from './leaves-notice';

export interface Scope {
  assistantId: string | null;
  collectionIds: string[] | null;
}

interface ComposerProps {
  scope: Scope;
  onScope: (scope: Scope) => void;
  busy: boolean;
  onSend: (text: string) => void;
  onStop: () => void;
  inputRef?: Ref<HTMLTextAreaElement>;
}

export function Composer({ scope, onScope, busy, onSend, onStop, inputRef }: ComposerProps) {
  const { t } = useTranslation();
  const attach = useAttach();
  const [text, setText] = useState('');
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (busy || !text.trim()) return;
    onSend(text.trim());
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes Chinese, Enter chooses a candidate and must not send.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      submit();
    }
  };
  const button =
    'inline-flex size-9 shrink-0 items-center justify-center rounded-md bg-accent text-on-accent hover:bg-accent-strong disabled:bg-sunken disabled:text-muted';
  return (
    <form
      onSubmit={submit}
      className="rounded-md border border-control bg-surface shadow-raised focus-within:border-accent"
    >
      <textarea
        ref={inputRef}
        aria-label={t('chat.question')}
        placeholder={t('chat.placeholder')}
        rows={1}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          const files = [...event.clipboardData.files];
          if (files.length === 0 || !attach) return;
          event.preventDefault();
          attach.add(files);
        }}
        className="field-sizing-content max-h-48 min-h-12 w-full resize-none bg-transparent px-4 pt-3 text-base text-ink outline-none"
      />
      <LeavesNotice />
      <div className="flex items-end justify-between gap-2 p-2">
        <div className="flex min-w-0 flex-wrap items-center gap-1">
          <AttachButton />
          <AssistantPicker value={scope.assistantId} onChange={(assistantId) => onScope({ ...scope, assistantId })} />
          <CollectionPicker
            value={scope.collectionIds}
            onChange={(collectionIds) => onScope({ ...scope, collectionIds })}
          />
        </div>
        {busy ? (
          <button type="button" aria-label={t('chat.stop')} title={t('chat.stop')} onClick={onStop} className={button}>
            <Square aria-hidden size={15} fill="currentColor" />
          </button>
        ) : (
          <button
            type="submit"
            aria-label={t('common.send')}
            title={t('common.send')}
            disabled={!text.trim()}
            className={button}
          >
            <ArrowUp aria-hidden size={18} />
          </button>
        )}
      </div>
    </form>
  );
}
