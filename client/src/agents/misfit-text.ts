import type { Lack } from '@openrouter-native/protocol';
import type { TFunction } from 'i18next';
import type { Format } from '../format/format.ts';
import { shortName } from '../models/facts.ts';
import type { Misfit } from './fit.ts';

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
