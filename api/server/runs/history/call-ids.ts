import type { ChatMessage } from '@openrouter-native/protocol';

type AssistantMessage = Extract<ChatMessage, { role: 'assistant' }>;

/**
 * The same conversation with no id for two calls. Some providers count calls from 0 in every answer;
 * others refuse a conversation in which an id comes twice. Calls that go back with thoughts keep their
 * ids, because thoughts may name them: they go to the maker that gave the ids.
 */
export function withUniqueCallIds(messages: readonly ChatMessage[]): ChatMessage[] {
  const taken = new Set<string>();
  let renamed = new Map<string, string>();

  function rename(id: string): string {
    let unique = id;
    for (let number = 2; taken.has(unique); number += 1) unique = `${id}_${number}`;
    taken.add(unique);
    return unique;
  }
  function renameCalls(message: AssistantMessage): AssistantMessage {
    renamed = new Map();
    const { tool_calls: calls, reasoning_details: details } = message;
    if (!calls) return message;
    if (details?.length) {
      for (const { id } of calls) taken.add(id);
      return message;
    }
    renamed = new Map(calls.map(({ id }) => [id, rename(id)]));
    return {
      ...message,
      tool_calls: calls.map((call) => ({ ...call, id: renamed.get(call.id) ?? call.id })),
    };
  }

  return messages.map((message) => {
    if (message.role === 'assistant') return renameCalls(message);
    if (message.role !== 'tool') return message;
    const id = renamed.get(message.tool_call_id) ?? message.tool_call_id;
    return { ...message, tool_call_id: id };
  });
}
