import assert from 'node:assert/strict';
import { test } from 'node:test';
import { event, settled, Stage } from './stage.mjs';

const TRAVEL = { features: ['travel', 'await'] };
const PAST = 'e.1:0@3.0';
const NOW = 'e.1:0@10.0';
const line = (op, more) => ({ op, ch: 'machines', ...more });
const live = line('live');

async function page(options = {}, order = []) {
  const stage = new Stage();
  const bridge = stage.bridge('/laundry', { onError: (error) => stage.errors.push(error) });
  const machines = stage.watch(bridge, 'machines', {
    onPaused: ({ time }) => order.push(`paused ${time}`),
    onClock: ({ time }) => order.push(`clock ${time}`),
    onReset: ({ reason }) => order.push(reason),
    onEvent: ({ value }) => order.push(value),
    ...options,
  });
  await settled();
  await stage.socket.welcomes(TRAVEL);
  await stage.socket.subscribes('machines', NOW, live);
  return { stage, machines, handle: machines.handle, order };
}

const last = ({ socket }) => socket.asked('subscribe').at(-1);

/** What the newest subscribe says of the travel. */
async function travels(stage) {
  await stage.passes(300);
  const { from, until, pace, lead } = last(stage);
  return JSON.parse(JSON.stringify({ from, until, pace, lead }));
}

async function reconnects(stage) {
  await stage.socket.ends(1006);
  await stage.reopens();
  await stage.socket.welcomes(TRAVEL);
}

test('a seek drops what the page shows, then plays from the time or position', async () => {
  const { stage, handle, order } = await page();
  handle.seek('2026-11-23T10:00:00Z', { pace: 4, until: new Date(1_800_000_000_000), lead: 'PT5M' });
  assert.deepEqual([order, handle.position], [['seek'], null]);
  assert.deepEqual(await travels(stage), {
    from: 'since:2026-11-23T10:00:00Z',
    until: '1800000000000',
    pace: 4,
    lead: 'PT5M',
  });
  await stage.socket.says(event('0@10.0', 'of the present'), line('bookmark', { at: 'e.1:0@11.0' }));
  await stage.socket.subscribes('machines', PAST, event('0@3.0', 'of the past'));
  assert.deepEqual([order, handle.position, handle.state], [['seek', 'of the past'], 'e.1:0@4.0', 'lagging']);
});

test('times and positions of every form are starts', async () => {
  const { stage, handle } = await page();
  for (const [to, from] of [
    [1_800_000_000_000, 'since:1800000000000'],
    [new Date(1_800_000_000_000), 'since:1800000000000'],
    [{ time: 1_800_000_000_000 }, 'since:1800000000000'],
    [{ time: 'PT5M' }, 'since:PT5M'],
    [PAST, `at:${PAST}`],
    ['~c2VhbGVk', 'at:~c2VhbGVk'],
    ['last:100', 'last:100'],
    ['snapshot', 'snapshot'],
    [`at:${PAST}`, `at:${PAST}`],
  ]) {
    handle.seek(to);
    assert.deepEqual(await travels(stage), { from });
  }
});

test('any number of seeks is a few lines per second, and the newest wins', async () => {
  const { stage, handle, order } = await page();
  const before = stage.socket.asked('subscribe').length;
  for (let n = 0; n < 600; n++) {
    handle.seek(1_800_000_000_000 + n);
    await stage.passes(16);
  }
  await stage.passes(250);
  const lines = stage.socket.asked('subscribe').slice(before);
  assert.ok(lines.length <= 43, `${lines.length} lines`);
  assert.equal(lines.at(-1).from, 'since:1800000000599');
  for (const { id } of lines) {
    await stage.socket.says(line('subscribed', { id, at: PAST, recovered: true }), event('0@3.0', id));
  }
  assert.deepEqual(order.filter((entry) => entry !== 'seek'), [lines.at(-1).id]);
});

test('pause, speed and live keep the place, and lose and repeat nothing', async () => {
  const { stage, handle, order, machines } = await page();
  handle.seek(PAST, { pace: 1 });
  await settled();
  await stage.socket.subscribes('machines', PAST, event('0@3.0', 3));
  for (const [call, wish, at] of [
    [() => handle.speed(0), { pace: 0 }, 'e.1:0@4.0'],
    [() => handle.speed(16), { pace: 16 }, 'e.1:0@4.0'],
    [() => handle.live(), {}, 'e.1:0@4.0'],
  ]) {
    call();
    assert.deepEqual(await travels(stage), wish);
    await stage.socket.subscribes('machines', at);
  }
  await stage.socket.says(event('0@4.0', 4), live);
  assert.deepEqual([order, machines.handle.state], [['seek', 3, 4], 'live']);
});

