// Keeps the last three minutes of a sum, one value per second.

const SECONDS = 180;

/** Keeps the last value of every second, by the events' own time, so that a catch-up fills it too. */
export class Trend {
  #values = new Float32Array(SECONDS).fill(NaN);
  #second = 0;

  add(time, value) {
    const second = Math.floor(time / 1000);
    if (second <= this.#second - SECONDS) return;
    if (second > this.#second) {
      const from = Math.max(this.#second + 1, second - SECONDS + 1);
      for (let skipped = from; skipped < second; skipped++) this.#values[skipped % SECONDS] = NaN;
      this.#second = second;
    }
    this.#values[second % SECONDS] = value;
  }

  /** Calls back with each value from old to new, with its place in time, 0 to 1. */
  each(take) {
    for (let i = 0; i < SECONDS; i++) {
      const value = this.#values[(this.#second + 1 + i) % SECONDS];
      if (!Number.isNaN(value)) take(i / (SECONDS - 1), value);
    }
  }
}
