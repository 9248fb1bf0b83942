import { useTranslation } from 'react-i18next';
import type { RegisteredModel } from '@/shared/api/types';
import { useFormat } from '@/shared/format/use-format';
import { useModelSizes } from './use-model-sizes';

/** What one should know of a model before it writes answers. */
export function ModelSummary({ model }: { model: RegisteredModel }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sizes = useModelSizes(model);
  const facts = [
    [t('model.family'), model.architecture],
    [t('model.parameters'), sizes.parameters],
    [t('model.context'), sizes.context],
    [t('model.quantisation'), model.format],
    [t('model.size'), format.bytes(model.bytes)],
    [t('model.licence'), model.licence || t('model.notStated')],
  ];
  return (
    <>
      <dl className="flex flex-col gap-1 text-sm">
        {facts.map(([name, value]) => (
          <div key={name} className="flex justify-between gap-3">
            <dt className="text-muted">{name}</dt>
            <dd className="text-end wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
      {!model.chatTemplate && <p className="text-sm text-warn">{t('model.noChatTemplate')}</p>}
    </>
  );
}
