import { useTranslation } from 'react-i18next';
import { createFormat, type Format } from '../format/format.ts';

/** Making one takes longer than a frame of a long list has; there is one per language. */
const formats = new Map<string, Format>();

/** Numbers, money and dates as the reader's language writes them. */
export function useFormat(): Format {
  const { language } = useTranslation().i18n;
  const format = formats.get(language) ?? createFormat(language);
  formats.set(language, format);
  return format;
}
