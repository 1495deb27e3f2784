import type { ToolCall } from '@openrouter-native/protocol';
import { Check, ChevronRight, LoaderCircle, TriangleAlert, Wrench } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';

/** One call of a tool: which, with what, and what came of it. Folded to a line until it is opened. */
export function ToolCallCard({ call }: { call: ToolCall }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { name, args, output, is_error: isError, duration_ms: durationMs } = call;
  const [tool, server] = name.split('_mcp_', 2);
  const Icon = output === null ? LoaderCircle : isError ? TriangleAlert : Check;
  return (
    <details className="group rounded-lg border border-line bg-surface text-small">
      <summary className="flex min-h-10 list-none items-center gap-2.5 px-3.5 text-ink-soft hover:text-ink touch:min-h-11 [&::-webkit-details-marker]:hidden">
        <Wrench size={15} aria-hidden="true" className="shrink-0 text-ink-faint" />
        <span className="min-w-0 flex-1 truncate">
          <span className="font-medium text-ink">{tool}</span>
          {server && <span className="text-ink-faint"> · {server}</span>}
        </span>
        <span className={`flex items-center gap-1.5 ${isError ? 'text-bad' : ''}`}>
          <Icon
            size={15}
            aria-hidden="true"
            className={output === null ? 'animate-spin motion-reduce:animate-none' : ''}
          />
          {t(stateText(call))}
          {durationMs !== null && (
            <span className="text-ink-faint tabular-nums">{format.duration(durationMs)}</span>
          )}
        </span>
        <ChevronRight
          size={15}
          aria-hidden="true"
          className="shrink-0 transition-transform group-open:rotate-90"
        />
      </summary>
      <div className="space-y-3 border-t border-line px-3.5 py-3">
        <Text label={t('chat.toolArguments')} text={readable(args)} />
        {output !== null && <Text label={t('chat.toolResult')} text={readable(output)} />}
      </div>
    </details>
  );
}

function stateText({ output, progress, is_error: isError }: ToolCall) {
  if (output === null) return progress < 0.5 ? 'chat.toolWriting' : 'chat.toolRunning';
  return isError ? 'chat.toolFailed' : 'chat.toolDone';
}

function Text({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <h3 className="pb-1 text-tiny font-medium text-ink-faint">{label}</h3>
      <pre
        tabIndex={0}
        role="region"
        aria-label={label}
        className="max-h-72 overflow-auto rounded-md bg-sunken p-3 font-mono text-tiny wrap-anywhere whitespace-pre-wrap"
      >
        {text}
      </pre>
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
