import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '@/shared/api/types';
import en from './en.json';
import problemsEn from './problems.en.json';
import problemsZh from './problems.zh.json';
import zh from './zh.json';

const storageKey = 'witan.language';

function firstLanguage(): Language {
  const stored = localStorage.getItem(storageKey);
  if (stored === 'en' || stored === 'zh') return stored;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

function showLanguage(language: string): void {
  document.documentElement.lang = language.startsWith('zh') ? 'zh-Hans' : 'en';
}

/** Loads both languages (they are small) and shows the one chosen here last, else the browser's. */
export async function startTranslations(language: Language = firstLanguage()): Promise<void> {
  i18next.on('languageChanged', showLanguage);
  await i18next.use(initReactI18next).init({
    resources: { en: { translation: en, problems: problemsEn }, zh: { translation: zh, problems: problemsZh } },
    lng: language,
    fallbackLng: 'en',
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  showLanguage(language);
}

export function currentLanguage(): Language {
  return i18next.language.startsWith('zh') ? 'zh' : 'en';
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(storageKey, language);
  void i18next.changeLanguage(language);
}
