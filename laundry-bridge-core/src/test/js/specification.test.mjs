// Plays docs/client.md: every event in every state, and looks for the test of every invariant.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { event as record, settled, Stage } from './stage.mjs';

const PAGE = readFileSync(new URL('../../../../docs/client.md', import.meta.url), 'utf8');
const AT = 'e.1:0@10.0';

function section(title) {
  return PAGE.split(/^## /m).find((part) => part.startsWith(title));
}

function rows(title) {
  const table = section(title).split('\n').filter((line) => line.startsWith('|'));
  const rows = table.filter((line) => !/^\|-/.test(line));
  return rows.map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
}

/** A bridge with one subscription (but for idle), brought into the state. */
class Play {
  stage = new Stage();
  closed = false;

  static async in(state) {
    const play = new Play();
    play.stage.env.document = { hidden: false };
    play.bridge = play.stage.bridge('/laundry', { token: () => 'token', onError: () => {} });
    if (state !== 'idle') await play.subscribe();
    await play[state]();
    assert.equal(play.state, state.replace('_', ''), 'the stage is set');
    return play;
  }

  async subscribe() {
    this.told = this.stage.watch(this.bridge, 'machines', { from: `at:${AT}` });
    await settled();
  }

  async idle() {}
  async connecting() {}

  async greeting() {
    await this.stage.socket.welcomes({ auth: 'required', features: ['view'] });
  }

  async asking() {
    await this.greeting();
    await this.says({ op: 'authenticated', id: 1, expires: null });
  }

  async behind() {
    await this.asking();
    await this.stage.socket.subscribes('machines', AT);
    this.answered = true;
  }

  async live() {
    await this.behind();
    await this.says({ op: 'live' });
  }

  async paused() {
    await this.live();
    this.told.handle.speed(0);
    await settled();
    await this.stage.socket.subscribes('machines', AT);
    await this.says({ op: 'paused', ts: 1, at: AT });
  }

  async stale() {
    await this.live();
    await this.says({ op: 'status', state: 'stale', since: 1, reason: 'slow' });
  }

  async refused() {
    await this.asking();
    await this.refuses('source_unavailable', true);
  }

  async waiting() {
    await this.live();
    await this.stage.socket.ends(1006);
  }

  async denied() {
    await this.asking();
    await this.refuses('forbidden', false);
  }

  async closed_() {
    this.closed = true;
    this.bridge.close();
    await settled();
  }

  async says(line) {
    await this.stage.socket?.says({ ch: 'machines', ...line });
  }

  async refuses(code, retry) {
    await this.stage.socket?.says({ op: 'error', id: this.id, code, message: 'No.', retry });
  }

  async refusesLogin(retry) {
    const id = this.stage.socket?.asked('auth').at(-1)?.id;
    await this.stage.socket?.says({ op: 'error', id, code: 'unauthenticated', message: 'No.', retry });
  }

  get id() {
    return this.stage.socket?.asked('subscribe').at(-1)?.id;
  }

  /** What it is, seen from outside. */
  get state() {
    if (!this.told) return this.closed ? 'closed' : 'idle';
    const [state, { retryIn, reason }] = this.told.lastState;
    if (reason === 'closed') return 'closed';
    const socket = this.stage.socket;
    switch (state) {
      case 'stale':
        return retryIn >= 0 ? 'refused' : this.answered ? 'stale' : 'asking';
      case 'lagging':
        return !this.answered ? 'asking' : reason === 'paused' ? 'paused' : 'behind';
      case 'blind':
        return retryIn >= 0 ? 'waiting' : socket.asked('auth').length ? 'greeting' : 'connecting';
      default:
        return state;
    }
  }
}

const setUps = { closed: 'closed_' };

const EVENTS = {
  'subscribe()': (play) => (play.told ? assert.throws(() => play.bridge.subscribe('machines')) : play.subscribe()),
  'update()': (play) => play.told?.handle.update({ keys: ['m-1'] }),
  'view()': (play) => play.told?.handle.view(['m-1']),
  'seek()': (play) => {
    play.answered &&= play.state === 'stale'; // which the source still is
    play.told?.handle.seek(AT);
  },
  'speed(), live()': (play) => (play.turn % 2 ? play.told?.handle.speed(2) : play.told?.handle.live()),
  'unsubscribe()': (play) => {
    play.told?.handle.unsubscribe();
    if (!play.closed) play.told = null;
  },
  'close()': (play) => play.closed_(),
  'socket: close 4400, 4403, 4410 or 4426': (play) => play.stage.socket?.ends([4400, 4403, 4410, 4426][play.turn % 4]),
  'socket: close 4401 or 4408': (play) => play.stage.socket?.ends([4401, 4408][play.turn % 2]),
  'socket: close 4429': (play) => play.stage.socket?.ends(4429),
  'socket: close 1009': (play) => play.stage.socket?.ends(1009),
  'socket: any other close': (play) => play.stage.socket?.ends([1000, 1001, 1002, 1005, 1006, 1008, 1012, 1014, 3000, 4999][play.turn % 10]),
  'socket: error': (play) => play.stage.socket?.fails(),
  'line: welcome': (play) => play.stage.socket?.welcomes(),
  'line: welcome, auth required': (play) => play.stage.socket?.welcomes({ auth: 'required' }),
  'line: welcome, auth optional': (play) => play.stage.socket?.welcomes({ auth: 'optional' }),
  'line: authenticated': (play) => play.says({ op: 'authenticated', id: 1, expires: null }),
  'line: subscribed': async (play) => {
    await play.says({ op: 'subscribed', id: play.id, at: AT, recovered: true });
    if (play.told?.handle.state === 'lagging') play.answered = true;
  },
  'line: live': (play) => play.says({ op: 'live' }),
  'line: an event': (play) => play.says(record('0@10.0', 1)),
  'line: bookmark': (play) => play.says({ op: 'bookmark', at: AT }),
  'line: clock': (play) => play.says({ op: 'clock', ts: 1, at: AT }),
  'line: paused': (play) => play.says({ op: 'paused', ts: 1, at: AT }),
  'line: gap': (play) => play.says({ op: 'gap', p: '0', from: '0@10.0', to: '0@12.0', reason: 'overflow' }),
  'line: reset': (play) => play.says({ op: 'reset', reason: 'epoch', at: 'e.2:0@0.0' }),
  'line: snapshot, begin': (play) => play.says({ op: 'snapshot', state: 'begin' }),
  'line: snapshot, end': (play) => play.says({ op: 'snapshot', state: 'end', at: AT, count: 0 }),
  'line: status, stale': (play) => play.says({ op: 'status', state: 'stale', since: 1, reason: 'slow' }),
  'line: status, fresh': (play) => play.says({ op: 'status', state: 'fresh' }),
  'line: unsubscribed, reason forbidden': (play) => play.says({ op: 'unsubscribed', reason: 'forbidden' }),
  'line: unsubscribed, another reason': (play) => play.says({ op: 'unsubscribed', reason: 'the server stopped it' }),
  'line: error, retry true': (play) => play.refuses('busy', true),
  'line: error, retry false': (play) => play.refuses('bad_filter', false),
  'line: error, bad_position': (play) => play.refuses('bad_position', false),
  'line: error for auth, retry true': (play) => play.refusesLogin(true),
  'line: error for auth, retry false': (play) => play.refusesLogin(false),
  'line: beat': (play) => play.says({ op: 'beat', n: 1 }),
  'line: pong': (play) => play.says({ op: 'pong', id: 99 }),
  'line: bye': (play) => play.says({ op: 'bye', code: 1012, retryAfter: 100 }),
  'line: of an unknown op': (play) => play.says({ op: 'fanfare' }),
  'line: not the protocol': (play) => play.stage.socket?.receives('<html>'),
  'time: silence': (play) => play.stage.passes({ waiting: 0, connecting: 15_000 }[play.state] ?? 39_500),
  'time: the wait is over': (play) => play.stage.passes(play.told?.lastState[1].retryIn ?? 0),
  'page: hidden': async (play) => {
    play.stage.env.document.hidden = true;
    await play.stage.fires('visibilitychange', play.stage.env.document);
  },
  'page: shown, or online': (play) => play.stage.fires(['visibilitychange', 'pageshow', 'online'][play.turn % 3]),
  'page: frozen for an hour, then thawed': async (play) => {
    play.stage.freezes(3_600_000);
    await play.stage.passes(['waiting', 'connecting', 'greeting'].includes(play.state) ? 0 : 2_000);
  },
};

/** Plays every cell of a table; `set` brings something into a state, and its `state` says what became of it. */
async function plays(context, names, table, set, events) {
  const [[, ...states], ...cells] = rows(table);
  const named = new Set(rows(names).slice(1).map(([state]) => state));
  assert.deepEqual(new Set(states), named);
  assert.deepEqual(cells.map(([event]) => event.replaceAll('`', '')), Object.keys(events));
  for (const [event, ...outcomes] of cells) {
    assert.equal(outcomes.length, states.length, event);
    for (const [turn, outcome] of outcomes.entries()) {
      assert.ok(outcome === '·' || named.has(outcome), `${event}: "${outcome}"`);
      await context.test(`${event} in ${states[turn]}`, async () => {
        const play = await set(states[turn]);
        play.turn = turn;
        await events[event.replaceAll('`', '')](play);
        await settled();
        assert.equal(play.state, outcome === '·' ? states[turn] : outcome);
      });
    }
  }
}

test('the table of docs/client.md is total: every event in every state has its outcome', (context) =>
  plays(context, 'States\n', 'Every event in every state', (state) => Play.in(setUps[state] ?? state), EVENTS));

/** A publish with its deadline after a minute, on a page without subscriptions. */
class PublishPlay {
  stage = new Stage();
  signal = new AbortController();
  welcome = { features: ['publish'] };

  static async in(state) {
    const play = new PublishPlay();
    play.bridge = play.stage.bridge('/laundry', { onError: () => {} });
    const publishing = play.bridge.channel('commands').publish(1, { signal: play.signal.signal });
    publishing.then(() => (play.end = 'stored'), () => (play.end = 'failed'));
    await settled();
    await play[state]();
    assert.equal(play.state, state, 'the stage is set');
    return play;
  }

  async waiting() {}

  async sent() {
    await this.stage.socket.welcomes(this.welcome);
  }

  async pausing() {
    await this.sent();
    await this.refuses('busy', true);
  }

  async stored() {
    await this.sent();
    await this.acks();
  }

  async failed() {
    await this.sent();
    await this.refuses('forbidden', false);
  }

  get lines() {
    return this.stage.socket.asked('publish');
  }

  async acks() {
    await this.stage.socket.says({ op: 'ack', id: this.lines.at(-1)?.id ?? 1, at: '0@1.0' });
  }

  async refuses(code, retry) {
    this.refused = this.lines.at(-1);
    await this.stage.socket.says({ op: 'error', id: this.refused?.id ?? 1, code, message: 'No.', retry });
  }

  get state() {
    return this.end ?? (this.lines.length === 0 ? 'waiting' : this.lines.at(-1) === this.refused ? 'pausing' : 'sent');
  }
}

/** An end of the connection, and how it is after the next attempt has begun. */
const cut = (code) => async (play) => {
  const over = ['stored', 'failed'].includes(play.state);
  await play.stage.socket.ends(code);
  if (!over) await play.stage.reopens();
};

const PUBLISH_EVENTS = {
  'page: close()': (play) => play.bridge.close(),
  'page: its signal is aborted': (play) => play.signal.abort(),
  'line: welcome, features with publish': (play) => play.stage.socket.welcomes(play.welcome),
  'line: welcome, features without publish': (play) => play.state === 'waiting' && play.stage.socket.welcomes(),
  'line: welcome, value over publishBytes': (play) =>
    play.state === 'waiting' && play.stage.socket.welcomes({ ...play.welcome, limits: { publishBytes: 0 } }),
  'line: ack': (play) => play.acks(),
  'line: error, retry true': (play) => play.refuses('internal', true),
  'line: error, busy, source_unavailable, limit_exceeded': (play) =>
    play.refuses(['busy', 'source_unavailable', 'limit_exceeded'][play.turn % 3], false),
  'line: error, outcome_unknown': (play) => play.refuses('outcome_unknown', false),
  'line: error, any other code': (play) => play.refuses(['forbidden', 'bad_request', 'value_too_large'][play.turn % 3], false),
  'socket: close 4400, 4403, 4410 or 4426': (play) => play.stage.socket.ends([4400, 4403, 4410, 4426][play.turn % 4]),
  'socket: any other close': cut(1006),
  'time: the pause is over': (play) => play.stage.passes(250),
  'time: the deadline': async (play) => {
    for (let n = 0; n < 6; n++) {
      await play.stage.passes(10_000);
      await play.stage.socket.says({ op: 'beat', n });
    }
  },
};

test('the table of docs/client.md for a publish is total', (context) =>
  plays(context, 'States of a publish', 'Every event for a publish', PublishPlay.in, PUBLISH_EVENTS));

/** A place that a page waits for; its subscription is answered, but for held. */
class PlacePlay {
  stage = new Stage();
  signal = new AbortController();

  static async in(state) {
    const play = new PlacePlay();
    play.bridge = play.stage.bridge('/laundry', { onError: () => {} });
    play.told = play.stage.watch(play.bridge, 'machines');
    const waiting = play.told.handle.caughtUp('0@10.0', { signal: play.signal.signal });
    waiting.then(() => (play.end = 'reached'), () => (play.end = 'failed'));
    await settled();
    await play.stage.socket.welcomes({ features: ['await'] });
    await play[state]();
    assert.equal(play.state, state, 'the stage is set');
    return play;
  }

  async held() {}

  async asked() {
    await this.stage.socket.subscribes('machines', AT, { op: 'live', ch: 'machines' });
  }

  async pausing() {
    await this.asked();
    await this.refuses('source_unavailable');
  }

  async reached() {
    await this.asked();
    await this.reaches();
  }

  async failed() {
    await this.asked();
    await this.refuses('bad_position');
  }

  get line() {
    return this.stage.socket.asked('await').at(-1);
  }

  get state() {
    const { line, end } = this;
    return end ?? (!line || line === this.ended ? 'held' : line === this.refused ? 'pausing' : 'asked');
  }

  async says(line) {
    await this.stage.socket.says({ ch: 'machines', ...line });
  }

  async reaches() {
    await this.says({ op: 'reached', id: this.line?.id ?? 99 });
  }

  async refuses(code) {
    this.refused = this.line;
    await this.says({ op: 'error', id: this.line?.id ?? 99, code, message: 'No.', retry: false });
  }

  async unsubscribed(reason) {
    this.ended = this.line;
    await this.says({ op: 'unsubscribed', reason });
  }
}

const PLACE_EVENTS = {
  'page: unsubscribe() or close()': (play) => (play.turn % 2 ? play.told.handle.unsubscribe() : play.bridge.close()),
  'page: its signal is aborted': (play) => play.signal.abort(),
  'page: seek()': (play) => play.told.handle.seek(AT),
  'line: subscribed': (play) => play.stage.socket.subscribes('machines', AT),
  'line: reached': (play) => play.reaches(),
  'line: an event or bookmark behind the place': (play) =>
    play.says(play.turn % 2 ? record('0@10.0', 1) : { op: 'bookmark', at: 'e.1:0@11.0' }),
  'line: error, bad_position': (play) => play.refuses('bad_position'),
  'line: error, any other code': (play) => play.refuses(['limit_exceeded', 'source_unavailable', 'bad_request'][play.turn % 3]),
  'line: unsubscribed, reason forbidden': (play) => play.unsubscribed('forbidden'),
  'line: unsubscribed, another reason': (play) => play.unsubscribed('the server stopped it'),
  'socket: close 4400, 4403, 4410 or 4426': (play) => play.stage.socket.ends([4400, 4403, 4410, 4426][play.turn % 4]),
  'socket: any other close': async (play) => {
    await play.stage.socket.ends(1006);
    await play.stage.reopens();
  },
  'time: the pause is over': (play) => play.stage.passes(250),
  'time: the timeout': (play) => play.stage.passes(10_000),
};

test('the table of docs/client.md for a place is total', (context) =>
  plays(context, 'States of a place', 'Every event for a place', PlacePlay.in, PLACE_EVENTS));

test('every invariant of docs/client.md has its test', () => {
  const folder = new URL('.', import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.test.mjs'));
  const tests = files.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('');
  const invariants = section('Invariants').split('\n').filter((line) => line.startsWith('- '));
  assert.ok(invariants.length > 10);
  for (const invariant of invariants) assert.ok(tests.includes(`test('${invariant.slice(2)}'`), invariant);
});
