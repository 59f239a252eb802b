// The browser client of Laundry Bridge. laundry-bridge.d.ts says how it is used, docs/client.md what it does at every
// event.

const WORST_FIRST = 'denied blind stale lagging live';
const FINAL = [4400, 4403, 4410, 4426];
const COUNTS = /^(live|bookmark|snapshot|clock|paused)$/; // lines that show where a subscription is
const NO_SNAPSHOT = /^(l|si|e)/; // no snapshot follows live, last, since, earliest
const PACKED = 'deflate-raw';
const PLACE = /^([^@:,]+)@(\d+)(\.[^,]*)?$/;

const HEALTHY = 10e3; // ms after which a connection clears earlier failures
const PULSE = 5e3; // ms between looks at the clock and the page
const PATIENCE = 2e3; // ms for an answer after silence
const FRAME = 5000; // characters of lines that share a frame
const INFLATED = 16 << 20; // bytes of a frame
const LOOP = 5; // resumes at one position
const LOGIN = 60e3; // ms for a call of token(), and for the server's answer
const PUBLISH = 60e3; // ms for a receipt
const UNSETTLED = 100; // publishes
const AGAIN = /^(busy|source|outcome|limit)/; // a publish that got this code is repeated
const SURE = /^(bad|value)/; // every repeat would get the same
const CAUGHT_UP = 10e3; // ms for a place
const DOUBT = 5e3; // ms without an answer to a publish, after which the connection must show that it works
const STAMP = 'laundry-bridge-at';
const WROTE = 'laundry-bridge-wrote';

let canInflate = false;
try {
  canInflate = !!new DecompressionStream(PACKED); // not every platform that has it knows this format
} catch {}

function inflate(frame) {
  let size = 0;
  const bound = new TransformStream({
    transform(piece, out) {
      if ((size += piece.length) > INFLATED) throw Error('too long');
      out.enqueue(piece);
    },
  });
  const packed = new Response(new Uint8Array(frame, 1)).body;
  return new Response(packed.pipeThrough(new DecompressionStream(PACKED)).pipeThrough(bound)).arrayBuffer();
}

/** `0@1234.7`. */
function placeOf(text) {
  const [, partition, digits, epoch = ''] = PLACE.exec(text) ?? [];
  return partition && { partition, epoch, offset: BigInt(digits) };
}

/** The next place of each partition, after the server's head; only a head if sealed. */
class Position {
  constructor(text) {
    const cut = text.indexOf(':') + 1;
    const places = text.length > cut ? text.slice(cut).split(',').map(placeOf) : [];
    this.sealed = !places.every(Boolean);
    this.head = this.sealed ? text : text.slice(0, cut);
    this.places = new Map();
    places.forEach((place) => this.moveTo(place));
  }

  /** False if it was passed already. */
  moveTo(place) {
    if (this.sealed) return true;
    if (this.places.get(place.partition)?.offset > place.offset) return false;
    this.places.set(place.partition, place);
    return true;
  }

  toString() {
    return this.head + [...this.places.values()].map((p) => `${p.partition}@${p.offset}${p.epoch}`);
  }
}

/** The server's position, never before what was handled. */
function positionOf(text, handled) {
  const position = text ? new Position(text) : null;
  handled?.places.forEach((place) => position?.moveTo(place));
  return position;
}

/** What `caughtUp` waits for: what the position must be at least. Without a head, these are records to be passed. */
function goalOf(at) {
  const text = typeof at === 'string' ? at : at?.at;
  const goal = text && typeof text === 'string' ? new Position(text) : { sealed: true };
  if (goal.sealed && text?.[0] !== '~') throw failure('bad_position', `"${text}" is no place.`);
  if (!goal.head) goal.places.forEach((place) => place.offset++);
  return { ...goal, text };
}

/** The partitions in which the page has not come as far; undefined if only the server knows. */
function behindOf({ position, next }, { sealed, head, places }) {
  if (!position || position.sealed || next || sealed) return;
  if (head && head.split('.')[0] !== position.head.split('.')[0]) return;
  const isBehind = ({ partition, offset }) => !(position.places.get(partition)?.offset >= offset);
  return [...places.values()].filter(isBehind).map(({ partition }) => partition);
}

/** The header of a response, of its headers, or of their text, which may be the first header alone. */
function headerOf(response, name) {
  const headers = response?.headers ?? response;
  if (typeof headers !== 'string') return headers?.get?.(name) ?? headers?.[name];
  if (name === STAMP && !/^laundry-bridge-(at|wrote):/im.test(headers)) return headers;
  return RegExp(`^${name}: *(.*)$`, 'im').exec(headers)?.[1];
}

/** `machines=POSITION, orders=POSITION`; `join` gets the values of one channel. */
function byChannel(text, join) {
  const found = new Map();
  for (const part of (text ?? '').split(/,\s*(?=[^,=]+=)/)) {
    const [, name, value] = /^\s*([^=]+)=\s*(\S+)/.exec(part) ?? [];
    if (name) found.set(name, found.has(name) ? join(found.get(name), value) : value);
  }
  return found;
}

const selectionOf = ({ keys, where, every, flush, compress, until, pace }) =>
  JSON.stringify({ keys, where, every, flush, compress, until: until && fromOf(until).replace(/^since:/, ''), pace });

