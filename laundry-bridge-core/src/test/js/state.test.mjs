import assert from 'node:assert/strict';
import { test } from 'node:test';
import { event, settled, Stage } from './stage.mjs';

test('a subscription goes from blind over lagging to live', async () => {
  const stage = new Stage();
  const { machines, bridge } = await stage.live();
  assert.deepEqual(machines.stateNames, ['blind', 'lagging', 'live']);
  assert.equal(machines.handle.state, 'live');
  assert.equal(bridge.state, 'live');
});

test('a stale source is told with its reason and since when, and a fresh one brings back what was', async () => {
  const stage = new Stage();
  const { machines } = await stage.live();
  await stage.socket.says({ op: 'status', ch: 'machines', state: 'stale', since: 123, reason: 'broker unreachable' });
  assert.deepEqual(machines.lastState, ['stale', { since: 123, reason: 'broker unreachable' }]);
  await stage.socket.says({ op: 'status', ch: 'machines', state: 'fresh' });
  assert.equal(machines.handle.state, 'live');
});

test('a lost connection is blind until it is ready again, with since when, why and what is waited for', async () => {
  const stage = new Stage();
  const { machines } = await stage.live();
  await stage.socket.ends(1006);
  const since = stage.now;
  assert.deepEqual(machines.lastState, ['blind', { since, reason: 'lost', code: 1006, retryIn: 250, attempts: 1 }]);
  await stage.passes(250);
  assert.deepEqual(machines.lastState, ['blind', { since, reason: 'lost', code: 1006, attempts: 1 }]);
  await stage.socket.ends(1006);
  assert.deepEqual(machines.lastState, ['blind', { since, reason: 'unreachable', code: 1006, retryIn: 500, attempts: 2 }]);
  await stage.passes(500);
  await stage.socket.welcomes();
  assert.equal(machines.handle.state, 'lagging');
  await stage.socket.subscribes('machines', 'e.1:0@10.0', { op: 'live', ch: 'machines' });
  assert.deepEqual(machines.stateNames.slice(3), ['blind', 'blind', 'blind', 'blind', 'lagging', 'live']);
  await stage.passes(1000);
  await stage.socket.ends(1006);
  assert.equal(machines.lastState[1].since, stage.now);
});

test('a page that never had a connection is blind since the beginning', async () => {
  const stage = new Stage();
  const machines = stage.watch(stage.bridge(), 'machines');
  const since = stage.now;
  await settled();
  assert.deepEqual(machines.lastState, ['blind', { since }]);
  await stage.passes(100);
  await stage.socket.ends(1006);
  assert.deepEqual([machines.lastState[1].since, machines.lastState[1].reason], [since, 'unreachable']);
});

test('the bridge shows the worst state of its subscriptions', async () => {
  const stage = new Stage();
  const states = [];
  const { bridge } = await stage.live('e.1:0@10.0', {}, { onState: (state) => states.push(state) });
  const others = stage.watch(bridge, 'others');
  await settled();
  assert.equal(bridge.state, 'lagging');
  await stage.socket.subscribes('others', 'e.1:0@1.0', { op: 'live', ch: 'others' });
  await stage.socket.says({ op: 'status', ch: 'others', state: 'stale', since: 1, reason: 'slow' });
  assert.equal(bridge.state, 'stale');
  others.handle.unsubscribe();
  await settled();
  assert.equal(bridge.state, 'live');
  assert.deepEqual(states, ['blind', 'lagging', 'live', 'lagging', 'live', 'stale', 'live']);
});

test('a forbidden channel is denied with code and message while the others live on', async () => {
  const stage = new Stage();
  const { bridge, machines } = await stage.live();
  const secrets = stage.watch(bridge, 'secrets');
  await settled();
  const { id } = stage.socket.sent.at(-1);
  await stage.socket.says({ op: 'error', id, code: 'forbidden', message: 'No such channel.', retry: false });
  const [state, { code, reason }] = secrets.lastState;
  assert.deepEqual([state, code, reason], ['denied', 'forbidden', 'No such channel.']);
  assert.equal(secrets.errors[0].message, 'No such channel.');
  await stage.socket.says(event('0@10.0', 1));
  assert.deepEqual(machines.values, [1]);
  await stage.socket.ends(1006);
  await stage.passes(500);
  await stage.socket.welcomes();
  assert.deepEqual(stage.socket.sent.map((line) => line.ch), ['machines']);
});

test('a final close leaves a channel that was denied before its own reason', async () => {
  const stage = new Stage();
  const { bridge, machines } = await stage.live();
  const secrets = stage.watch(bridge, 'secrets');
  await settled();
  await stage.socket.refuses(stage.socket.sent.at(-1), 'forbidden');
  await stage.socket.ends(4403);
  assert.equal(secrets.lastState[1].code, 'forbidden');
  assert.equal(machines.lastState[1].code, 4403);
  secrets.handle.unsubscribe();
  await settled();
  assert.equal(stage.sockets.length, 1);
});

test('update asks anew where the state is denied', async () => {
  const stage = new Stage();
  const bridge = stage.bridge();
  const machines = stage.watch(bridge, 'machines', { where: { eq: ['/x', 1] }, from: 'earliest' });
  await settled();
  await stage.socket.welcomes();
  const { id } = stage.socket.sent[0];
  await stage.socket.says({ op: 'error', id, code: 'bad_filter', message: 'No such field.', retry: false });
  assert.equal(machines.handle.state, 'denied');
  machines.handle.update({ where: { eq: ['/y', 1] } });
  await settled();
  const again = stage.socket.sent.at(-1);
  assert.deepEqual([again.from, again.where], ['earliest', { eq: ['/y', 1] }]);
  await stage.socket.subscribes('machines', 'e.1:0@1.0', { op: 'live', ch: 'machines' });
  assert.equal(machines.handle.state, 'live');
});