test('a subscription that stands still says so, with the time that it shows', async () => {
  const { stage, handle, order, machines } = await page();
  handle.speed(0);
  await settled();
  await stage.socket.subscribes('machines', NOW, line('paused', { ts: 5, at: NOW }));
  assert.deepEqual([order, handle.time], [['paused 5'], 5]);
  assert.deepEqual([machines.lastState[0], machines.lastState[1].reason], ['lagging', 'paused']);
  handle.speed(2);
  await stage.passes(1);
  await stage.socket.subscribes('machines', NOW);
  assert.equal(machines.lastState[1].reason, undefined);
  await stage.socket.says(line('clock', { ts: 6, at: 'e.1:0@12.0' }));
  assert.deepEqual([order.at(-1), handle.time, handle.position], ['clock 6', 6, 'e.1:0@12.0']);
  assert.deepEqual([machines.lastState[0], machines.lastState[1].reason], ['lagging', undefined]);
  await stage.socket.says(live);
  assert.deepEqual([handle.time, handle.state], [null, 'live']);
});

test('at its until a subscription stands still, and speed goes on behind it', async () => {
  const { stage, handle, order } = await page();
  handle.seek(PAST, { pace: 2, until: 'e.1:0@5.0' });
  assert.deepEqual(await travels(stage), { from: `at:${PAST}`, until: 'at:e.1:0@5.0', pace: 2 });
  await stage.socket.subscribes('machines', PAST, event('0@3.0', 3));
  handle.speed(4);
  assert.deepEqual(await travels(stage), { until: 'at:e.1:0@5.0', pace: 4 });
  handle.speed(0);
  await stage.passes(300);
  await stage.socket.subscribes('machines', 'e.1:0@4.0', line('paused', { ts: 1, at: 'e.1:0@4.0' }));
  handle.speed(4);
  assert.deepEqual(await travels(stage), { until: 'at:e.1:0@5.0', pace: 4 });
  await stage.socket.subscribes('machines', 'e.1:0@4.0', event('0@4.0', 4), line('paused', { ts: 2, at: 'e.1:0@5.0' }));
  assert.deepEqual(order, ['seek', 3, 'paused 1', 4, 'paused 2']);
  handle.speed(4);
  assert.deepEqual(await travels(stage), { pace: 4 });
});

test('a reconnect goes on with the travel where it was', async () => {
  const { stage, handle } = await page();
  handle.seek('PT1H', { pace: 4, until: 'e.1:0@9.0', lead: 'PT5M' });
  await settled();
  await reconnects(stage);
  assert.deepEqual(await travels(stage), { from: 'since:PT1H', until: 'at:e.1:0@9.0', pace: 4, lead: 'PT5M' });
  await stage.socket.subscribes('machines', PAST, line('snapshot', { state: 'begin' }), event('0@1.0', 1));
  await reconnects(stage);
  assert.deepEqual(await travels(stage), { from: 'since:PT1H', until: 'at:e.1:0@9.0', pace: 4, lead: 'PT5M' });
  await stage.socket.subscribes('machines', PAST, line('snapshot', { state: 'begin' }), event('0@1.0', 1));
  await stage.socket.says(line('snapshot', { state: 'end', at: PAST, count: 1 }), event('0@3.0', 3));
  await reconnects(stage);
  assert.deepEqual(await travels(stage), { from: 'at:e.1:0@4.0', until: 'at:e.1:0@9.0', pace: 4 });
});

test('a seek in the middle of a snapshot leaves it', async () => {
  const { stage, handle, order } = await page();
  await stage.socket.says(line('snapshot', { state: 'begin' }), event('0@1.0', 1));
  handle.seek(PAST);
  await settled();
  await stage.socket.says(event('0@2.0', 2), line('snapshot', { state: 'end', at: NOW, count: 2 }));
  assert.deepEqual([order, handle.position], [['snapshot', 1, 'seek'], null]);
  await reconnects(stage);
  assert.deepEqual(await travels(stage), { from: `at:${PAST}` });
});

test('a lead that was delivered is not asked for again', async () => {
  const { stage, handle } = await page();
  handle.seek('PT1H', { lead: 'PT5M' });
  await settled();
  await stage.socket.subscribes('machines', PAST, line('bookmark', { at: PAST }));
  await reconnects(stage);
  assert.deepEqual(await travels(stage), { from: `at:${PAST}` });
  handle.seek('PT1H', { lead: 'PT5M' });
  await stage.passes(300);
  const state = [line('snapshot', { state: 'begin' }), line('snapshot', { state: 'end', at: PAST, count: 0 })];
  await stage.socket.subscribes('machines', PAST, ...state);
  handle.live();
  await stage.passes(300);
  await stage.socket.subscribes('machines', PAST, line('snapshot', { state: 'begin' }));
  await reconnects(stage);
  assert.deepEqual(await travels(stage), { from: 'snapshot' });
});

