import { Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useMe } from '@/shared/session/use-me';
import { Tooltip } from '@/shared/ui/tooltip/tooltip';
import { destinations } from './destinations';
import { PersonMenu } from './person-menu';

const item =
  'flex w-20 flex-col items-center gap-0.5 rounded-md px-1 py-2 text-center text-xs text-muted hover:bg-sunken hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-accent-strong';

export function Rail({ onSearch }: { onSearch: () => void }) {
  const { t } = useTranslation();
  const { role } = useMe();
  const shown = destinations.filter(({ administrators }) => !administrators || role === 'ADMINISTRATOR');
  return (
    <div className="flex w-22 shrink-0 flex-col items-center gap-1 border-r border-line bg-surface py-3">
      <img src="/icon.svg" alt="" width={30} height={30} className="mb-3" />
      <nav aria-label={t('nav.main')} className="flex flex-col gap-1">
        {shown.map(({ path, label, icon: Icon }) => (
          <NavLink key={path} to={path} className={item}>
            <Icon aria-hidden size={19} strokeWidth={1.7} />
            <span className="max-w-full truncate">{t(label)}</span>
          </NavLink>
        ))}
      </nav>
      <div className="mt-auto flex flex-col items-center gap-2">
        <Tooltip text={t('palette.hint')} side="right">
          <button type="button" onClick={onSearch} className={item}>
            <Search aria-hidden size={19} strokeWidth={1.7} />
            {t('nav.search')}
          </button>
        </Tooltip>
        <PersonMenu />
      </div>
    </div>
  );
}
