import assert from 'node:assert/strict';
import { test } from 'node:test';
import { event, settled, Stage } from './stage.mjs';

const PUBLISH = { features: ['publish'], limits: { publishBytes: 100 } };

/** A publish whose outcome is written down, and how often it settled. */
function published(publishing) {
  const told = { receipts: [], errors: [] };
  publishing.then(
    (receipt) => told.receipts.push(receipt),
    (error) => told.errors.push(error),
  );
  return told;
}

async function ready(stage, options = {}) {
  const bridge = stage.bridge('/laundry', { onError: (error) => stage.errors.push(error), ...options });
  const commands = bridge.channel('commands');
  return { bridge, commands, publish: (value, more) => published(commands.publish(value, more)) };
}

async function welcomed(stage, options) {
  const page = await ready(stage, options);
  const first = page.publish('first');
  await settled();
  await stage.socket.welcomes(PUBLISH);
  await acks(stage);
  assert.equal(first.receipts.length, 1);
  return page;
}

const newest = (stage) => stage.socket.asked('publish').at(-1);
const acks = (stage, { id } = newest(stage), at = '2@77.3') => stage.socket.says({ op: 'ack', id, at });

async function reconnects(stage) {
  await stage.reopens();
  await stage.socket.welcomes(PUBLISH);
}

test('a publish resolves with a receipt once the server has stored it', async () => {
  const stage = new Stage();
  const { commands } = await ready(stage);
  const told = published(commands.publish({ stop: true }, { key: 'm-42' }));
  await settled();
  assert.equal(stage.sockets.length, 1);
  await stage.socket.welcomes(PUBLISH);
  const { op, id, mid, ch, k, v } = newest(stage);
  assert.deepEqual([op, ch, k, v], ['publish', 'commands', 'm-42', { stop: true }]);
  assert.match(mid, /^[\w-]{1,64}$/);
  assert.deepEqual(told, { receipts: [], errors: [] });
  await stage.socket.says({ op: 'ack', id, at: '2@77.3' });
  assert.deepEqual(told.receipts, [{ at: '2@77.3', channel: 'commands', mid }]);
  await stage.passes(120_000);
  assert.equal(told.errors.length, 0);
});

test('a subscription publishes to its channel', async () => {
  const stage = new Stage();
  const { machines } = await stage.live();
  await stage.socket.ends(1006);
  await reconnects(stage);
  published(machines.handle.publish([1], { key: null }));
  await settled();
  assert.deepEqual([newest(stage).ch, newest(stage).v, 'k' in newest(stage)], ['machines', [1], false]);
});

test('the value of a publish is the one of the moment of the call', async () => {
  const stage = new Stage();
  const { publish } = await ready(stage);
  const value = { power: 1 };
  publish(value);
  value.power = 2;
  await settled();
  await stage.socket.welcomes(PUBLISH);
  assert.deepEqual(newest(stage).v, { power: 1 });
});

test('a publish waits for the login', async () => {
  const stage = new Stage();
  const { publish } = await ready(stage, { token: () => 'token' });
  publish(1);
  await settled();
  await stage.socket.welcomes({ ...PUBLISH, auth: 'required' });
  assert.deepEqual(stage.socket.sent.map(({ op }) => op), ['auth']);
  await stage.socket.says({ op: 'authenticated', id: 1, expires: null });
  assert.equal(newest(stage).v, 1);
});

test('a publish whose connection breaks is repeated over the next one', async () => {
  const stage = new Stage();
  const { publish } = await welcomed(stage);
  const told = publish(1);
  await settled();
  const { mid } = newest(stage);
  await stage.socket.ends(1006);
  await reconnects(stage);
  assert.deepEqual([newest(stage).mid, newest(stage).v], [mid, 1]);
  await acks(stage);
  assert.deepEqual([told.receipts.length, told.receipts[0].mid], [1, mid]);
});