test('a replay that has reached the present resumes without its pace', async () => {
  const { stage, handle } = await page();
  handle.seek(PAST, { pace: 1 });
  await settled();
  await stage.socket.subscribes('machines', PAST, event('0@3.0', 3), live);
  assert.equal(handle.state, 'live');
  await reconnects(stage);
  assert.deepEqual(await travels(stage), { from: 'at:e.1:0@4.0' });
});

test('a reset ends the travel', async () => {
  const { stage, handle, order } = await page();
  handle.seek(PAST, { pace: 1 });
  await settled();
  await stage.socket.subscribes('machines', PAST, event('0@3.0', 3), line('paused', { ts: 1, at: 'e.1:0@4.0' }));
  await stage.socket.says(line('reset', { reason: 'epoch', at: 'f.1:0@0.0' }), line('bookmark', { at: 'f.1:0@0.0' }));
  assert.deepEqual([order, handle.time, handle.state], [['seek', 3, 'paused 1', 'epoch'], null, 'lagging']);
  await reconnects(stage);
  assert.deepEqual(await travels(stage), { from: 'at:f.1:0@0.0' });
  await stage.socket.subscribes('machines', 'f.1:0@0.0', live);
  await stage.passes(1_000);
  assert.equal(stage.socket.asked('subscribe').length, 1);
});

test('a seek that is refused returns to the present, and a change of speed leaves all as it was', async () => {
  for (const code of ['bad_request', 'bad_position', 'limit_exceeded']) {
    const { stage, handle, order, machines } = await page({ else: 'last:5' });
    handle.seek('never', { pace: 4 });
    await stage.passes(300);
    await stage.socket.refuses(last(stage), code);
    assert.deepEqual([order, machines.errors[0].code], [['seek', code], code]);
    assert.deepEqual(await travels(stage), { from: 'last:5' });
    await stage.socket.subscribes('machines', NOW, live);
    handle.speed(99);
    await stage.passes(300);
    await stage.socket.refuses(last(stage), 'bad_request');
    assert.equal(handle.state, 'live');
    handle.update({ keys: ['m-1'] });
    assert.deepEqual(await travels(stage), {});
  }
});

test('a seek to what the user may not read is denied', async () => {
  const { stage, handle } = await page();
  handle.seek(PAST);
  await settled();
  await stage.socket.refuses(last(stage), 'forbidden');
  assert.equal(handle.state, 'denied');
});

test('an update in the past keeps pace and until', async () => {
  const { stage, handle } = await page();
  handle.seek(PAST, { pace: 4, until: 'PT1M' });
  await settled();
  await stage.socket.subscribes('machines', PAST, event('0@3.0', 3));
  handle.update({ keys: ['m-1'] });
  assert.deepEqual(await travels(stage), { until: 'PT1M', pace: 4 });
});

test('a subscription may begin in the past', async () => {
  const stage = new Stage();
  stage.watch(stage.bridge(), 'machines', { from: 'since:PT1H', lead: 'PT5M', pace: 0, until: PAST });
  await settled();
  await stage.socket.welcomes(TRAVEL);
  assert.deepEqual(await travels(stage), { from: 'since:PT1H', lead: 'PT5M', pace: 0, until: `at:${PAST}` });
});

test('a place that the page waits for before a seek is not reached by what was sent before it', async () => {
  const { stage, handle } = await page();
  let done = false;
  handle.caughtUp('0@10.0').then(() => (done = true));
  await settled();
  const [{ id }] = stage.socket.asked('await');
  handle.seek(PAST);
  await settled();
  await stage.socket.says(event('0@10.0', 10), line('reached', { id }));
  assert.equal(done, false);
  await stage.socket.subscribes('machines', PAST, event('0@3.0', 3));
  assert.equal(stage.socket.asked('await').length, 2);
  await stage.socket.says(event('0@10.0', 10));
  assert.equal(done, true);
});

test('after unsubscribe, seek and speed do nothing', async () => {
  const { stage, handle, order } = await page();
  handle.unsubscribe();
  handle.seek(PAST);
  handle.speed(2);
  handle.live();
  await stage.passes(1_000);
  assert.deepEqual([order, stage.socket.asked('subscribe').length], [[], 1]);
});
