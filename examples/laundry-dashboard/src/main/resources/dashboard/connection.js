// Says whether what is on the screen is live: a dot, a word, a reason. Screen readers hear of changes only, not of the
// countdown or of ticks.

import { countOf, timeOf } from './words.js';

const WORDS = {
  connecting: 'Connecting',
  live: 'Live',
  'catching-up': 'Catching up',
  stale: 'Stale',
  offline: 'Offline',
  denied: 'Access denied',
};

const REASONS = {
  lost: 'connection lost',
  silence: 'the server went silent',
  unreachable: 'server unreachable',
  closed: 'closed',
};

const SETTLING = 400; // ms; a state that passes sooner is not announced
const GLORY = 8_000; // ms that a recovery stays on the screen

export class Connection {
  #root;
  #word;
  #reason;
  #announce;
  #asOf;
  #store;
  #state = 'connecting';
  #info = {};
  #since = Date.now();
  #retryAt = null;
  #brokenAt = null; // what had come when the stream was last interrupted
  #recovered = '';
  #recoveredUntil = 0;
  #announcing;

  constructor(store) {
    this.#store = store;
    this.#root = document.querySelector('[data-connection]');
    this.#word = this.#root.querySelector('[data-word]');
    this.#reason = this.#root.querySelector('[data-reason]');
    this.#announce = document.querySelector('[data-announce]');
    this.#asOf = document.querySelector('[data-as-of]');
  }

  get trusted() {
    return this.#state === 'live' || this.#state === 'catching-up';
  }

  /** The client's state and what it says about it: `reason`, `since`, `retryIn` in ms, where known. */
  show(state, info = {}) {
    if (state !== this.#state) this.#changed(state);
    this.#state = state;
    this.#info = info ?? {};
    this.#retryAt = this.#info.retryIn >= 0 && state === 'offline' ? performance.now() + this.#info.retryIn : null;
    document.body.dataset.state = state;
    clearTimeout(this.#announcing);
    this.#announcing = setTimeout(() => this.#say(), SETTLING);
    this.tick();
  }

  /** Keeps countdown and clock going; called a few times a second. */
  tick() {
    this.#write(this.#word, this.#headline());
    this.#write(this.#reason, this.#why());
    const { newest } = this.#store;
    this.#asOf.hidden = this.trusted || !newest;
    if (!this.#asOf.hidden) this.#write(this.#asOf, `As of ${timeOf(newest)} – nothing newer has arrived`);
  }

  #changed(state) {
    const { received, gaps } = this.#store;
    this.#since = Date.now();
    if (state === 'live' && this.#brokenAt !== null) {
      const caughtUp = received - this.#brokenAt.received;
      this.#recovered = gaps > this.#brokenAt.gaps ? 'back, with a gap' : caughtUp ? `caught up ${countOf(caughtUp)} events` : '';
      this.#recoveredUntil = performance.now() + GLORY;
      this.#brokenAt = null;
    } else if ((state === 'offline' || state === 'stale') && received && this.#brokenAt === null) {
      this.#brokenAt = { received, gaps };
    }
  }

  #headline() {
    if (this.#retryAt !== null) {
      const seconds = Math.max(0, Math.ceil((this.#retryAt - performance.now()) / 1000));
      return seconds ? `Reconnecting in ${seconds} s` : 'Reconnecting';
    }
    if (this.#state === 'connecting' && this.#brokenAt !== null) return 'Reconnecting';
    if (this.#state === 'stale') return `Stale since ${timeOf(this.#info.since ?? this.#since)}`;
    return WORDS[this.#state] ?? this.#state;
  }

  #why() {
    if (this.#state === 'live') return performance.now() < this.#recoveredUntil ? this.#recovered : '';
    const { reason } = this.#info;
    return reason ? (REASONS[reason] ?? reason) : '';
  }

  #say() {
    const what = this.#retryAt === null ? this.#headline() : 'Offline, reconnecting';
    const why = this.#why();
    this.#write(this.#announce, why ? `${what}: ${why}` : what);
  }

  #write(node, text) {
    if (node.textContent !== text) node.textContent = text;
  }
}
