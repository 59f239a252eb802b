// Shows all machines by site. A tile changes only if its machine changed, and only in the changed parts.

import { ago, degrees, doing, sentence, watts } from './words.js';
import { drawSparkline } from './sparkline.js';
import { STATES } from './reading.js';
import { colour } from './theme.js';

const COLDEST = 15;
const HOTTEST = 75;
const HEAVIEST = 30;
const SILENT = 30_000; // ms without a report after which a single machine's values count as old

/** Writes a property of a node only if it differs, because reading is cheaper than a new layout. */
class Tile {
  #written = new Map();
  #parts;
  #aged = false; // shows its age instead of its power

  constructor(machine, template) {
    this.machine = machine;
    this.item = template.content.firstElementChild.cloneNode(true);
    this.link = this.item.querySelector('.tile');
    this.link.href = `#${encodeURI(machine.key)}`;
    this.link.dataset.key = machine.key;
    this.link.tabIndex = -1;
    const part = (name) => this.link.querySelector(name);
    this.#parts = {
      name: part('.name'),
      temperature: part('.temperature'),
      what: part('.what'),
      watts: part('.watts'),
      use: part('use'),
      port: part('.port'),
      bar: part('.bar'),
    };
    this.#parts.name.textContent = machine.name;
  }

  draw() {
    const { machine } = this;
    const { temperature, what, watts: power, use, port, bar } = this.#parts;
    this.#text(temperature, degrees(machine.temperature));
    this.#text(what, doing(machine));
    if (!this.#aged) this.#text(power, watts(machine.power));
    this.#once('state', machine.state, (state) => {
      this.link.dataset.state = this.item.dataset.state = state; // the item's for the filter
      use.setAttribute('href', `#i-${state}`);
    });
    this.#once('kind', machine.kind, (kind) => (this.link.dataset.kind = kind));
    this.#once('progress', Math.round(machine.progress * 200) / 200, (part) => bar.style.setProperty('--done', `${part * 100}%`));
    this.#once('warmth', share(machine.temperature ?? COLDEST, COLDEST, HOTTEST), (w) => {
      port.style.setProperty('--warmth', w);
    });
    this.#once('level', machine.load ? 0.15 + 0.75 * share(machine.load, 0, HEAVIEST) : 0, (l) => {
      port.style.setProperty('--level', `${Math.round(l * 100)}%`);
    });
    this.#once('old', false, () => delete this.link.dataset.old);
    this.link.dataset.seq = machine.seq;
  }

  /** Marks values that were not confirmed for a while. If none can be trusted, the tile shows its age. */
  age(now, trusted) {
    const age = now - this.machine.timestamp;
    if (!trusted || this.#aged) this.#text(this.#parts.watts, trusted ? watts(this.machine.power) : `${ago(age)} ago`);
    this.#aged = !trusted;
    if (trusted && age > SILENT) this.#once('old', true, () => (this.link.dataset.old = ''));
  }

  #text(node, text) {
    this.#once(node, text, () => {
      if (node.firstChild) node.firstChild.data = text;
      else node.textContent = text;
    });
  }

  #once(what, value, write) {
    if (this.#written.get(what) === value) return;
    this.#written.set(what, value);
    write(value);
  }
}

class SiteCard {
  tiles = [];
  #list;
  #canvas;
  #power;
  #counts;
  #visited = false; // by the keyboard; then its tab stop stays

