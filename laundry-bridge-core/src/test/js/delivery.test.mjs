import assert from 'node:assert/strict';
import { test } from 'node:test';
import { event, settled, Stage } from './stage.mjs';

test('connects with the first subscription and not before', async () => {
  const stage = new Stage();
  const bridge = stage.bridge('/laundry');
  await settled();
  assert.equal(stage.sockets.length, 0);
  stage.watch(bridge, 'machines');
  await settled();
  assert.equal(stage.sockets.length, 1);
  assert.equal(stage.socket.protocol, 'laundry-bridge.v1');
  assert.equal(stage.socket.binaryType, 'arraybuffer');
});

test('turns relative, http and https addresses into WebSocket addresses', async () => {
  for (const [url, expected] of [
    ['/laundry', 'wss://laundry.example/laundry'],
    ['laundry?x=1', 'wss://laundry.example/app/laundry?x=1'],
    ['http://127.0.0.1:8080/laundry', 'ws://127.0.0.1:8080/laundry'],
    ['wss://elsewhere.example/laundry', 'wss://elsewhere.example/laundry'],
  ]) {
    const stage = new Stage();
    stage.bridge(url).subscribe('machines');
    await settled();
    assert.equal(stage.socket.url, expected);
  }
});

test('an address that is none is refused by the constructor', () => {
  assert.throws(() => new Stage().bridge('http://'), TypeError);
});

test('a relative address follows the base of the page, and in a worker its file', async () => {
  for (const [env, expected] of [
    [{ document: { baseURI: 'https://laundry.example/shop/' } }, 'wss://laundry.example/shop/laundry'],
    [{ document: { baseURI: 'https://outer.example/a/b' }, location: { href: 'about:srcdoc' } }, 'wss://outer.example/a/laundry'],
    [{ location: { href: 'https://laundry.example/js/worker.js' } }, 'wss://laundry.example/js/laundry'],
  ]) {
    const stage = new Stage();
    Object.assign(stage.env, env);
    stage.bridge('laundry').subscribe('machines');
    await settled();
    assert.equal(stage.socket.url, expected);
  }
});

test('a relative address where there is nothing to be relative to is refused with words', () => {
  for (const location of [{ href: 'blob:https://laundry.example/1' }, { href: 'data:text/javascript,1' }, undefined]) {
    const stage = new Stage();
    stage.env.location = location;
    assert.throws(() => stage.bridge('/laundry'), { name: 'TypeError', message: /"\/laundry" is no address here.*wss:/ });
  }
});

test('asks for everything that was subscribed before the welcome in one frame of several lines', async () => {
  const stage = new Stage();
  const bridge = stage.bridge();
  for (const channel of ['a', 'b', 'c']) stage.watch(bridge, channel);
  await settled();
  assert.equal(stage.socket.frames.length, 0);
  await stage.socket.welcomes();
  assert.equal(stage.socket.frames.length, 1);
  assert.deepEqual(stage.socket.sent.map((line) => line.ch), ['a', 'b', 'c']);
});

test('keeps frames small enough for the server, however many channels there are', async () => {
  const stage = new Stage();
  const bridge = stage.bridge();
  for (let n = 0; n < 40; n++) stage.watch(bridge, `channel-${n}`, { keys: ['x'.repeat(900)] });
  await settled();
  await stage.socket.welcomes();
  assert.equal(stage.socket.sent.length, 40);
  assert.ok(stage.socket.frames.every((frame) => frame.length <= 5100));
});

test('sends keys, filter, rates, from and else as they were given, and nothing that was not', async () => {
  const stage = new Stage();
  const bridge = stage.bridge();
  stage.watch(bridge, 'a', {
    keys: ['m-1', 'site-7/*'],
    where: { gt: ['/temperature', 60] },
    every: 250,
    flush: 50,
    from: 'last:10',
    else: 'snapshot',
  });
  stage.watch(bridge, 'b');
  await settled();
  await stage.socket.welcomes();
  const [a, b] = stage.socket.sent;
  assert.deepEqual(a, {
    op: 'subscribe',
    id: a.id,
    ch: 'a',
    from: 'last:10',
    else: 'snapshot',
    keys: ['m-1', 'site-7/*'],
    where: { gt: ['/temperature', 60] },
    every: 250,
    flush: 50,
  });
  assert.deepEqual(b, { op: 'subscribe', id: b.id, ch: 'b' });
});

