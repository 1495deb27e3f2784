import type { Agent } from '@openrouter-native/protocol';
import { useTranslation } from 'react-i18next';
import { shortName } from '../../models/facts.ts';
import { baseIdOf } from '../../models/families.ts';
import { useModelIndex } from '../../models/useModelIndex.ts';

/** What an agent works with, in one line. */
export function AgentFacts({ agent }: { agent: Agent }) {
  const { t } = useTranslation();
  const { byId } = useModelIndex();
  const model = byId.get(agent.model) ?? byId.get(baseIdOf(agent.model));
  const facts = [
    model ? shortName(model) : agent.model,
    agent.tools.length > 0 && t('agents.toolCount', { count: agent.tools.length }),
    agent.file_ids.length > 0 && t('agents.fileCount', { count: agent.file_ids.length }),
  ].filter((fact) => fact !== false);
  return <span className="wrap-anywhere">{facts.join(' · ')}</span>;
}