test('a repeat has the same mid, and a new publish another one', async () => {
  const stage = new Stage();
  const { publish } = await welcomed(stage);
  const told = publish(1, { timeout: 300_000 });
  await settled();
  for (const code of ['busy', 'source_unavailable', 'outcome_unknown', 'limit_exceeded', 'internal']) {
    await stage.socket.refuses(newest(stage), code, 'Later.', true);
    await stage.passes(4_900);
    await stage.socket.says({ op: 'beat', n: 1 });
  }
  await stage.socket.ends(1006);
  await reconnects(stage);
  const lines = stage.sockets.flatMap((socket) => socket.asked('publish')).filter(({ v }) => v === 1);
  assert.equal(lines.length, 7);
  assert.equal(new Set(lines.map(({ mid }) => mid)).size, 1);
  assert.equal(new Set(lines.slice(0, 6).map(({ id }) => id)).size, 6);
  await acks(stage);
  publish(1);
  await settled();
  assert.notEqual(newest(stage).mid, told.receipts[0].mid);
});

test('without randomUUID, as on a page without TLS, every publish has a mid of its own all the same', async () => {
  const stage = new Stage();
  let byte = 0;
  stage.env.crypto = { getRandomValues: (bytes) => bytes.fill(byte++) };
  const { publish } = await ready(stage);
  publish(1);
  publish(2, { key: 'another' });
  await settled();
  await stage.socket.welcomes(PUBLISH);
  assert.deepEqual(stage.socket.asked('publish').map(({ mid }) => mid), ['00'.repeat(16), '01'.repeat(16)]);
});

test('the page may give the mid, to repeat a publish after a reload', async () => {
  const stage = new Stage();
  const { publish } = await ready(stage);
  const told = publish(1, { mid: 'order-7' });
  await settled();
  await stage.socket.welcomes(PUBLISH);
  await acks(stage);
  assert.equal(told.receipts[0].mid, 'order-7');
});

test('a refusal for now is followed by a pause that grows, with jitter', async () => {
  const stage = new Stage();
  const { publish } = await welcomed(stage);
  publish(1);
  await settled();
  for (const pause of [250, 500, 1_000, 2_000]) {
    await stage.socket.refuses(newest(stage), 'busy', 'Later.', true);
    const { length } = stage.socket.asked('publish');
    await stage.passes(pause - 1);
    assert.equal(stage.socket.asked('publish').length, length);
    await stage.passes(1);
    assert.equal(stage.socket.asked('publish').length, length + 1);
  }
});

test('what is refused for good rejects with the code and words of the server, and nothing is repeated', async () => {
  for (const code of ['forbidden', 'bad_request', 'not_publishable', 'value_too_large']) {
    const stage = new Stage();
    const { publish } = await welcomed(stage);
    const told = publish(1, { key: 'm-1' });
    await settled();
    const line = newest(stage);
    await stage.socket.refuses(line, code, 'Because.');
    const [error] = told.errors;
    assert.ok(error instanceof Error);
    assert.deepEqual([error.code, error.message, error.channel, error.mid], [code, 'Because.', 'commands', line.mid]);
    await stage.passes(60_000);
    assert.equal(newest(stage), line);
    assert.deepEqual(stage.errors, []);
  }
});

test('a publish that was sent without an answer fails with outcome_unknown, whatever ends it, unless it is refused', async () => {
  const ends = {
    deadline: (stage) => stage.passes(60_000),
    close: (stage, bridge) => bridge.close(),
    'final close': (stage) => stage.socket.ends(4403),
    'an answer that does not know': async (stage) => {
      await stage.socket.refuses(newest(stage), 'outcome_unknown');
      await stage.socket.ends(4403);
    },
    'lost rights': async (stage) => {
      await stage.socket.ends(1006);
      await reconnects(stage);
      await stage.socket.refuses(newest(stage), 'forbidden');
    },
    'a server that takes none': async (stage) => {
      await stage.socket.ends(1006);
      await stage.reopens();
      await stage.socket.welcomes();
    },
  };
  for (const [how, end] of Object.entries(ends)) {
    const stage = new Stage();
    const { bridge, publish } = await welcomed(stage);
    const told = publish(1);
    await settled();
    await end(stage, bridge);
    await settled();
    assert.equal(told.errors[0]?.code, 'outcome_unknown', how);
    assert.equal(told.errors[0].mid, stage.sockets[0].asked('publish').at(-1).mid, how);
  }
  const stage = new Stage();
  const { publish } = await welcomed(stage);
  const told = publish(1);
  await settled();
  await stage.socket.ends(1006);
  await reconnects(stage);
  await stage.socket.refuses(newest(stage), 'bad_request', '/stop is missing');
  assert.deepEqual([told.errors[0].code, told.errors[0].message], ['bad_request', '/stop is missing']);
});