test('hands on events with key, value, place, timestamp and channel', async () => {
  const stage = new Stage();
  const { machines } = await stage.live();
  await stage.socket.says(event('0@10.7', { temperature: 61.5 }));
  assert.deepEqual(machines.events, [
    {
      key: 'm-42',
      value: { temperature: 61.5 },
      at: '0@10.7',
      timestamp: 1732375000000,
      left: false,
      channel: 'machines',
    },
  ]);
});

test('tells deletions, keyless records and keys that left the filter', async () => {
  const stage = new Stage();
  const { machines } = await stage.live();
  await stage.socket.says(event('0@10.7', null), event('0@11.7', 1, { k: null }), event('0@12.7', null, { left: true }));
  assert.deepEqual(
    machines.events.map(({ key, value, left }) => [key, value, left]),
    [
      ['m-42', null, false],
      [null, 1, false],
      ['m-42', null, true],
    ],
  );
});

test('reads every line of a frame, in order, and lets an LF at the end pass', async () => {
  const stage = new Stage();
  const { machines } = await stage.live();
  await stage.socket.receives(`${[10, 11, 12].map((n) => JSON.stringify(event(`0@${n}.0`, n))).join('\n')}\n`);
  assert.deepEqual(machines.values, [10, 11, 12]);
});

test('reads binary frames like text frames', async () => {
  const stage = new Stage();
  const { machines } = await stage.live();
  const text = `${JSON.stringify(event('0@10.0', 'Wäscherei 🧺'))}\n${JSON.stringify(event('0@11.0', 2))}`;
  await stage.socket.receives(new TextEncoder().encode(text).buffer);
  assert.deepEqual(machines.values, ['Wäscherei 🧺', 2]);
});

test('answers a beat at once and only after the events before it were handed on', async () => {
  const stage = new Stage();
  const order = [];
  await stage.live('e.1:0@10.0', { onEvent: ({ value }) => order.push(value) });
  const { socket } = stage;
  const { send } = socket;
  socket.send = (frame) => {
    order.push(frame);
    send.call(socket, frame);
  };
  await socket.says(event('0@10.0', 1), { op: 'beat', n: 17 }, event('0@11.0', 2));
  assert.deepEqual(order, [1, '{"op":"beat","n":17}', 2]);
});

test('ignores operations, fields and channels that it does not know', async () => {
  const stage = new Stage();
  const { machines } = await stage.live();
  await stage.socket.says(
    { op: 'fanfare', ch: 'machines' },
    { op: 'constructor', ch: 'machines' },
    event('0@10.0', 1, { colour: 'blue' }),
    event('0@5.0', 2, { ch: 'others' }),
    { op: 'pong', id: 3 },
  );
  assert.deepEqual(machines.values, [1]);
  assert.equal(stage.sockets.length, 1);
});

test('a handler that throws stops nothing: the error is reported and the position advances', async () => {
  const stage = new Stage();
  const { machines } = await stage.live('e.1:0@10.0', {
    onEvent: ({ value }) => {
      if (value === 1) throw new Error('bad tile');
    },
  });
  await stage.socket.says(event('0@10.0', 1), event('0@11.0', 2));
  assert.equal(machines.handle.position, 'e.1:0@12.0');
  assert.equal(machines.errors.length, 1);
  assert.equal(machines.errors[0].code, 'handler');
  assert.equal(machines.errors[0].cause.message, 'bad tile');
  assert.equal(machines.errors[0].channel, 'machines');
});

test('a throwing error handler stops nothing either', async (context) => {
  const logged = context.mock.method(console, 'error', () => {});
  const stage = new Stage();
  const { machines } = await stage.live('e.1:0@10.0', {
    onEvent: () => {
      throw new Error('first');
    },
    onError: () => {
      throw new Error('second');
    },
  });
  await stage.socket.says(event('0@10.0', 1), event('0@11.0', 2));
  assert.equal(machines.handle.position, 'e.1:0@12.0');
  assert.equal(logged.mock.callCount(), 2);
});

test('errors go to the subscription, else to the bridge, else to the console', async (context) => {
  const logged = context.mock.method(console, 'error', () => {});
  for (const [own, whole, expected] of [
    [true, true, 'own'],
    [false, true, 'whole'],
    [false, false, 'console'],
  ]) {
    const stage = new Stage();
    const told = [];
    const bridge = stage.bridge('/laundry', whole ? { onError: () => told.push('whole') } : {});
    bridge.subscribe('machines', own ? { onError: () => told.push('own') } : {});
    await settled();
    await stage.socket.welcomes();
    await stage.socket.says({ op: 'error', id: stage.socket.sent[0].id, code: 'forbidden', message: 'No.', retry: false });
    if (logged.mock.callCount()) told.push('console');
    assert.deepEqual(told, [expected]);
  }
});

