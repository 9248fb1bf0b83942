import { LogOut, Moon, Sun, UserRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSignOut } from '@/shared/session/use-sign-out';
import { useMe } from '@/shared/session/use-me';
import { chooseTheme } from '@/shared/theme/theme';
import { Menu } from '@/shared/ui/menu/menu';

export function PersonMenu() {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const [dark, setDark] = useState(() => document.documentElement.dataset.theme === 'dark');
  const initials = [...me.displayName.trim()].slice(0, 1).join('').toLocaleUpperCase();
  const switchTheme = () => {
    chooseTheme(dark ? 'light' : 'dark');
    setDark(!dark);
  };
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          aria-label={t('nav.you', { name: me.displayName })}
          className="inline-flex size-9 items-center justify-center rounded-full bg-accent text-sm font-semibold text-on-accent"
        >
          {initials || <UserRound aria-hidden size={16} />}
        </button>
      }
      items={[
        { label: t('nav.account'), icon: UserRound, onSelect: () => void navigate('/account') },
        { label: dark ? t('theme.toLight') : t('theme.toDark'), icon: dark ? Sun : Moon, onSelect: switchTheme },
        { label: t('nav.signOut'), icon: LogOut, onSelect: () => signOut.mutate() },
      ]}
    />
  );
}
