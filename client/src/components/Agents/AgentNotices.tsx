import type { Agent } from '@openrouter-native/protocol';
import { useModels, type AgentDraft, type AgentField } from '@openrouter-native/react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { findModel, judgeModel } from '../../agents/fit.ts';
import { misfitText } from '../../agents/misfit-text.ts';
import type { AgentFile } from '../../agents/useAgentFiles.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { FitNotice } from './FitNotice.tsx';

/** What the server's words about a problem depend on. */
const DECISIVE: readonly AgentField[] = [
  'provider',
  'model',
  'model_parameters',
  'tools',
  'file_ids',
  'spending_limit',
];

/** Why the agent would not work as it is written: by what this page knows, else by what the server says. */
export function AgentNotices({
  draft,
  saved,
  changed,
  files,
  onChoose,
}: {
  draft: AgentDraft;
  saved: Agent | null;
  changed: readonly AgentField[];
  files: readonly AgentFile[];
  onChoose: (id: string) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: catalogue } = useModels();
  const [openedAt] = useState(() => new Date());
  const models = useMemo(() => catalogue?.models ?? [], [catalogue]);
  const { model: id, tools, spending_limit: limit, model_parameters: parameters } = draft;
  const verdict = useMemo(() => {
    const types = files.flatMap(({ file }) => file?.type ?? []);
    const needs = { model: id, tools, spending_limit: limit, model_parameters: parameters };
    return judgeModel(needs, models, types, openedAt);
  }, [id, tools, limit, parameters, models, files, openedAt]);

  if (verdict) {
    const { misfit, suggestions } = verdict;
    const text = misfitText(misfit, t, format);
    return <FitNotice text={text} suggestions={suggestions} onChoose={onChoose} />;
  }
  const problem = saved?.problem;
  if (!problem || id === null) return null;
  const suggestions = problem.suggestions.flatMap((each) => findModel(models, each) ?? []);
  const isUnlisted = catalogue !== undefined && !findModel(models, id) && suggestions.length > 0;
  if (isUnlisted && saved.model === id) {
    const text = t('agents.misfitUnlisted', { model: id });
    return <FitNotice text={text} suggestions={suggestions} onChoose={onChoose} />;
  }
  if (changed.some((field) => DECISIVE.includes(field))) return null;
  return <FitNotice text={problem.message} suggestions={suggestions} onChoose={onChoose} />;
}
