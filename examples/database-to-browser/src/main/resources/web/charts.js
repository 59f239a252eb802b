// Derived views, as Kafka Streams computes them: power per site and minute, energy per programme, machines in alarm.

import uPlot from '/uplot/uPlot.esm.js';
import { element } from './tiles.js';

const MINUTES = 60;
const COLOURS = ['#2e8b57', '#d9a400', '#3b7dd8', '#c0392b', '#8e5bb5', '#5f7f8f'];
const WIDTH = 560;
const HEIGHT = 220;

export class Charts {
  #power = new Map();
  #energy = new Map();
  #alarms = new Map();
  #places;
  #drawn = {};
  #waiting = false;

  constructor(bridge, places) {
    this.#places = places;
    this.#follow(bridge, 'power', this.#power);
    this.#follow(bridge, 'energy', this.#energy);
    this.#follow(bridge, 'alarms', this.#alarms);
  }

  #follow(bridge, channel, values) {
    bridge.subscribe(channel, {
      onEvent: ({ key, value }) => {
        if (value === null) values.delete(key);
        else values.set(key, value);
        this.#draw();
      },
      onReset: () => {
        values.clear();
        this.#draw();
      },
      onError: () => {}, // an example without derived views shows the rest
    });
  }

  /** Draws at most once per frame. */
  #draw() {
    if (this.#waiting) return;
    this.#waiting = true;
    requestAnimationFrame(() => {
      this.#waiting = false;
      if (this.#power.size > 0) this.#lines();
      if (this.#energy.size > 0) this.#bars();
      this.#list();
    });
  }

  #lines() {
    const rows = [...this.#power.values()];
    const sites = [...new Set(rows.map(({ site }) => site))].sort();
    const minutes = [...new Set(rows.map(({ minute }) => minute))].sort((a, b) => a - b).slice(-MINUTES);
    const watts = new Map(rows.map(({ site, minute, watts: value }) => [`${site} ${minute}`, value]));
    const data = [
      minutes.map((minute) => minute / 1_000),
      ...sites.map((site) => minutes.map((minute) => watts.get(`${site} ${minute}`) ?? null)),
    ];
    const series = sites.map((site, turn) => ({ label: site, stroke: COLOURS[turn % COLOURS.length], width: 2 }));
    this.#plot('power', 'Power per site, mean W per minute', [{}, ...series], data);
  }

  #bars() {
    const programmes = [...this.#energy].sort(([a], [b]) => a.localeCompare(b));
    const names = programmes.map(([name]) => name);
    const data = [names.map((_, turn) => turn), programmes.map(([, { kwh }]) => Number(kwh))];
    const series = [{}, { label: 'kWh', fill: COLOURS[0], stroke: COLOURS[0], paths: uPlot.paths.bars() }];
    this.#plot('energy', 'Energy per programme, kWh', series, data, {
      names,
      scales: {
        x: { time: false, range: [-0.5, names.length - 0.5] },
        y: { range: (_, least, most) => [0, 1.1 * most] },
      },
      axes: [{ splits: () => names.map((_, turn) => turn), values: () => names }, {}],
    });
  }

  /** Draws `data` into the place `name`; a chart whose series are others is made anew. */
  #plot(name, title, series, data, more = {}) {
    const labels = [...series.map(({ label }) => label), ...(more.names ?? [])].join();
    const drawn = this.#drawn[name];
    if (drawn?.labels === labels) {
      drawn.plot.setData(data);
      return;
    }
    drawn?.plot.destroy();
    const plot = new uPlot({ title, width: WIDTH, height: HEIGHT, series, ...more }, data, this.#places[name]);
    this.#drawn[name] = { labels, plot };
    this.#places[name].dataset.series = labels;
  }

  #list() {
    const items = [...this.#alarms].map(([machine, { alarm, since }]) =>
      element('li', 'alarm', `${machine}: ${alarm}, since ${new Date(since).toLocaleTimeString()}`));
    this.#places.alarms.replaceChildren(...items);
  }
}