test('a publish that was never sent, or always refused, fails with timeout at its deadline', async () => {
  const stage = new Stage();
  const { publish } = await ready(stage, { publishTimeout: 5_000 });
  const told = publish(1);
  await stage.passes(4_999);
  assert.equal(told.errors.length, 0);
  await stage.passes(1);
  assert.equal(told.errors[0].code, 'timeout');
  const other = new Stage();
  const page = await welcomed(other);
  const busy = page.publish(1, { timeout: 700 });
  await settled();
  await other.socket.refuses(newest(other), 'busy', 'Too much waits.', true);
  await other.passes(250);
  await other.socket.refuses(newest(other), 'busy', 'Too much waits.', true);
  await other.passes(450);
  assert.deepEqual([busy.errors[0].code, busy.errors[0].cause.code], ['timeout', 'busy']);
});

test('each publish settles exactly once, and by its deadline, whatever the network does', async () => {
  for (let seed = 1; seed <= 30; seed++) {
    let state = seed * 7919;
    const dice = (sides) => (state = (state * 48271) % 2147483647) % sides;
    const stage = new Stage();
    const { publish } = await ready(stage);
    const all = [];
    let stored = 0;
    for (let turn = 0; turn < 400; turn++) {
      if (dice(3) === 0) all.push(publish({ turn }, { key: `m-${dice(3)}` }));
      await settled();
      const socket = stage.socket;
      const open = socket && socket.closedWith === null && !socket.over;
      const lines = open ? socket.asked('publish').filter((line) => !line.done) : [];
      const line = lines[dice(lines.length || 1)];
      const fate = dice(10);
      if (open && !socket.greeted) {
        socket.greeted = true;
        await socket.welcomes(PUBLISH);
      } else if (line && fate < 6) {
        line.done = true;
        stored++;
        await acks(stage, line);
        if (dice(4) === 0) await acks(stage, line);
      } else if (line && fate < 8) {
        line.done = true;
        await socket.refuses(line, ['busy', 'outcome_unknown', 'forbidden', 'source_unavailable'][dice(4)]);
      } else if (open && fate === 9) {
        socket.over = true;
        await socket.ends(1006);
      }
      await stage.passes(dice(400));
    }
    await stage.passes(60_000);
    assert.ok(stored > 20, `seed ${seed}: ${stored}`);
    for (const { receipts, errors } of all) assert.equal(receipts.length + errors.length, 1, `seed ${seed}`);
  }
});

test('publishes of one key are sent one after the other, also when one is repeated, and other keys do not wait', async () => {
  const stage = new Stage();
  const { publish } = await welcomed(stage);
  const start = publish('start', { key: 'm-1' });
  const stop = publish('stop', { key: 'm-1' });
  publish('other', { key: 'm-2' });
  await settled();
  const values = () => stage.socket.asked('publish').map(({ v }) => v);
  assert.deepEqual(values().slice(1), ['start', 'other']);
  await stage.socket.refuses(stage.socket.asked('publish')[1], 'busy', 'Later.', true);
  await acks(stage);
  await stage.passes(300);
  assert.deepEqual(values().slice(1), ['start', 'other', 'start']);
  await stage.socket.ends(1006);
  await reconnects(stage);
  assert.deepEqual(values(), ['start']);
  await acks(stage);
  assert.deepEqual(values(), ['start', 'stop']);
  await acks(stage);
  assert.deepEqual([start.receipts.length, stop.receipts.length], [1, 1]);
});

