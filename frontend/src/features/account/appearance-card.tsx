import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseTheme, themeChoice, type ThemeChoice } from '@/shared/theme/theme';
import { Card } from '@/shared/ui/page/card';

export function AppearanceCard() {
  const { t } = useTranslation();
  const [theme, setTheme] = useState(themeChoice);
  const choices: [ThemeChoice, string][] = [
    ['system', t('theme.system')],
    ['light', t('theme.light')],
    ['dark', t('theme.dark')],
  ];
  const choose = (choice: ThemeChoice) => {
    chooseTheme(choice);
    setTheme(choice);
  };
  return (
    <Card title={t('account.appearance')}>
      <fieldset className="flex flex-wrap gap-x-6 gap-y-2">
        <legend className="sr-only">{t('account.appearance')}</legend>
        {choices.map(([choice, label]) => (
          <label key={choice} className="inline-flex items-center gap-2">
            <input
              type="radio"
              name="theme"
              checked={theme === choice}
              onChange={() => choose(choice)}
              className="size-4 accent-accent"
            />
            {label}
          </label>
        ))}
      </fieldset>
    </Card>
  );
}
