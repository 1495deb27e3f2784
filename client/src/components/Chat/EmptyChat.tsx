import { ArrowUpRight } from 'lucide-react';

const STARTERS = [
  { title: 'Explain', prompt: 'Explain how a hash map works, with a small example in Python.' },
  { title: 'Write', prompt: 'Write a friendly reminder to my team about Friday’s demo.' },
  { title: 'Compare', prompt: 'Compare SQLite and PostgreSQL for a small web app, in a table.' },
  { title: 'Plan', prompt: 'Plan a weekend in Lisbon for two people who love food.' },
];

/** What a conversation looks like before it begins: a greeting and a few ways to start. */
export function EmptyChat({ name, onStart }: { name: string; onStart: (prompt: string) => void }) {
  return (
    <div className="m-auto w-full max-w-176 px-4 py-8">
      <h2 className="text-display font-semibold">What is on your mind, {name}?</h2>
      <p className="mt-2 text-ink-soft">Ask anything below, or start with one of these.</p>
      <ul className="mt-8 grid gap-2.5 sm:grid-cols-2">
        {STARTERS.map(({ title, prompt }) => (
          <li key={title}>
            <button
              type="button"
              onClick={() => onStart(prompt)}
              className="group flex h-full min-h-11 w-full items-start gap-3 rounded-lg border border-line bg-surface px-4 py-3.5 text-left transition-colors hover:border-line-strong"
            >
              <span className="flex-1">
                <span className="block text-small font-medium">{title}</span>
                <span className="mt-0.5 block text-small text-ink-soft">{prompt}</span>
              </span>
              <ArrowUpRight
                size={16}
                aria-hidden="true"
                className="mt-0.5 shrink-0 text-ink-faint transition-colors group-hover:text-ink"
              />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
