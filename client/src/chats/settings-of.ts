import type { Conversation } from '@openrouter-native/protocol';
import type { AnswerSettings } from '@openrouter-native/react';

/** The settings with which a conversation goes on, as far as the server keeps them. */
export function settingsOf(conversation: Conversation): AnswerSettings {
  const { model, agent_id: agentId, promptPrefix, model_parameters: parameters } = conversation;
  return {
    model,
    agent_id: agentId,
    promptPrefix,
    model_parameters: parameters,
    spending_limit: conversation.spending_limit,
    recursion_limit: conversation.recursion_limit,
  };
}
