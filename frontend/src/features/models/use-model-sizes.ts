import { useTranslation } from 'react-i18next';
import type { RegisteredModel } from '@/shared/api/types';
import { useFormat } from '@/shared/format/use-format';

/** A model's parameters and context in words. */
export function useModelSizes(model: RegisteredModel): { parameters: string; context: string } {
  const { t } = useTranslation();
  const format = useFormat();
  const millions = (count: number) =>
    format.number(count < 1e7 ? Math.round(count / 1e5) / 10 : Math.round(count / 1e6));
  return {
    parameters: t('model.parametersActive', {
      all: millions(model.parameters),
      active: millions(model.activeParameters),
    }),
    context: t('model.contextTokens', { count: model.contextTokens, number: format.number(model.contextTokens) }),
  };
}