  constructor(site, template) {
    this.node = template.content.firstElementChild.cloneNode(true);
    this.name = site.name;
    const title = this.node.querySelector('h2');
    title.textContent = sentence(site.name);
    title.id = `site-${site.name}`;
    this.node.setAttribute('aria-labelledby', title.id);
    this.#list = this.node.querySelector('.tiles');
    this.#canvas = this.node.querySelector('canvas');
    this.#power = this.node.querySelector('.site-power b');
    this.#counts = STATES.map((state) => [state, this.node.querySelector(`[data-of="${state}"]`)]);
    this.#list.addEventListener('keydown', (event) => this.#move(event));
    this.#list.addEventListener('focusin', (event) => {
      this.#visited = true;
      this.#rove(event.target.closest('.tile'));
    });
  }

  insert(tile) {
    const after = this.tiles.findIndex((other) => inOrder(tile.machine, other.machine) < 0);
    const index = after < 0 ? this.tiles.length : after;
    this.#list.insertBefore(tile.item, this.tiles[index]?.item ?? null);
    this.tiles.splice(index, 0, tile);
    if (!this.#visited) this.#rove(this.tiles[0].link);
  }

  remove(tile) {
    this.tiles.splice(this.tiles.indexOf(tile), 1);
    tile.item.remove();
    if (tile.link.tabIndex === 0 && this.tiles.length) this.tiles[0].link.tabIndex = 0;
  }

  drawSums(site, colours) {
    write(this.#power, (site.power / 1000).toFixed(1));
    for (const [state, node] of this.#counts) {
      write(node.querySelector('b'), String(site.counts[state]));
      node.hidden = site.counts[state] === 0;
    }
    const has = STATES.filter((state) => site.counts[state]).join(' ');
    if (this.node.dataset.has !== has) this.node.dataset.has = has;
    drawSparkline(this.#canvas, site.trend, colours);
  }

  /** Moves the tab stop to a visible tile, because a filter may have hidden it. */
  keepATabStop() {
    const shown = this.#shown();
    if (shown.length && !shown.some((tile) => tile.link.tabIndex === 0)) this.#rove(shown[0].link);
  }

  #shown() {
    return this.tiles.filter((tile) => tile.item.offsetParent !== null);
  }

  #rove(link) {
    for (const tile of this.tiles) tile.link.tabIndex = tile.link === link ? 0 : -1;
  }

  #move(event) {
    const links = this.#shown().map((tile) => tile.link);
    const index = links.indexOf(document.activeElement);
    if (index < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const columns = links.filter((link) => link.offsetTop === links[0].offsetTop).length;
    const steps = {
      ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns, Home: -index, End: links.length - 1 - index,
    };
    const next = links[index + steps[event.key]];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}

export class Overview {
  #store;
  #tiles = new Map();
  #cards = new Map();
  #root = document.querySelector('[data-sites]');
  #waiting = document.querySelector('[data-waiting]');
  #tileTemplate = document.querySelector('[data-tile-template]');
  #siteTemplate = document.querySelector('[data-site-template]');
  #total = document.querySelector('[data-total-power]');
  #spark = document.querySelector('[data-total-spark]');
  #filters = [...document.querySelectorAll('[data-filters] button')];
  #colours;
  #watch;

  /** `scrolled` is called when other sites come on the screen. */
  constructor(store, scrolled) {
    this.#store = store;
    this.#watch = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) target.toggleAttribute('data-away', !isIntersecting);
      scrolled();
    }, { rootMargin: '50% 0px' });
    for (const button of this.#filters) button.addEventListener('click', () => this.#filter(button.dataset.filter));
    this.recolour();
  }

  /** Returns whether there is a tile. */
  get shows() {
    return this.#tiles.size > 0;
  }

  /** Draws the machines that changed. */
  draw(changed) {
    for (const machine of changed) {
      if (this.#store.machines.get(machine.key) === machine) this.#tile(machine).draw();
      else this.#remove(machine);
    }
    this.#waiting.hidden = this.shows;
  }

  /** Draws counts and curves of the sites; a few times per second are enough. */
  drawSums() {
    for (const card of this.#cards.values()) {
      const site = this.#store.sites.get(card.name);
      if (site) card.drawSums(site, this.#colours);
    }
    const { total, machines } = this.#store;
    write(this.#total, total.machines ? (total.power / 1000).toFixed(0) : '–');
    drawSparkline(this.#spark, total.trend, this.#colours);
    for (const button of this.#filters) {
      const { filter } = button.dataset;
      write(button.querySelector('[data-count]'), String(filter === 'all' ? machines.size : total.counts[filter]));
    }
  }

  /** Marks machines that are silent while others report; if `trusted` is false, all of them with their age. */
  age(trusted) {
    const now = trusted ? this.#store.newest : this.#store.now();
    for (const tile of this.#tiles.values()) tile.age(now, trusted);
  }

  recolour() {
    this.#colours = { line: colour('--spark'), area: colour('--spark-area') };
  }

  /**
   * Returns the keys of the machines on the screen or near it if they are few; else null for all. Frames for all pages
   * are compressed once, and cost less than a selection of half the machines.
   */
  inView() {
    const cards = [...this.#cards.values()];
    const near = cards.filter((card) => !card.node.hasAttribute('data-away'));
    const tiles = near.reduce((sum, card) => sum + card.tiles.length, 0);
    if (near.length === cards.length || tiles * 4 > this.#tiles.size) return null;
    const away = new Set(cards.filter((card) => !near.includes(card)).map((card) => card.name));
    return [...this.#store.sites.keys()].filter((name) => !away.has(name)).map((name) => `${name}/*`);
  }

  tileOf(key) {
    return this.#tiles.get(key)?.link;
  }

  /** Shows which tile's machine is open. */
  mark(key) {
    for (const tile of this.#tiles.values()) {
      if (tile.machine.key === key) tile.link.setAttribute('aria-current', 'true');
      else tile.link.removeAttribute('aria-current');
    }
  }

  #filter(wanted) {
    this.#root.dataset.filter = wanted;
    for (const button of this.#filters) button.setAttribute('aria-pressed', String(button.dataset.filter === wanted));
    for (const card of this.#cards.values()) card.keepATabStop();
  }

  #tile(machine) {
    let tile = this.#tiles.get(machine.key);
    if (tile && tile.machine !== machine) {
      this.#remove(tile.machine);
      tile = null;
    }
    if (!tile) {
      tile = new Tile(machine, this.#tileTemplate);
      this.#tiles.set(machine.key, tile);
      this.#card(machine.site).insert(tile);
    }
    return tile;
  }

  #remove(machine) {
    const tile = this.#tiles.get(machine.key);
    if (tile?.machine !== machine) return;
    this.#tiles.delete(machine.key);
    const card = this.#cards.get(machine.site);
    card.remove(tile);
    if (card.tiles.length) return;
    this.#watch.unobserve(card.node);
    card.node.remove();
    this.#cards.delete(machine.site);
  }

  #card(name) {
    let card = this.#cards.get(name);
    if (!card) {
      card = new SiteCard(this.#store.sites.get(name), this.#siteTemplate);
      const later = [...this.#cards.values()].filter((other) => other.name > name);
      const after = later.sort((a, b) => (a.name < b.name ? -1 : 1))[0];
      this.#root.insertBefore(card.node, after?.node ?? null);
      this.#cards.set(name, card);
      this.#watch.observe(card.node);
    }
    return card;
  }
}

function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Rounds to a twentieth, so that noise changes no style. */
const share = (value, low, high) => Math.round(Math.min(1, Math.max(0, (value - low) / (high - low))) * 20) / 20;

/** Sorts washers first, then by number. */
const inOrder = (a, b) => b.kind.localeCompare(a.kind) || a.name.localeCompare(b.name, 'en', { numeric: true });
