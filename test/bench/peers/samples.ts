import { median } from '../measure.ts';

/** Values by what was measured and by whom: one of each round, in the order of the rounds. */
export class Samples {
  readonly #values = new Map<string, number[]>();

  add(metric: string, contestant: string, value: number): void {
    const key = keyOf(metric, contestant);
    const values = this.#values.get(key) ?? [];
    values.push(value);
    this.#values.set(key, values);
  }

  /** @returns `null` when nothing was measured. */
  median(metric: string, contestant: string): number | null {
    const values = this.#values.get(keyOf(metric, contestant));
    return values ? median(values) : null;
  }

  /** Median of the ratios of each round, so that what the machine did meanwhile meets both. */
  ratio(metric: string, contestant: string, to: string): number | null {
    return this.#compared(metric, contestant, to, (value, other) => value / other);
  }

  /** Median of the differences of each round. */
  added(metric: string, contestant: string, to: string): number | null {
    return this.#compared(metric, contestant, to, (value, other) => value - other);
  }

  #compared(
    metric: string,
    contestant: string,
    to: string,
    compare: (value: number, other: number) => number,
  ): number | null {
    const others = this.#values.get(keyOf(metric, to));
    const values = this.#values.get(keyOf(metric, contestant));
    if (!values || !others) return null;
    return median(values.map((value, round) => compare(value, others[round] ?? Number.NaN)));
  }
}

const keyOf = (metric: string, contestant: string) => `${metric}\n${contestant}`;