test('a second subscription to a channel is refused with a sentence', async () => {
  const stage = new Stage();
  const { bridge } = await stage.live();
  assert.throws(() => bridge.subscribe('machines'), /"machines" has a subscription.*update\(\)/);
});

test('update replaces what is named, keeps the rest and keeps its place', async () => {
  const stage = new Stage();
  const { machines } = await stage.live('e.1:0@10.0', { keys: ['m-1'], every: 250, from: 'live' });
  machines.handle.update({ keys: ['m-2'] });
  await settled();
  const { id, ...line } = stage.socket.asked('subscribe').at(-1);
  assert.deepEqual(line, { op: 'subscribe', ch: 'machines', keys: ['m-2'], every: 250 });
  machines.handle.update({ every: undefined });
  await settled();
  assert.deepEqual(Object.keys(stage.socket.sent.at(-1)), ['op', 'id', 'ch', 'keys']);
});

test('an update refused leaves the old selection, live and resumed', async () => {
  const stage = new Stage();
  const { machines } = await stage.live('e.1:0@10.0', { keys: ['m-1'] });
  machines.handle.update({ where: { eq: ['/secret', 1] } });
  await settled();
  const { id } = stage.socket.sent.at(-1);
  await stage.socket.says({ op: 'error', id, code: 'bad_filter', message: 'No such field.', retry: false });
  assert.equal(machines.handle.state, 'live');
  assert.equal(machines.errors[0].code, 'bad_filter');
  await stage.socket.ends(1006);
  await stage.passes(500);
  await stage.socket.welcomes();
  await stage.socket.subscribes('machines', 'e.1:0@10.0');
  assert.deepEqual(stage.socket.sent.map(({ keys, where, from }) => [keys, where, from]), [
    [['m-1'], undefined, 'at:e.1:0@10.0'],
  ]);
});

test('an update refused does not undo the one that was made after it', async () => {
  const stage = new Stage();
  const { machines } = await stage.live('e.1:0@10.0', { keys: ['m-1'] });
  machines.handle.update({ keys: ['bad'] });
  await settled();
  machines.handle.update({ keys: ['m-2'] });
  await settled();
  const [, refused, wanted] = stage.socket.asked('subscribe');
  await stage.socket.refuses(refused, 'bad_request');
  await stage.socket.answers(wanted, { at: 'e.1:0@10.0' }, event('0@10.0', 1));
  await stage.socket.ends(1006);
  await stage.passes(500);
  await stage.socket.welcomes();
  await stage.socket.subscribes('machines', 'e.1:0@11.0');
  assert.deepEqual(stage.socket.sent.map(({ keys }) => keys), [['m-2']]);
});

test('updates in quick succession are each asked for once', async () => {
  const stage = new Stage();
  const { machines } = await stage.live('e.1:0@10.0', { keys: ['m-1'] });
  for (const key of ['m-2', 'm-3']) {
    machines.handle.update({ keys: [key] });
    await settled();
  }
  const [, ...updates] = stage.socket.asked('subscribe');
  for (const update of updates) await stage.socket.answers(update, { at: 'e.1:0@10.0' });
  assert.deepEqual(stage.socket.asked('subscribe').map(({ keys }) => keys[0]), ['m-1', 'm-2', 'm-3']);
});

test('an update before the first answer starts over, and the first answer no longer counts', async () => {
  const stage = new Stage();
  const bridge = stage.bridge();
  const machines = stage.watch(bridge, 'machines', { keys: ['m-1'], from: 'last:10' });
  await settled();
  await stage.socket.welcomes();
  machines.handle.update({ keys: ['m-2'] });
  await settled();
  const [first, second] = stage.socket.asked('subscribe');
  assert.deepEqual([second.keys, second.from], [['m-2'], 'last:10']);
  await stage.socket.answers(first, { at: 'e.1:0@1.0' }, event('0@1.0', 'old selection'));
  await stage.socket.answers(second, { at: 'e.1:0@1.0' }, event('0@1.0', 'new selection'));
  assert.deepEqual(machines.values, ['new selection']);
});

test('later changes to the arrays it was given change nothing', async () => {
  const stage = new Stage();
  const keys = ['m-1'];
  await stage.live('e.1:0@10.0', { keys });
  keys.push('m-2');
  await stage.socket.ends(1006);
  await stage.passes(500);
  await stage.socket.welcomes();
  assert.deepEqual(stage.socket.sent[0].keys, ['m-1']);
});

