// Documented in laundry-bridge.d.ts.

const WORST_FIRST = ['denied', 'blind', 'stale', 'lagging', 'live'];
const RECONNECT = [1001, 1006, 1011, 1012, 1013];
const DELIVERY = [undefined, 'live', 'bookmark', 'snapshot']; // an event has no op
const UTF_8 = new TextDecoder('utf-8', { fatal: true });
const PACKED = 'deflate-raw';
const PLACE = /^([^@:,]+)@(\d+)(\.[^,]*)?$/;

/** Not all that know DecompressionStream know this format. */
const canInflate = (() => {
  try {
    return !!new DecompressionStream(PACKED);
  } catch {
    return false;
  }
})();

function inflate(frame) {
  const packed = new Response(new Uint8Array(frame, 1)).body;
  return new Response(packed.pipeThrough(new DecompressionStream(PACKED))).arrayBuffer();
}

/** `0@1234.7`, with a BigInt where a number is too small. */
function placeOf(text) {
  const [, partition, digits, epoch = ''] = PLACE.exec(text) ?? [];
  return partition && { partition, epoch, offset: digits < Number.MAX_SAFE_INTEGER ? +digits : BigInt(digits) };
}

/** The next place of each partition, under the server's head; all of it head if sealed. */
class Position {
  constructor(text) {
    const cut = text.indexOf(':') + 1;
    const places = text.length > cut ? text.slice(cut).split(',').map(placeOf) : [];
    this.sealed = !places.every(Boolean);
    this.head = this.sealed ? text : text.slice(0, cut);
    this.places = new Map();
    places.forEach((place) => this.moveTo(place));
  }

  /** False if past it already. */
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

/** The server's position, nowhere behind what was handled. */
function positionOf(text, handled) {
  const position = text ? new Position(text) : null;
  handled?.places.forEach((place) => position?.moveTo(place));
  return position;
}

const selectionOf = ({ keys, where, every, flush, compress }) =>
  JSON.stringify({ keys, where, every, flush, compress });

export class LaundryBridge {
  #bridge;

  constructor(url, options = {}) {
    const env = options.env ?? globalThis;
    const address = new URL(url, env.location?.href);
    address.protocol = address.protocol.replace('http', 'ws');
    this.#bridge = bridgeTo(address.href, options, env);
  }

  get state() {
    return this.#bridge.self.state;
  }

  subscribe(channel, options = {}) {
    return this.#bridge.subscribe(channel, options);
  }

