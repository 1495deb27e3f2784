import { memo } from 'react';
import type { ModelIndex } from '../../models/useModelIndex.ts';
import { shortName } from '../../models/facts.ts';
import { MarkdownText } from '../Markdown/MarkdownText.tsx';
import { AuthorMark } from '../ui/AuthorMark.tsx';
import { EndingNotice, type EndingNoticeProps } from './EndingNotice.tsx';
import { Reasoning } from './Reasoning.tsx';
import { Receipt } from './Receipt.tsx';

/** One answer: who gives it, its reasoning, its text, how it ended, what it cost. */
export const AnswerTurn = memo(function AnswerTurn({
  message,
  index,
  onRetry,
  onContinue,
}: EndingNoticeProps & { index: ModelIndex }) {
  const { requestedModel, text, reasoning, images, ending } = message;
  const isUnderWay = ending === null;
  const model = index.byId.get(requestedModel);
  const author = requestedModel.replace(/^~/, '').split('/', 1)[0] ?? requestedModel;
  return (
    <article aria-busy={isUnderWay} className="space-y-3">
      <h2 className="flex items-center gap-2.5 text-small font-medium text-ink-soft">
        <AuthorMark author={author} size={24} />
        {model ? shortName(model) : requestedModel}
      </h2>
      {reasoning !== '' && <Reasoning text={reasoning} isUnderWay={isUnderWay && text === ''} />}
      {text !== '' && <MarkdownText text={text} isStreaming={isUnderWay} />}
      {images.map((url, position) => (
        <GeneratedImage key={position} url={url} number={position + 1} />
      ))}
      {isUnderWay && text === '' && <Waiting />}
      {!isUnderWay && (
        <>
          <EndingNotice message={message} onRetry={onRetry} onContinue={onContinue} />
          <Receipt message={message} index={index} />
        </>
      )}
    </article>
  );
});

/** A picture inside the answer is shown; one on another server is linked, so that server learns nothing. */
function GeneratedImage({ url, number }: { url: string; number: number }) {
  if (url.startsWith('data:image/')) {
    return (
      <img src={url} alt={`Drawn by the model, ${number}`} className="max-w-full rounded-lg" />
    );
  }
  return (
    <a href={url} target="_blank" rel="noopener noreferrer" className="underline">
      Drawn by the model, {number}
    </a>
  );
}

function Waiting() {
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
