import type { Conversation } from '@openrouter-native/protocol';
import type { AnswerSettings } from '@openrouter-native/react';
import { useCallback, useState } from 'react';
import { useChosenModel } from '../models/useChosenModel.ts';

/** Who gives the next answer and how, and what changes it. */
export interface SettingsChoice {
  settings: AnswerSettings;
  change: (change: Partial<AnswerSettings>) => void;
}

/**
 * The settings of the next answer: those of the conversation, which the server keeps with each answer,
 * and what was changed here since. A new conversation begins with the model that was chosen last.
 *
 * @param agentId - The agent that a new conversation is with; `null` = a plain model.
 */
export function useAnswerSettings(
  conversation: Conversation | null,
  agentId: string | null,
): SettingsChoice {
  const [lastModel, rememberModel] = useChosenModel();
  const id = conversation?.conversationId ?? null;
  const [changed, setChanged] = useState<{ id: string | null; change: Partial<AnswerSettings> }>({
    id,
    change: {},
  });
  const base = conversation
    ? settingsOf(conversation)
    : agentId === null
      ? { model: lastModel }
      : { agent_id: agentId };
  const change = useCallback(
    (next: Partial<AnswerSettings>) => {
      if (next.model) rememberModel(next.model);
      setChanged((current) => ({
        id,
        change: current.id === id ? { ...current.change, ...next } : next,
      }));
    },
    [id, rememberModel],
  );
  return { settings: changed.id === id ? { ...base, ...changed.change } : base, change };
}

function settingsOf(conversation: Conversation): AnswerSettings {
  const { model, agent_id: agentId, promptPrefix, model_parameters: parameters } = conversation;
  return {
    model,
    agent_id: agentId,
    promptPrefix,
    model_parameters: parameters,
    spending_limit: conversation.spending_limit,
  };
}
