import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

function dayNumber(date: Date): number {
  return Math.floor((date.getTime() - date.getTimezoneOffset() * 60_000) / 86_400_000);
}

/** Formats of one language; all instants are ISO 8601 and are shown in the person's own time zone. */
export function formats(language: string) {
  const locale = language.startsWith('zh') ? 'zh-CN' : 'en-GB';
  const dateFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const timeFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const relativeFormat = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const numberFormat = new Intl.NumberFormat(locale);
  const listFormat = new Intl.ListFormat(locale, { type: 'conjunction' });
  const unit = (value: number, name: string, digits: number) =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay: name === 'byte' ? 'long' : 'short',
      maximumFractionDigits: digits,
    }).format(value);
  return {
    date: (instant: string) => dateFormat.format(new Date(instant)),
    dateTime: (instant: string) => timeFormat.format(new Date(instant)),
    number: (value: number) => numberFormat.format(value),
    list: (values: string[]) => listFormat.format(values),
    bytes: (value: number) => {
      const step = value < 1 ? 0 : Math.min(Math.floor(Math.log10(value) / 3), byteUnits.length - 1);
      const scaled = value / 1000 ** step;
      return unit(scaled, byteUnits[step] ?? 'byte', step === 0 || scaled >= 100 ? 0 : 1);
    },
    /** Whole seconds below a minute, else minutes. */
    seconds: (value: number) =>
      value < 60 ? unit(Math.max(1, Math.round(value)), 'second', 0) : unit(Math.round(value / 60), 'minute', 0),
    millis: (value: number) => (value < 1000 ? unit(value, 'millisecond', 0) : unit(value / 1000, 'second', 1)),
    percent: (share: number) => new Intl.NumberFormat(locale, { style: 'percent' }).format(share),
    /** Days before today in the local calendar; 0 is today. */
    daysAgo: (instant: string, now: Date) => dayNumber(now) - dayNumber(new Date(instant)),
    relativeDay: (daysAgo: number) => {
      const text = relativeFormat.format(-daysAgo, 'day');
      return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
    },
  };
}

export type Formats = ReturnType<typeof formats>;

/** The formats of the language shown. */
export function useFormat(): Formats {
  const { i18n } = useTranslation();
  return useMemo(() => formats(i18n.language), [i18n.language]);
}
