import type { Attachment } from '../chat/attachment.ts';

/** `a picture (image/png, 2.1 kB) and notes.txt (text/plain, 12 bytes, which begins “…”)`. */
export function describeAttachments(attachments: readonly Attachment[]): string {
  const names = { image: 'a picture', file: 'a file', audio: 'a recording', video: 'a film' };
  const parts = attachments.map(({ kind, name, mediaType, bytes, host, text }) => {
    const facts = [
      mediaType,
      bytes === null ? null : formatBytes(bytes),
      host === null ? null : `at ${host}`,
      text === null ? null : `which begins “${text.trim().slice(0, 60)}”`,
    ].filter((fact) => fact !== null);
    return `${name ?? names[kind]}${facts.length > 0 ? ` (${facts.join(', ')})` : ''}`;
  });
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
