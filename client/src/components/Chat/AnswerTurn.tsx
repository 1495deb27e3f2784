import type { ContentPart } from '@openrouter-native/protocol';
import type { AnswerSettings, BranchMessage } from '@openrouter-native/react';
import { RotateCcw } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { shortName } from '../../models/facts.ts';
import type { ModelIndex } from '../../models/useModelIndex.ts';
import { MarkdownText } from '../Markdown/MarkdownText.tsx';
import { AuthorMark } from '../ui/AuthorMark.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { ErrorCard } from '../ui/ErrorCard.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { BranchSwitch } from './BranchSwitch.tsx';
import { EndingNotice } from './EndingNotice.tsx';
import { Reasoning } from './Reasoning.tsx';
import { Receipt } from './Receipt.tsx';
import { Sources } from './Sources.tsx';
import { sourcesOf } from './sources.ts';
import { StoredFile } from './StoredFile.tsx';
import { StoredPicture } from './StoredPicture.tsx';
import { ToolCallCard } from './ToolCallCard.tsx';

/** An answer in its place, and what may be done with it; a function is absent while it may not. */
export interface AnswerTurnProps {
  entry: BranchMessage;
  index: ModelIndex;
  /** The last of its branch: its reader looks at it first. */
  isLast: boolean;
  onChoose: (messageId: string) => void;
  onRetry: ((messageId: string) => void) | undefined;
  onContinue: ((messageId: string, change?: Partial<AnswerSettings>) => void) | undefined;
  onChooseModel: (() => void) | undefined;
}

/** One answer: who gives it, its thoughts, tools, pictures and text, how it ended, what it cost. */
export const AnswerTurn = memo(function AnswerTurn(props: AnswerTurnProps) {
  const { entry, index, isLast, onChoose, onRetry, onContinue, onChooseModel } = props;
  const { t } = useTranslation();
  const { message } = entry;
  const { messageId, content, ending, text } = message;
  const isUnderWay = ending === null;
  const requested = message.model ?? '';
  const model = index.byId.get(requested);
  const author = requested.replace(/^~/, '').split('/', 1)[0] ?? requested;
  const name = message.agent_id ? message.sender : model ? shortName(model) : requested;
  const retry = onRetry && (() => onRetry(messageId));
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
          isUnderWay={isUnderWay}
          isGrowing={isUnderWay && position === content.length - 1}
          isEager={isLast}
          finalError={message.error_details?.message}
        />
      ))}
      {isUnderWay && <Waiting isQuiet={content.at(-1)?.type === 'text'} />}
      {!isUnderWay && (
        <>
          <Sources sources={sourcesOf(message)} />
          <EndingNotice
            message={message}
            actions={{
              onRetry: retry,
              onContinue: onContinue && ((change) => onContinue(messageId, change)),
              onChooseModel,
            }}
          />
          <div className="-ml-2 flex flex-wrap items-center gap-x-1 text-small text-ink-faint">
            <BranchSwitch entry={entry} onChoose={onChoose} />
            {text !== '' && <CopyButton label={t('chat.copyAnswer')} getText={() => text} />}
            {retry && (
              <IconButton
                label={t('chat.regenerate')}
                icon={<RotateCcw size={16} />}
                onClick={retry}
              />
            )}
            <Receipt message={message} index={index} />
          </div>
        </>
      )}
    </article>
  );
});

function Part({
  part,
  isUnderWay,
  isGrowing,
  isEager,
  finalError,
}: {
  part: ContentPart;
  isUnderWay: boolean;
  isGrowing: boolean;
  isEager: boolean;
  finalError: string | undefined;
}) {
  switch (part.type) {
    case 'text':
      return <MarkdownText text={part.text} isStreaming={isGrowing} isEager={isEager} />;
    case 'think':
      return (
        <Reasoning
          text={part.think}
          durationMs={part.duration_ms ?? null}
          isUnderWay={isGrowing && part.duration_ms == null}
        />
      );
    case 'tool_call':
      return <ToolCallCard call={part.tool_call} isOver={!isUnderWay} />;
    case 'image_file':
      return <StoredPicture file={part.image_file} size="full" />;
    case 'file':
      return <StoredFile file={part.file} />;
    case 'error':
      // The notice at the end tells of the last one.
      return part.error === finalError ? null : <ErrorCard error={part.details} />;
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
