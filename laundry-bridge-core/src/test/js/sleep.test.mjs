import assert from 'node:assert/strict';
import { test } from 'node:test';
import { event, settled, Stage } from './stage.mjs';

/** A page with a steady clock beside its calendar. */
function clocks() {
  const stage = new Stage();
  const clocks = { set: 0, slept: 0 };
  stage.env.Date = { now: () => stage.now + clocks.set };
  stage.env.performance = { now: () => stage.now - clocks.slept };
  return { stage, clocks };
}

async function beats(stage, count) {
  for (let n = 0; n < count; n++) {
    await stage.passes(25_000);
    await stage.socket.says({ op: 'beat', n });
  }
}

test('a clock that is set back hides no silence', async () => {
  for (const steady of [true, false]) {
    for (let phase = 0; phase < 25_000; phase += 1_000) {
      const { stage, clocks: clock } = clocks();
      if (!steady) delete stage.env.performance;
      const { machines } = await stage.live();
      await beats(stage, 1);
      await stage.passes(phase);
      clock.set = -3_600_000;
      await stage.passes(39_500 - phase + (steady ? 0 : 5_000));
      assert.equal(machines.handle.state, 'blind', `set back after ${phase} ms`);
    }
  }
});

test('a clock that is set forward costs no connection', async () => {
  const { stage, clocks: clock } = clocks();
  const { machines } = await stage.live();
  await beats(stage, 1);
  clock.set = 3_600_000;
  await stage.passes(5_000);
  assert.equal(stage.socket.asked('ping').length, 1);
  await stage.socket.says({ op: 'pong', id: 1 });
  await beats(stage, 3);
  assert.equal(machines.handle.state, 'live');
  assert.equal(stage.sockets.length, 1);
});

test('if the steady clock stops in sleep, the calendar shows the time', async () => {
  const { stage, clocks: clock } = clocks();
  const { machines } = await stage.live();
  await beats(stage, 1);
  clock.set = 3_600_000; // the calendar went on while the computer slept, nothing else did
  await stage.passes(7_000);
  assert.deepEqual([machines.lastState[0], machines.lastState[1].reason], ['blind', 'silence']);
  assert.ok((await stage.reopens()) <= 250);
});

test('a frozen page that gets no event notices by itself within seconds', async () => {
  const stage = new Stage();
  const { machines } = await stage.live();
  stage.freezes(60_000);
  await stage.passes(2_000);
  assert.equal(machines.handle.state, 'blind');
  await stage.passes(500);
  await stage.socket.welcomes();
  assert.equal(stage.socket.asked('subscribe')[0].from, 'at:e.1:0@10.0');
});

test('a frozen page whose connection survived keeps it', async () => {
  const stage = new Stage();
  const { machines } = await stage.live();
  stage.freezes(60_000);
  await stage.passes(0);
  assert.equal(stage.socket.asked('ping').length, 1);
  await stage.socket.says(event('0@10.0', 'came while it was frozen'), { op: 'pong', id: 1 });
  await stage.passes(30_000);
  assert.equal(machines.handle.state, 'live');
  assert.equal(stage.sockets.length, 1);
});

test('a frozen page that waited for its next attempt makes it when it is thawed', async () => {
  const stage = new Stage();
  await stage.live();
  await stage.socket.ends(1006);
  stage.freezes(3_600_000);
  await stage.passes(0);
  assert.equal(stage.sockets.length, 2);
});

test('a page that comes back from the back/forward cache again and again is blind for under half a second', async () => {
  for (const [shown, frozen] of [
    [5_000, 8_000],
    [1_000, 1_000],
    [300, 3_600_000],
  ]) {
    const stage = new Stage();
    stage.random = 0.99;
    await stage.live();
    for (let visit = 0; visit < 8; visit++) {
      await stage.passes(shown);
      await stage.fires('visibilitychange', { hidden: true });
      stage.freezes(frozen);
      await stage.fires('visibilitychange');
      await stage.fires('pageshow');
      await stage.socket.fails();
      await stage.socket.ends(1006);
      const blind = await stage.reopens();
      assert.ok(blind < 500, `${blind} ms after ${visit} visits`);
      await stage.socket.welcomes();
      await stage.socket.subscribes('machines', 'e.1:0@10.0', { op: 'live', ch: 'machines' });
    }
  }
});

test('a page that is shown again without an event reports so within seconds', async () => {
  const stage = new Stage();
  stage.env.document = { hidden: true };
  stage.watch(stage.bridge(), 'machines');
  await settled();
  await stage.socket.welcomes({ features: ['view'] });
  await stage.socket.subscribes('machines', 'e.1:0@10.0');
  stage.env.document.hidden = false;
  await stage.passes(5_000);
  assert.deepEqual(stage.socket.asked('view').map(({ hidden }) => hidden), [true, false]);
});

test('a page that was opened in the background misses nothing when its connection breaks', async () => {
  for (const from of ['live', 'last:5', 'since:PT5M', 'earliest']) {
    const stage = new Stage();
    stage.env.document = { hidden: true };
    stage.watch(stage.bridge(), 'machines', { from });
    await settled();
    await stage.socket.welcomes({ features: ['view'] });
    await stage.socket.subscribes('machines', 'e.1:0@10.0'); // and nothing while it is hidden
    for (let broken = 0; broken < 10; broken++) {
      await stage.socket.ends(1006);
      await stage.reopens();
      await stage.socket.welcomes({ features: ['view'] });
      assert.equal(stage.socket.asked('subscribe')[0].from, 'at:e.1:0@10.0');
      await stage.socket.subscribes('machines', 'e.1:0@10.0');
    }
  }
});

test('the newest of each key is asked for only where the page says so and the server offers it', async () => {
  for (const [onReturn, features, expected] of [
    ['latest', ['view', 'on-return'], 'latest'],
    ['latest', ['view'], undefined],
    [undefined, ['view', 'on-return'], undefined],
  ]) {
    const stage = new Stage();
    stage.env.document = { hidden: true };
    stage.watch(stage.bridge('/laundry', { onReturn }), 'machines');
    await settled();
    await stage.socket.welcomes({ features });
    assert.deepEqual(stage.socket.asked('view').map((line) => line.onReturn), [expected]);
  }
});
