import type { ToolCall } from '@openrouter-native/protocol';
import { Check, ChevronRight, LoaderCircle, TriangleAlert, Wrench } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { CopyButton } from '../ui/CopyButton.tsx';

/** One call of a tool: which, with what, and what came of it. Folded to a line until it is opened. */
export function ToolCallCard({ call, isOver }: { call: ToolCall; isOver: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isOpen, setIsOpen] = useState(false);
  const bodyId = useId();
  const { name, args, output, is_error: isError, duration_ms: durationMs } = call;
  const [tool, server] = name.split('_mcp_', 2);
  const isRunning = output === null && !isOver;
  const hasFailed = isError || (output === null && isOver);
  const Icon = isRunning ? LoaderCircle : hasFailed ? TriangleAlert : Check;
  return (
    <div className="rounded-lg border border-line bg-surface text-small">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={bodyId}
        onClick={() => setIsOpen(!isOpen)}
        className="flex min-h-10 w-full items-center gap-2.5 rounded-lg px-3.5 text-left text-ink-soft hover:text-ink touch:min-h-11"
      >
        <Wrench size={15} aria-hidden="true" className="shrink-0 text-ink-faint" />
        <span className="min-w-0 flex-1 truncate">
          <span className="font-medium text-ink">{tool}</span>
          {server && <span className="text-ink-faint"> · {server}</span>}
        </span>
        <span className={`flex items-center gap-1.5 ${hasFailed ? 'text-bad' : ''}`}>
          <Icon
            size={15}
            aria-hidden="true"
            className={isRunning ? 'animate-spin motion-reduce:animate-none' : ''}
          />
          {t(stateText(call, isOver))}
          {durationMs !== null && (
            <span className="text-ink-faint tabular-nums">{format.duration(durationMs)}</span>
          )}
        </span>
        <ChevronRight
          size={15}
          aria-hidden="true"
          className={`shrink-0 transition-transform ${isOpen ? 'rotate-90' : ''}`}
        />
      </button>
      <div id={bodyId} hidden={!isOpen}>
        {isOpen && (
          <div className="space-y-3 border-t border-line px-3.5 py-3">
            <Text label={t('chat.toolArguments')} text={readable(args)} />
            {output !== null && <Text label={t('chat.toolResult')} text={readable(output)} />}
          </div>
        )}
      </div>
    </div>
  );
}

function stateText({ output, progress, is_error: isError }: ToolCall, isOver: boolean) {
  if (output !== null) return isError ? 'chat.toolFailed' : 'chat.toolDone';
  if (isOver) return 'chat.toolNotRun';
  return progress < 0.5 ? 'chat.toolWriting' : 'chat.toolRunning';
}

/** Longer texts are cut until somebody asks for all of them. Characters. */
const MAX_SHOWN = 4000;

function Text({ label, text }: { label: string; text: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isWhole, setIsWhole] = useState(false);
  const isCut = text.length > MAX_SHOWN && !isWhole;
  return (
    <div>
      <div className="flex items-center justify-between">
        <h3 className="text-tiny font-medium text-ink-faint">{label}</h3>
        <CopyButton
          label={t('chat.copyNamed', { name: label })}
          getText={() => text}
          className="size-8"
        />
      </div>
      <pre
        tabIndex={0}
        role="region"
        aria-label={label}
        className="max-h-72 overflow-auto rounded-md bg-sunken p-3 font-mono text-tiny wrap-anywhere whitespace-pre-wrap"
      >
        {isCut ? `${text.slice(0, MAX_SHOWN)} …` : text}
      </pre>
      {isCut && (
        <button
          type="button"
          onClick={() => setIsWhole(true)}
          className="mt-1 min-h-8 rounded-md text-small text-accent-ink hover:underline touch:min-h-11"
        >
          {t('chat.showAll', { count: text.length, formatted: format.count(text.length) })}
        </button>
      )}
    </div>
  );
}

/** JSON with line breaks; anything else as it is. */
function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
