import type { AgentTool, ProviderStatus } from '@openrouter-native/protocol';
import { useAgentTools } from '@openrouter-native/react';
import { CircleCheck, CircleX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ErrorCard } from '../ui/ErrorCard.tsx';
import { Fact, Facts } from '../ui/Facts.tsx';
import { Section } from '../ui/Section.tsx';

/** The MCP servers, and whether each of them answers. */
export function ToolsSection({ servers }: { servers: ProviderStatus['mcp_servers'] }) {
  const { t } = useTranslation();
  return (
    <Section title={t('admin.tools')}>
      {servers.length === 0 ? t('admin.toolsNone') : <Servers servers={servers} />}
    </Section>
  );
}

function Servers({ servers }: { servers: ProviderStatus['mcp_servers'] }) {
  const { t } = useTranslation();
  const { data: tools, error, reload } = useAgentTools();
  if (error) return <ErrorCard error={error.details} onRetry={reload} />;
  return (
    <Facts>
      {servers.map(({ name, title }) => (
        <Fact key={name} name={title}>
          {tools ? (
            <State tools={tools.filter(({ server }) => server === name)} />
          ) : (
            <span aria-busy="true">{t('admin.toolsAsking')}</span>
          )}
        </Fact>
      ))}
    </Facts>
  );
}

function State({ tools }: { tools: readonly AgentTool[] }) {
  const { t } = useTranslation();
  const usable = tools.filter(({ problem }) => problem === null);
  const problem = tools.find((tool) => tool.problem !== null)?.problem;
  const isAway = usable.length === 0 && problem != null;
  const Icon = isAway ? CircleX : CircleCheck;
  return (
    <span className="flex gap-2">
      <Icon
        size={16}
        aria-hidden="true"
        className={`mt-0.5 shrink-0 ${isAway ? 'text-bad' : 'text-good'}`}
      />
      <span className="min-w-0">
        {isAway
          ? t('admin.toolsAway', { problem })
          : t('admin.toolsReady', { count: usable.length })}
      </span>
    </span>
  );
}