test('publishes without a key keep their order, those of other channels do not wait', async () => {
  const stage = new Stage();
  const { bridge, publish } = await welcomed(stage);
  publish(1);
  publish(2);
  published(bridge.channel('others').publish(3));
  await settled();
  assert.deepEqual(stage.socket.asked('publish').map(({ v }) => v), ['first', 1, 3]);
  await acks(stage, stage.socket.asked('publish')[1]);
  assert.equal(newest(stage).v, 2);
});

test('at most a hundred publishes wait, the next is refused at once and the others go on', async () => {
  const stage = new Stage();
  const { publish } = await ready(stage);
  const all = Array.from({ length: 100 }, (_, n) => publish(n, { key: `m-${n}` }));
  const over = publish('over');
  await settled();
  assert.equal(over.errors[0].code, 'busy');
  await stage.socket.welcomes(PUBLISH);
  for (let n = 0; n < 10; n++) {
    for (const line of stage.socket.asked('publish')) await acks(stage, line);
    await stage.passes(1_000);
  }
  assert.ok(all.every(({ receipts }) => receipts.length === 1));
  assert.equal(publish('again').errors.length, 0);
  const small = new Stage();
  const page = await ready(small, { publishQueue: 1 });
  page.publish(1);
  const second = page.publish(2);
  await settled();
  assert.equal(second.errors[0].code, 'busy');
});

test('a value over the limit of the server is refused before it is sent, in bytes and not in characters', async () => {
  const stage = new Stage();
  const { publish } = await welcomed(stage);
  const fits = publish('x'.repeat(98));
  await settled();
  await acks(stage);
  const tooLong = publish('€'.repeat(33));
  const behind = publish('y');
  await settled();
  assert.deepEqual([fits.receipts.length, tooLong.errors[0].code], [1, 'value_too_large']);
  assert.equal(newest(stage).v, 'y');
  await acks(stage);
  assert.equal(behind.receipts.length, 1);
});

test('after 1009 a publish that is too long is rejected, and no other', async () => {
  const stage = new Stage();
  const { publish } = await ready(stage);
  const long = publish('x'.repeat(6_000), { key: 'a' });
  const short = publish('y', { key: 'b' });
  await settled();
  await stage.socket.welcomes({ features: ['publish'] });
  await stage.socket.ends(1009);
  await stage.reopens();
  await stage.socket.welcomes({ features: ['publish'] });
  assert.equal(long.errors[0].code, 'value_too_large');
  await acks(stage);
  assert.equal(short.receipts.length, 1);
});

test('a server that takes no publishes is told from one that is away', async () => {
  const stage = new Stage();
  const { publish } = await ready(stage);
  const told = publish(1);
  await settled();
  await stage.socket.welcomes();
  assert.deepEqual([told.errors[0].code, stage.socket.sent], ['not_publishable', []]);
});

test('values without a JSON form, closed bridges and final closes reject, and throw nothing', async () => {
  const stage = new Stage();
  const { bridge, publish } = await ready(stage);
  const circular = {};
  circular.self = circular;
  const wrong = [undefined, () => {}, 1n, circular].map((value) => publish(value));
  await settled();
  assert.deepEqual(wrong.map(({ errors }) => errors[0].code), Array(4).fill('bad_request'));
  assert.equal(stage.sockets.length, 0);
  const denied = publish(1);
  await settled();
  await stage.socket.ends(4403, 'disconnected');
  assert.deepEqual([denied.errors[0].code, denied.errors[0].message], [4403, 'disconnected']);
  const cut = publish(2);
  await settled();
  bridge.close();
  const late = publish(3);
  await settled();
  assert.deepEqual([cut.errors[0].code, late.errors[0].code], ['closed', 'closed']);
  assert.equal(stage.timers, 0);
});

