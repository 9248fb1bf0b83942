import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ThumbsDown, ThumbsUp } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import type { Message, Rating } from '@/shared/api/types';
import { useProblemToast } from '@/shared/problems/use-problem-toast';
import { Button } from '@/shared/ui/button/button';
import { IconButton } from '@/shared/ui/button/icon-button';
import { Field } from '@/shared/ui/field/field';
import { TextArea } from '@/shared/ui/field/text-area';
import { Popover } from '@/shared/ui/popover/popover';

/** Thumbs up at once; thumbs down also asks why. */
export function AnswerRating({ message }: { message: Message }) {
  const { t } = useTranslation();
  const showProblem = useProblemToast();
  const client = useQueryClient();
  const [rating, setRating] = useState(message.rating);
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const rate = useMutation({
    mutationFn: (body: { rating: Rating | null; reason?: string }) =>
      json(`/messages/${message.id}/rating`, { method: 'PUT', body }),
    onMutate: (body) => setRating(body.rating),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.conversation('').slice(0, 1) }),
    onError: (error) => {
      setRating(message.rating);
      showProblem(error);
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    rate.mutate({ rating: 'DOWN', reason: reason.trim() || undefined });
    setAsking(false);
  };
  return (
    <>
      <IconButton
        icon={ThumbsUp}
        size="small"
        label={t('chat.rateUp')}
        aria-pressed={rating === 'UP'}
        active={rating === 'UP'}
        onClick={() => rate.mutate({ rating: rating === 'UP' ? null : 'UP' })}
      />
      <Popover
        label={t('chat.rateDown')}
        open={asking}
        onOpenChange={setAsking}
        trigger={
          <IconButton
            icon={ThumbsDown}
            size="small"
            label={t('chat.rateDown')}
            aria-pressed={rating === 'DOWN'}
            active={rating === 'DOWN'}
          />
        }
      >
        <form onSubmit={send} className="flex flex-col gap-3">
          <Field label={t('chat.rateReason')}>
            {(control) => (
              <TextArea {...control} rows={3} value={reason} onChange={(event) => setReason(event.target.value)} />
            )}
          </Field>
          <Button type="submit" kind="primary" size="small">
            {t('common.send')}
          </Button>
        </form>
      </Popover>
    </>
  );
}
