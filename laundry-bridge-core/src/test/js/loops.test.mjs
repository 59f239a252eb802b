import assert from 'node:assert/strict';
import { test } from 'node:test';
import { event, settled, Stage } from './stage.mjs';

const live = (channel) => ({ op: 'live', ch: channel });

async function two() {
  const stage = new Stage();
  const { bridge, machines } = await stage.live('e.1:0@10.0', { else: 'last:5' });
  const others = stage.watch(bridge, 'others');
  await settled();
  await stage.socket.subscribes('others', 'e.1:0@1.0', live('others'));
  return { stage, machines, others };
}

test('a subscription that breaks the connection is requested alone after two breaks, and starts over after five', async () => {
  const { stage, machines, others } = await two();
  const asked = [];
  await stage.socket.ends(1006);
  for (let round = 0; round < 6; round++) {
    await stage.reopens();
    await stage.socket.welcomes();
    const first = stage.socket.asked('subscribe').map(({ ch }) => ch);
    if (first.includes('others')) await stage.socket.subscribes('others', 'e.1:0@1.0', live('others'));
    const line = stage.socket.asked('subscribe').find(({ ch }) => ch === 'machines');
    asked.push([first.join(), line.from]);
    if (round === 5) break;
    await stage.socket.answers(line, { at: 'e.1:0@10.0' }, { op: 'bookmark', ch: 'machines', at: 'e.9:0@10.0' });
    await stage.passes(100);
    await stage.socket.ends(1006); // what comes next is what something on the way does not like
  }
  assert.deepEqual(asked, [
    ['machines,others', 'at:e.1:0@10.0'],
    ['others,machines', 'at:e.9:0@10.0'],
    ['others', 'at:e.9:0@10.0'],
    ['others', 'at:e.9:0@10.0'],
    ['others', 'at:e.9:0@10.0'],
    ['machines,others', 'last:5'],
  ]);
  assert.deepEqual(machines.resets, [{ channel: 'machines', reason: 'loop' }]);
  assert.deepEqual(others.resets, []);
});

test('garbage in what is replayed makes its subscription start over, and no other', async () => {
  const { stage, machines, others } = await two();
  await stage.socket.ends(1006);
  for (let round = 0; round < 3; round++) {
    await stage.reopens();
    await stage.socket.welcomes();
    if (stage.socket.asked('subscribe')[0].ch === 'others' || round === 0) {
      await stage.socket.subscribes('others', 'e.1:0@1.0', live('others'));
    }
    await stage.socket.subscribes('machines', 'e.1:0@10.0');
    await stage.socket.receives('{"ch":"machines",');
  }
  assert.deepEqual(machines.resets, [{ channel: 'machines', reason: 'loop' }]);
  assert.deepEqual(others.resets, []);
  assert.equal(machines.handle.state, 'blind');
});

test('a resume that comes on, one event at a time, never starts over', async () => {
  const stage = new Stage();
  const { machines } = await stage.live();
  for (let n = 10; n < 30; n++) {
    await stage.socket.ends(1006);
    await stage.reopens();
    await stage.socket.welcomes();
    assert.equal(stage.socket.asked('subscribe')[0].from, `at:e.1:0@${n}.0`);
    await stage.socket.subscribes('machines', `e.1:0@${n}.0`, event(`0@${n}.0`, n));
  }
  assert.deepEqual(machines.resets, []);
});

test('a quiet channel whose connection is cut again and again never starts over', async () => {
  for (const [lived, lines] of [
    [100, [live('machines')]],
    [15_000, []],
  ]) {
    const stage = new Stage();
    const { machines } = await stage.live();
    for (let round = 0; round < 20; round++) {
      await stage.passes(lived);
      await stage.socket.ends(1006);
      await stage.reopens();
      await stage.socket.welcomes();
      assert.equal(stage.socket.asked('subscribe')[0].from, 'at:e.1:0@10.0');
      await stage.socket.subscribes('machines', 'e.1:0@10.0', ...lines);
    }
    assert.deepEqual(machines.resets, []);
  }
});

test('a server that says bye, and nodes that are not there, count for nothing', async () => {
  const stage = new Stage();
  const { machines } = await stage.live();
  await stage.socket.ends(1006);
  for (let round = 0; round < 20; round++) {
    await stage.reopens();
    if (round % 2) {
      await stage.socket.ends(1006);
      continue;
    }
    await stage.socket.welcomes();
    await stage.socket.subscribes('machines', 'e.1:0@10.0');
    await stage.socket.says({ op: 'bye', code: 1012, retryAfter: 100 });
    await stage.socket.ends(1012);
  }
  assert.deepEqual(machines.resets, []);
});
