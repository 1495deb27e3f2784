import type { Lack, Model } from '@openrouter-native/protocol';
import type { TFunction } from 'i18next';
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Misfit } from '../../agents/fit.ts';
import type { Format } from '../../format/format.ts';
import { authorOf, shortName } from '../../models/facts.ts';
import { AuthorMark } from '../ui/AuthorMark.tsx';
import { Button } from '../ui/Button.tsx';

/** Why the agent would not work as it is, with models that would do as one-click choices. */
export function FitNotice({
  text,
  suggestions,
  onChoose,
}: {
  text: string;
  suggestions: readonly Model[];
  onChoose: (id: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <div role="status" className="flex gap-3 rounded-lg bg-warn-soft px-4 py-3">
      <TriangleAlert size={18} aria-hidden="true" className="mt-0.5 shrink-0 text-warn" />
      <div className="min-w-0 flex-1 space-y-2 text-small">
        <p className="wrap-anywhere">{text}</p>
        {suggestions.length > 0 && (
          <>
            <p className="text-ink-soft">{t('agents.wouldDo')}</p>
            <p className="flex flex-wrap gap-2">
              {suggestions.map((model) => (
                <Button key={model.id} onClick={() => onChoose(model.id)}>
                  <AuthorMark author={authorOf(model)} size={18} />
                  {shortName(model)}
                </Button>
              ))}
            </p>
          </>
        )}
      </div>
    </div>
  );
}

/** A misfit in words. */
export function misfitText(misfit: Misfit, t: TFunction, format: Format): string {
  const model = shortName(misfit.model);
  if (misfit.kind === 'lacks') {
    const lacks = misfit.lacks.map((lack) => lackText(lack, t, format));
    return t('agents.misfitLacks', { model, lacks: format.list(lacks) });
  }
  const key = misfit.kind === 'retired' ? 'agents.misfitRetired' : 'agents.misfitLeaving';
  return t(key, { model, day: format.day(misfit.day) });
}

function lackText(lack: Lack, t: TFunction, format: Format): string {
  switch (lack.kind) {
    case 'tools':
      return t('agents.lacksTools');
    case 'input':
      return t('agents.lacksInput', { what: mediumText(lack.modality, t) });
    case 'output':
      return t('agents.lacksOutput', { what: mediumText(lack.modality, t) });
    case 'context':
      return t('agents.lacksContext', { tokens: format.tokens(lack.contextTokens) });
    case 'price':
      return t('agents.lacksPrice');
    default:
      return lack satisfies never;
  }
}

function mediumText(medium: string, t: TFunction): string {
  switch (medium) {
    case 'image':
      return t('picker.image');
    case 'audio':
      return t('picker.audioModality');
    case 'video':
      return t('picker.video');
    default:
      return medium;
  }
}
