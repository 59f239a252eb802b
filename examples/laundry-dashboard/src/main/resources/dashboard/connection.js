// Shows in one word whether the screen can be trusted, and why: live, lagging, stale or blind. Screen readers get
// changes only, not the countdown or ticks.

import { Steady } from './steady.js';
import { ago, countOf, timeOf } from './words.js';

const WORDS = { live: 'Live', lagging: 'Lagging', stale: 'Stale', blind: 'Blind', denied: 'Blind' };

/** The client's own reasons in words; other reasons are sentences of the server. */
const REASONS = {
  lost: 'connection lost',
  silence: 'the server fell silent',
  unreachable: 'the server does not answer',
  'not the protocol': 'something else answers in the place of the server',
  'no credential': 'not logged in',
};

const GLORY = 8_000; // ms for which a recovery stays on the screen

export class Connection {
  #root = document.querySelector('[data-connection]');
  #word = this.#root.querySelector('[data-word]');
  #reason = this.#root.querySelector('[data-reason]');
  #announce = document.querySelector('[data-announce]');
  #asOf = document.querySelector('[data-as-of]');
  #title = document.title;
  #store;
  #turned;
  #steady = new Steady(performance.now());
  #state = null; // the client's state now
  #news = {}; // the details of that state
  #info = {}; // the details of the word on the screen
  #retryAt = null;
  #settling;
  #before = null; // the counts when the stream was last interrupted
  #recovered = '';
  #recoveredUntil = 0;
  #said = '';

  /** `turned` is called when the word on the screen changes. */
  constructor(store, turned) {
    this.#store = store;
    this.#turned = turned;
  }

  /** Returns whether events flow at this moment, even if the screen does not show it yet. */
  get live() {
    return this.#state === 'live';
  }

  /** Returns whether the screen is current, or catching up. */
  get trusted() {
    return !['Stale', 'Blind'].includes(WORDS[this.#steady.shown]);
  }

  /** Takes the client's state with its details: `reason`, `since`, `retryIn` in ms, if known. */
  show(state, info) {
    this.#count(state);
    this.#state = state;
    this.#steady.say(state, performance.now());
    if (state === this.#steady.shown) this.#know(info);
    this.#news = info;
    this.#settle();
  }

  /** Updates countdown and clock; called a few times per second. */
  tick() {
    const { shown } = this.#steady;
    if (shown === null) return;
    const word = WORDS[shown];
    const why = this.#why(shown);
    const next = shown === 'blind' ? this.#next() : '';
    write(this.#word, word);
    write(this.#reason, [why, next].filter(Boolean).join(' · '));
    this.#root.title = this.#reason.textContent;
    if (shown !== 'live' && shown !== 'lagging') this.#say(`${word}: ${why}`);
    this.#date();
  }

  #settle() {
    clearTimeout(this.#settling);
    const now = performance.now();
    const before = this.#steady.shown;
    if (this.#steady.settle(now)) this.#turn(before);
    else if (this.#steady.due < Infinity) this.#settling = setTimeout(() => this.#settle(), this.#steady.due - now);
  }

  /** Shows another word on the screen. */
  #turn(before) {
    const { shown } = this.#steady;
    this.#know(this.#news);
    if (shown === 'live') this.#recoveredUntil = before ? performance.now() + GLORY : 0;
    else this.#recovered = '';
    const word = WORDS[shown];
    document.body.dataset.state = word.toLowerCase();
    document.title = shown === 'live' ? this.#title : `${word} · ${this.#title}`;
    this.tick();
    this.#say([word, this.#why(shown)].filter(Boolean).join(': '));
    this.#turned();
  }

  #know(info) {
    this.#info = info;
    this.#retryAt = info.retryIn >= 0 ? performance.now() + info.retryIn : null;
  }

  /** Stores the counts, to show afterwards what was caught up. */
  #count(state) {
    const { received, gaps } = this.#store;
    if (state === 'live' && this.#before) {
      const more = received - this.#before.received;
      this.#recovered = gaps > this.#before.gaps ? 'back, with a gap' : more ? `caught up ${countOf(more)} events` : '';
      this.#before = null;
    } else if ((state === 'blind' || state === 'stale') && received) {
      this.#before ??= { received, gaps };
    }
  }

  #why(shown) {
    const { reason, since } = this.#info;
    const said = REASONS[reason] ?? reason;
    switch (shown) {
      case 'live':
        return performance.now() < this.#recoveredUntil ? this.#recovered : '';
      case 'lagging':
        return ['catching up', this.#behind()].filter(Boolean).join(' · ');
      case 'stale':
        return `since ${timeOf(since)} · no new reports reach the server${said ? `: ${undated(said)}` : ''}`;
      case 'denied':
        return `access refused${said ? `: ${said}` : ''} · reload the page to ask again`;
      default:
        return said ? `since ${timeOf(since)} · ${said}` : 'no connection yet';
    }
  }

  #behind() {
    const { newest } = this.#store;
    const behind = newest ? Date.now() - newest : 0;
    return behind < 2_000 ? '' : `${ago(behind)} behind`;
  }

  #next() {
    const seconds = this.#retryAt === null ? 0 : Math.ceil((this.#retryAt - performance.now()) / 1000);
    if (this.#info.reason === 'closed') return '';
    return seconds > 0 ? `next try in ${seconds} s` : 'trying now';
  }

  #date() {
    const { newest } = this.#store;
    this.#asOf.hidden = this.trusted || !newest;
    if (this.#asOf.hidden) return;
    write(this.#asOf, `What you see is from ${timeOf(newest)}, ${ago(this.#store.now() - newest)} ago`);
  }

  #say(what) {
    if (what === this.#said) return;
    this.#said = what;
    write(this.#announce, what);
  }
}

/** Removes the duration from the server's sentence, because it ages. */
const undated = (sentence) => sentence.replace(/ for \d+ s\b/, '');

function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
