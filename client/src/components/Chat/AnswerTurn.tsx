import type { ContentPart } from '@openrouter-native/protocol';
import type { BranchMessage } from '@openrouter-native/react';
import { RotateCcw } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelIndex } from '../../models/useModelIndex.ts';
import { shortName } from '../../models/facts.ts';
import { MarkdownText } from '../Markdown/MarkdownText.tsx';
import { AuthorMark } from '../ui/AuthorMark.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { BranchSwitch } from './BranchSwitch.tsx';
import { EndingNotice } from './EndingNotice.tsx';
import { Reasoning } from './Reasoning.tsx';
import { Receipt } from './Receipt.tsx';
import { ToolCallCard } from './ToolCallCard.tsx';

/** An answer in its place, and what may be done with it; a function is absent while it may not. */
export interface AnswerTurnProps {
  entry: BranchMessage;
  index: ModelIndex;
  onChoose: (messageId: string) => void;
  onRetry: ((messageId: string) => void) | undefined;
  onContinue: ((messageId: string) => void) | undefined;
}

/** One answer: who gives it, its thoughts, tools and text, how it ended, what it cost. */
export const AnswerTurn = memo(function AnswerTurn(props: AnswerTurnProps) {
  const { entry, index, onChoose, onRetry, onContinue } = props;
  const { t } = useTranslation();
  const { message } = entry;
  const { messageId, content, ending } = message;
  const isUnderWay = ending === null;
  const requested = message.model ?? '';
  const model = index.byId.get(requested);
  const author = requested.replace(/^~/, '').split('/', 1)[0] ?? requested;
  const name = message.agent_id ? message.sender : model ? shortName(model) : requested;
  const retry = onRetry && (() => onRetry(messageId));
  const proceed = onContinue && (() => onContinue(messageId));
  return (
    <article aria-busy={isUnderWay} className="space-y-3">
      <h2 className="flex items-center gap-2.5 text-small font-medium text-ink-soft">
        <AuthorMark author={author || name} size={24} />
        {name}
      </h2>
      {content.map((part, position) => (
        <Part
          key={position}
          part={part}
          isGrowing={isUnderWay && position === content.length - 1}
        />
      ))}
      {isUnderWay && <Waiting isQuiet={content.at(-1)?.type === 'text'} />}
      {!isUnderWay && (
        <>
          <EndingNotice message={message} onRetry={retry} onContinue={proceed} />
          <div className="-ml-2 flex flex-wrap items-center gap-x-1 text-small text-ink-faint">
            <BranchSwitch entry={entry} onChoose={onChoose} />
            <Receipt message={message} index={index}>
              {retry && (
                <IconButton
                  label={t('chat.regenerate')}
                  icon={<RotateCcw size={16} />}
                  onClick={retry}
                />
              )}
            </Receipt>
          </div>
        </>
      )}
    </article>
  );
});

function Part({ part, isGrowing }: { part: ContentPart; isGrowing: boolean }) {
  switch (part.type) {
    case 'text':
      return <MarkdownText text={part.text} isStreaming={isGrowing} />;
    case 'think':
      return (
        <Reasoning
          text={part.think}
          durationMs={part.duration_ms ?? null}
          isUnderWay={isGrowing && part.duration_ms == null}
        />
      );
    case 'tool_call':
      return <ToolCallCard call={part.tool_call} />;
    case 'image_file':
    case 'file':
    case 'error': // The notice at the end tells it.
      return null;
    default:
      return part satisfies never;
  }
}

/** Words that grow are their own sign of life. */
function Waiting({ isQuiet }: { isQuiet: boolean }) {
  if (isQuiet) return null;
  return (
    <div aria-hidden="true" className="flex h-7 items-center gap-1.5">
      {[0, 200, 400].map((delayMs) => (
        <span
          key={delayMs}
          className="size-2 animate-pulse-soft rounded-full bg-ink-faint"
          style={{ animationDelay: `${delayMs}ms` }}
        />
      ))}
    </div>
  );
}