test('a subscription that the server forbids is denied with the reason', async () => {
  const stage = new Stage();
  const { machines } = await stage.live();
  await stage.socket.says({ op: 'unsubscribed', ch: 'machines', reason: 'forbidden' }, event('0@10.0', 1));
  const [state, { code, reason }] = machines.lastState;
  assert.deepEqual([state, code, reason], ['denied', 'unsubscribed', 'forbidden']);
  assert.deepEqual(machines.values, []);
  await stage.passes(30_000);
  assert.equal(stage.socket.asked('subscribe').length, 1);
});

test('a subscription that the server ends for another reason is asked for again, at its place, after a while', async () => {
  const stage = new Stage();
  const { machines } = await stage.live();
  await stage.socket.says({ op: 'unsubscribed', ch: 'machines', reason: 'the server stopped the channel' });
  await stage.socket.says(event('0@10.0', 'of the past'));
  const [state, { code, retryIn }] = machines.lastState;
  assert.deepEqual([state, code, retryIn], ['stale', 'unsubscribed', 250]);
  await stage.passes(250);
  assert.deepEqual(stage.socket.asked('subscribe').map(({ from }) => from), [undefined, 'at:e.1:0@10.0']);
  await stage.socket.subscribes('machines', 'e.1:0@10.0', event('0@10.0', 1), { op: 'live', ch: 'machines' });
  assert.deepEqual(machines.values, [1]);
  assert.equal(machines.handle.state, 'live');
});

test('all channels of a node that stops them one by one are subscribed to at the next node', async () => {
  const stage = new Stage();
  const { bridge, machines } = await stage.live();
  const alarms = stage.watch(bridge, 'alarms');
  await settled();
  await stage.socket.subscribes('alarms', 'e.1:0@1.0', { op: 'live', ch: 'alarms' });
  await stage.socket.says({ op: 'unsubscribed', ch: 'alarms', reason: 'the server stopped the channel' });
  await stage.socket.says({ op: 'bye', code: 1012, retryAfter: 50 });
  await stage.socket.ends(1012);
  await stage.reopens();
  await stage.socket.welcomes();
  assert.deepEqual(stage.socket.asked('subscribe').map(({ ch, from }) => [ch, from]), [
    ['machines', 'at:e.1:0@10.0'],
    ['alarms', 'at:e.1:0@1.0'],
  ]);
  assert.deepEqual([machines.handle.state, alarms.handle.state], ['lagging', 'lagging']);
});

test('a channel that was delivered before and is forbidden now is asked for again over the next connection', async () => {
  const stage = new Stage();
  const { machines } = await stage.live();
  await stage.socket.ends(1006);
  await stage.reopens();
  await stage.socket.welcomes();
  await stage.socket.refuses(stage.socket.asked('subscribe')[0], 'forbidden');
  assert.equal(machines.handle.state, 'denied');
  await stage.passes(20_000);
  assert.equal(stage.socket.asked('subscribe').length, 1);
  await stage.socket.ends(1012);
  assert.equal(machines.handle.state, 'blind');
  await stage.reopens();
  await stage.socket.welcomes();
  assert.equal(stage.socket.asked('subscribe')[0].from, 'at:e.1:0@10.0');
});

test('a source unavailable is asked again with growing delays until it answers', async () => {
  const stage = new Stage();
  const bridge = stage.bridge();
  const machines = stage.watch(bridge, 'machines', { from: 'snapshot' });
  await settled();
  await stage.socket.welcomes();
  const since = stage.now;
  for (const delay of [250, 500, 1000]) {
    const { id } = stage.socket.sent.at(-1);
    await stage.socket.says({ op: 'error', id, code: 'source_unavailable', message: 'Kafka is away.', retry: true });
    const [state, detail] = machines.lastState;
    assert.deepEqual([state, detail.code, detail.retryIn, detail.since], ['stale', 'source_unavailable', delay, since]);
    const { length } = stage.socket.sent;
    await stage.passes(delay - 1);
    assert.equal(stage.socket.sent.length, length);
    await stage.passes(1);
    assert.equal(stage.socket.sent.length, length + 1);
    assert.deepEqual([machines.handle.state, 'retryIn' in machines.lastState[1]], ['stale', false]);
  }
  assert.equal(machines.errors.length, 3);
  assert.equal(machines.errors[0].retry, true);
  await stage.socket.subscribes('machines', 'e.1:0@1.0', { op: 'live', ch: 'machines' });
  assert.equal(machines.handle.state, 'live');
  assert.equal(stage.socket.sent.at(-1).from, 'snapshot');
  machines.handle.update({ keys: ['m-2'] });
  await settled();
  await stage.socket.refuses(stage.socket.sent.at(-1), 'busy', 'Later.', true);
  assert.equal(machines.handle.state, 'live');
  const { length } = stage.socket.sent;
  await stage.passes(250);
  assert.equal(stage.socket.sent.length, length + 1);
});

test('no handler is called before subscribe returns', async () => {
  const stage = new Stage();
  const bridge = stage.bridge();
  let returned = false;
  bridge.subscribe('machines', { onState: () => assert.ok(returned) });
  returned = true;
  await settled();
});
