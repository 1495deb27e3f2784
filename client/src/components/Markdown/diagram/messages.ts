/** What the page asks of the frame that draws diagrams. */
export interface DiagramRequest {
  id: number;
  source: string;
  look: DiagramLook;
}

/** Colours as `#rrggbb`: whoever draws knows nothing of the page's own. */
export interface DiagramLook {
  isDark: boolean;
  canvas: string;
  surface: string;
  sunken: string;
  ink: string;
  inkSoft: string;
  line: string;
  accentSoft: string;
}

/** What the frame answers. */
export type DiagramAnswer =
  { id: number; svg: string; width: number; height: number } | { id: number; error: string };

/** Sent once, when the frame can draw. */
export const READY = 'diagram-frame-ready';
