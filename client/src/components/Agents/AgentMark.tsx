import { Bot } from 'lucide-react';
import { LetterMark } from '../ui/LetterMark.tsx';

/** An agent, with a robot for one that has no name. */
export function AgentMark({ name, size = 40 }: { name: string | null; size?: number }) {
  return <LetterMark name={(name ?? '').trim()} size={size} empty={<Bot size={size * 0.5} />} />;
}
