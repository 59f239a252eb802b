import assert from 'node:assert/strict';
import { test } from 'node:test';
import { event, settled, Stage } from './stage.mjs';

const VIEW = { features: ['view'] };
const BOTH = { features: ['view', 'subscribe-view'] };

/** As the server counts: so many at once, refilled evenly over ten seconds. */
class ServerBudget {
  constructor(stage, lines = 256) {
    Object.assign(this, { stage, lines, left: lines, at: stage.now, seen: 0 });
  }

  check(socket) {
    this.left = Math.min(this.lines, this.left + ((this.stage.now - this.at) * this.lines) / 10_000);
    this.at = this.stage.now;
    const sent = socket.sent.filter(({ op }) => op !== 'beat').length;
    this.left -= sent - this.seen;
    this.seen = sent;
    assert.ok(this.left >= 0, `over ${this.lines} lines in 10 s`);
  }
}

const live = (channel) => ({ op: 'live', ch: channel });

test('any number of view and update calls is a few lines per second, and the newest wins', async () => {
  for (const [call, read] of [
    [(handle, n) => handle.view([`m-${n}`]), (line) => line.keys],
    [(handle, n) => handle.update({ keys: [`m-${n}`] }), (line) => line.keys],
  ]) {
    const stage = new Stage();
    const machines = stage.watch(stage.bridge(), 'machines');
    await settled();
    await stage.socket.welcomes(VIEW);
    await stage.socket.subscribes('machines', 'e.1:0@10.0', live('machines'));
    const before = stage.socket.sent.length;
    for (let n = 0; n < 600; n++) {
      call(machines.handle, n);
      call(machines.handle, n);
      await stage.passes(16);
    }
    assert.ok(stage.socket.sent.length - before <= 4 * 10 + 3, `${stage.socket.sent.length} lines in 9.6 s`);
    await stage.passes(250);
    assert.deepEqual(read(stage.socket.sent.at(-1)), ['m-599']);
  }
});

test('many subscriptions that scroll at once stay within the budget of the server, and each has its turn', async () => {
  const stage = new Stage();
  const bridge = stage.bridge();
  const all = Array.from({ length: 40 }, (_, n) => stage.watch(bridge, `c${n}`));
  await settled();
  await stage.socket.welcomes(VIEW);
  const budget = new ServerBudget(stage);
  for (let n = 0; n < 40; n++) await stage.socket.subscribes(`c${n}`, 'e.1:0@1.0', live(`c${n}`));
  for (let n = 0; n < 900; n++) {
    for (const { handle } of all) handle.view([`m-${n}`]);
    await stage.passes(16);
    budget.check(stage.socket);
  }
  await stage.passes(5_000);
  budget.check(stage.socket);
  for (let n = 0; n < 40; n++) {
    assert.deepEqual(stage.socket.asked('view').findLast(({ ch }) => ch === `c${n}`).keys, ['m-899']);
  }
});

test('128 subscriptions with views resume within the budget of the server', async () => {
  for (const features of [VIEW, BOTH]) {
    const stage = new Stage();
    const bridge = stage.bridge();
    for (let n = 0; n < 128; n++) stage.watch(bridge, `c${n}`).handle.view(['k']);
    await settled();
    for (let connection = 0; connection < 2; connection++) {
      await stage.socket.welcomes(features);
      const budget = new ServerBudget(stage);
      budget.check(stage.socket);
      for (let n = 0; n < 100; n++) {
        await stage.passes(200);
        if (n === 0) for (let c = 0; c < 128; c++) await stage.socket.subscribes(`c${c}`, 'e.1:0@1.0', live(`c${c}`));
        budget.check(stage.socket);
      }
      assert.equal(stage.socket.asked('subscribe').length, 128);
      const asked = [...stage.socket.asked('subscribe'), ...stage.socket.asked('view')];
      const viewed = asked.filter((line) => (line.view ?? line.keys)?.[0] === 'k');
      assert.equal(new Set(viewed.map(({ ch }) => ch)).size, 128);
      await stage.socket.ends(1006);
      await stage.reopens();
    }
  }
});

test('what the welcome says of the budget counts', async () => {
  const stage = new Stage();
  const bridge = stage.bridge();
  for (let n = 0; n < 50; n++) stage.watch(bridge, `c${n}`);
  await settled();
  await stage.socket.welcomes({ limits: { requests: 20, requestWindow: 10_000 } });
  const budget = new ServerBudget(stage, 20);
  for (let n = 0; n < 200; n++) {
    await stage.passes(200);
    if (n % 50 === 0) await stage.socket.says({ op: 'beat', n });
    budget.check(stage.socket);
  }
  assert.equal(stage.socket.asked('subscribe').length, 50);
});

test('a view goes with the subscribe where the server offers that, on a resume too', async () => {
  const stage = new Stage();
  const machines = stage.watch(stage.bridge(), 'machines');
  machines.handle.view(['m-1']);
  await settled();
  await stage.socket.welcomes(BOTH);
  await stage.socket.subscribes('machines', 'e.1:0@10.0', live('machines'));
  await stage.socket.ends(1006);
  await stage.reopens();
  await stage.socket.welcomes(BOTH);
  for (const { sent } of stage.sockets) assert.deepEqual(sent.map(({ op, view }) => [op, view]), [['subscribe', ['m-1']]]);
});

const long = (count) => Array.from({ length: count }, (_, n) => `3f2504e0-4f89-41d3-9a0c-${String(n).padStart(12, '0')}`);
const LIMITS = { limits: { requestBytes: 16_384 } };

