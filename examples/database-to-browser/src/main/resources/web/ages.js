// The age of rows at each hop: how long after its commit a row was in Kafka, in the bridge, in the browser, painted.

import { element } from './tiles.js';

const MINUTE = 60_000;
const MOST = 2_000;

export class Ages {
  #body;
  #hops;
  #seen = [];

  constructor(table, hops) {
    this.#body = table.tBodies[0];
    this.#hops = hops;
    for (const hop of hops) {
      const row = element('tr', hop);
      row.append(element('td', 'hop', hop), element('td', 'p50'), element('td', 'p99'));
      this.#body.append(row);
    }
    setInterval(() => this.#draw(), 1_000);
  }

  /** Adds a row that was committed at `committed`; `times` has the time of each hop. */
  add(committed, times) {
    this.#seen.push({ at: Date.now(), ages: times.map((time) => time - committed) });
    if (this.#seen.length > MOST) this.#seen.shift();
  }

  #draw() {
    const since = Date.now() - MINUTE;
    this.#seen = this.#seen.filter(({ at }) => at >= since);
    this.#hops.forEach((hop, turn) => {
      const sorted = this.#seen.map(({ ages }) => ages[turn]).filter(Number.isFinite).sort((a, b) => a - b);
      const [, p50, p99] = this.#body.rows[turn].cells;
      p50.textContent = percentile(sorted, 0.5);
      p99.textContent = percentile(sorted, 0.99);
    });
  }
}

function percentile(sorted, share) {
  if (sorted.length === 0) return '–';
  return `${Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)])} ms`;
}
