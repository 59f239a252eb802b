// Draws one curve with uPlot. The line breaks if data is missing.

import uPlot from './vendor/uplot/uPlot.esm.js';
import { colour } from './theme.js';
import { timeOf } from './words.js';

const HEIGHT = 168;
const together = uPlot.sync('machine');

export class Chart {
  #plot;
  #figure = document.createElement('figure');
  #value = document.createElement('output');
  #options;
  #machine;
  #from = 0;
  #to = 1;
  #resize;

  /** `least` is the top of the scale that even small values get; `bands` shades and names the programme's phases. */
  constructor(root, options) {
    this.#options = options;
    const caption = document.createElement('figcaption');
    const name = document.createElement('span');
    name.textContent = options.title;
    name.style.setProperty('--curve', `var(${options.colour})`);
    this.#value.setAttribute('aria-live', 'off');
    caption.append(name, this.#value);
    const canvas = document.createElement('div');
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', `${options.title} over the last ten minutes; the values stand in the table below`);
    this.#figure.append(caption, canvas);
    root.append(this.#figure);
    this.#plot = new uPlot(this.#settings(canvas.clientWidth || 400), [[], []], canvas);
    this.#resize = new ResizeObserver(() => {
      if (canvas.clientWidth) this.#plot.setSize({ width: canvas.clientWidth, height: HEIGHT });
    });
    this.#resize.observe(canvas);
  }

  draw(machine, view, from, to) {
    this.#machine = machine;
    this.#from = from;
    this.#to = to;
    this.#plot.setData([view.times, view[this.#options.column]]);
    this.#read();
  }

  destroy() {
    this.#resize.disconnect();
    this.#plot.destroy();
    this.#figure.remove();
  }

  /** Returns the value under the pointer, else the newest. */
  #read() {
    const { column, words } = this.#options;
    const at = this.#plot.cursor.idx;
    const [times, values] = this.#plot.data;
    const pointed = at != null && values[at] != null;
    const text = pointed
      ? `${words(values[at])} at ${timeOf(times[at] * 1000)}`
      : words(this.#machine?.[column] ?? null);
    if (this.#value.textContent !== text) this.#value.textContent = text;
  }

  #settings(width) {
    const { least, colour: name } = this.#options;
    const grid = { stroke: colour('--grid'), width: 1 };
    const axis = { stroke: colour('--muted'), font: '11px system-ui, sans-serif', grid, ticks: { show: false } };
    const line = colour(name);
    return {
      width,
      height: HEIGHT,
      padding: [14, 8, 0, 0],
      legend: { show: false },
      cursor: { sync: { key: together.key }, drag: { x: false, y: false }, points: { size: 7, fill: line } },
      scales: {
        x: { range: () => [this.#from, this.#to] },
        y: { range: (_, low, high) => [0, Math.max(least, (high ?? 0) * 1.1)] },
      },
      axes: [
        {
          ...axis, size: 26, space: 80, incrs: [60, 120, 300, 600],
          values: (_, ticks) => ticks.map((tick) => timeOf(tick * 1000).slice(0, 5)),
        },
        { ...axis, size: 48, space: 34, values: (_, ticks) => ticks.map((tick) => this.#tick(tick)) },
      ],
      series: [{}, { stroke: line, fill: colour(`${name}-area`), width: 2, points: { show: false }, spanGaps: false }],
      hooks: {
        drawClear: [(plot) => this.#options.bands && this.#shadePhases(plot)],
        setCursor: [() => this.#read()],
      },
    };
  }

  #tick(value) {
    return this.#options.column === 'power' ? `${(value / 1000).toFixed(1)} kW` : `${value}${this.#options.column === 'load' ? ' kg' : '°'}`;
  }

  /** Gives every other phase a tint, and its name if there is room. */
  #shadePhases(plot) {
    const { ctx: pen, bbox: box } = plot;
    pen.save();
    pen.font = `${10 * devicePixelRatio}px system-ui, sans-serif`;
    const ink = colour('--muted');
    const tint = colour('--band');
    phasesOf(this.#options.view).forEach(({ name, from, to }, i) => {
      const left = Math.max(box.left, plot.valToPos(from, 'x', true));
      const width = Math.min(box.left + box.width, plot.valToPos(to, 'x', true)) - left;
      if (width <= 0 || !name) return;
      pen.fillStyle = tint;
      if (i % 2) pen.fillRect(left, box.top, width, box.height);
      pen.fillStyle = ink;
      if (pen.measureText(name).width + 8 < width) pen.fillText(name, left + 4, box.top - 4 * devicePixelRatio);
    });
    pen.restore();
  }
}

function phasesOf({ times, phase }) {
  const runs = [];
  times.forEach((time, i) => {
    const last = runs[runs.length - 1];
    if (last?.name === phase[i]) last.to = time;
    else {
      if (last) last.to = time;
      runs.push({ name: phase[i], from: time, to: time });
    }
  });
  return runs;
}
