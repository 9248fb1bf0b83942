import { useTranslation } from 'react-i18next';
import { useFormat } from '@/shared/format/use-format';
import { Button } from '@/shared/ui/button/button';
import { Dialog } from '@/shared/ui/dialog/dialog';
import { OneTimeValue } from '@/shared/ui/field/one-time-value';
import type { Invited } from './people-queries';

interface InvitationDialogProps {
  invited: Invited;
  onClose: () => void;
}

/** The link to hand over; Witan sends no mail. */
export function InvitationDialog({ invited, onClose }: InvitationDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { person, invitation } = invited;
  const link = new URL(invitation.link, location.origin).href;
  return (
    <Dialog
      title={t('people.linkTitle', { name: person.displayName })}
      description={t('people.linkText', { date: format.dateTime(invitation.expiresAt) })}
      open
      onClose={onClose}
    >
      <div className="flex flex-col gap-4">
        <OneTimeValue label={t('people.link')} copyLabel={t('people.copyLink')} value={link} />
        <Button kind="primary" className="self-end" onClick={onClose}>
          {t('common.done')}
        </Button>
      </div>
    </Dialog>
  );
}
