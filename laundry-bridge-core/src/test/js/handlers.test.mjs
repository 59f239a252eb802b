import assert from 'node:assert/strict';
import { test } from 'node:test';
import { event, settled, Stage } from './stage.mjs';

const live = { op: 'live', ch: 'machines' };

test('a subscription that is made, ended and made again in one turn is requested once', async () => {
  const stage = new Stage();
  const bridge = stage.bridge();
  const first = stage.watch(bridge, 'machines', { from: 'live' });
  first.handle.unsubscribe();
  const second = stage.watch(bridge, 'machines', { from: 'live' });
  await settled();
  await stage.socket.welcomes();
  assert.deepEqual(stage.socket.sent.map(({ op }) => op), ['subscribe']);
  await stage.socket.subscribes('machines', 'e.1:0@10.0', event('0@10.0', 1), live);
  assert.deepEqual([first.values, second.values], [[], [1]]);
  assert.deepEqual(first.states, []);
});

test('a subscription that is ended and made again while it is live hears nothing of its predecessor', async () => {
  for (const answers of ['all', 'overtaken']) {
    const stage = new Stage();
    const { bridge, machines } = await stage.live();
    machines.handle.unsubscribe();
    const strict = stage.watch(bridge, 'machines');
    await settled();
    strict.handle.unsubscribe();
    const second = stage.watch(bridge, 'machines');
    await settled();
    assert.deepEqual(stage.socket.sent.slice(1).map(({ op }) => op), ['unsubscribe', 'subscribe', 'unsubscribe', 'subscribe']);
    const [, leave, ask, again, last] = stage.socket.sent;
    await stage.socket.says(
      event('0@10.0', 'old'),
      { op: 'gap', ch: 'machines', p: '0', from: '0@10.0', to: '0@11.0', reason: 'overflow' },
      { op: 'unsubscribed', id: leave.id, ch: 'machines', reason: 'asked for' },
      answers === 'all'
        ? { op: 'subscribed', id: ask.id, ch: 'machines', at: 'e.1:0@11.0', recovered: true }
        : { op: 'unsubscribed', id: ask.id, ch: 'machines', reason: 'asked for' },
      event('0@11.0', 'of the one between'),
      { op: 'unsubscribed', id: again.id, ch: 'machines', reason: 'asked for' },
      { op: 'subscribed', id: last.id, ch: 'machines', at: 'e.1:0@12.0', recovered: true },
      event('0@12.0', 'new'),
      live,
    );
    assert.deepEqual([machines.values, strict.values, second.values], [[], [], ['new']]);
    assert.deepEqual(second.gaps, []);
    assert.equal(second.handle.state, 'live');
  }
});

test('a subscription that is updated and ended in one turn is ended at the server too', async () => {
  const stage = new Stage();
  const machines = stage.watch(stage.bridge(), 'machines');
  await settled();
  await stage.socket.welcomes();
  machines.handle.update({ keys: ['m-1'] });
  machines.handle.unsubscribe();
  await settled();
  assert.deepEqual(stage.socket.sent.map(({ op }) => op), ['subscribe', 'unsubscribe']);
});

/** Lines that call each handler, behind `subscribed`. */
const CALLS = {
  onEvent: [event('0@10.0', 1)],
  onState: [live],
  onGap: [{ op: 'gap', ch: 'machines', p: '0', from: '0@10.0', to: '0@11.0', reason: 'overflow' }],
  onReset: [{ op: 'reset', ch: 'machines', reason: 'epoch', at: 'e.2:0@0.0' }],
  onSnapshot: [{ op: 'snapshot', ch: 'machines', state: 'begin' }],
  onClock: [{ op: 'clock', ch: 'machines', ts: 1, at: 'e.1:0@10.0' }],
  onPaused: [{ op: 'paused', ch: 'machines', ts: 1, at: 'e.1:0@10.0' }],
  onError: [{ op: 'error', id: 1, code: 'bad_filter', message: 'No.', retry: false }],
};

const METHODS = {
  unsubscribe: ({ machines }) => machines.handle.unsubscribe(),
  'unsubscribe and subscribe': ({ stage, bridge, machines }) => {
    machines.handle.unsubscribe();
    stage.watch(bridge, 'machines');
  },
  'unsubscribe the other': ({ others }) => others.handle.unsubscribe(),
  update: ({ machines }) => machines.handle.update({ keys: ['m-2'] }),
  view: ({ machines }) => machines.handle.view(['m-2']),
  subscribe: ({ stage, bridge }) => stage.watch(bridge, 'third'),
  publish: ({ machines }) => machines.handle.publish(1).catch(() => {}),
  caughtUp: ({ machines }) => machines.handle.caughtUp('0@99.0').catch(() => {}),
  seek: ({ machines }) => machines.handle.seek('e.1:0@3.0'),
  'speed and live': ({ machines }) => (machines.handle.speed(2), machines.handle.live()),
  close: ({ bridge }) => bridge.close(),
};

test('every handler may call every method', async (context) => {
  for (const [handler, lines] of Object.entries(CALLS)) {
    for (const [method, call] of Object.entries(METHODS)) {
      await context.test(`${method} within ${handler}`, async () => {
        const stage = new Stage();
        const play = { stage, bridge: stage.bridge('/laundry', { onError: (error) => stage.errors.push(error) }) };
        let armed = false;
        let called = 0;
        const handle = () => {
          if (!armed) return;
          armed = false;
          called++;
          call(play);
        };
        play.machines = stage.watch(play.bridge, 'machines', { [handler]: handle });
        play.others = stage.watch(play.bridge, 'others');
        await settled();
        await stage.socket.welcomes({ features: ['view'] });
        armed = handler === 'onError';
        if (handler !== 'onError') {
          await stage.socket.subscribes('machines', 'e.1:0@10.0');
          armed = true;
        }
        await stage.socket.says(...lines, { op: 'beat', n: 1 });
        assert.equal(called, 1);
        assert.deepEqual(stage.errors, []);
        await stage.passes(1_000);
        if (method === 'close') {
          assert.equal(stage.timers, 0);
          assert.equal(stage.sockets.length, 1);
          return;
        }
        assert.equal(stage.socket.closedWith, null);
        assert.equal(stage.socket.asked('beat').length, 1);
        await stage.socket.ends(1006);
        if ((await stage.reopens()) === Infinity) return; // all is denied or ended
        await stage.socket.welcomes({ features: ['view'] });
        const wanted = new Set(stage.socket.asked('subscribe').map(({ ch }) => ch));
        assert.equal(wanted.has('others'), method !== 'unsubscribe the other');
        if (method === 'unsubscribe') assert.ok(!wanted.has('machines'));
        if (method === 'subscribe') assert.ok(wanted.has('third'));
      });
    }
  }
});

test('who was unsubscribed by a neighbour in the same moment is not called', async () => {
  const stage = new Stage();
  const bridge = stage.bridge();
  const told = [];
  let second;
  bridge.subscribe('first', { onState: (state) => state === 'lagging' && second.unsubscribe() });
  second = bridge.subscribe('second', { onState: (state) => told.push(state) });
  await settled();
  await stage.socket.welcomes();
  assert.deepEqual(told, ['blind']);
});
