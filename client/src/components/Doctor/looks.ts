import type { DoctorStatus } from '@openrouter-native/protocol';
import { CircleCheck, CircleMinus, CircleX, TriangleAlert, type LucideIcon } from 'lucide-react';

/** How a status looks, and the word for those who do not see it: `doctor.*` of the texts. */
export const looks: Readonly<
  Record<
    DoctorStatus,
    { Icon: LucideIcon; text: string; box: string; word: `doctor.${DoctorStatus}` }
  >
> = {
  ok: { Icon: CircleCheck, text: 'text-good', box: 'bg-good-soft text-good', word: 'doctor.ok' },
  warning: {
    Icon: TriangleAlert,
    text: 'text-warn',
    box: 'bg-warn-soft text-warn',
    word: 'doctor.warning',
  },
  failed: { Icon: CircleX, text: 'text-bad', box: 'bg-bad-soft text-bad', word: 'doctor.failed' },
  skipped: {
    Icon: CircleMinus,
    text: 'text-ink-faint',
    box: 'bg-sunken text-ink-soft',
    word: 'doctor.skipped',
  },
};
