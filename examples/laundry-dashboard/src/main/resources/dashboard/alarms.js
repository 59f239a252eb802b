// Lists the machines that wait for staff, the longest waiting first.

import { duration, sentence } from './words.js';

export class Alarms {
  #store;
  #root = document.querySelector('[data-alarms]');
  #title = document.querySelector('[data-alarms-title]');
  #list = document.querySelector('[data-alarm-list]');
  #announce = document.querySelector('[data-alarm-announce]');
  #cards = new Map();

  constructor(store) {
    this.#store = store;
  }

  /** Called a few times per second. `quiet` is true during a catch-up, because old alarms are no news. */
  draw(quiet) {
    const { alarms } = this.#store;
    const fresh = [...alarms.values()].filter((machine) => !this.#cards.has(machine));
    for (const [machine, card] of this.#cards) {
      if (alarms.get(machine.key) === machine) continue;
      card.item.remove();
      this.#cards.delete(machine);
    }
    for (const machine of fresh) this.#cards.set(machine, new AlarmCard(machine));
    if (fresh.length) this.#arrange();
    for (const card of this.#cards.values()) card.draw(this.#store.now());
    const count = String(alarms.size);
    if (this.#root.dataset.count !== count) {
      this.#root.dataset.count = count;
      this.#title.textContent = alarms.size === 0 ? 'No alarms' : alarms.size === 1 ? '1 alarm' : `${count} alarms`;
    }
    if (fresh.length && !quiet) this.#announce.textContent = news(fresh);
  }

  #arrange() {
    const cards = [...this.#cards.values()].sort((a, b) => a.machine.alarmSince - b.machine.alarmSince);
    this.#list.append(...cards.map((card) => card.item));
  }
}

class AlarmCard {
  #what = document.createElement('strong');
  #since = document.createElement('time');

  constructor(machine) {
    this.machine = machine;
    this.item = document.createElement('li');
    const link = document.createElement('a');
    const where = document.createElement('span');
    where.textContent = `${machine.name} · ${sentence(machine.site)}`;
    link.href = `#${encodeURI(machine.key)}`;
    link.append(this.#what, where, this.#since);
    this.item.append(link);
  }

  draw(now) {
    const what = sentence(this.machine.alarm ?? 'alarm');
    const since = duration(now - this.machine.alarmSince);
    if (this.#what.textContent !== what) this.#what.textContent = what;
    if (this.#since.textContent !== since) this.#since.textContent = since;
  }
}

function news(machines) {
  if (machines.length > 2) return `${machines.length} new alarms`;
  return machines.map((m) => `Alarm: ${m.name} ${sentence(m.site)}, ${sentence(m.alarm ?? 'unknown')}`).join('. ');
}
