// A page without a browser: a clock that only moves when told, and sockets whose far end is the test.

const file = process.env.LAUNDRY_BRIDGE_CLIENT ?? 'laundry-bridge.js';
const { LaundryBridge } = await import(`../../main/resources/META-INF/resources/laundry-bridge/${file}`);

class FakeSocket {
  sent = [];
  frames = [];
  closedWith = null;

  constructor(stage, url, protocol) {
    Object.assign(this, { stage, url, protocol });
    stage.sockets.push(this);
  }

  send(frame) {
    this.frames.push(frame);
    this.sent.push(...frame.split('\n').map((line) => JSON.parse(line)));
  }

  close(code) {
    this.closedWith ??= code ?? 1005;
  }

  /** What the server sends, as one frame of lines. */
  async says(...lines) {
    await this.receives(lines.map((line) => JSON.stringify(line)).join('\n'));
  }

  async receives(data) {
    this.onmessage({ data });
    await settled();
  }

  async ends(code, reason = '') {
    this.onclose({ code, reason });
    await settled();
  }

  async fails() {
    this.onerror({});
    await settled();
  }

  async welcomes(more = {}) {
    await this.says({ op: 'welcome', session: 's', heartbeat: 25000, expires: null, features: [], limits: {}, ...more });
  }

  asked(op) {
    return this.sent.filter((line) => line.op === op);
  }

  /** Answers the newest subscribe of the channel. */
  async subscribes(channel, at, ...more) {
    await this.answers(this.asked('subscribe').findLast((line) => line.ch === channel), { at }, ...more);
  }

  async answers({ id, ch }, what, ...more) {
    await this.says({ op: 'subscribed', id, ch, recovered: true, ...what }, ...more);
  }

  async refuses({ id }, code, message = 'No.', retry = false) {
    await this.says({ op: 'error', id, code, message, retry });
  }
}

export async function settled() {
  for (let turn = 0; turn < 10; turn++) await null;
}

export class Stage {
  sockets = [];
  now = 1_700_000_000_000;
  random = 0.5;
  #timers = new Map();
  #timerId = 0;
  #listeners = new Map();

  env = {
    WebSocket: ((stage) =>
      class {
        constructor(url, protocol) {
          return new FakeSocket(stage, url, protocol);
        }
      })(this),
    Date: { now: () => this.now },
    Math: { random: () => this.random },
    setTimeout: (run, ms) => {
      this.#timers.set(++this.#timerId, { run, due: this.now + (ms > 2 ** 31 - 1 ? 1 : ms) }); // as browsers do
      return this.#timerId;
    },
    clearTimeout: (id) => this.#timers.delete(id),
    addEventListener: (type, listener) => this.#listeners.set(type, listener),
    removeEventListener: (type) => this.#listeners.delete(type),
    location: { href: 'https://laundry.example/app/index.html' },
  };

  bridge(url = '/laundry', options = {}) {
    return new LaundryBridge(url, { env: this.env, ...options });
  }

  get socket() {
    return this.sockets.at(-1);
  }

  get listeners() {
    return [...this.#listeners.keys()];
  }

  get timers() {
    return this.#timers.size;
  }

  #nextTimer() {
    return [...this.#timers].sort(([, a], [, b]) => a.due - b.due)[0] ?? [null, { due: Infinity }];
  }

  /** The clock moves and whatever is due runs, in order. */
  async passes(ms) {
    const end = this.now + ms;
    for (let [id, timer] = this.#nextTimer(); timer.due <= end; [id, timer] = this.#nextTimer()) {
      this.#timers.delete(id);
      this.now = Math.max(this.now, timer.due);
      timer.run();
      await settled();
    }
    this.now = end;
    await settled();
  }

  /** The clock moves until the client opens another socket: after how long, to the ms. */
  async reopens() {
    const { length } = this.sockets;
    const start = this.now;
    while (this.sockets.length === length) {
      const [, { due }] = this.#nextTimer();
      if (due === Infinity) return Infinity;
      await this.passes(Math.max(0, due - this.now));
    }
    return Math.round(this.now - start);
  }

  /** The clock moves while nothing runs, as in a tab that the browser froze. */
  freezes(ms) {
    this.now += ms;
  }

  async fires(type, target = {}) {
    this.#listeners.get(type)?.({ type, target });
    await settled();
  }

  /** A subscription that writes down everything it is told. */
  watch(bridge, channel, options = {}) {
    const told = {
      events: [],
      states: [],
      gaps: [],
      resets: [],
      errors: [],
      get values() {
        return this.events.map((event) => event.value);
      },
      get stateNames() {
        return this.states.map(([state]) => state);
      },
      get lastState() {
        return this.states.at(-1);
      },
    };
    told.handle = bridge.subscribe(channel, {
      onEvent: (event) => told.events.push(event),
      onState: (state, detail) => told.states.push([state, detail]),
      onGap: (gap) => told.gaps.push(gap),
      onReset: (reset) => told.resets.push(reset),
      onError: (error) => told.errors.push(error),
      ...options,
    });
    return told;
  }

  /** A bridge with one channel that is live at the position. */
  async live(at = 'e.1:0@10.0', options = {}, bridgeOptions = {}) {
    const bridge = this.bridge('/laundry', { onError: (error) => this.errors.push(error), ...bridgeOptions });
    const machines = this.watch(bridge, 'machines', options);
    await settled();
    await this.socket.welcomes();
    await this.socket.subscribes('machines', at, { op: 'live', ch: 'machines' });
    return { bridge, machines };
  }

  errors = [];
}

export function event(at, v, more = {}) {
  return { ch: 'machines', at, ts: 1732375000000, k: 'm-42', ...more, v };
}