const changed = (selection, changes) => selectionOf({ ...JSON.parse(selection), ...changes });

/** The same without time travel. */
const ofPresent = (selection) => changed(selection, { until: undefined, pace: undefined });

/** The `from` of a time, of a position, or of what is one already. */
function fromOf(to) {
  const where = to?.time ?? to;
  if (where >= 0) return `since:${+where}`; // a number or a Date
  if (/^(live$|snapshot$|earliest$|last:|since:|at:)/.test(where)) return where;
  return (/^~|@/.test(where) ? 'at:' : 'since:') + where;
}

/** What the application wants of one channel, how far it came, and (`leave`) how that is on the present link. */
const subscriptionOf = (channel, options, quota) =>
  leave({
    channel,
    options,
    quota,
    start: { from: options.from, else: options.else, lead: options.lead },
    wanted: selectionOf(options),
    state: 'blind',
    refusals: 0, // for now, in a row
    tries: 0, // resumes without an event
    awaits: new Set(), // calls of caughtUp that are not settled
    running: new Set(), // promises of handlers
  });

/** The link has ended. */
function leave(sub) {
  sub.awaits.forEach(unsend);
  return Object.assign(sub, {
    firstId: null, // of its requests
    asked: null, // the wanted selection was requested
    on: null, // the server answered
    live: null,
    stale: null,
    next: null, // the answered selection, until it counts
    retry: null,
    paused: null,
    views: [], // view lines to send
    got: null, // events that the next bookmark moves past
  });
}

/** A publish, or a place to wait for, of which the server knows nothing. */
const unsend = (item) => Object.assign(item, { id: null, pause: null });

/** The server's place counts from now on. */
function settle(sub) {
  Object.assign(sub, sub.next);
  sub.next = null;
}

/** Ms that passed: the calendar may be set, and the other clock stops while the computer sleeps. */
function clockOf({ Date, performance }) {
  let passed = 1; // never zero
  let last = [];
  return () => {
    const calendar = Date.now();
    const clocks = [performance?.now() ?? calendar, calendar];
    const [steady, byCalendar] = clocks.map((at, n) => at - last[n]);
    last = clocks;
    return (passed += Math.max(0, byCalendar > steady + 1e3 ? byCalendar : steady) || 0);
  };
}

/** Allows so many lines at once, and one more per `ms`: takes one, or returns how long to wait for it. */
function budgetOf(clock, lines, ms) {
  let usedUntil = 0;
  return (spend) => {
    const wait = usedUntil - clock() - (lines - 1) * ms;
    if (spend) usedUntil = Math.max(usedUntil, clock()) + ms;
    return Math.max(0, Math.ceil(wait));
  };
}

/** One connection from its attempt to its end; it reports to `bridge` until then. */
function linkOf(bridge, env, clock) {
  const link = { requests: new Map(), longest: '', hurries: 0, guard, open, end, welcome, send, wake, unanswered };
  let ws;
  let over = false;
  let frames = 0;
  let pinged = -1; // after how many frames
  let heardAt;
  let silence; // ms
  let inflating;
  return link;

  function guard(run) {
    return (...what) => over || run(...what);
  }

  function open(address) {
    const lost = guard(bridge.lost);
    ws = new env.WebSocket(address, 'laundry-bridge.v1');
    ws.binaryType = 'arraybuffer';
    ws.onmessage = guard(({ data }) => read(data));
    ws.onclose = ({ code, reason }) => (inflating ? inflating.then(() => lost(code, reason)) : lost(code, reason));
    ws.onerror = () => silence || lost(1006); // Node 20 may not fire close
    bridge.later(15e3, ws.onerror);
  }

  function end(code) {
    over = true;
    ws?.close(code);
  }

  function welcome({ heartbeat = 25e3, features = [], limits = {} }) {
    const { requests = 256, requestWindow = 10e3, publishes = 100, publishWindow = 10e3 } = limits;
    const most = (lines, ms) => budgetOf(clock, lines * 0.7, ms / lines / 0.7);
    silence = 1.5 * heartbeat;
    Object.assign(link, {
      features, limits, since: clock(), budget: most(requests, requestWindow), quota: most(publishes, publishWindow),
    });
    watch();
  }

  /** Looks at the clock regularly, because timers sleep in a frozen tab. */
  function watch() {
    bridge.later(Math.min(PULSE, left()), () => {
      bridge.soon();
      if (left() > 0) watch();
      else probe(PATIENCE, watch);
    });
  }

  /** Ms until a ping must be sent. */
  function left() {
    return heardAt + silence - clock();
  }

  function probe(patience, then) {
    pinged = frames;
    bridge.ping();
    bridge.later(patience, () => (unanswered() ? bridge.lost(1006, 'silence') : then?.()));
  }

  /** No byte came since a ping. */
  function unanswered() {
    return pinged === frames;
  }

  /** It may have died unnoticed. */
  function wake() {
    const patience = Math.min(5e3, left() + PATIENCE);
    if (patience < 0 || !unanswered()) probe(patience);
  }

  function send(frame) {
    if (frame.length > link.longest.length) link.longest = frame;
    ws.send(frame);
  }

  /** Messages that arrive while a frame is being inflated wait for it. */
  function read(data) {
    frames++;
    heardAt = clock();
    const packed = typeof data !== 'string' && new Uint8Array(data)[0] === 0;
    if (!packed && !inflating) return lines(data);
    const turn = Promise.all([packed ? inflate(data) : data, inflating]).then(
      guard(([frame]) => {
        if (inflating === turn) inflating = null;
        lines(frame);
      }),
      guard(bridge.garbage),
    );
    inflating = turn;
  }

  function lines(data) {
    try {
      const text = typeof data === 'string' ? data : new TextDecoder('utf-8', { fatal: true }).decode(data);
      for (const line of text.split('\n')) if (line && !over) bridge.follow(JSON.parse(line));
    } catch (cause) {
      bridge.garbage(cause, over);
    }
  }
}