test('a signal rejects with its reason, at any time, and what was sent is not repeated', async () => {
  const stage = new Stage();
  const { publish } = await welcomed(stage);
  const before = publish(0, { signal: AbortSignal.abort('too late') });
  const controller = new AbortController();
  const told = publish(1, { signal: controller.signal });
  const behind = publish(2);
  await settled();
  assert.deepEqual([before.errors, newest(stage).v], [['too late'], 1]);
  controller.abort();
  await settled();
  assert.equal(told.errors[0].name, 'AbortError');
  assert.equal(newest(stage).v, 2);
  await acks(stage, stage.socket.asked('publish').at(-2)); // of the one that was given up
  assert.equal(behind.receipts.length, 0);
  await stage.socket.ends(1006);
  await reconnects(stage);
  assert.deepEqual(stage.socket.asked('publish').map(({ v }) => v), [2]);
});

test('a flood of publishes stays within the budget of the server, and subscriptions go first', async () => {
  const stage = new Stage();
  const { bridge, publish } = await ready(stage, { publishQueue: 1_000 });
  for (let n = 0; n < 1_000; n++) publish(n, { key: `m-${n}`, timeout: 300_000 });
  await settled();
  await stage.socket.welcomes(PUBLISH);
  stage.watch(bridge, 'machines');
  let seen = 0;
  for (let n = 0; n < 150; n++) {
    await stage.passes(1_000);
    await stage.socket.says({ op: 'beat', n });
    const lines = stage.socket.asked('publish');
    assert.ok(lines.length <= 70 + 7 * (n + 1));
    for (const line of lines.slice(seen)) await acks(stage, line);
    seen = lines.length;
    if (n === 0) assert.equal(stage.socket.asked('subscribe').length, 1);
  }
  assert.equal(seen, 1_000);
});

test('the limits of the welcome for publishes count: their rate, and how many are under way', async () => {
  const stage = new Stage();
  const { publish } = await ready(stage, { publishTimeout: 600_000 });
  for (let n = 0; n < 60; n++) publish(n, { key: `m-${n}` });
  await settled();
  const limits = { publishes: 20, publishWindow: 10_000, publishesPending: 5 };
  await stage.socket.welcomes({ features: ['publish'], limits });
  assert.equal(stage.socket.asked('publish').length, 5);
  let seen = 0;
  for (let n = 0; n < 40; n++) {
    await stage.passes(1_000);
    await stage.socket.says({ op: 'beat', n });
    const lines = stage.socket.asked('publish');
    assert.ok(lines.length <= 14 + 1.4 * (n + 1), `${lines.length} after ${n} s`);
    assert.ok(lines.length - seen <= 5);
    seen = lines.length;
    for (const line of lines) await acks(stage, line);
  }
  assert.equal(seen, 60);
});

test('a publish without an answer makes the connection show that it works, long before its silence would', async () => {
  const stage = new Stage();
  const { publish } = await welcomed(stage);
  const told = publish(1);
  await settled();
  await stage.passes(5_000);
  assert.equal(stage.socket.asked('ping').length, 1);
  await stage.socket.says({ op: 'pong', id: stage.socket.asked('ping')[0].id });
  await stage.passes(5_000);
  assert.deepEqual([stage.sockets.length, stage.socket.asked('publish').length], [1, 2]);
  await acks(stage);
  assert.equal(told.receipts.length, 1);
  publish(2);
  await settled();
  await stage.passes(10_000); // no answer to the ping
  await reconnects(stage);
  assert.deepEqual([stage.sockets.length, newest(stage).v], [2, 2]);
});

test('a page that only publishes connects for it, and keeps no connection up', async () => {
  const stage = new Stage();
  const { publish } = await welcomed(stage);
  await stage.socket.ends(1008, 'no subscription');
  assert.equal(await stage.reopens(), Infinity);
  publish(1);
  await settled();
  assert.equal(stage.sockets.length, 2);
});

test('events go on while publishes wait', async () => {
  const stage = new Stage();
  const { machines } = await stage.live();
  const told = published(machines.handle.publish(1));
  await settled();
  assert.equal(told.errors[0].code, 'not_publishable');
  await stage.socket.says(event('0@10.0', 1));
  assert.deepEqual([machines.values, machines.handle.state], [[1], 'live']);
});
