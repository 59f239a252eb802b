// A tile per machine: its newest row, and buttons for users who may act.

const BUTTONS = ['start', 'pause', 'stop'];

export class Tiles {
  #place;
  #count;
  #act;
  #tiles = new Map();
  #acting = false;

  /** `act(machine, command)` is called by a button, which is off until its promise settles. */
  constructor(place, count, act) {
    this.#place = place;
    this.#count = count;
    this.#act = act;
  }

  /** Shows `row`, or takes the tile away if it is null. */
  show(machine, row) {
    const known = this.#tiles.get(machine);
    if (row === null) {
      known?.remove();
      this.#tiles.delete(machine);
    } else {
      fill(known ?? this.#add(machine), row);
    }
    this.#counted();
  }

  clear() {
    this.#tiles.clear();
    this.#place.replaceChildren();
    this.#counted();
  }

  /** Shows or hides the buttons of all tiles. */
  mayAct(may) {
    this.#acting = may;
    for (const tile of this.#tiles.values()) tile.querySelector('.buttons').hidden = !may;
  }

  #counted() {
    this.#count.textContent = String(this.#tiles.size);
  }

  #add(machine) {
    const tile = element('article', 'tile');
    tile.dataset.machine = machine;
    tile.append(element('h3', 'name', machine), element('p', 'is'), element('p', 'numbers'), element('p', 'by'));
    const buttons = element('p', 'buttons');
    buttons.hidden = !this.#acting;
    for (const command of BUTTONS) buttons.append(this.#button(machine, command));
    tile.append(buttons);
    this.#tiles.set(machine, tile);
    this.#place.insertBefore(tile, this.#after(machine));
    return tile;
  }

  /** Returns the tile before which `machine` stands; null for the end. */
  #after(machine) {
    for (const tile of this.#place.children) {
      if (tile.dataset.machine.localeCompare(machine, 'en', { numeric: true }) > 0) return tile;
    }
    return null;
  }

  #button(machine, command) {
    const button = element('button', command, command);
    button.type = 'button';
    button.addEventListener('click', async () => {
      button.disabled = true;
      try {
        await this.#act(machine, command);
      } finally {
        button.disabled = false;
      }
    });
    return button;
  }
}

function fill(tile, row) {
  tile.dataset.state = row.state;
  tile.dataset.command = row.command_mid ?? '';
  set(tile, '.is', row.alarm ?? [row.state, row.programme, row.programme && `${row.progress} %`].filter(Boolean).join(', '));
  set(tile, '.numbers', `${row.temperature} °C, ${row.power_watts} W, ${row.energy_kwh} kWh`);
  set(tile, '.by', [row.changed_by && `by ${row.changed_by}`, row._change?.snapshot && 'copied'].filter(Boolean).join(', '));
}

function set(tile, selector, text) {
  tile.querySelector(selector).textContent = text;
}

export function element(name, className, text = '') {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}