  close() {
    this.#bridge.close();
  }
}

function bridgeTo(address, bridgeOptions, env) {
  const self = { options: bridgeOptions, channel: null, state: 'blind' }; // told like a subscription
  const subs = new Map();
  const timers = new Set();
  let link = null; // the socket and its news
  let trouble = { since: now() }; // why it is not ready
  let lastId = 0;
  let attempts = 0;
  let strikes = 0;
  let needsToken;
  let heldToken;
  let asking;
  let scheduled = false;
  let closed = false;

  listen('addEventListener');
  return { self, subscribe, close };

  function subscribe(channel, options) {
    if (closed) throw new Error('This LaundryBridge is closed; make a new one.');
    if (subs.has(channel)) {
      throw new Error(`"${channel}" has a subscription here; update() or unsubscribe() that one.`);
    }
    const start = { from: options.from, else: options.else };
    const sub = { channel, options, start, wanted: selectionOf(options), state: 'blind', attempts: 0 };
    subs.set(channel, sub);
    soon();
    return {
      channel,
      get position() {
        return sub.position ? `${sub.position}` : null;
      },
      get state() {
        return sub.state;
      },
      view(keys) {
        sub.view = keys ?? null;
        if (sub.asked && offers('view')) sayView(sub, sub.view);
      },
      update(changes) {
        sub.wanted = selectionOf({ ...JSON.parse(sub.wanted), ...changes });
        sub.asked = sub.denied = null;
        soon();
      },
      unsubscribe() {
        if (!holds(sub)) return;
        subs.delete(channel);
        sub.state = 'blind';
        if (sub.on || sub.asked) send(request('unsubscribe', { ch: channel }));
        soon();
      },
    };
  }

  function close() {
    closed = true;
    listen('removeEventListener');
    hangUp(1000);
    trouble = { since: now(), reason: 'closed' };
    tell();
  }

  function holds(sub) {
    return subs.get(sub.channel) === sub;
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
    if (!idle && [...subs.values()].some((sub) => !sub.denied)) connect();
    if (link?.ready) {
      trouble = null;
      sayHidden();
      ask();
    }
    tell();
  }

  function offers(feature) {
    return link?.ready && link.features.includes(feature);
  }

  /** What the server does not send until the page is back is not live. */
  function sayHidden() {
    const hidden = bridgeOptions.reportVisibility !== false && !!env.document?.hidden;
    if (hidden === !!link.hidden || !offers('view')) return;
    link.hidden = hidden;
    if (hidden) for (const sub of subs.values()) sub.live = false;
    send(JSON.stringify({ op: 'view', hidden }));
  }

  function sayView(sub, keys) {
    sub.viewId = ++lastId;
    send(JSON.stringify({ op: 'view', id: lastId, ch: sub.channel, keys }));
  }

  /** Until the timer takes `retryIn` away. */
  function waits(trouble) {
    return trouble?.retryIn >= 0;
  }

  function ask() {
    let frame = '';
    const views = [];
    for (const sub of subs.values()) {
      if (sub.asked || waits(sub.retry) || sub.denied) continue;
      if (!sub.on && sub.view !== undefined && offers('view')) views.push(sub);
      const line = lineFor(sub);
      if (frame && frame.length + line.length > 5000) {
        send(frame);
        frame = '';
      }
      frame += (frame && '\n') + line;
    }
    if (frame) send(frame);
    for (const sub of views) {
      if (sub.position) sayView(sub, []); // so that all that is in view comes into it
      sayView(sub, sub.view);
    }
  }

  /** Resumes with the selection that the position was earned with; a wanted change follows. */
  function lineFor(sub) {
    const { channel: ch, position } = sub;
    const start = sub.on ? {} : { ...sub.start };
    const selection = sub.on || !position ? sub.wanted : sub.selection;
    if (!sub.on) {
      sub.firstId = lastId + 1;
      if (position) start.from = `at:${position}`;
      else if (sub.inSnapshot) start.from = 'snapshot';
    }
    sub.asked = true;
    const wish = JSON.parse(selection);
    if (!canInflate || !link.features.includes('compress')) delete wish.compress;
    return request('subscribe', { ch, ...start, ...wish }, { sub, selection });
  }

  function request(op, what, meant) {
    link.requests.set(++lastId, meant);
    return JSON.stringify({ op, id: lastId, ...what });
  }

  function send(text) {
    link.ws.send(text);
  }

  function connect() {
    link = { requests: new Map() };
    if (needsToken && !heldToken) withToken(open);
    else open(heldToken);
  }

  function onThisLink(run) {
    const mine = link;
    return (event) => mine === link && run(event);
  }

  function open(token) {
    heldToken = token;
    try {
      const ws = (link.ws = new env.WebSocket(address, 'laundry-bridge.v1'));
      ws.binaryType = 'arraybuffer';
      ws.onmessage = onThisLink(({ data }) => read(data));
      ws.onclose = onThisLink(({ code, reason }) => {
        const ended = onThisLink(() => lost(code, reason));
        if (link.queue) link.queue.then(ended);
        else ended();
      });
      ws.onerror = onThisLink(() => link.since || lost(1006)); // Node 20 may fire no close
      later(15e3, () => link.since || lost(1006));
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
  }

  /** By the clock, because timers sleep in a frozen tab. */
  function watch() {
    const left = link.heard + link.limit - now();
    if (left > 0) later(left, watch);
    else lost(1006, 'silence');
  }

  function wake({ type, target }) {
    if (type === 'visibilitychange') soon();
    if (target?.hidden) return;
    if (link?.since) {
      const asked = now();
      const wait = Math.min(5e3, link.heard + link.limit - asked);
      send(request('ping'));
      later(wait, () => link.heard < asked && lost(1006, 'silence'));
    } else if (waits(trouble) && type !== 'offline' && trouble.code !== 4429) retry();
  }

  function listen(how) {
    for (const type of ['online', 'offline', 'visibilitychange', 'pageshow']) env[how]?.(type, wake);
  }

  function hangUp(code) {
    const ws = link?.ws;
    link = null;
    timers.forEach((timer) => env.clearTimeout(timer));
    timers.clear();
    for (const sub of subs.values()) sub.on = sub.asked = sub.live = sub.stale = sub.next = sub.retry = null;
    ws?.close(code);
  }

  function lost(code, reason, strike = code === 4429) {
    const { since, bye } = link;
    if (bye && code === 1006) code = bye.code;
    reason ||= since ? 'lost' : 'unreachable';
    if (now() - since > 30e3) attempts = strikes = 0;
    hangUp(strike && code === 4400 ? code : undefined);
    if ((code === 4401 || code === 4408) && bridgeOptions.token) strike = needsToken = true;
    const again = strike ? ++strikes < 4 : RECONNECT.includes(code) || (code >= 4000 && code < 4400);
    if (!again) return deny(code, reason);
    let retryIn = backoff(attempts++);
    if (code === 4429) retryIn += 10e3 * strikes;
    if (bye?.retryAfter > 0) retryIn = bye.retryAfter * (0.5 + env.Math.random());
    trouble = { since: now(), ...trouble, code, reason, retryIn, attempts };
    later(retryIn, retry);
    tell();
  }

  function retry() {
    hangUp();
    delete trouble.retryIn;
    step();
  }

  function backoff(attempts) {
    return env.Math.random() * Math.min(20e3, 500 * 2 ** attempts);
  }

  function deny(code, reason) {
    hangUp();
    for (const sub of subs.values()) sub.denied ??= { code, reason };
    tell();
  }

  function withToken(use) {
    asking ??= (async () => bridgeOptions.token?.())().finally(() => (asking = null));
    asking.then(
      onThisLink((token) => {
        if (token) use(token);
        else if (!link.ready) deny(4401, 'no credential');
      }),
      onThisLink((cause) => {
        if (!link.ready) lost(1006, 'no credential');
        report(self, 'token', 'options.token failed', { cause });
      }),
    );
  }

  function authenticate(token) {
    heldToken = null;
    send(request('auth', { token }));
    link.authId = lastId;
  }

  function renewBefore(expires) {
    if (!expires || !bridgeOptions.token) return;
    const wait = Math.max(10e3, (expires - now()) * 0.9);
    later(Math.min(wait, 2e9), () => withToken(authenticate));
  }

  /** What arrives while a frame is being inflated waits behind it. */
  function read(data) {
    const mine = link;
    link.heard = now();
    const packed = typeof data !== 'string' && new Uint8Array(data)[0] === 0;
    if (!packed && !mine.queue) return lines(data);
    const turn = Promise.all([packed ? inflate(data) : data, mine.queue]).then(
      ([frame]) => {
        if (mine.queue === turn) mine.queue = null;
        if (mine === link) lines(frame);
      },
      (cause) => mine === link && garbage(cause),
    );
    mine.queue = turn;
  }

  function lines(data) {
    const mine = link;
    try {
      const text = typeof data === 'string' ? data : UTF_8.decode(data);
      for (const line of text.split('\n')) if (mine === link && line) follow(JSON.parse(line));
    } catch (cause) {
      garbage(cause, mine);
    }
  }

  function garbage(cause, mine = link) {
    report(self, 4400, 'The server sent what is not the protocol', { cause });
    if (mine === link) lost(4400, 'not the protocol', true);
  }

  function follow(line) {
    const sub = subs.get(line.ch);
    switch (line.op) {
      case 'beat':
        return send(JSON.stringify({ op: 'beat', n: line.n }));
      case 'welcome':
        return welcome(line);
      case 'authenticated':
        link.ready = true;
        renewBefore(line.expires);
        return step();
      case 'bye':
        link.bye = line;
        return;
      case 'subscribed':
        return subscribed(line);
      case 'error':
        return refused(line);
    }
    if (sub) about(sub, line);
  }

  function welcome({ heartbeat = 25e3, auth, expires, features = [] }) {
    link.since = now();
    link.features = features;
    link.limit = 1.5 * heartbeat + 2e3;
    watch();
    renewBefore(expires);
    needsToken = auth === 'required';
    if (heldToken) authenticate(heldToken);
    else if (needsToken) withToken(authenticate);
    else link.ready = true;
    step();
  }

  /** What was asked, unless overtaken. */
  function take(id) {
    const meant = link.requests.get(id);
    link.requests.delete(id);
    return meant && holds(meant.sub) && id >= meant.sub.firstId ? meant : {};
  }

  function subscribed({ id, at, recovered }) {
    const { sub, selection } = take(id);
    if (!sub) return;
    if (!sub.on && selection !== sub.wanted) sub.asked = false;
    sub.on = true;
    sub.retry = null;
    sub.next = { selection, position: positionOf(at, recovered ? sub.position : null), inSnapshot: false };
    step();
  }

  function refused({ id, code, message, retry = false }) {
    if (id && id === link.authId) return lost(retry ? 1013 : 4401, message);
    const viewed = id && [...subs.values()].find((sub) => sub.viewId === id);
    if (viewed && !viewed.on) return; // its subscribe failed as well
    const { sub = viewed, selection } = take(id);
    if (sub && sub !== viewed && (!sub.on || selection === sub.wanted)) recover(sub, code, message, retry);
    report(sub ?? self, code, message, { retry });
    soon();
  }

  function recover(sub, code, reason, again) {
    if (code === 'bad_position' && (sub.position || sub.start.from)) {
      sub.start = { from: sub.start.else };
      sub.position = sub.next = sub.on = sub.asked = null;
      call(sub, 'onReset', { channel: sub.channel, reason: code });
    } else if (again) {
      const retryIn = backoff(sub.attempts++);
      sub.asked = false;
      sub.retry = { since: now(), ...sub.retry, code, reason, retryIn, attempts: sub.attempts };
      later(retryIn, () => step(delete sub.retry.retryIn));
    } else if (sub.on) {
      sub.wanted = (sub.next ?? sub).selection;
    } else {
      sub.asked = false;
      sub.denied = { code, reason };
    }
  }

  function about(sub, line) {
    const { op, state, at, from, to, p: partition, reason, count } = line;
    const { channel } = sub;
    if (DELIVERY.includes(op)) {
      if (!sub.on) return; // for an earlier subscription
      // `subscribed` and `reset` count from here only: a snapshot was perhaps to come
      Object.assign(sub, sub.next);
      sub.next = null;
    }
    switch (op) {
      case undefined:
        return event(sub, line);
      case 'live':
        sub.live = true;
        sub.attempts = 0;
        break;
      case 'bookmark':
        sub.position = positionOf(at, sub.position);
        break;
      case 'snapshot':
        sub.inSnapshot = state === 'begin';
        sub.position = sub.inSnapshot ? null : positionOf(at);
        sub.live &&= !sub.inSnapshot;
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
        sub.next = { selection: (sub.next ?? sub).selection, position: positionOf(at), inSnapshot: false };
        sub.live = false;
        call(sub, 'onReset', { channel, reason });
        break;
      case 'status':
        sub.stale = state === 'stale' && { reason, since: line.since };
        break;
      case 'unsubscribed':
        if (link.requests.delete(line.id)) return; // as asked
        sub.on = sub.asked = null;
        sub.denied = { code: op, reason };
    }
    tell();
  }

  function event(sub, { at, ts: timestamp, k: key, v: value, left = false }) {
    const place = sub.position && placeOf(at);
    if (place) {
      if (!sub.position.moveTo(place)) return;
      place.offset++;
    }
    call(sub, 'onEvent', { key, value, at, timestamp, left, channel: sub.channel });
  }

  function stateOf(sub) {
    if (sub.denied) return ['denied', sub.denied];
    if (!link?.ready) return ['blind', trouble];
    const stale = (!sub.on && sub.retry) || sub.stale;
    return stale ? ['stale', stale] : [sub.live ? 'live' : 'lagging'];
  }

  function tell() {
    const all = [...subs.values()];
    for (const sub of all) announce(sub, stateOf(sub));
    const worst = WORST_FIRST.map((state) => all.map(stateOf).find((is) => is[0] === state)).find(Boolean);
    announce(self, worst ?? ['blind', trouble]);
  }

  function announce(who, [state, detail]) {
    const told = JSON.stringify([state, detail]);
    if (told === who.told) return;
    Object.assign(who, { told, state });
    call(who, 'onState', state, { since: now(), ...detail });
  }

  function call({ options, channel }, handler, ...what) {
    try {
      options[handler]?.(...what);
    } catch (cause) {
      report({ options, channel }, 'handler', `${handler} threw`, { cause });
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
