import type en from './en.json';
import type problems from './problems.en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en; problems: typeof problems };
    returnNull: false;
  }
}
