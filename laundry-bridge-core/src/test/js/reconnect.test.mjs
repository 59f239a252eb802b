import assert from 'node:assert/strict';
import { test } from 'node:test';
import { event, settled, Stage } from './stage.mjs';

async function connecting() {
  const stage = new Stage();
  const bridge = stage.bridge('/laundry', { onError: () => {} });
  const machines = stage.watch(bridge, 'machines');
  await settled();
  return { stage, bridge, machines };
}

test('the backoff doubles from half a second to twenty seconds', async () => {
  const { stage } = await connecting();
  stage.random = 1;
  for (const expected of [500, 1000, 2000, 4000, 8000, 16000, 20000, 20000]) {
    await stage.socket.ends(1006);
    assert.equal(await stage.reopens(), expected);
  }
});

test('the jitter is full: any delay between zero and the bound', async () => {
  for (const [random, expected] of [
    [0, [0, 0, 0]],
    [0.25, [125, 250, 500]],
    [0.999, [500, 999, 1998]],
  ]) {
    const { stage } = await connecting();
    stage.random = random;
    for (const bound of expected) {
      await stage.socket.ends(1006);
      assert.ok(Math.abs((await stage.reopens()) - bound) <= 1);
    }
  }
});

test('the backoff starts over once a connection has held for a while, and not before', async () => {
  const stage = new Stage();
  stage.random = 1;
  await stage.live();
  for (const [held, expected] of [
    [1_000, 500],
    [1_000, 1000],
    [1_000, 2000],
    [31_000, 500],
  ]) {
    await stage.passes(held);
    await stage.socket.ends(1006);
    assert.equal(await stage.reopens(), expected);
    await stage.socket.welcomes();
  }
});

test('every close that was not asked for is followed by a resume, unless its code is final', async () => {
  for (const code of [
    1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 1015, 3000, 3008, 3999, 4000,
    4308, 4309, 4399, 4402, 4404, 4411, 4427, 4999,
  ]) {
    const stage = new Stage();
    const { machines } = await stage.live();
    await stage.socket.ends(code);
    assert.equal(machines.handle.state, 'blind', `${code}`);
    await stage.passes(500);
    await stage.socket.welcomes();
    assert.equal(stage.socket.sent[0].from, 'at:e.1:0@10.0', `${code}`);
  }
});

test('these codes are final, with code and reason', async () => {
  for (const code of [4400, 4403, 4410, 4426]) {
    const stage = new Stage();
    const { machines } = await stage.live();
    await stage.socket.ends(code, 'because');
    const [state, detail] = machines.lastState;
    assert.deepEqual([state, detail.code, detail.reason], ['denied', code, 'because']);
    await stage.passes(600_000);
    assert.equal(stage.sockets.length, 1, `${code}`);
  }
});

test('after 4429 waits at least ten seconds, longer each time, up to a minute, and never stops', async () => {
  const { stage, machines } = await connecting();
  stage.random = 0;
  for (const least of [10_000, 20_000, 30_000, 40_000, 50_000, 60_000, 60_000]) {
    await stage.socket.welcomes();
    await stage.socket.ends(4429, 'too much');
    await stage.fires('online');
    assert.equal(await stage.reopens(), least);
  }
  assert.equal(machines.handle.state, 'blind');
});

test('a page whose connection is cut every 15 or 30 s is blind for under 2 % of the time', async () => {
  for (const lived of [15_000, 30_000, 600_000]) {
    const stage = new Stage();
    stage.random = 0.999;
    await stage.live();
    for (let round = 0; round < 20; round++) {
      const beats = Math.floor(lived / 15_000);
      for (let beat = 0; beat < beats; beat++) {
        await stage.passes(lived / beats);
        await stage.socket.says({ op: 'beat', n: beat });
      }
      await stage.socket.ends(1006);
      const blind = await stage.reopens();
      assert.ok(blind / (lived + blind) < 0.02, `${blind} ms of ${lived}`);
      await stage.socket.welcomes();
      await stage.socket.subscribes('machines', 'e.1:0@10.0', { op: 'live', ch: 'machines' });
    }
  }
});

test('spreads out around the retryAfter of a bye', async () => {
  for (const [random, expected] of [
    [0, 750],
    [0.5, 1500],
    [0.99, 2235],
  ]) {
    const stage = new Stage();
    await stage.live();
    stage.random = random;
    await stage.socket.says({ op: 'bye', code: 1012, retryAfter: 1500 });
    await stage.socket.ends(1012);
    assert.equal(await stage.reopens(), expected);
  }
});

test('comes back when a server that refuses it says, however often', async () => {
  const { stage } = await connecting();
  stage.random = 0.5;
  for (let i = 0; i < 8; i++) {
    await stage.socket.says({ op: 'bye', code: 1013, retryAfter: 1500 });
    await stage.socket.ends(1013);
    assert.equal(await stage.reopens(), 1500);
  }
});

test('takes the code of the bye where the close itself got lost', async () => {
  const stage = new Stage();
  const { machines } = await stage.live();
  await stage.socket.says({ op: 'bye', code: 4403 });
  await stage.socket.ends(1006);
  assert.equal(machines.handle.state, 'denied');
  assert.equal(machines.lastState[1].code, 4403);
});

