import { Library } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Problem } from '@/shared/api/problem';
import { useAddSample } from '@/shared/collections/use-add-sample';
import { useMe } from '@/shared/session/use-me';
import { Button } from '@/shared/ui/button/button';
import { Empty } from '@/shared/ui/empty/empty';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';

export function NoCollections({ onNew }: { onNew: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const sample = useAddSample(({ id }) => void navigate(`/documents/collections/${id}`));
  return (
    <Empty
      icon={Library}
      title={t('collection.none')}
      text={me.mayCreateCollections ? t('collection.noneText') : t('collection.noneMember')}
    >
      {me.mayCreateCollections && (
        <Button kind="primary" onClick={onNew}>
          {t('collection.newFirst')}
        </Button>
      )}
      {me.role === 'ADMINISTRATOR' && (
        <Button busy={sample.isPending} onClick={() => sample.mutate()}>
          {t('sample.add')}
        </Button>
      )}
      {sample.error && <ProblemNotice problem={Problem.from(sample.error)} />}
    </Empty>
  );
}
