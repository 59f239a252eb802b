import assert from 'node:assert/strict';
import { test } from 'node:test';
import { event, Stage } from './stage.mjs';

const SEALED = (n) => `~${String(n).padStart(8, '0')}Zm9vYmFy`;
const row = (v, more) => event(undefined, v, more);
const bookmark = (n) => ({ op: 'bookmark', ch: 'machines', at: SEALED(n) });

/** The subscribe line that follows a lost connection. */
async function resumed(stage, code = 1006) {
  await stage.socket.ends(code);
  await stage.reopens();
  await stage.socket.welcomes();
  return stage.socket.asked('subscribe').at(-1);
}

test('events without a place move nothing, the bookmark after them does', async () => {
  const stage = new Stage();
  const places = [];
  const { machines } = await stage.live(SEALED(1), { onEvent: () => places.push(machines.handle.position) });
  await stage.socket.says(row(1), row(2), bookmark(2));
  await stage.socket.says(row(3), bookmark(3));
  assert.deepEqual(places, [SEALED(1), SEALED(1), SEALED(2)]);
  assert.equal(machines.handle.position, SEALED(3));
  assert.equal((await resumed(stage)).from, `at:${SEALED(3)}`);
});

test('a frame that was not handled to its end is resumed before its beginning', async () => {
  const stage = new Stage();
  const { machines } = await stage.live(SEALED(1));
  const [first, second, end] = [row(1), row(2), bookmark(2)].map((line) => JSON.stringify(line));
  await stage.socket.receives([first, second, '{{{', end].join('\n'));
  assert.deepEqual(machines.values, [1, 2]);
  assert.equal(machines.handle.position, SEALED(1));
  await stage.reopens();
  await stage.socket.welcomes();
  assert.equal(stage.socket.asked('subscribe')[0].from, `at:${SEALED(1)}`);
});

test('a place that the server stopped sealing, or began to seal, is taken whole', async () => {
  const stage = new Stage();
  const { machines } = await stage.live('e.1.tag:0@10.0');
  await stage.socket.says(row(1), { op: 'bookmark', ch: 'machines', at: 'e.2.tag:0@11.0' });
  assert.equal(machines.handle.position, 'e.2.tag:0@11.0');
  await stage.socket.says(row(2), bookmark(2));
  assert.equal(machines.handle.position, SEALED(2));
  await stage.socket.says({ op: 'bookmark', ch: 'machines', at: 'e.3:0@12.0' }, event('0@12.0', 3));
  assert.equal(machines.handle.position, 'e.3:0@13.0');
});

test('a gap without a range is told and moves nothing', async () => {
  const stage = new Stage();
  const { machines } = await stage.live(SEALED(1));
  await stage.socket.says({ op: 'gap', ch: 'machines', reason: 'retention' });
  assert.deepEqual(machines.gaps.map(({ reason, partition, from, to }) => [reason, partition, from, to]), [
    ['retention', undefined, undefined, undefined],
  ]);
  assert.equal(machines.handle.position, SEALED(1));
});

test('with places that are sealed, a resume that comes on never starts over', async () => {
  const stage = new Stage();
  const { machines } = await stage.live(SEALED(0));
  for (let n = 1; n < 20; n++) {
    assert.equal((await resumed(stage)).from, `at:${SEALED(n - 1)}`);
    await stage.socket.subscribes('machines', SEALED(n - 1), row(n), bookmark(n));
  }
  assert.deepEqual(machines.resets, []);
});

test('with places that are sealed, a resume that never comes on starts over after five breaks', async () => {
  const stage = new Stage();
  const { machines } = await stage.live(SEALED(0), { else: 'last:5' });
  for (let round = 0; round < 5; round++) {
    await resumed(stage);
    await stage.socket.subscribes('machines', SEALED(round), bookmark(round)); // the same place, sealed anew
    await stage.socket.says(row(round)); // no bookmark: the frame was not whole
  }
  assert.equal((await resumed(stage)).from, 'last:5');
  assert.deepEqual(machines.resets, [{ channel: 'machines', reason: 'loop' }]);
});

