import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeBlock } from '../CodeBlock.tsx';
import { useNear } from '../useNear.ts';
import { drawDiagram, type Drawing } from './draw-diagram.ts';
import { useDiagramLook } from './look.ts';

/** Smaller than this share of its size its words cannot be read; then it scrolls. */
const SMALLEST = 0.75;

type Picture = Pick<Drawing, 'width' | 'height'> & { url: string };

/** A Mermaid diagram as a picture, with its text at hand; the text alone when it cannot be drawn. */
export function Diagram({ groups }: { groups: readonly string[] }) {
  const { t } = useTranslation();
  const look = useDiagramLook();
  const source = groups.join('\n');
  const sourceId = useId();
  const ref = useRef<HTMLDivElement>(null);
  const isNear = useNear(ref, false);
  const [picture, setPicture] = useState<Picture | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isSourceShown, setIsSourceShown] = useState(false);

  useEffect(() => {
    if (!isNear) return;
    let isCurrent = true;
    let url: string | null = null;
    async function draw() {
      try {
        const { svg, width, height } = await drawDiagram(source, look);
        if (!isCurrent) return;
        url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
        setPicture({ url, width, height });
        setProblem(null);
      } catch (cause) {
        if (isCurrent) setProblem(cause instanceof Error ? cause.message : String(cause));
      }
    }
    void draw();
    return () => {
      isCurrent = false;
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [source, look, isNear]);

  if (problem !== null) {
    return (
      <div ref={ref} className="space-y-2">
        <p role="note" className="text-small text-ink-soft">
          {t('chat.diagramFailed')} <span className="text-ink-faint">{firstLine(problem)}</span>
        </p>
        <CodeBlock language="mermaid" groups={groups} />
      </div>
    );
  }
  return (
    <div ref={ref} className="space-y-2">
      <div
        tabIndex={0}
        role="region"
        aria-label={t('chat.diagram')}
        aria-busy={picture === null}
        className="min-h-24 overflow-x-auto rounded-lg border border-line bg-canvas p-4"
      >
        {picture ? (
          <img
            src={picture.url}
            alt={t('chat.diagramOf', { kind: source.trim().split(/\s/, 1)[0] ?? '' })}
            width={picture.width}
            height={picture.height}
            className="mx-auto h-auto max-w-full"
            style={{ minWidth: picture.width * SMALLEST }}
          />
        ) : (
          <p className="animate-pulse-soft text-small text-ink-faint">{t('chat.diagramDrawing')}</p>
        )}
      </div>
      <button
        type="button"
        aria-expanded={isSourceShown}
        aria-controls={sourceId}
        onClick={() => setIsSourceShown(!isSourceShown)}
        className="min-h-8 rounded-md text-small text-ink-soft hover:text-ink touch:min-h-11"
      >
        {t(isSourceShown ? 'chat.hideSource' : 'chat.showSource')}
      </button>
      <div id={sourceId} hidden={!isSourceShown}>
        {isSourceShown && <CodeBlock language="mermaid" groups={groups} />}
      </div>
    </div>
  );
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