test('retries at once when the browser is online again or the page is shown', async () => {
  for (const type of ['online', 'pageshow', 'visibilitychange']) {
    const { stage } = await connecting();
    await stage.socket.ends(1006);
    await stage.fires('offline');
    await stage.fires('visibilitychange', { hidden: true });
    assert.equal(stage.sockets.length, 1);
    await stage.fires(type);
    assert.equal(stage.sockets.length, 2);
    await stage.passes(10_000);
    assert.equal(stage.sockets.length, 2, 'the timer of the retry is gone');
  }
});

test('closes a socket that was silent for one and a half heartbeats and two seconds, and resumes', async () => {
  const stage = new Stage();
  const { machines } = await stage.live();
  const [first] = stage.sockets;
  await stage.passes(20_000);
  await first.says({ op: 'beat', n: 1 });
  await stage.passes(39_499);
  assert.equal(first.closedWith, null);
  await stage.passes(1);
  assert.notEqual(first.closedWith, null);
  assert.deepEqual([machines.lastState[0], machines.lastState[1].reason], ['blind', 'silence']);
  await stage.passes(500);
  await stage.socket.welcomes();
  assert.equal(stage.socket.sent[0].from, 'at:e.1:0@10.0');
});

test('the heartbeat of the welcome sets the watch', async () => {
  const { stage } = await connecting();
  await stage.socket.welcomes({ heartbeat: 1000 });
  await stage.passes(3499);
  assert.equal(stage.sockets[0].closedWith, null);
  await stage.passes(1);
  assert.notEqual(stage.sockets[0].closedWith, null);
});

test('what a socket says after it was given up is not heard', async () => {
  const stage = new Stage();
  const { machines } = await stage.live();
  const [first] = stage.sockets;
  await stage.passes(60_000);
  await first.says(event('0@10.0', 'ghost'));
  await first.ends(4403);
  assert.deepEqual(machines.values, []);
  assert.notEqual(machines.handle.state, 'denied');
});

test('a handshake that hangs is given up after fifteen seconds', async () => {
  const { stage, machines } = await connecting();
  await stage.passes(15_000);
  assert.deepEqual([machines.lastState[0], machines.lastState[1].reason], ['blind', 'unreachable']);
  await stage.passes(500);
  assert.equal(stage.sockets.length, 2);
});

test('a frozen tab notices by the clock when it is shown again', async () => {
  const stage = new Stage();
  await stage.live();
  stage.freezes(3_600_000);
  await stage.fires('visibilitychange');
  await stage.passes(0);
  assert.notEqual(stage.sockets[0].closedWith, null);
});

test('a socket that may have died with the network is asked and given five seconds', async () => {
  for (const type of ['online', 'offline', 'pageshow']) {
    const stage = new Stage();
    await stage.live();
    await stage.passes(1000);
    await stage.fires(type);
    assert.equal(stage.socket.sent.at(-1).op, 'ping');
    await stage.passes(4999);
    assert.equal(stage.sockets[0].closedWith, null);
    await stage.passes(1);
    assert.notEqual(stage.sockets[0].closedWith, null, type);
  }
});

test('a socket that answers the ping stays', async () => {
  const stage = new Stage();
  await stage.live();
  await stage.fires('online');
  await stage.passes(100);
  await stage.socket.says({ op: 'pong', id: stage.socket.sent.at(-1).id });
  await stage.passes(10_000);
  assert.equal(stage.sockets[0].closedWith, null);
});

test('a refused handshake counts although Node fires no close', async () => {
  const { stage, machines } = await connecting();
  await stage.socket.fails();
  assert.deepEqual([machines.lastState[0], machines.lastState[1].reason], ['blind', 'unreachable']);
});

test('the application learns how many attempts have failed', async () => {
  const { stage, machines } = await connecting();
  for (let attempts = 1; attempts <= 5; attempts++) {
    await stage.socket.ends(1006);
    assert.equal(machines.lastState[1].attempts, attempts);
    await stage.passes(machines.lastState[1].retryIn);
  }
});

test('a WebSocket that the browser forbids is denied with its words', async () => {
  const stage = new Stage();
  stage.env.WebSocket = class {
    constructor() {
      throw new DOMException('Mixed content.', 'SecurityError');
    }
  };
  const machines = stage.watch(stage.bridge(), 'machines');
  await settled();
  const [state, { code, reason }] = machines.lastState;
  assert.deepEqual([state, code, reason], ['denied', 'SecurityError', 'Mixed content.']);
});

test('nothing is opened again for nobody, and a new subscription opens anew', async () => {
  const stage = new Stage();
  const { bridge, machines } = await stage.live();
  machines.handle.unsubscribe();
  await stage.socket.ends(1006);
  await stage.passes(60_000);
  assert.equal(stage.sockets.length, 1);
  stage.watch(bridge, 'machines');
  await settled();
  assert.equal(stage.sockets.length, 2);
});