test('a request that is too long is refused for its subscription alone', async () => {
  const stage = new Stage();
  const bridge = stage.bridge();
  const machines = stage.watch(bridge, 'machines');
  const others = stage.watch(bridge, 'others', { keys: long(500) });
  await settled();
  await stage.socket.welcomes(LIMITS);
  await stage.socket.subscribes('machines', 'e.1:0@10.0', live('machines'));
  assert.ok(stage.socket.frames.every(({ length }) => length <= 16_384));
  assert.deepEqual([machines.handle.state, others.handle.state], ['live', 'denied']);
  assert.deepEqual([others.lastState[1].code, others.errors[0].code], ['limit_exceeded', 'limit_exceeded']);
  others.handle.update({ keys: long(3) });
  await settled();
  assert.equal(stage.socket.asked('subscribe').at(-1).ch, 'others');
});

test('an update or a view that is too long is refused and leaves everything as it was', async () => {
  const stage = new Stage();
  const machines = stage.watch(stage.bridge(), 'machines', { keys: ['m-1'] });
  await settled();
  await stage.socket.welcomes({ ...LIMITS, ...VIEW });
  await stage.socket.subscribes('machines', 'e.1:0@10.0', live('machines'));
  machines.handle.update({ keys: long(500) });
  await settled();
  machines.handle.view(long(500));
  await stage.passes(1_000);
  assert.deepEqual(machines.errors.map(({ code }) => code), ['limit_exceeded', 'limit_exceeded']);
  assert.equal(machines.handle.state, 'live');
  assert.ok(stage.socket.frames.every(({ length }) => length <= 16_384));
});

test('after 1009 the longest request is dropped, and no other', async () => {
  const stage = new Stage();
  const { bridge, machines } = await stage.live();
  const others = stage.watch(bridge, 'others', { keys: long(500) });
  await settled();
  await stage.socket.ends(1009, 'message over 16384 characters');
  assert.equal(machines.handle.state, 'blind');
  await stage.reopens();
  await stage.socket.welcomes();
  await stage.socket.subscribes('machines', 'e.1:0@10.0', live('machines'));
  assert.deepEqual([machines.handle.state, others.handle.state], ['live', 'denied']);
  assert.equal(others.lastState[1].code, 'limit_exceeded');
  assert.deepEqual(stage.socket.asked('subscribe').map(({ ch }) => ch), ['machines']);
});

test('after 1009 for a frame of many lines, they are sent one by one', async () => {
  const stage = new Stage();
  const bridge = stage.bridge();
  for (let n = 0; n < 8; n++) stage.watch(bridge, `c${n}`, { keys: ['x'.repeat(400 + n)] });
  await settled();
  await stage.socket.welcomes();
  assert.ok(stage.socket.frames.some((frame) => frame.includes('\n')));
  await stage.socket.ends(1009);
  await stage.reopens();
  await stage.socket.welcomes();
  assert.ok(stage.socket.frames.every((frame) => !frame.includes('\n')));
  assert.equal(stage.socket.asked('subscribe').length, 8);
});

test('a 1009 that no request can have caused drops none', async () => {
  const stage = new Stage();
  const { machines } = await stage.live('e.1:0@10.0', { keys: ['x'.repeat(2_000)] });
  for (let round = 0; round < 3; round++) {
    await stage.socket.ends(1009);
    await stage.reopens();
    await stage.socket.welcomes();
    await stage.socket.subscribes('machines', 'e.1:0@10.0', live('machines'));
    assert.equal(machines.handle.state, 'live');
  }
});

const wide = (partitions) =>
  `e.1:${Array.from({ length: partitions }, (_, n) => `${n}@${1_234_567_890 + n}.12`).join()}`;

test('a thousand partitions resume', async () => {
  const stage = new Stage();
  const limits = { limits: { requestBytes: 65_536 } };
  stage.watch(stage.bridge(), 'machines');
  await settled();
  await stage.socket.welcomes(limits);
  await stage.socket.subscribes('machines', wide(1_000), live('machines'));
  for (let n = 0; n < 3; n++) {
    await stage.socket.ends(1006);
    await stage.reopens();
    await stage.socket.welcomes(limits);
    assert.equal(stage.socket.asked('subscribe')[0].from, `at:${wide(1_000)}`);
    await stage.socket.subscribes('machines', wide(1_000), live('machines'));
  }
});

test('a position that is longer than the server accepts starts over', async () => {
  for (const limits of [LIMITS, {}]) {
    const stage = new Stage();
    const machines = stage.watch(stage.bridge(), 'machines', { else: 'last:10' });
    await settled();
    await stage.socket.welcomes(limits);
    await stage.socket.subscribes('machines', wide(2_200), live('machines'));
    await stage.socket.ends(1006);
    await stage.reopens();
    await stage.socket.welcomes(limits);
    if (limits !== LIMITS) {
      await stage.socket.ends(1009);
      await stage.reopens();
      await stage.socket.welcomes(limits);
    }
    assert.equal(stage.socket.asked('subscribe')[0].from, 'last:10');
    assert.deepEqual(machines.resets, [{ channel: 'machines', reason: 'bad_position' }]);
    await stage.socket.subscribes('machines', 'e.1:0@10.0', event('0@10.0', 1), live('machines'));
    assert.deepEqual([machines.values, machines.handle.state], [[1], 'live']);
  }
});
