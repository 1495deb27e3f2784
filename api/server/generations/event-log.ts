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
   * The event that follows `id`, or a snapshot of everything when that one is folded already.
   *
   * @returns `null` when nothing follows yet.
   */
  after(id: number): NumberedEvent | null;
  /** Everything so far. @returns `null` before the first event. */
  snapshot(): NumberedEvent | null;
}

interface Entry {
  event: GenerationEvent;
  size: number;
}

/** @param maxSize - Characters of JSON; beyond it, the older half of the events is folded. */
export function createEventLog(maxSize: number): EventLog {
  /** Holds the events up to `foldedId`, which may be kept as well. */
  let fold: Fold | null = null;
  let foldedId = 0;
  let kept: Entry[] = [];
  let keptFrom = 1;
  let size = 0;

  const lastId = () => keptFrom + kept.length - 1;

  function foldAll(): void {
    for (const { event } of kept.slice(foldedId + 1 - keptFrom)) fold = foldEvent(fold, event);
    foldedId = lastId();
  }

  function dropOlderHalf(): void {
    foldAll();
    let count = 0;
    while (size > maxSize / 2 && count < kept.length) {
      size -= kept[count]?.size ?? 0;
      count += 1;
    }
    kept = kept.slice(count);
    keptFrom += count;
  }

  function snapshot(): NumberedEvent | null {
    foldAll();
    return fold && { id: foldedId, event: toSnapshot(fold) };
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
      const entry = kept[id + 1 - keptFrom];
      return entry ? { id: id + 1, event: entry.event } : snapshot();
    },
    snapshot,
  };
}
