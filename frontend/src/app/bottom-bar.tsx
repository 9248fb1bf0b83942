import { Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { destinations } from './destinations';
import { PersonMenu } from './person-menu';

const item =
  'flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-xs text-muted aria-[current=page]:font-medium aria-[current=page]:text-accent-strong';

/** The rail of narrow screens; what does not fit is found by search. */
export function BottomBar({ onSearch }: { onSearch: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="flex shrink-0 items-center border-t border-line bg-surface px-1 pb-[env(safe-area-inset-bottom)]">
      <nav aria-label={t('nav.main')} className="flex min-w-0 flex-3">
        {destinations.slice(0, 3).map(({ path, label, icon: Icon }) => (
          <NavLink key={path} to={path} className={item}>
            <Icon aria-hidden size={20} strokeWidth={1.7} />
            <span className="max-w-full truncate">{t(label)}</span>
          </NavLink>
        ))}
      </nav>
      <button type="button" onClick={onSearch} className={item}>
        <Search aria-hidden size={20} strokeWidth={1.7} />
        {t('nav.search')}
      </button>
      <div className="flex h-14 flex-1 items-center justify-center">
        <PersonMenu />
      </div>
    </div>
  );
}
