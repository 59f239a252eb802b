// Which word is on the screen. A trouble that is over within a blink shows nothing, and what is shown stays long enough
// to be read; only after that does the screen follow what the client says.

export const BLINK = 1000; // ms

export class Steady {
  shown = null;
  #said = null;
  #leftAt; // when what is shown stopped being so; null while it is so
  #shownAt = -Infinity;

  constructor(now) {
    this.#leftAt = now;
  }

  /** What the client says, at this time in ms. */
  say(word, now) {
    this.#said = word;
    if (word === this.shown) this.#leftAt = null;
    else this.#leftAt ??= now;
  }

  /** When the word on the screen is to change, as things are; Infinity for never. */
  get due() {
    if (this.#leftAt === null || this.#said === null) return Infinity;
    const lasted = this.#said === 'live' ? -Infinity : this.#leftAt + BLINK; // good news need not wait
    return Math.max(lasted, this.#shownAt + BLINK);
  }

  /** Changes the word if that is due; whether it did. */
  settle(now) {
    if (now < this.due) return false;
    this.shown = this.#said;
    this.#shownAt = now;
    this.#leftAt = null;
    return true;
  }
}
