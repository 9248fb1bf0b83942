import { LogOut } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/shared/session/use-me';
import { useSignOut } from '@/shared/session/use-sign-out';
import { Button } from '@/shared/ui/button/button';
import { Card } from '@/shared/ui/page/card';
import { Page } from '@/shared/ui/page/page';
import { ApiKeysCard } from './api-keys-card';
import { AppearanceCard } from './appearance-card';
import { PasswordForm } from './password-form';
import { ProfileForm } from './profile-form';

export function AccountPage() {
  const { t } = useTranslation();
  const me = useMe();
  const signOut = useSignOut();
  return (
    <Page
      title={t('nav.account')}
      text={me.email}
      actions={
        <Button size="small" className="h-9" busy={signOut.isPending} onClick={() => signOut.mutate()}>
          <LogOut aria-hidden size={15} />
          {t('nav.signOut')}
        </Button>
      }
    >
      <Card title={t('account.profile')}>
        <ProfileForm me={me} />
      </Card>
      <AppearanceCard />
      <Card title={t('account.password')}>
        <PasswordForm />
      </Card>
      <ApiKeysCard />
    </Page>
  );
}
