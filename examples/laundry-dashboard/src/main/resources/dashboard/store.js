// Stores the known values of every machine and site. It takes events and draws nothing; the views read it once per
// frame. Sums, trends and alarms come from the summaries of the sites.

import { number, readingOf, STATES, text } from './reading.js';
import { Trend } from './trend.js';

class Machine {
  seq = 0;

  constructor(key) {
    this.key = key;
    this.site = siteOf(key);
    this.name = nameOf(key);
  }

  read(event) {
    Object.assign(this, readingOf(event.value));
    this.timestamp = event.timestamp;
    this.at = event.at ?? this.at;
    this.seq++;
  }
}

class Sum {
  power = 0;
  counts = Object.fromEntries(STATES.map((state) => [state, 0]));
  trend = new Trend();

  get machines() {
    return STATES.reduce((sum, state) => sum + this.counts[state], 0);
  }
}

class Site extends Sum {
  constructor(name) {
    super();
    this.name = name;
  }
}

export class Store {
  machines = new Map();
  sites = new Map();
  total = new Sum();
  changed = new Set(); // machines to draw again; the views clear it
  alarms = new Map(); // by the machine's key
  received = 0;
  duplicates = 0;
  gaps = 0;
  lost = 0; // events within gaps
  gapReason = null;
  newest = 0; // timestamp of the newest event
  #offsets = new Map(); // partition -> offset of its last event
  #unseen = null; // within a snapshot: machines that it has not named yet
  #newestAt = 0;

  /** Takes the report of a machine. One that was seen before is counted and changes nothing. */
  take(event) {
    this.received++;
    if (!this.#unseen && this.#seenBefore(event.at)) {
      this.duplicates++;
      return;
    }
    this.#tellTime(event.timestamp);
    if (typeof event.key !== 'string') return;
    this.#unseen?.delete(event.key);
    if (event.value === null) this.#remove(event.key);
    else if (typeof event.value === 'object') this.#update(event);
  }

  /** Begins or ends a snapshot, which names all machines; a machine that it does not name is gone. */
  snapshot(state) {
    if (state === 'begin') {
      this.#unseen = new Set(this.machines.keys());
      this.#offsets.clear();
    } else {
      for (const key of this.#unseen ?? []) this.#remove(key);
      this.#unseen = null;
    }
  }

  /** Takes the summary of a site. */
  summary({ key, value, timestamp }) {
    if (typeof key !== 'string' || value === null || typeof value !== 'object') return;
    const site = this.#site(key);
    site.power = number(value.power) ?? 0;
    for (const state of STATES) site.counts[state] = number(value[state]) ?? 0;
    site.trend.add(timestamp, site.power);
    this.#addUp(timestamp);
    this.#alarms(key, Array.isArray(value.alarms) ? value.alarms : []);
  }

  /**
   * Counts missing events. Events before the first one of a partition do not count, because the page's history begins
   * later.
   */
  gap({ partition, from, to, reason }) {
    if (partition !== null && !this.#offsets.has(partition)) return;
    this.gaps++;
    this.gapReason = reason;
    this.lost += Math.max(0, offsetOf(to) - offsetOf(from)) || 0;
  }

  /** Forgets the machines, because all shown values are void. */
  reset() {
    for (const machine of this.machines.values()) this.changed.add(machine);
    this.machines.clear();
    this.#offsets.clear();
    this.#unseen = null;
  }

  /** Returns the machines' clock: the newest timestamp and the time since it arrived. */
  now() {
    return this.newest ? this.newest + performance.now() - this.#newestAt : Date.now();
  }

  #update(event) {
    let machine = this.machines.get(event.key);
    if (!machine) {
      machine = new Machine(event.key);
      this.machines.set(event.key, machine);
      this.#site(machine.site);
    }
    machine.read(event);
    this.changed.add(machine);
  }

  #remove(key) {
    const machine = this.machines.get(key);
    if (!machine) return;
    this.machines.delete(key);
    this.changed.add(machine);
  }

  #site(name) {
    if (!this.sites.has(name)) this.sites.set(name, new Site(name));
    return this.sites.get(name);
  }

  #addUp(timestamp) {
    const sites = [...this.sites.values()];
    this.total.power = sites.reduce((sum, site) => sum + site.power, 0);
    for (const state of STATES) this.total.counts[state] = sites.reduce((sum, site) => sum + site.counts[state], 0);
    this.total.trend.add(timestamp, this.total.power);
  }

  #alarms(site, alarms) {
    const standing = new Set(alarms.map(({ machine }) => `${site}/${machine}`));
    for (const [key, alarm] of this.alarms) if (alarm.site === site && !standing.has(key)) this.alarms.delete(key);
    for (const { machine, alarm, since } of alarms) {
      const key = `${site}/${machine}`;
      const known = this.alarms.get(key) ?? { key, site, name: nameOf(key) };
      this.alarms.set(key, Object.assign(known, { alarm: text(alarm), alarmSince: number(since) ?? this.now() }));
    }
  }

  #seenBefore(at) {
    if (typeof at !== 'string') return false;
    const sign = at.lastIndexOf('@');
    const partition = at.slice(0, sign);
    const offset = offsetOf(at);
    if (offset <= (this.#offsets.get(partition) ?? -1)) return true;
    this.#offsets.set(partition, offset);
    return false;
  }

  #tellTime(timestamp) {
    if (timestamp < this.newest) return;
    this.newest = timestamp;
    this.#newestAt = performance.now();
  }
}

const siteOf = (key) => (key.includes('/') ? key.slice(0, key.indexOf('/')) : 'elsewhere');
const nameOf = (key) => key.slice(key.indexOf('/') + 1);

/** Returns the offset, 1234 for `0@1234.7`. */
const offsetOf = (place) => (typeof place === 'string' ? parseInt(place.slice(place.lastIndexOf('@') + 1), 10) : NaN);
