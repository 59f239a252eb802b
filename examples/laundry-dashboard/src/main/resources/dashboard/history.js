// Keeps the last ten minutes of one machine in ring buffers of typed arrays: at most two samples per second, 30 KB.

export const WINDOW = 600_000;
const STEP = 500;
const CAPACITY = 1280;
const SHORTEST_GAP = 5_000;

/** Names of phases, kept once; a sample holds the index. */
const phases = [''];

export class History {
  #capacity = 64;
  #first = 0;
  #size = 0;
  #rhythm = STEP; // usual time between two reports
  #times = new Float64Array(this.#capacity);
  #temperature = new Float32Array(this.#capacity);
  #power = new Float32Array(this.#capacity);
  #load = new Float32Array(this.#capacity);
  #phase = new Uint8Array(this.#capacity);

  /** Adds a reading; readings that are absent are null. Older ones than the newest are ignored. */
  add(time, { temperature, power, load, phase }) {
    const last = this.#size ? this.#times[this.#at(this.#size - 1)] : -Infinity;
    if (!(time >= last)) return;
    if (this.#size && time - last < SHORTEST_GAP * 12) this.#rhythm += 0.1 * (time - last - this.#rhythm);
    const at = this.#slotFor(time);
    this.#times[at] = time;
    this.#temperature[at] = temperature ?? NaN;
    this.#power[at] = power ?? NaN;
    this.#load[at] = load ?? NaN;
    this.#phase[at] = indexOf(phase);
  }

  /**
   * Fills `view` with the samples after `from`: plain arrays, because uPlot takes null for a missing value and typed
   * arrays hold none. A silence becomes a row of nulls, so that the line breaks.
   */
  copy(from, view) {
    const { times, temperature, power, load, phase } = view;
    for (const column of [times, temperature, power, load, phase]) column.length = 0;
    const silence = Math.max(SHORTEST_GAP, 6 * this.#rhythm);
    for (let i = this.#firstAfter(from); i < this.#size; i++) {
      const at = this.#at(i);
      const time = this.#times[at];
      const before = times.length ? times[times.length - 1] * 1000 : time;
      if (time - before > silence) {
        times.push((before + 1) / 1000);
        for (const column of [temperature, power, load]) column.push(null);
        phase.push('');
      }
      times.push(time / 1000);
      temperature.push(known(this.#temperature[at]));
      power.push(known(this.#power[at]));
      load.push(known(this.#load[at]));
      phase.push(phases[this.#phase[at]]);
    }
    return view;
  }

  /** Returns the newest slot while it is younger than a step, else a new one, which may replace the oldest. */
  #slotFor(time) {
    if (this.#size > 1 && time - this.#times[this.#at(this.#size - 2)] < STEP) return this.#at(this.#size - 1);
    if (this.#size === this.#capacity && this.#capacity < CAPACITY) this.#grow();
    if (this.#size === this.#capacity) this.#first = (this.#first + 1) % this.#capacity;
    else this.#size++;
    return this.#at(this.#size - 1);
  }

  /** Grows the ring; only before it has wrapped, so that samples stay where they are. */
  #grow() {
    this.#capacity = Math.min(CAPACITY, this.#capacity * 2);
    this.#times = larger(this.#times, this.#capacity);
    this.#temperature = larger(this.#temperature, this.#capacity);
    this.#power = larger(this.#power, this.#capacity);
    this.#load = larger(this.#load, this.#capacity);
    this.#phase = larger(this.#phase, this.#capacity);
  }

  #firstAfter(time) {
    let low = 0;
    let high = this.#size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#times[this.#at(middle)] < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #at(index) {
    return (this.#first + index) % this.#capacity;
  }
}

export const emptyView = () => ({ times: [], temperature: [], power: [], load: [], phase: [] });

const known = (value) => (Number.isNaN(value) ? null : value);

function larger(array, capacity) {
  const copy = new array.constructor(capacity);
  copy.set(array);
  return copy;
}

function indexOf(phase) {
  if (!phase) return 0;
  const index = phases.indexOf(phase);
  if (index >= 0) return index;
  return phases.length < 255 ? phases.push(phase) - 1 : 0;
}