test('after unsubscribe no handler is called, and the channel is free again', async () => {
  const stage = new Stage();
  const { bridge, machines } = await stage.live();
  machines.handle.unsubscribe();
  machines.handle.unsubscribe();
  await settled();
  const asked = stage.socket.asked('unsubscribe');
  assert.equal(asked.length, 1);
  const again = stage.watch(bridge, 'machines');
  await settled();
  await stage.socket.says(
    event('0@10.0', 'old'),
    { op: 'live', ch: 'machines' },
    { op: 'bookmark', ch: 'machines', at: 'e.2:0@11.0' },
    { op: 'unsubscribed', id: asked[0].id, ch: 'machines', reason: 'asked' },
  );
  assert.equal(again.handle.position, null);
  await stage.socket.subscribes('machines', 'e.3:0@20.0', event('0@20.0', 'new'));
  assert.deepEqual(machines.values, []);
  assert.deepEqual(again.values, ['new']);
  assert.equal(again.handle.state, 'lagging');
});

test('an answer that comes after unsubscribe calls nobody', async () => {
  const stage = new Stage();
  const bridge = stage.bridge('/laundry', { onError: (error) => stage.errors.push(error) });
  const machines = stage.watch(bridge, 'machines', { from: 'at:e.1:0@1.0' });
  await settled();
  await stage.socket.welcomes();
  machines.handle.unsubscribe();
  await stage.socket.refuses(stage.socket.sent[0], 'bad_position');
  assert.deepEqual([machines.resets, machines.errors, stage.errors.length], [[], [], 1]);
});

test('unsubscribe while offline simply forgets', async () => {
  const stage = new Stage();
  const { machines } = await stage.live();
  await stage.socket.ends(1006);
  machines.handle.unsubscribe();
  await stage.passes(60_000);
  assert.equal(stage.sockets.length, 1);
  assert.equal(machines.handle.position, 'e.1:0@10.0');
});

test('a handler may unsubscribe or close in the middle of a frame', async () => {
  const stage = new Stage();
  const values = [];
  const { bridge, machines } = await stage.live('e.1:0@10.0', {
    onEvent: ({ value }) => {
      values.push(value);
      machines.handle.unsubscribe();
    },
  });
  await stage.socket.says(event('0@10.0', 1), event('0@11.0', 2));
  assert.deepEqual(values, [1]);
  const others = stage.watch(bridge, 'others', {
    onEvent: ({ value }) => {
      values.push(value);
      bridge.close();
    },
  });
  await settled();
  const lines = [3, 4].map((n) => event(`0@${n}.0`, n, { ch: 'others' }));
  await stage.socket.subscribes('others', 'e.1:0@1.0', ...lines, { op: 'beat', n: 1 });
  assert.deepEqual(values, [1, 3]);
  assert.equal(others.handle.state, 'blind');
  assert.equal(stage.socket.asked('beat').length, 0);
  assert.deepEqual(stage.errors, []);
});

test('close ends the socket, the timers and the listeners, and says blind once', async () => {
  const stage = new Stage();
  const { bridge, machines } = await stage.live();
  assert.deepEqual(stage.listeners, ['online', 'offline', 'visibilitychange', 'pageshow', 'focus', 'resume']);
  bridge.close();
  bridge.close();
  await settled();
  assert.equal(stage.socket.closedWith, 1000);
  assert.equal(stage.timers, 0);
  assert.deepEqual(stage.listeners, []);
  assert.deepEqual(machines.stateNames.slice(-2), ['live', 'blind']);
  assert.equal(machines.lastState[1].reason, 'closed');
  assert.equal(bridge.state, 'blind');
  assert.throws(() => bridge.subscribe('others'), /closed/);
});

test('close from a state handler, at any state, is final', async () => {
  for (const when of ['blind', 'lagging', 'live', 'lost', 'denied']) {
    const stage = new Stage();
    const bridge = stage.bridge('/laundry', {
      onState: (state, { reason }) => [state, reason].includes(when) && bridge.close(),
    });
    stage.watch(bridge, 'machines');
    await settled();
    if (when !== 'blind') {
      await stage.socket.welcomes();
      await stage.socket.subscribes('machines', 'e.1:0@1.0');
      if (stage.socket.closedWith === null) await stage.socket.says({ op: 'live', ch: 'machines' });
      if (when === 'lost') await stage.socket.ends(1006);
      if (when === 'denied') await stage.socket.ends(4403);
    }
    await stage.passes(60_000);
    assert.equal(stage.sockets.length, 1, when);
    assert.equal(bridge.state, when === 'denied' ? 'denied' : 'blind', when);
    assert.equal(stage.timers, 0, when);
  }
});
