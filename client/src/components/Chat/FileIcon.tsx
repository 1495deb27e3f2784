import { AudioLines, FileText, Image } from 'lucide-react';

/** A sign for the kind of a file; its name stands beside it. */
export function FileIcon({ type }: { type: string }) {
  const Icon = type.startsWith('image/')
    ? Image
    : type.startsWith('audio/')
      ? AudioLines
      : FileText;
  return <Icon size={18} aria-hidden="true" className="shrink-0 text-ink-faint" />;
}
