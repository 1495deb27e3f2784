import { NO_PARENT, type Message } from '@openrouter-native/protocol';

/** A message in its place among those that could stand there instead. */
export interface BranchMessage {
  readonly message: Message;
  /** Ids of all messages with the same parent, oldest first, this one included. */
  readonly siblings: readonly string[];
}

/**
 * The one branch of a conversation that is shown: from its first message along the chosen children,
 * and where nobody chose, along the newest.
 *
 * @param messages - Of all branches, oldest first. A message whose parent is missing begins a branch.
 * @param chosen - Chosen child, by the id of the parent.
 */
export function visibleBranch(
  messages: readonly Message[],
  chosen: ReadonlyMap<string, string>,
): BranchMessage[] {
  const ids = new Set(messages.map(({ messageId }) => messageId));
  const children = new Map<string, Message[]>();
  for (const message of messages) {
    const { parentMessageId: parentId } = message;
    const key = ids.has(parentId) ? parentId : NO_PARENT;
    const siblings = children.get(key);
    if (siblings) siblings.push(message);
    else children.set(key, [message]);
  }

  const branch: BranchMessage[] = [];
  let parentId = NO_PARENT;
  // A message that is its own ancestor would go round for ever.
  while (branch.length < messages.length) {
    const siblings = children.get(parentId);
    if (!siblings) break;
    const chosenId = chosen.get(parentId);
    const message = siblings.find(({ messageId }) => messageId === chosenId) ?? siblings.at(-1);
    if (!message) break;
    branch.push({ message, siblings: siblings.map(({ messageId }) => messageId) });
    parentId = message.messageId;
  }
  return branch;
}
