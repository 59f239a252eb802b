// What is known about every machine and site. Takes events as they come, draws nothing: the views read it once a frame.

import { History } from './history.js';
import { Trend } from './trend.js';

export const STATES = ['running', 'idle', 'alarm', 'offline'];

const number = (value) => (Number.isFinite(value) ? value : null);
const text = (value) => (typeof value === 'string' && value ? value : null);

class Machine {
  seq = 0;
  state = null;
  power = null;
  alarmSince = null;
  history = new History();

  constructor(key, site) {
    this.key = key;
    this.site = site;
    this.name = key.slice(key.indexOf('/') + 1);
  }

  read(value, event) {
    this.kind = text(value.kind) ?? 'machine';
    this.program = text(value.program);
    this.phase = text(value.phase);
    this.progress = Math.min(1, Math.max(0, number(value.progress) ?? 0));
    this.temperature = number(value.temperature);
    this.load = number(value.load);
    this.power = number(value.power);
    this.alarm = text(value.alarm);
    const state = STATES.includes(value.state) ? value.state : 'offline';
    if (state === 'alarm' && this.state !== 'alarm') this.alarmSince = event.timestamp;
    this.state = state;
    this.timestamp = event.timestamp;
    this.at = event.at;
    this.seq++;
    this.history.add(event.timestamp, this);
  }
}

/** Counts and power of some machines, kept up with every event instead of summed for every frame. */
class Sum {
  machines = 0;
  power = 0;
  counts = Object.fromEntries(STATES.map((state) => [state, 0]));
  trend = new Trend();

  add(machine, sign) {
    if (machine.state === null) return;
    this.machines += sign;
    this.counts[machine.state] += sign;
    this.power += sign * (machine.power ?? 0);
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
  changed = new Set(); // machines to draw again; whoever draws them clears it
  alarms = new Set();
  received = 0;
  duplicates = 0;
  gaps = 0;
  lost = 0; // events that gaps speak of
  gapReason = null;
  newest = 0; // timestamp of the newest event
  oldest = Infinity;
  #offsets = new Map(); // partition -> offset of its last event
  #newestAt = 0;

  /** Takes one event in. One that was seen before is counted and changes nothing. */
  take(event) {
    this.received++;
    if (this.#seenBefore(event.at)) {
      this.duplicates++;
      return;
    }
    this.#tellTime(event.timestamp);
    if (typeof event.key !== 'string') return;
    if (event.value === null) this.#remove(event.key);
    else if (typeof event.value === 'object') this.#update(event);
  }

  /**
   * Notes that events are missing. Those before the first one of a partition were never promised to this page: its
   * history begins later, nothing was lost.
   */
  gap({ partition, from, to, reason }) {
    if (partition !== null && !this.#offsets.has(partition)) return;
    this.gaps++;
    this.gapReason = reason;
    this.lost += Math.max(0, offsetOf(to) - offsetOf(from)) || 0;
  }

  /** Forgets the machines: what was shown is void. */
  reset() {
    for (const machine of this.machines.values()) this.changed.add(machine);
    this.machines.clear();
    this.sites.clear();
    this.alarms.clear();
    this.#offsets.clear();
    this.total = new Sum();
    this.oldest = Infinity;
  }

  /** What the machines' clock shows now: the newest timestamp and the time since it came. */
  now() {
    return this.newest ? this.newest + performance.now() - this.#newestAt : Date.now();
  }

  #update(event) {
    const machine = this.#machine(event.key);
    const site = this.sites.get(machine.site);
    site.add(machine, -1);
    this.total.add(machine, -1);
    machine.read(event.value, event);
    site.add(machine, 1);
    this.total.add(machine, 1);
    site.trend.add(event.timestamp, site.power);
    this.total.trend.add(event.timestamp, this.total.power);
    if (machine.state === 'alarm') this.alarms.add(machine);
    else this.alarms.delete(machine);
    this.changed.add(machine);
  }

  #machine(key) {
    let machine = this.machines.get(key);
    if (!machine) {
      const site = key.includes('/') ? key.slice(0, key.indexOf('/')) : 'elsewhere';
      machine = new Machine(key, site);
      this.machines.set(key, machine);
      if (!this.sites.has(site)) this.sites.set(site, new Site(site));
    }
    return machine;
  }

  #remove(key) {
    const machine = this.machines.get(key);
    if (!machine) return;
    this.sites.get(machine.site).add(machine, -1);
    this.total.add(machine, -1);
    this.machines.delete(key);
    this.alarms.delete(machine);
    this.changed.add(machine);
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
    if (timestamp < this.oldest) this.oldest = timestamp;
    if (timestamp < this.newest) return;
    this.newest = timestamp;
    this.#newestAt = performance.now();
  }
}

/** `0@1234.7` is at offset 1234. */
const offsetOf = (place) => (typeof place === 'string' ? parseInt(place.slice(place.lastIndexOf('@') + 1), 10) : NaN);
