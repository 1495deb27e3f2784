import type { ChatMessage } from '@openrouter-native/protocol';
import { withUniqueCallIds } from './call-ids.ts';

const asks = (...ids: string[]): ChatMessage => ({
  role: 'assistant',
  content: null,
  tool_calls: ids.map((id) => ({ id, type: 'function', function: { name: 'f', arguments: '{}' } })),
});
const gets = (id: string, content = 'seen'): ChatMessage => ({
  role: 'tool',
  tool_call_id: id,
  content,
});
const question: ChatMessage = { role: 'user', content: 'And now?' };

const idsOf = (messages: readonly ChatMessage[]) =>
  messages.flatMap((message) => {
    if (message.role === 'assistant') return message.tool_calls?.map(({ id }) => id) ?? [];
    return message.role === 'tool' ? [`→ ${message.tool_call_id}`] : [];
  });

describe('withUniqueCallIds', () => {
  it('leaves ids that come once as they are', () => {
    const messages = [question, asks('a', 'b'), gets('a'), gets('b'), asks('c'), gets('c')];

    expect(withUniqueCallIds(messages)).toEqual(messages);
  });

  it('renames an id that comes again, and its result', () => {
    const messages = [asks('0', '1'), gets('1'), gets('0'), question, asks('0', '1'), gets('0'), gets('1'), asks('0'), gets('0')]; // prettier-ignore

    expect(idsOf(withUniqueCallIds(messages))).toEqual(
      ['0', '1', '→ 1', '→ 0', '0_2', '1_2', '→ 0_2', '→ 1_2', '0_3', '→ 0_3'], // prettier-ignore
    );
  });

  it('takes no name that another call has', () => {
    expect(idsOf(withUniqueCallIds([asks('0'), asks('0_2'), asks('0'), gets('0')]))).toEqual(
      ['0', '0_2', '0_3', '→ 0_3'], // prettier-ignore
    );
  });

  it('renames none that goes back with thoughts', () => {
    const thought = { ...asks('0'), reasoning_details: [{ type: 'reasoning.encrypted', id: '0' }] };
    const messages = [thought as ChatMessage, gets('0'), thought as ChatMessage, gets('0')];

    expect(withUniqueCallIds(messages)).toEqual(messages);
    expect(idsOf(withUniqueCallIds([...messages, asks('0'), gets('0')])).slice(-2)).toEqual(
      ['0_2', '→ 0_2'], // prettier-ignore
    );
  });
});
