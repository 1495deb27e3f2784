import { Unplug } from 'lucide-react';
import { Link } from 'react-router';
import { buttonClass } from '../ui/Button.tsx';

/** In place of a chat when the host offers no provider. */
export function NoProvider({ isAdmin }: { isAdmin: boolean }) {
  return (
    <div className="m-auto max-w-120 px-5 py-8 text-center">
      <Unplug size={28} aria-hidden="true" className="mx-auto mb-4 text-ink-faint" />
      <h2 className="text-title font-semibold">OpenRouter is not available</h2>
      <p className="mt-2 text-ink-soft">
        {isAdmin
          ? 'The server could not set it up. The administration page says why, and what to do.'
          : 'The server could not set it up. Please tell an administrator.'}
      </p>
      {isAdmin && (
        <Link to="/admin" className={buttonClass('primary', 'mt-6')}>
          See why
        </Link>
      )}
    </div>
  );
}
