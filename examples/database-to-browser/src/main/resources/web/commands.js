// Acting: a command goes to Kafka, and the page waits until it has read its own write. The audit list shows all.

import { element } from './tiles.js';

const PATIENCE = 10_000;
const SHOWN = 50;

export class Commands {
  #bridge;
  #subscription;
  #body;
  #say;
  #obeyed = new Map();

  constructor(bridge, table, state, say) {
    this.#bridge = bridge;
    this.#body = table.tBodies[0];
    this.#say = say;
    this.#subscription = bridge.subscribe('commands', {
      from: `last:${SHOWN}`,
      onEvent: (event) => this.#heard(event),
      onReset: () => this.#body.replaceChildren(),
      onState: (now, { code }) => {
        state.textContent = now === 'live' ? '' : code === 'forbidden' ? 'Log in to see it.' : now;
      },
      onError: ({ code, message }) => code === 'forbidden' || say(message),
    });
  }

  /** The newest row of `machine` shows that it has obeyed the command `mid`. */
  obeyed(machine, mid) {
    this.#obeyed.set(machine, mid);
    for (const row of this.#body.rows) this.#mark(row);
  }

  /** Publishes `command` for `machine`; resolves once it is in the audit list, or the page has said why not. */
  async act(machine, command) {
    this.#say('');
    try {
      const value = { machine, action: command };
      const receipt = await this.#bridge.channel('commands').publish(value, { key: machine, timeout: PATIENCE });
      await this.#subscription.caughtUp(receipt, { timeout: PATIENCE });
    } catch (error) {
      this.#say(inWords(error, machine, command));
    }
  }

  #heard({ value, timestamp }) {
    if (value === null || this.#known(value.mid)) return; // a command is stored at least once
    const row = element('tr', 'command');
    row.dataset.mid = value.mid ?? '';
    row.dataset.machine = value.machine ?? '';
    for (const text of [new Date(timestamp).toLocaleTimeString(), value.by, value.machine, value.action, '']) {
      row.append(element('td', '', text ?? ''));
    }
    this.#body.prepend(row);
    this.#mark(row);
    while (this.#body.rows.length > SHOWN) this.#body.lastElementChild.remove();
  }

  #known(mid) {
    return mid !== undefined && [...this.#body.rows].some((row) => row.dataset.mid === mid);
  }

  #mark(row) {
    const { mid, machine } = row.dataset;
    if (mid !== '' && this.#obeyed.get(machine) === mid) row.lastElementChild.textContent = 'obeyed';
  }
}

function inWords(error, machine, command) {
  const what = `"${command}" for ${machine}`;
  switch (error.code) {
    case 'forbidden':
    case 'not_publishable':
      return `You may not do this: ${what}.`;
    case 'timeout':
      return error.mid === undefined
        ? `Stored, but this page has not seen it within ${PATIENCE / 1_000} s: ${what}.`
        : `Not stored in time, and given up: ${what}.`;
    case 'outcome_unknown':
      return `It is not known whether it was stored: ${what}.`;
    case 'busy':
    case 'limit_exceeded':
      return `Too many commands at the moment, so this was not sent: ${what}.`;
    case 'source_unavailable':
      return `Kafka does not take commands at the moment, so this was not sent: ${what}.`;
    case 'bad_request':
    case 'value_too_large':
      return `This is no command: ${what} (${error.message}).`;
    case 'closed':
      return `The page is not connected any more: ${what}.`;
    default:
      return `${what} failed: ${error.message}`;
  }
}