/** Until the timer deletes `retryIn`. */
const waits = (trouble) => trouble?.retryIn >= 0;

function addressOf(url, { document, location }) {
  try {
    return new URL(url, document?.baseURI ?? location?.href).href.replace(/^http/, 'ws');
  } catch {
    throw TypeError(`"${url}" is no address here: write wss://host/path`);
  }
}

/** An error for the page. */
const failure = (code, message, more) => Object.assign(Error(message), { code, ...more });

/**
 * Gives `item` a promise, and `resolve` and `reject`, of which the first call counts. After `ms`, `late` must
 * reject it, as its signal does; `over` is called when it is settled.
 */
function promiseOf(env, item, { signal }, ms, late, over) {
  return new Promise((resolve, reject) => {
    const first = (settle) => (outcome) => {
      if (item.over) return;
      item.over = true;
      env.clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      over();
      settle(outcome);
    };
    const abort = () => item.reject(signal.reason);
    item.resolve = first(resolve);
    item.reject = first(reject);
    const timer = env.setTimeout(late, Math.min(ms, 2e9));
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort);
  });
}

/** Undefined if the value has no JSON form. */
function jsonOf(value) {
  try {
    return JSON.stringify(value);
  } catch {}
}

/** 128 random bits; pages without TLS have no `randomUUID`. */
function newMid({ crypto = globalThis.crypto }) {
  const bytes = () => [...crypto.getRandomValues(new Uint8Array(16))];
  return crypto.randomUUID?.() ?? bytes().map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export class LaundryBridge {
  constructor(url, options = {}) {
    run(this, url, options, options.env ?? globalThis);
  }
}

/** All subscriptions of a bridge, over one link at a time. The bridge itself gets states like a subscription. */
function run(self, url, bridgeOptions, env) {
  const address = addressOf(url, env);
  const clock = clockOf(env);
  const subs = new Map();
  const due = new Set(); // subscriptions with something to send
  const leaving = new Set(); // channels to unsubscribe from
  const outbox = new Set(); // publishes that are not settled, in the order of the calls
  const timers = new Set();
  let link = null;
  let trouble = { since: now() }; // why it is not ready
  let lastId = 0;
  let attempts = 0;
  let strikes = 0;
  let longest = Infinity; // characters of a line, if a close has shown it
  let out = ''; // lines for the next frame
  let soonest; // ms until more may be sent
  let auth; // of the last welcome
  let tokenFirst; // the next connection needs one
  let heldToken;
  let asking; // the call of token() that runs
  let scheduled = false;
  let closed = false;

  Object.assign(self, { state: 'blind', channel: null, options: bridgeOptions, subscribe, channel, from, close });
  self.running = new Set();
  listen('addEventListener');

  function subscribe(name, options = {}) {
    if (closed) throw new Error('This bridge is closed.');
    if (subs.has(name)) {
      throw new Error(`"${name}" has a subscription here: update() that one.`);
    }
    const sub = subscriptionOf(name, options, budget());
    subs.set(name, sub);
    want(sub);
    return {
      ...channel(name),
      caughtUp: (at, options) => caughtUp(sub, at, options),
      get position() {
        return sub.position ? `${sub.position}` : null;
      },
      get state() {
        return sub.state;
      },
      get time() {
        return sub.time ?? null;
      },
      view(keys) {
        sub.view = keys ?? null;
        if (sub.firstId && offers('view')) sub.views = [...sub.views.slice(0, -1), sub.view];
        want(sub);
      },
      update,
      seek(to, { lead, until, ...changes } = {}) {
        update({ ...changes, until });
        sub.sought = true;
        startOver(sub, 'seek', { from: fromOf(to), else: options.else, lead });
      },
      speed(pace) {
        const isOver = sub.paused && JSON.parse(sub.wanted).pace !== 0;
        update(isOver ? { pace, until: undefined } : { pace });
      },
      live: () => update({ pace: undefined, until: undefined }),
      unsubscribe() {
        if (!holds(sub)) return;
        subs.delete(name);
        sub.state = 'blind';
        endAwaits(sub, 'unsubscribed', 'This subscription has ended.');
        if (sub.firstId) leaving.add(name);
        soon();
      },
    };

    function update(changes) {
      sub.wanted = changed(sub.wanted, changes);
      sub.asked = sub.denied = null;
      want(sub);
    }
  }

  function channel(name) {
    return { channel: name, publish: (value, options) => publish(name, value, options) };
  }

  /** Subscribes where a response was made. */
  function from(response) {
    const stamps = byChannel(headerOf(response, STAMP), (first) => first);
    const places = byChannel(headerOf(response, WROTE), (one, more) => `${one},${more}`);
    return {
      position: (name) => stamps.get(name) ?? null,
      wrote: (name) => places.get(name) ?? null,
      subscribe(name, handlers, options) {
        if (stamps.has(name)) return subscribe(name, { ...handlers, ...options, from: `at:${stamps.get(name)}` });
        const found = stamps.size ? `only for ${[...stamps.keys()]}` : 'for no channel';
        const cure = 'Name the channel in the filter of the server, and expose the header to other origins.';
        throw failure('no_position', `Laundry-Bridge-At is not there for "${name}", ${found}. ${cure}`);
      },
    };
  }

  function close() {
    closed = true;
    listen('removeEventListener');
    hangUp(1000);
    rejectAll('closed', 'This bridge was closed.');
    subs.forEach((sub) => endAwaits(sub, 'closed', 'This bridge was closed.'));
    trouble = { since: now(), reason: 'closed' };
    tell();
  }

  /** A few lines at once, four per second. */
  function budget() {
    return budgetOf(clock, 3, 250);
  }

  function holds(sub) {
    return subs.get(sub.channel) === sub;
  }

  function want(sub) {
    due.add(sub);
    soon();
  }

  /** After the application's turn, so that requests share a frame. */
  function soon() {
    if (scheduled) return;
    scheduled = true;
    queueMicrotask(() => {
      scheduled = false;
      step();
    });
  }

  function step() {
    const idle = closed || link || waits(trouble);
    if (!idle && (outbox.size || [...subs.values()].some((sub) => !sub.denied))) connect();
    if (link?.ready) {
      trouble = null;
      say();
    }
    tell();
  }

  // Sending: the newest wishes, in no more lines than the server accepts

  function say() {
    const mine = link;
    soonest = Infinity;
    sayHidden();
    for (const channel of leaving) {
      if (mayNot()) break;
      leaving.delete(channel);
      write(request('unsubscribe', { ch: channel }));
    }
    while (sayOne());
    sayAwaits();
    sayPublishes();
    flush();
    if (soonest === Infinity || mine.paced) return;
    mine.paced = true;
    later(soonest, () => {
      mine.paced = false;
      step();
    });
  }

  /** Lines gather in frames until `flush`. */
  function write(line) {
    if (out.length + line.length > Math.min(FRAME, longest)) flush();
    out += (out && '\n') + line;
  }

  function flush() {
    if (out) link.send(out);
    out = '';
  }

  /** The state is not live while the server sends nothing to a hidden page. */
  function sayHidden() {
    const hidden = bridgeOptions.reportVisibility !== false && !!env.document?.hidden;
    if (hidden === !!link.hidden || !offers('view') || mayNot()) return;
    link.hidden = hidden;
    if (hidden) subs.forEach((sub) => (sub.live = false));
    const onReturn = hidden && offers('on-return') ? bridgeOptions.onReturn : undefined;
    write(JSON.stringify({ op: 'view', hidden, onReturn }));
  }

  function offers(feature) {
    return link.features.includes(feature);
  }

  /** Takes a line out of the budgets, or returns when there will be one. */
  function mayNot(quota = budget()) {
    const wait = Math.max(link.budget(), quota());
    if (wait) soonest = Math.min(soonest, wait);
    else [link.budget, quota].forEach((budget) => budget(true));
    return wait;
  }

  /** Returns the first that may send; it is then the last. A subscription that breaks connections comes last. */
  function sayOne() {
    return [...due]
      .sort((a, b) => a.tries - b.tries)
      .some((sub) => {
        const has = holds(sub) && !sub.denied && !waits(sub.retry) && (!sub.asked || sub.views.length);
        if (has && (leaving.has(sub.channel) || isHeldBack(sub) || mayNot(sub.quota))) return false;
        due.delete(sub);
        if (has) (sub.asked ? sayView : ask)(sub);
        return has;
      });
  }

  /** A subscription that broke two connections is requested alone. */
  function isHeldBack(sub) {
    if (sub.on || sub.tries < 2 || link.hidden || clock() - link.since > HEALTHY) return false;
    return [...subs.values()].some((other) => other !== sub && other.firstId && other.tries);
  }

  /** Resumes with the selection of the position; a wanted change follows. */
  function ask(sub) {
    const { channel: ch, position, view, on } = sub;
    const start = on ? {} : { ...sub.start };
    const selection = on || !position ? sub.wanted : sub.selection;
    if (!on) {
      sub.firstId = lastId + 1;
      if (position) {
        start.from = `at:${position}`;
        delete start.lead;
        sub.tries++;
      } else if (sub.inSnapshot && !start.lead) start.from = 'snapshot';
      if (view !== undefined && offers('view')) sub.views = position ? [[], view] : [view];
    }
    sub.asked = true;
    const wish = { ch, ...start, ...JSON.parse(selection) };
    if (!canInflate || !offers('compress')) delete wish.compress;
    if (sub.views.length && offers('subscribe-view')) {
      sub.views = [];
      wish.view = view;
    }
    put(sub, request('subscribe', wish, { sub, selection, from: start.from }), start.from);
  }

  function sayView(sub) {
    link.requests.delete(sub.viewId); // only errors are answered
    sub.viewId = lastId + 1;
    put(sub, request('view', { ch: sub.channel, keys: sub.views.shift() }, { sub }));
  }

  /**
   * A request that is too long for the server is refused here. If its place is too long, the subscription starts over.
   */
  function put(sub, line, from = '') {
    if (sub.views.length) due.add(sub);
    if (line.length <= Math.min(longest, link.limits.requestBytes ?? longest)) return write(line);
    const code = from.length * 2 > line.length ? 'bad_position' : 'limit_exceeded';
    const message = `A request of ${line.length} characters is too long`;
    queueMicrotask(link.guard(refused.bind(null, { id: lastId, code, message })));
  }

  function request(op, what, meant) {
    if (meant) link.requests.set(++lastId, meant);
    return JSON.stringify({ op, id: meant ? lastId : ++lastId, ...what });
  }

  function ping() {
    link.send(request('ping'));
  }

  // Publishing

  /** The value is taken as it is now. */
  async function publish(channel, value, options = {}) {
    const { key: k, mid = newMid(env), timeout = bridgeOptions.publishTimeout ?? PUBLISH } = options;
    const bound = bridgeOptions.publishQueue ?? UNSETTLED;
    const v = jsonOf(value);
    const item = { channel, mid, k: k ?? undefined, v, lane: JSON.stringify([channel, k]), refusals: 0 };
    if (v === undefined) throw failure('bad_request', 'This value has no JSON form.', { channel, mid });
    if (closed) throw failure('closed', 'This bridge is closed.', { channel, mid });
    if (outbox.size >= bound) throw failure('busy', `${bound} publishes wait here.`, { channel, mid });
    outbox.add(item);
    soon();
    return promiseOf(env, item, options, timeout, () => lose(item, 'timeout', `no receipt in ${timeout} ms`), () => {
      outbox.delete(item);
      soon();
    });
  }

  /** Of each channel and key one at a time, so that repeats stay in order. */
  function sayPublishes() {
    const { publishesPending = 64 } = link.limits;
    const lanes = new Set();
    let pending = [...outbox].filter(({ id }) => id).length;
    for (const item of outbox) {
      const { lane, channel: ch, mid, k, v, id, pause } = item;
      if (!lanes.has(lane) && !id && !pause) {
        const line = `${JSON.stringify({ op: 'publish', id: lastId + 1, mid, ch, k }).slice(0, -1)},"v":${v}}`;
        const [code, message] = unfit(line, v);
        if (code) lose(item, code, message);
        else if (pending >= publishesPending || mayNot(link.quota)) return;
        else {
          const mine = (item.id = ++lastId);
          link.requests.set(mine, { item });
          write(line);
          later(DOUBT, () => item.over || item.id !== mine || link.wake());
          pending++;
        }
      }
      lanes.add(lane);
    }
  }

  /** Why the server cannot take a publish: code and sentence. */
  function unfit(line, v) {
    const { publishBytes = Infinity, requestBytes = longest } = link.limits;
    const bytes = new TextEncoder().encode(v).length;
    const tooLong = line.length > Math.min(longest, requestBytes);
    if (!offers('publish')) return ['not_publishable', 'This server takes no publishes.'];
    if (bytes > publishBytes) return ['value_too_large', `${bytes} bytes are more than ${publishBytes}.`];
    return tooLong ? ['value_too_large', `A line of ${line.length} characters is too long.`] : [];
  }

  /** After an attempt without an answer, it may have been stored. */
  function lose(item, code, message) {
    const { channel, mid, id, unknown, refusal: cause } = item;
    const sure = item.goal || (!id && !unknown) || SURE.test(code);
    const [as, what] = sure ? [code, message] : ['outcome_unknown', `It may have been stored, or not: ${message}`];
    item.reject(failure(as, what, { channel, mid, cause }));
  }

  function rejectAll(code, message) {
    outbox.forEach((item) => lose(item, code, message));
  }

  /** A publish, or a place to wait for, with this answer failed, or is sent again later. */
  function refusedItem(item, code, message, again) {
    item.id = null;
    item.unknown ||= code === 'outcome_unknown';
    item.refusal = failure(code, message);
    if (item.goal ? code === 'bad_position' : !again && !AGAIN.test(code)) return lose(item, code, message);
    item.pause = later(random() * growing(item.refusals++), () => {
      item.pause = null;
      soon();
    });
  }

  // Places that the page waits for

  async function caughtUp(sub, at, options = {}) {
    const { timeout = CAUGHT_UP } = options;
    const { channel, denied, awaits } = sub;
    const item = { sub, channel, goal: goalOf(at), end: clock() + timeout, refusals: 0 };
    if (closed || !holds(sub)) throw failure('unsubscribed', 'This subscription has ended.', { channel });
    if (denied) throw failure(denied.code, denied.reason, { channel });
    awaits.add(item);
    const promise = promiseOf(env, item, options, timeout, () => tooLate(item, timeout), () => awaits.delete(item));
    look(item);
    soon();
    return promise;
  }

  /** Perhaps the page has come so far by itself. */
  function look(item) {
    if (!item.met && behindOf(item.sub, item.goal)?.length === 0) reached(item);
  }

  /** The handlers of everything up to there were called: their promises count too. */
  function reached(item) {
    const met = (item.met = {});
    Promise.all(item.sub.running).then(() => item.met === met && item.resolve());
  }

  /** What was delivered is void, also for places that were reached just now. */
  function voidPlaces(sub) {
    for (const item of sub.awaits) if (item.met) unsend(item).met = null;
  }

  function tooLate(item, timeout) {
    const { sub, goal, channel, refusal: cause } = item;
    const behind = behindOf(sub, goal);
    const where = behind?.length ? `: partition ${behind} is behind` : '';
    item.reject(failure('timeout', `${timeout} ms did not reach ${goal.text}${where}`, { channel, behind, cause }));
  }

  function endAwaits(sub, code, message) {
    sub.awaits.forEach((item) => lose(item, code, message));
  }

  function sayAwaits() {
    const { requests, limits } = link;
    for (const sub of subs.values()) {
      for (const item of sub.awaits) {
        if (!sub.on || item.id || item.pause || item.met || !offers('await')) continue;
        const asked = [...requests.values()].filter((meant) => meant.item?.goal).length;
        if (asked >= (limits.awaits ?? 16) || mayNot()) return;
        const within = Math.max(10, Math.min(600e3, Math.ceil(item.end - clock())));
        write(request('await', { ch: sub.channel, at: item.goal.text, within }, { item }));
        item.id = lastId;
      }
    }
  }

  // Connections

  function connect() {
    link = linkOf({ later, lost, follow, garbage, soon, ping }, env, clock);
    if (tokenFirst) withToken(open);
    else open();
  }

  function open(token) {
    heldToken = token;
    try {
      link.open(address);
    } catch (error) {
      deny(error.name, error.message);
    }
  }

  function now() {
    return env.Date.now();
  }

  function later(ms, run) {
    const timer = env.setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
    return timer;
  }

  function wake({ type, target }) {
    soon();
    if (target?.hidden) return;
    if (link?.since) link.wake();
    else if (waits(trouble) && type !== 'offline' && trouble.code !== 4429) retry();
  }

  function listen(how) {
    for (const type of ['online', 'offline', 'visibilitychange', 'pageshow', 'focus', 'resume']) {
      env[how]?.(type, wake, true);
    }
  }

  function hangUp(code) {
    link?.end(code);
    link = null;
    timers.forEach((timer) => env.clearTimeout(timer));
    timers.clear();
    leaving.clear();
    subs.forEach(leave);
    for (const item of outbox) {
      item.unknown ||= !!item.id;
      unsend(item);
    }
  }

  function lost(code, reason, garbled) {
    const { bye, since } = link;
    if (bye && code === 1006) code = bye.code;
    reason ||= since ? 'lost' : 'unreachable';
    const lived = clock() - since;
    const well = lived > HEALTHY || link.unanswered(); // or it died while the page slept
    if (well) attempts = strikes = 0;
    if (code === 1009 && link.longest.length > 200) {
      // lines are sent one by one from now on (ids grow); if the longest frame was one, it is refused
      const lengths = link.longest.split('\n').map((line) => line.length);
      longest = Math.max(200, Math.min(link.longest.length - 1, Math.max(...lengths) + 9));
    }
    subs.forEach((sub) => {
      if (well || bye || link.hidden) sub.tries = 0;
      else if (garbled && sub.tries) sub.tries++;
      if (sub.selection && sub.denied?.code === 'forbidden') sub.denied = null;
    });
    hangUp(garbled ? code : undefined);
    if (code === 4401 || code === 4408) {
      heldToken = null;
      tokenFirst = bridgeOptions.token;
    }
    if (garbled || code === 4429) strikes++;
    if (garbled ? strikes > 3 : FINAL.includes(code)) return deny(code, reason);
    let retryIn = random() * (well ? Math.min(500, lived / 60) : growing(attempts));
    if (code === 4429) retryIn += 10e3 * Math.min(6, strikes);
    if (bye?.retryAfter > 0) retryIn = Math.min(60e3, bye.retryAfter) * (0.5 + random());
    trouble = waiting(trouble, { code, reason, retryIn, attempts: ++attempts }, retry);
    tell();
    subs.forEach((sub) => sub.tries < LOOP || startOver(sub, 'loop'));
  }

  function random() {
    return env.Math.random();
  }

  function waiting(before, why, then) {
    const trouble = { since: now(), ...before, ...why };
    later(why.retryIn, () => {
      delete trouble.retryIn;
      then();
    });
    return trouble;
  }

  function growing(failures) {
    return Math.min(20e3, 500 * 2 ** failures);
  }

  function retry() {
    hangUp();
    delete trouble.retryIn;
    step();
  }

  function deny(code, reason) {
    hangUp();
    [...subs.values()].forEach((sub) => sub.denied || denyOne(sub, code, reason));
    rejectAll(code, reason);
    tell();
  }

  /** A subscription without the rights that it had starts over if it gets them back. */
  function denyOne(sub, code, reason) {
    sub.denied = { code, reason };
    endAwaits(sub, code, reason);
    if (sub.selection && [4401, 4403, 'forbidden'].some((lost) => lost === code || lost === reason)) {
      if (sub.keeps) sub.position = null;
      call(sub, 'onReset', { channel: sub.channel, reason: 'access' });
    }
  }

  // Credentials

  function withToken(use) {
    const mine = link;
    expect();
    asking ??= callToken().finally(() => (asking = null));
    asking.then(
      mine.guard((token) => {
        env.clearTimeout(mine.login);
        if (token || auth === 'optional') use(token);
        else if (!mine.ready) deny(4401, 'no credential');
      }),
      mine.guard(failed),
    );
  }

  async function callToken() {
    return heldToken || (bridgeOptions.token?.call ? bridgeOptions.token() : bridgeOptions.token);
  }

  function failed(cause) {
    asking = null;
    if (link.ready) renewIn(0);
    else lost(1006, 'no credential');
    report(self, 'token', 'token failed', { cause });
  }

  /** The next step of the login, one at a time: by default it failed without an answer. */
  function expect(run = () => failed(Error('no answer')), ms = LOGIN) {
    env.clearTimeout(link.login);
    link.login = later(Math.min(ms, 2e9), run);
  }

  /** After 80 % of these ms; if they are too few, after 5 s, 10 s, 20 s and so on. */
  function renewIn(ms) {
    ms *= 0.8;
    if (ms > PULSE) link.hurries = 0;
    else ms = PULSE * 2 ** link.hurries++;
    expect(() => withToken(authenticate), ms);
  }

  function authenticate(token) {
    heldToken = null;
    if (!token) return ready();
    expect();
    link.send(request('auth', { token }));
    link.authId = lastId;
  }

  // Lines of the server

  function garbage(cause, over) {
    report(self, 4400, 'not the protocol', { cause });
    if (!over) lost(4400, 'not the protocol', true);
  }

  function follow(line) {
    switch (line.op) {
      case 'beat':
        return link.send(JSON.stringify({ op: 'beat', n: line.n }));
      case 'welcome':
        return welcome(line);
      case 'authenticated':
        renewIn((line.expires || Infinity) - now());
        return ready();
      case 'bye':
        return (link.bye = line);
      case 'subscribed':
        return subscribed(line);
      case 'ack':
        return stored(line);
      case 'reached':
        return arrived(line);
      case 'error':
        return refused(line);
      case 'unsubscribed':
        return line.id ? link.requests.delete(line.id) : dropped(line);
    }
    const sub = subs.get(line.ch);
    if (!sub?.on) return; // for an earlier subscription
    about(sub, line);
    sub.awaits.forEach(look);
  }

  function welcome(line) {
    link.welcome(line);
    auth = line.auth;
    tokenFirst = auth === 'required';
    if (tokenFirst || auth === 'optional') withToken(authenticate);
    else ready();
  }

  function ready() {
    link.ready = true;
    subs.forEach((sub) => due.add(sub));
    step();
  }

  /** What was requested. */
  function answered(id) {
    const meant = link.requests.get(id);
    link.requests.delete(id);
    if (!link.requests.size) link.longest = ''; // that was not too long
    return meant ?? {};
  }

  /** The requested subscription, unless overtaken. */
  function take(id) {
    const meant = answered(id);
    return meant.sub?.firstId && holds(meant.sub) && id >= meant.sub.firstId ? meant : {};
  }

  function stored({ id, at }) {
    const { item } = answered(id);
    item?.resolve({ at, channel: item.channel, mid: item.mid });
  }

  /** An answer about an earlier subscription is no answer. */
  function arrived({ id }) {
    const { item } = answered(id);
    if (item?.sub.on) reached(item);
    else if (item) item.id = null;
    soon();
  }

  function subscribed({ id, at, recovered }) {
    const { sub, selection, from } = take(id);
    if (!sub) return;
    sub.next = { selection, position: positionOf(at, recovered ? sub.position : null), inSnapshot: false };
    if (!sub.on && recovered && NO_SNAPSHOT.test(from)) settle(sub);
    if (!sub.on && selection !== sub.wanted) {
      sub.asked = false;
      due.add(sub);
    }
    if (ofPresent(selection) !== selection) sub.live = false;
    sub.on = true;
    sub.retry = sub.paused = sub.sought = null;
    step();
  }

  function refused({ id, code, message, retry = false }) {
    if (id && id === link.authId) {
      if (!retry || !link.ready) return lost(retry ? 1013 : 4401, message);
      renewIn(0);
    }
    const { item } = link.requests.get(id) ?? {};
    if (item) {
      answered(id);
      return item.over || refusedItem(item, code, message, retry);
    }
    const { sub, selection } = take(id);
    if (sub && !selection && !sub.on) return; // a view, whose subscribe failed as well
    if (selection && (!sub.on || selection === sub.wanted)) recover(sub, code, message, retry);
    report(sub ?? self, code, message, { retry });
    soon();
  }

  function recover(sub, code, reason, again) {
    if (sub.sought ? !again && code !== 'forbidden' : code === 'bad_position' && (sub.position || sub.start.from)) {
      startOver(sub, code);
    } else if (again) {
      const retryIn = random() * growing(sub.refusals++);
      sub.asked = false;
      sub.retry = waiting(sub.retry, { code, reason, retryIn, attempts: sub.refusals }, () => want(sub));
    } else if (sub.on) {
      sub.wanted = (sub.next ?? sub).selection;
    } else {
      sub.asked = false;
      denyOne(sub, code, reason);
    }
  }

  /** By default in the present. */
  function startOver(sub, reason, start) {
    if (closed || !holds(sub)) return;
    if (!start) {
      sub.wanted = ofPresent(sub.wanted);
      sub.sought = null;
    }
    sub.start = start ?? { from: sub.start.else };
    sub.position = sub.next = sub.on = sub.asked = sub.live = sub.paused = sub.time = null;
    sub.inSnapshot = false;
    sub.tries = 0;
    voidPlaces(sub);
    want(sub);
    call(sub, 'onReset', { channel: sub.channel, reason });
  }

  /** Requested again, unless the reason is `forbidden`. */
  function dropped({ ch, reason }) {
    const sub = subs.get(ch);
    if (!sub?.firstId) return;
    leave(sub);
    recover(sub, 'unsubscribed', reason, reason !== 'forbidden');
    tell();
  }

  function about(sub, line) {
    const { op, state, at, from, to, p: partition, reason, count, ts: time } = line;
    const { channel } = sub;
    // `subscribed` and `reset` count only from here: a snapshot could have followed
    if (!op || COUNTS.test(op)) settle(sub);
    if (!op) return event(sub, line);
    switch (op) {
      case 'live':
        sub.live = true;
        sub.tries = sub.refusals = 0;
        sub.time = sub.paused = null;
        unpace(sub);
        break;
      case 'clock':
      case 'paused':
        sub.position = positionOf(at, sub.position);
        sub.tries = 0;
        sub.time = time;
        sub.paused = op === 'paused';
        call(sub, sub.paused ? 'onPaused' : 'onClock', { channel, time });
        break;
      case 'bookmark':
        sub.position = positionOf(at, sub.position);
        if (sub.got) sub.tries = 0;
        break;
      case 'snapshot':
        sub.tries = 0;
        sub.keeps = true;
        sub.inSnapshot = state === 'begin';
        sub.position = sub.inSnapshot ? null : positionOf(at);
        if (!sub.inSnapshot) sub.start.lead = undefined;
        if (sub.inSnapshot) {
          sub.live = sub.paused = false;
          voidPlaces(sub);
        }
        if (sub.options.onSnapshot) call(sub, 'onSnapshot', state, { channel, count });
        else if (sub.inSnapshot) call(sub, 'onReset', { channel, reason: op });
        break;
      case 'gap': {
        const place = placeOf(to);
        if (place) (sub.next ?? sub).position?.moveTo(place);
        call(sub, 'onGap', { channel, partition, from, to, reason });
        break;
      }
      case 'reset':
        sub.next = { selection: ofPresent((sub.next ?? sub).selection), position: positionOf(at), inSnapshot: false };
        sub.wanted = ofPresent(sub.wanted);
        sub.live = false;
        sub.time = sub.paused = null;
        voidPlaces(sub);
        call(sub, 'onReset', { channel, reason });
        break;
      case 'status':
        sub.stale = state === 'stale' && { reason, since: line.since };
    }
    if (due.size) soon();
    tell();
  }

  /** In the present a pace has no effect, and must have none on what a resume brings. */
  function unpace(sub) {
    const selection = changed(sub.selection, { pace: undefined });
    if (sub.wanted === sub.selection) sub.wanted = selection;
    sub.selection = selection;
  }

  function event(sub, { at, ts: timestamp, k: key, v: value, left = false }) {
    const place = sub.position && placeOf(at);
    if (place) {
      if (!sub.position.moveTo(place)) return;
      place.offset++;
      sub.tries = 0;
    }
    sub.got = sub.position?.sealed;
    call(sub, 'onEvent', { key, value, at, timestamp, left, channel: sub.channel });
  }

  // Calls of the application

  function stateOf(sub) {
    if (sub.denied) return ['denied', sub.denied];
    if (!link?.ready) return ['blind', trouble];
    const stale = (!sub.on && sub.retry) || sub.stale;
    if (sub.paused) return ['lagging', { reason: 'paused' }];
    return stale ? ['stale', stale] : [sub.live ? 'live' : 'lagging'];
  }

  function tell() {
    const all = [...subs.values()];
    all.forEach((sub) => announce(sub, stateOf(sub)));
    const rank = ([state]) => WORST_FIRST.indexOf(state);
    announce(self, all.map(stateOf).sort((a, b) => rank(a) - rank(b))[0] ?? ['blind', trouble]);
  }

  function announce(who, [state, detail]) {
    const told = JSON.stringify([state, detail]);
    if (told === who.told) return;
    who.told = told;
    who.state = state;
    call(who, 'onState', state, { since: now(), ...detail });
  }

  /** No handler is called after unsubscribe. */
  function call(who, handler, ...what) {
    if (who !== self && !holds(who)) return;
    const failed = (cause) => report(who, 'handler', `${handler} threw`, { cause });
    try {
      const result = who.options[handler]?.(...what);
      if (!result?.then) return;
      const running = Promise.resolve(result).catch(failed).then(() => who.running.delete(running));
      who.running.add(running);
    } catch (cause) {
      failed(cause);
    }
  }

  function report({ options, channel }, code, message, more) {
    const error = Object.assign(new Error(message), { code, channel, ...more });
    try {
      (options.onError ?? bridgeOptions.onError ?? console.error)(error);
    } catch (thrown) {
      console.error(thrown);
    }
  }
}
