// Shows one machine's last ten minutes: three curves over one time axis, and the same values as a table.

import { emptyView, History, WINDOW } from './history.js';
import { readingOf } from './reading.js';
import { degrees, doing, kilograms, sentence, timeOf, watts } from './words.js';

const SLIDE = 250; // ms between frames in which only the time axis moves
const TABLE_STEP = 30; // seconds

export class MachinePanel {
  #store;
  #root = document.querySelector('[data-machine]');
  #parts;
  #charts = [];
  #view = emptyView();
  #history = new History();
  #news = false; // in the history
  #key = null;
  #drawnAt = 0;
  #tabledAt = 0;

  /** `close` is called when the user closes the panel. */
  constructor(store, close) {
    this.#store = store;
    this.#root.append(document.querySelector('[data-machine-template]').content.cloneNode(true));
    const part = (name) => this.#root.querySelector(name);
    this.#parts = {
      where: part('.where'),
      title: part('#machine-title'),
      chip: part('.chip'),
      chipIcon: part('.chip use'),
      chipText: part('.chip span'),
      what: part('.what'),
      percent: part('.percent'),
      bar: part('.bar'),
      table: part('details'),
      rows: part('tbody'),
      origin: part('.origin'),
    };
    part('.close').addEventListener('click', close);
    this.#parts.table.addEventListener('toggle', () => this.#drawTable());
  }

  get key() {
    return this.#key;
  }

  open(key) {
    this.#key = key;
    this.#root.hidden = false;
    this.#root.dataset.key = key;
    this.forget();
    this.#tabledAt = 0;
    this.draw(true);
    if (!this.#charts.length) this.#makeCharts();
  }

  /** Takes a report of the machine that is open, old ones first. */
  take({ value, timestamp }) {
    if (value === null || typeof value !== 'object') return;
    this.#history.add(timestamp, readingOf(value));
    this.#news = true;
  }

  /** Begins its history anew. */
  forget() {
    this.#history = new History();
    this.#news = true;
  }

  focus() {
    this.#parts.title.focus({ preventScroll: true });
  }

  close() {
    this.#key = null;
    this.#root.hidden = true;
  }

  recolour() {
    for (const chart of this.#charts) chart.destroy();
    this.#charts = [];
    if (this.#key !== null) this.#makeCharts();
  }

  /** Draws if the machine has new reports, or if the time axis has moved. */
  draw(changed) {
    if (this.#key === null) return;
    const now = performance.now();
    if (!changed && !this.#news && now - this.#drawnAt < SLIDE) return;
    this.#drawnAt = now;
    this.#news = false;
    const machine = this.#store.machines.get(this.#key);
    this.#drawFacts(machine);
    if (!machine) return;
    const to = this.#store.now();
    this.#history.copy(to - WINDOW, this.#view);
    for (const chart of this.#charts) chart.draw(machine, this.#view, (to - WINDOW) / 1000, to / 1000);
    if (now - this.#tabledAt > 5_000) this.#drawTable();
  }

  /** Loads the charts' library with the first machine that is opened. */
  async #makeCharts() {
    const { Chart } = await import('./chart.js');
    if (this.#charts.length || this.#key === null) return;
    const root = this.#root.querySelector('.charts');
    const view = this.#view;
    this.#charts = [
      new Chart(root, { title: 'Temperature', column: 'temperature', colour: '--curve-temperature', words: degrees, least: 60, bands: true, view }),
      new Chart(root, { title: 'Power', column: 'power', colour: '--curve-power', words: watts, least: 1000, view }),
      new Chart(root, { title: 'Drum weight', column: 'load', colour: '--curve-load', words: kilograms, least: 8, view }),
    ];
    this.draw(true);
  }

  #drawFacts(machine) {
    const { where, title, chip, chipIcon, chipText, what, percent, bar, origin } = this.#parts;
    const [site, name] = this.#key.includes('/') ? this.#key.split('/', 2) : ['elsewhere', this.#key];
    const kind = machine ? sentence(machine.kind) : 'Machine';
    write(where, `${kind} · ${sentence(site)}`);
    write(title, name);
    chip.hidden = !machine;
    if (!machine) {
      write(what, 'Has not reported yet.');
      write(percent, '');
      return;
    }
    if (chip.dataset.state !== machine.state) {
      chip.dataset.state = machine.state;
      chipIcon.setAttribute('href', `#i-${machine.state}`);
      write(chipText, machine.state === 'alarm' ? 'In alarm' : sentence(machine.state));
    }
    write(what, doing(machine));
    write(percent, machine.program ? `${Math.round(machine.progress * 100)} %` : '');
    bar.style.setProperty('--done', `${machine.progress * 100}%`);
    write(origin, `${timeOf(machine.timestamp)} · record ${machine.at} · ${machine.seq} reports seen`);
  }

  #drawTable() {
    const { table, rows } = this.#parts;
    if (!table.open) return;
    this.#tabledAt = performance.now();
    const { times, phase, temperature, power, load } = this.#view;
    const lines = [];
    let next = Infinity;
    for (let i = times.length - 1; i >= 0; i--) {
      if (times[i] > next || temperature[i] === null) continue;
      next = times[i] - TABLE_STEP;
      lines.push([
        timeOf(times[i] * 1000), phase[i] || 'idle',
        temperature[i].toFixed(1), (power[i] / 1000).toFixed(2), load[i].toFixed(1),
      ]);
    }
    rows.replaceChildren(...lines.map(row));
  }
}

function row([time, ...cells]) {
  const line = document.createElement('tr');
  const head = document.createElement('th');
  head.scope = 'row';
  head.textContent = time;
  line.append(head, ...cells.map((text) => Object.assign(document.createElement('td'), { textContent: text })));
  return line;
}

function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
