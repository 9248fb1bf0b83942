import { Compass } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useDocumentTitle } from '@/shared/hooks/use-document-title';
import { Empty } from '@/shared/ui/empty/empty';

export function NotFoundPage() {
  const { t } = useTranslation();
  useDocumentTitle(t('notFound.title'));
  return (
    <Empty icon={Compass} title={t('notFound.title')} text={t('notFound.text')}>
      <Link to="/chat" className="text-accent-strong underline">
        {t('nav.chat')}
      </Link>
    </Empty>
  );
}
