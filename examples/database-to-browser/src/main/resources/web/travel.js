// Time travel on one subscription: pause, back by slider or to a time, 1x to 16x, live, and a link to the moment.

const LEAD = 'PT15M'; // every machine reports within it

export class Travel {
  /** Whether the page shows the past, or is on the way back from there. */
  past = false;

  #subscription;
  #form;
  #machines;
  #pace = 1;
  #paused = false;

  /** Makes the controls of `form` move `subscription`, which is shown in `machines`. */
  constructor(form, machines, subscription) {
    this.#form = form;
    this.#machines = machines;
    this.#subscription = subscription;
    form.addEventListener('submit', (event) => event.preventDefault());
    this.#on('#pause', 'click', () => (this.#paused ? this.#play() : this.#pause()));
    this.#on('#live', 'click', () => this.#live());
    this.#on('#speed', 'change', (event) => this.#speed(Number(event.target.value)));
    this.#on('#back', 'input', (event) => this.#back(Number(event.target.value)));
    this.#on('#go', 'click', () => this.#go(form.querySelector('#at').value));
    this.#on('#moment', 'click', (event) => this.#link(event));
    addEventListener('hashchange', () => this.restore(location.hash));
  }

  /** Shows what a page showed at the moment that `hash` names, `#at=POSITION`, and stands still there. */
  restore(hash) {
    const position = new URLSearchParams(hash.slice(1)).get('at');
    if (position === null) return;
    this.#hold();
    this.#leave();
    this.#subscription.seek(`at:${position}`, { pace: 0, lead: LEAD });
  }

  /** The subscription stands still, at `time`. */
  stopped(time) {
    this.#hold();
    this.#leave();
    if (time !== null) this.shows(time);
  }

  /** The subscription shows `time`. */
  shows(time) {
    this.#leave();
    this.#text('#clock', new Date(time).toLocaleString());
  }

  /** The subscription shows the present. */
  arrived() {
    this.past = false;
    this.#machines.classList.remove('past');
    this.#text('#clock', 'now');
    this.#text('#back-text', 'now');
    this.#form.querySelector('#back').value = 0;
  }

  #leave() {
    this.past = true;
    this.#machines.classList.add('past');
  }

  #hold() {
    this.#paused = true;
    this.#text('#pause', 'Play');
  }

  #run() {
    this.#paused = false;
    this.#text('#pause', 'Pause');
  }

  #pause() {
    this.#hold();
    this.#leave();
    this.#subscription.speed(0);
  }

  #play() {
    this.#run();
    this.#subscription.speed(this.#pace);
  }

  #speed(pace) {
    this.#pace = pace;
    if (!this.#paused) this.#subscription.speed(pace);
  }

  #back(seconds) {
    this.#text('#back-text', seconds === 0 ? 'now' : `${seconds} s`);
    if (seconds === 0) this.#live();
    else this.#seek(Date.now() - 1_000 * seconds);
  }

  /** Goes to a local time, such as `2026-11-23T10:30:00`. */
  #go(local) {
    const time = new Date(local).getTime();
    if (Number.isFinite(time)) this.#seek(time);
  }

  #seek(time) {
    this.#leave();
    this.#subscription.seek(time, { pace: this.#paused ? 0 : this.#pace, lead: LEAD });
  }

  #live() {
    this.#run();
    this.#address('');
    this.#subscription.live();
  }

  /** Puts this moment into the link and into the page's address, without leaving. */
  #link(event) {
    event.preventDefault();
    const position = this.#subscription.position;
    if (position !== null) this.#address(`at=${encodeURIComponent(position)}`);
  }

  #address(hash) {
    this.#form.querySelector('#moment').hash = hash;
    history.replaceState(null, '', hash === '' ? location.pathname : `#${hash}`);
  }

  #on(selector, type, handler) {
    this.#form.querySelector(selector).addEventListener(type, handler);
  }

  #text(selector, text) {
    this.#form.querySelector(selector).textContent = text;
  }
}
