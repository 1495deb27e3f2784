import { Menu, MenuButton, MenuItem, MenuProvider } from '@ariakit/react';
import type { Agent } from '@openrouter-native/protocol';
import { Copy, Ellipsis, MessageSquare, Pencil, Trash2 } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { buttonClass } from '../ui/Button.tsx';
import { AgentFacts } from './AgentFacts.tsx';
import { AgentMark } from './AgentMark.tsx';
import { AgentProblem } from './AgentProblem.tsx';
import { menuClass, menuItemClass } from '../ui/menu-style.ts';

/** What can be done with one agent of a list. */
export interface AgentRowProps {
  agent: Agent;
  onDuplicate: (agent: Agent) => void;
  onDelete: (agent: Agent) => void;
}

/** One agent: its name leads to the builder, the button beside it begins a chat. */
export const AgentRow = memo(function AgentRow({ agent, onDuplicate, onDelete }: AgentRowProps) {
  const { t } = useTranslation();
  const name = agent.name ?? t('chat.agentUnnamed');
  return (
    <li className="group relative flex flex-wrap items-start gap-x-4 gap-y-3 px-3 py-4 transition-colors hover:bg-hover/60 sm:flex-nowrap sm:rounded-lg">
      <AgentMark name={agent.name} />
      <div className="min-w-0 flex-1 basis-[calc(100%-3.5rem)] space-y-1 sm:basis-0">
        <h2 className="font-medium">
          <Link
            to={`/agents/${agent.id}`}
            className="wrap-anywhere before:absolute before:inset-0 before:rounded-lg"
          >
            {name}
          </Link>
        </h2>
        {agent.description && (
          <p className="line-clamp-2 text-small text-ink-soft wrap-anywhere">{agent.description}</p>
        )}
        <p className="text-small text-ink-faint">
          <AgentFacts agent={agent} />
        </p>
        <AgentProblem agent={agent} />
      </div>
      <div className="relative ml-14 flex items-center gap-1 sm:ml-0">
        <Link
          to={`/?agent=${encodeURIComponent(agent.id)}`}
          aria-label={t('agents.chatWith', { name })}
          className={buttonClass('outline')}
        >
          <MessageSquare size={15} aria-hidden="true" />
          {t('agents.chat')}
        </Link>
        <Link
          to={`/agents/${agent.id}`}
          aria-label={t('agents.editNamed', { name })}
          className={buttonClass('quiet')}
        >
          <Pencil size={15} aria-hidden="true" />
          {t('common.edit')}
        </Link>
        <MenuProvider placement="bottom-end">
          <MenuButton
            aria-label={t('agents.moreFor', { name })}
            className="grid size-9 place-items-center rounded-md text-ink-faint hover:bg-hover hover:text-ink aria-expanded:bg-hover touch:size-11"
          >
            <Ellipsis size={17} aria-hidden="true" />
          </MenuButton>
          <Menu gutter={4} portal unmountOnHide className={menuClass}>
            <MenuItem className={menuItemClass} onClick={() => onDuplicate(agent)}>
              <Copy size={15} aria-hidden="true" className="text-ink-faint" />
              {t('agents.duplicate')}
            </MenuItem>
            <MenuItem className={`${menuItemClass} text-bad`} onClick={() => onDelete(agent)}>
              <Trash2 size={15} aria-hidden="true" />
              {t('common.delete')}
            </MenuItem>
          </Menu>
        </MenuProvider>
      </div>
    </li>
  );
});
