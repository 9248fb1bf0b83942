import { useTranslation } from 'react-i18next';

/** Kinds of file that can be filtered by, the usual ones first. */
export const formats = [
  'PDF',
  'DOCX',
  'PPTX',
  'XLSX',
  'HTML',
  'MARKDOWN',
  'TEXT',
  'CSV',
  'EMAIL',
  'ODT',
  'ODS',
  'ODP',
  'DOC',
  'PPT',
  'XLS',
  'RTF',
  'EPUB',
  'MSG',
  'XML',
  'IMAGE',
] as const;

export type Format = (typeof formats)[number];

/** Names that are the same in every language. */
const brands: Record<string, string> = {
  DOCX: 'Word',
  PPTX: 'PowerPoint',
  XLSX: 'Excel',
  MARKDOWN: 'Markdown',
  DOC: 'Word 97–2003',
  PPT: 'PowerPoint 97–2003',
  XLS: 'Excel 97–2003',
};

/** What people call a kind of file; one that is not known keeps its own name. */
export function useFormatName(): (format: string) => string {
  const { t } = useTranslation();
  return (format) => {
    switch (format) {
      case 'TEXT':
        return t('document.format.text');
      case 'HTML':
        return t('document.format.html');
      case 'EMAIL':
        return t('document.format.email');
      case 'ODT':
        return t('document.format.odt');
      case 'ODS':
        return t('document.format.ods');
      case 'ODP':
        return t('document.format.odp');
      case 'MSG':
        return t('document.format.msg');
      case 'IMAGE':
        return t('document.format.image');
      case 'UNKNOWN':
        return t('document.format.unknown');
      default:
        return brands[format] ?? format;
    }
  };
}
