import { useSyncExternalStore } from 'react';
import type { DiagramLook } from './messages.ts';

/** The colours of the theme as they are now; another object after the theme has changed. */
export function useDiagramLook(): DiagramLook {
  const isDark = useSyncExternalStore(subscribe, readIsDark);
  return isDark ? (dark ??= readLook(true)) : (light ??= readLook(false));
}

let dark: DiagramLook | null = null;
let light: DiagramLook | null = null;

function readIsDark(): boolean {
  const { theme } = document.documentElement.dataset;
  return theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

function subscribe(listener: () => void): () => void {
  const query = matchMedia('(prefers-color-scheme: dark)');
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  query.addEventListener('change', listener);
  return () => {
    observer.disconnect();
    query.removeEventListener('change', listener);
  };
}

function readLook(isDark: boolean): DiagramLook {
  const probe = document.createElement('span');
  document.body.append(probe);
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const read = (token: string) => {
    probe.style.color = `var(--color-${token})`;
    return toHex(getComputedStyle(probe).color, context);
  };
  const look = {
    isDark,
    canvas: read('canvas'),
    surface: read('surface'),
    sunken: read('sunken'),
    ink: read('ink'),
    inkSoft: read('ink-soft'),
    line: read('line-strong'),
    accentSoft: read('accent-soft'),
  };
  probe.remove();
  return look;
}

/** Whatever a colour is written in: one pixel of it. */
function toHex(colour: string, context: CanvasRenderingContext2D | null): string {
  if (!context) return '#808080';
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
