import { Pencil } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/button/button';
import { IconButton } from '@/shared/ui/button/icon-button';
import { TextArea } from '@/shared/ui/field/text-area';

interface QuestionProps {
  text: string;
  onEdit?: (text: string) => void;
}

export function Question({ text, onEdit }: QuestionProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<string | null>(null);
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (draft?.trim()) onEdit?.(draft.trim());
    setDraft(null);
  };
  if (draft !== null) {
    return (
      <form onSubmit={save} className="flex flex-col gap-2">
        <TextArea
          aria-label={t('chat.editQuestion')}
          autoFocus
          rows={3}
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
        />
        <div className="flex justify-end gap-2">
          <Button size="small" onClick={() => setDraft(null)}>
            {t('common.cancel')}
          </Button>
          <Button size="small" kind="primary" type="submit">
            {t('chat.askAgain')}
          </Button>
        </div>
      </form>
    );
  }
  return (
    <div className="group flex items-start justify-end gap-1">
      {onEdit && (
        <IconButton
          icon={Pencil}
          size="small"
          label={t('chat.editQuestion')}
          className="mt-1 md:opacity-0 md:group-focus-within:opacity-100 md:group-hover:opacity-100"
          onClick={() => setDraft(text)}
        />
      )}
      <p className="max-w-[85%] rounded-md bg-sunken px-4 py-2 wrap-anywhere whitespace-pre-wrap">{text}</p>
    </div>
  );
}
