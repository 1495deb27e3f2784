import type { Agent } from '@openrouter-native/protocol';
import { toDraft, useModels } from '@openrouter-native/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/useFormat.ts';
import { findModel, judgeModel } from './fit.ts';
import { misfitText } from './misfit-text.ts';

/**
 * Why an agent cannot be used as it is saved, in the reader's language as far as this page knows, else in
 * the server's words; `null` = it can.
 */
export function useProblemText(agent: Agent): string | null {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: catalogue } = useModels();
  const [openedAt] = useState(() => new Date());
  const { problem, model } = agent;
  if (!problem) return null;
  const models = catalogue?.models ?? [];
  const verdict = judgeModel(toDraft(agent), models, [], openedAt);
  if (verdict && verdict.misfit.kind !== 'leaving') return misfitText(verdict.misfit, t, format);
  const isUnlisted = catalogue && problem.suggestions.length > 0 && !findModel(models, model);
  return isUnlisted ? t('agents.misfitUnlisted', { model }) : problem.message;
}
