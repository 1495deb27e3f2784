import type { UserMessage } from '@openrouter-native/react';
import { memo } from 'react';
import { CopyButton } from '../ui/CopyButton.tsx';

/** One question, as it was typed: no Markdown, line breaks kept. */
export const UserTurn = memo(function UserTurn({ message }: { message: UserMessage }) {
  return (
    <article className="group flex items-end justify-end gap-1 touch:gap-0">
      <h2 className="sr-only">You</h2>
      <div className="opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 touch:opacity-100">
        <CopyButton label="Copy message" getText={() => message.text} />
      </div>
      <p className="max-w-[85%] rounded-xl rounded-br-sm bg-sunken px-4 py-2.5 text-prose wrap-anywhere whitespace-pre-wrap">
        {message.text}
      </p>
    </article>
  );
});
