import type { GenerationEvent } from '@openrouter-native/protocol';
import { foldEvent, toSnapshot, type Fold } from './fold.ts';
import type { NumberedEvent } from './stream-sessions.ts';

/** The events of one stream, numbered from 1. Old ones are folded together when there are too many. */
export interface EventLog {
  /** Of the latest event; 0 before the first. */
  readonly lastId: number;
  /** Characters of JSON that are kept, about as many bytes. */
  readonly size: number;
  append(event: GenerationEvent): void;
  /**
   * The event that follows `id`, or a snapshot of those up to the first that is kept.
   *
   * @returns `null` when nothing follows yet.
   */
  after(id: number): NumberedEvent | null;
  /** Everything so far but `final`, which follows by itself. @returns `null` before the first event. */
  snapshot(): NumberedEvent | null;
}

interface Entry {
  event: GenerationEvent;
  size: number;
}

/** Everything up to an event. */
interface FoldedTo {
  id: number;
  fold: Fold | null;
}

/** @param maxSize - Characters of JSON; beyond it, the older half of the events is folded. */
export function createEventLog(maxSize: number): EventLog {
  /** What is not kept any more. */
  let dropped: FoldedTo = { id: 0, fold: null };
  /** What the latest snapshot held, so that the next one begins there. */
  let shown = dropped;
  let kept: Entry[] = [];
  let size = 0;

  const lastId = () => dropped.id + kept.length;

  function foldTo(id: number): FoldedTo {
    const from = shown.id < dropped.id ? dropped : shown;
    if (from.id >= id) return from;
    const events = kept.slice(from.id - dropped.id, id - dropped.id);
    return { id, fold: events.reduce((fold, { event }) => foldEvent(fold, event), from.fold) };
  }

  /** All but the latest: whoever is behind must still see how the stream ends. */
  function dropOlderHalf(): void {
    let { id, fold } = dropped;
    let count = 0;
    for (const entry of kept.slice(0, -1)) {
      if (size <= maxSize / 2) break;
      size -= entry.size;
      count += 1;
      id += 1;
      fold = foldEvent(fold, entry.event);
    }
    kept = kept.slice(count);
    dropped = { id, fold };
  }

  function toEvent({ id, fold }: FoldedTo): NumberedEvent | null {
    return fold && { id, event: toSnapshot(fold) };
  }

  return {
    get lastId() {
      return lastId();
    },
    get size() {
      return size;
    },
    append(event) {
      const entry = { event, size: JSON.stringify(event).length };
      kept.push(entry);
      size += entry.size;
      if (size > maxSize) dropOlderHalf();
    },
    after(id) {
      if (id >= lastId()) return null;
      const entry = kept[id - dropped.id];
      return entry ? { id: id + 1, event: entry.event } : toEvent(dropped);
    },
    snapshot() {
      const hasEnded = kept.at(-1)?.event.type === 'final';
      shown = foldTo(hasEnded ? lastId() - 1 : lastId());
      return toEvent(shown);
    },
  };
}
