// Chooses the word on the screen. Short trouble shows nothing, and a shown word stays long enough to be read. Only then
// does the screen follow the client's state.

export const BLINK = 1000; // ms

export class Steady {
  shown = null;
  #said = null;
  #leftAt; // when the shown word stopped being true; null while it is true
  #shownAt = -Infinity;

  constructor(now) {
    this.#leftAt = now;
  }

  /** Takes the client's state at a time in ms. */
  say(word, now) {
    this.#said = word;
    if (word === this.shown) this.#leftAt = null;
    else this.#leftAt ??= now;
  }

  /** Returns when the word on the screen will change; Infinity for never. */
  get due() {
    if (this.#leftAt === null || this.#said === null) return Infinity;
    const lasted = this.#said === 'live' ? -Infinity : this.#leftAt + BLINK; // good news need not wait
    return Math.max(lasted, this.#shownAt + BLINK);
  }

  /** Changes the word if that is due; returns whether it did. */
  settle(now) {
    if (now < this.due) return false;
    this.shown = this.#said;
    this.#shownAt = now;
    this.#leftAt = null;
    return true;
  }
}
