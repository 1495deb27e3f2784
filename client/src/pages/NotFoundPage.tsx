import { Link } from 'react-router';
import { buttonClass } from '../components/ui/Button.tsx';

/** For an address that leads nowhere, or to a page this account may not see. */
export function NotFoundPage() {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center px-5 text-center">
      <title>Not found</title>
      <h1 className="text-display font-semibold">Nothing here</h1>
      <p className="mt-2 mb-6 text-ink-soft">This address leads to no page of ours.</p>
      <Link to="/" className={buttonClass('primary')}>
        Go to the chat
      </Link>
    </main>
  );
}
