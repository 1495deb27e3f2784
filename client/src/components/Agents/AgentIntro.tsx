import type { Agent } from '@openrouter-native/protocol';
import { ArrowUpRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { AgentMark } from './AgentMark.tsx';
import { AgentProblem } from './AgentProblem.tsx';

/** What a chat with an agent looks like before it begins: who it is, and what it can be asked. */
export function AgentIntro({ agent, onAsk }: { agent: Agent; onAsk: (question: string) => void }) {
  const { t } = useTranslation();
  const { name, description, conversation_starters: starters } = agent;
  return (
    <div className="@container m-auto w-full max-w-176 px-4 py-8">
      <AgentMark name={name} size={48} />
      <h2 className="mt-4 text-display font-semibold wrap-anywhere">
        {name ?? t('chat.agentUnnamed')}
      </h2>
      <p className="mt-2 whitespace-pre-line text-ink-soft wrap-anywhere">
        {description ?? t('agents.askAnything')}
      </p>
      <div className="mt-4 empty:hidden">
        <AgentProblem agent={agent} />
      </div>
      {starters.length > 0 && (
        <ul
          aria-label={t('agents.field_conversation_starters')}
          className="mt-6 grid gap-2.5 @lg:grid-cols-2"
        >
          {[...new Set(starters)].map((starter) => (
            <li key={starter}>
              <button
                type="button"
                onClick={() => onAsk(starter)}
                className="group flex h-full min-h-11 w-full items-start gap-3 rounded-lg border border-line bg-surface px-4 py-3 text-left text-small transition-colors hover:border-line-strong"
              >
                <span className="line-clamp-4 flex-1 wrap-anywhere">{starter}</span>
                <ArrowUpRight
                  size={16}
                  aria-hidden="true"
                  className="mt-0.5 shrink-0 text-ink-faint transition-colors group-hover:text-ink"
                />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