test('changed rights drop what was delivered, and the channel goes on under the new ones', async () => {
  const stage = new Stage();
  const { machines } = await stage.live(SEALED(1));
  await stage.socket.says(
    row('theirs'),
    { op: 'reset', ch: 'machines', reason: 'access', at: SEALED(2) },
    { op: 'snapshot', ch: 'machines', state: 'begin' },
    row('ours'),
    { op: 'snapshot', ch: 'machines', state: 'end', at: SEALED(3), count: 1 },
    { op: 'live', ch: 'machines' },
  );
  assert.deepEqual(machines.resets.map(({ reason }) => reason), ['access', 'snapshot']);
  assert.deepEqual(machines.values, ['theirs', 'ours']);
  assert.equal(machines.handle.state, 'live');
  assert.equal((await resumed(stage)).from, `at:${SEALED(3)}`);
});

test('a stream goes on at the place of the reset', async () => {
  const stage = new Stage();
  const { machines } = await stage.live('e.1:0@10.0');
  await stage.socket.says({ op: 'reset', ch: 'machines', reason: 'access', at: SEALED(2) }, row(1), { op: 'live', ch: 'machines' });
  assert.deepEqual([machines.resets.length, machines.values], [1, [1]]);
  assert.equal((await resumed(stage)).from, `at:${SEALED(2)}`);
});

const TAKEN = {
  'the server ends the subscription': (stage) => stage.socket.says({ op: 'unsubscribed', ch: 'machines', reason: 'forbidden' }),
  'a resume is refused': async (stage) => {
    const line = await resumed(stage);
    await stage.socket.refuses(line, 'forbidden');
  },
  'the user is disconnected': (stage) => stage.socket.ends(4403, 'disconnected'),
};

test('rights that are taken away void what was delivered, and are not asked for again', async () => {
  for (const [how, take] of Object.entries(TAKEN)) {
    const stage = new Stage();
    const order = [];
    const { machines } = await stage.live('e.1:0@10.0', {
      onReset: ({ reason }) => order.push(reason),
      onState: (state) => order.push(state),
    });
    await take(stage);
    assert.deepEqual(order.slice(-2), ['access', 'denied'], how);
    assert.equal(order.filter((entry) => entry === 'access').length, 1, how);
    const asked = stage.socket.asked('subscribe').length;
    const sockets = stage.sockets.length;
    await stage.passes(30_000);
    assert.deepEqual([stage.socket.asked('subscribe').length, stage.sockets.length], [asked, sockets], how);
    assert.equal(machines.handle.position, 'e.1:0@10.0', how);
  }
});

test('rights that come back bring a channel with state a snapshot, and a stream what it missed', async () => {
  for (const [lines, from] of [
    [[{ op: 'snapshot', ch: 'machines', state: 'begin' }, { op: 'snapshot', ch: 'machines', state: 'end', at: SEALED(2), count: 0 }], undefined],
    [[bookmark(2)], `at:${SEALED(2)}`],
  ]) {
    for (const take of Object.values(TAKEN)) {
      const stage = new Stage();
      const { machines } = await stage.live(SEALED(1));
      await stage.socket.says(...lines);
      await take(stage);
      machines.handle.update({});
      await stage.passes(1);
      if (stage.socket.sent.length === 0) await stage.socket.welcomes();
      assert.equal(stage.socket.asked('subscribe').at(-1).from, from);
    }
  }
});

test('a channel that was never delivered has nothing to void, nor has a change that is refused', async () => {
  const stage = new Stage();
  const { bridge, machines } = await stage.live();
  const secrets = stage.watch(bridge, 'secrets');
  await stage.passes(1);
  await stage.socket.refuses(stage.socket.sent.at(-1), 'forbidden');
  assert.deepEqual([secrets.handle.state, secrets.resets], ['denied', []]);
  machines.handle.update({ keys: ['m-1'] });
  await stage.passes(1);
  await stage.socket.refuses(stage.socket.sent.at(-1), 'forbidden');
  assert.deepEqual([machines.handle.state, machines.resets], ['live', []]);
});

test('a page may subscribe anew when its rights are taken away', async () => {
  const stage = new Stage();
  const { bridge } = await stage.live('e.1:0@10.0', { onReset: () => (stage.others = stage.watch(bridge, 'others')) });
  await stage.socket.ends(4403, 'disconnected');
  assert.equal(stage.others.handle.state, 'blind');
  await stage.reopens();
  await stage.socket.welcomes();
  assert.deepEqual(stage.socket.asked('subscribe').map(({ ch }) => ch), ['others']);
});
