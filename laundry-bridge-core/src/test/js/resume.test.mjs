import assert from 'node:assert/strict';
import { test } from 'node:test';
import { event, settled, Stage } from './stage.mjs';

/** The subscribe line that follows a lost connection. */
async function resumed(stage) {
  await stage.socket.ends(1006);
  await stage.passes(20_000);
  await stage.socket.welcomes();
  return stage.socket.asked('subscribe').at(-1);
}

test('resumes after the last event handed on, with the original else', async () => {
  const stage = new Stage();
  await stage.live('k3x9.67a1f0:0@10.7,1@88.7', { from: 'last:5', else: 'snapshot' });
  await stage.socket.says(event('1@88.8', 1), event('0@12.7', 2), event('0@13.7', 3));
  const line = await resumed(stage);
  assert.equal(line.from, 'at:k3x9.67a1f0:0@14.7,1@89.8');
  assert.equal(line.else, 'snapshot');
});

test('offsets above 2^53, up to 2^60 and beyond, stay exact', async () => {
  for (const [offset, next] of [
    [2n ** 53n - 2n, 2n ** 53n - 1n],
    [2n ** 53n - 1n, 2n ** 53n],
    [2n ** 53n, 2n ** 53n + 1n],
    [2n ** 60n + 1n, 2n ** 60n + 2n],
    [2n ** 63n - 2n, 2n ** 63n - 1n],
  ]) {
    const stage = new Stage();
    const { machines } = await stage.live(`e.1:0@${offset}.0,1@7.0`);
    await stage.socket.says(event(`0@${offset}.0`, 1), event(`0@${offset}.0`, 'twice'));
    assert.deepEqual(machines.values, [1]);
    assert.equal(machines.handle.position, `e.1:0@${next}.0,1@7.0`);
  }
});

test('duplicates after a resume are dropped, each event is handed on once', async () => {
  const stage = new Stage();
  const { machines } = await stage.live('e.1:0@10.0,1@5.0');
  await stage.socket.says(event('0@10.0', 'a'), event('1@5.0', 'b'), event('0@11.0', 'c'));
  await resumed(stage);
  await stage.socket.subscribes('machines', 'e.2:0@12.0,1@6.0');
  await stage.socket.says(event('0@10.0', 'a'), event('0@11.0', 'c'), event('1@5.0', 'b'), event('0@12.0', 'd'));
  assert.deepEqual(machines.values, ['a', 'b', 'c', 'd']);
});

test('frames that a proxy repeats, answers and bookmarks included, change nothing', async () => {
  const stage = new Stage();
  const { machines } = await stage.live('e.1:0@10.0');
  const { id } = stage.socket.asked('subscribe')[0];
  const frame = [
    { op: 'subscribed', id, ch: 'machines', at: 'e.1:0@10.0', recovered: true },
    event('0@10.0', 1),
    { op: 'bookmark', ch: 'machines', at: 'e.1:0@11.0' },
    event('0@11.0', 2),
  ];
  await stage.socket.says(...frame);
  await stage.socket.says(...frame);
  assert.deepEqual(machines.values, [1, 2]);
  assert.equal(machines.handle.position, 'e.1:0@12.0');
});

test('a node that starts a resume too early repeats nothing', async () => {
  const stage = new Stage();
  const { machines } = await stage.live('e.1:0@10.0,1@5.0');
  await resumed(stage);
  await stage.socket.subscribes('machines', 'e.2:0@8.0,1@6.0', event('0@9.0', 'again'), event('0@10.0', 'new'));
  assert.deepEqual(machines.values, ['new']);
  assert.equal(machines.handle.position, 'e.2:0@11.0,1@6.0');
});

test('a start that is not a resume is taken whole', async () => {
  const stage = new Stage();
  const { machines } = await stage.live('e.1:0@10.0');
  const line = await resumed(stage);
  await stage.socket.answers(line, { at: 'e.2:0@3.0', recovered: false }, event('0@3.0', 1));
  assert.deepEqual(machines.values, [1]);
  assert.equal(machines.handle.position, 'e.2:0@4.0');
});

test('holes between offsets are not gaps', async () => {
  const stage = new Stage();
  const { machines } = await stage.live();
  await stage.socket.says(event('0@10.0', 1), event('0@500.0', 2));
  assert.deepEqual(machines.gaps, []);
  assert.equal(machines.handle.position, 'e.1:0@501.0');
});

test('a bookmark brings a new head, and places that events have not reached', async () => {
  const stage = new Stage();
  const { machines } = await stage.live('e.1:0@10.0');
  await stage.socket.says({ op: 'bookmark', ch: 'machines', at: 'e.2:0@90.3,1@4.3' });
  assert.equal(machines.handle.position, 'e.2:0@90.3,1@4.3');
});

test('partitions that turn up later join the position', async () => {
  const stage = new Stage();
  const { machines } = await stage.live('e.1:0@10.0');
  await stage.socket.says(event('3@0.2', 1));
  assert.equal(machines.handle.position, 'e.1:0@10.0,3@1.2');
});

test('partitions of several topics are told apart by their names', async () => {
  const stage = new Stage();
  const { machines } = await stage.live('e.1:laundry.a/0@10.0,laundry.b/0@20.0');
  await stage.socket.says(event('laundry.b/0@20.1', 1), event('laundry.a/0@10.0', 2), event('laundry.b/0@20.1', 3));
  assert.deepEqual(machines.values, [1, 2]);
  assert.equal(machines.handle.position, 'e.1:laundry.a/0@11.0,laundry.b/0@21.1');
});

test('a sealed position travels back as it came', async () => {
  for (const sealed of ['k3x9.67a1f0:~Zm9v+YmFy/==', 'Zm9vYmFyOjpAQA']) {
    const stage = new Stage();
    const { machines } = await stage.live(sealed);
    await stage.socket.says(event(undefined, 1), { op: 'gap', ch: 'machines', reason: 'overflow' });
    assert.deepEqual(machines.values, [1]);
    assert.equal((await resumed(stage)).from, `at:${sealed}`);
  }
});

test('a position without partitions yet is filled by events', async () => {
  const stage = new Stage();
  const { machines } = await stage.live('e.1:');
  await stage.socket.says(event('0@0.0', 1));
  assert.equal(machines.handle.position, 'e.1:0@1.0');
});

test('an application may resume at a position that it kept', async () => {
  const stage = new Stage();
  const bridge = stage.bridge();
  stage.watch(bridge, 'machines', { from: 'at:e.1:0@5.0', else: 'snapshot' });
  await settled();
  await stage.socket.welcomes();
  const { from, else: otherwise } = stage.socket.sent[0];
  assert.deepEqual([from, otherwise], ['at:e.1:0@5.0', 'snapshot']);
});

test('a gap is told with its range and the resume starts behind it', async () => {
  const stage = new Stage();
  const { machines } = await stage.live('e.1:0@10.7,1@5.0');
  const gap = { op: 'gap', ch: 'machines', p: '0', from: '0@10.7', to: '0@1300.7', reason: 'retention' };
  await stage.socket.says(gap);
  assert.deepEqual(machines.gaps, [
    { channel: 'machines', partition: '0', from: '0@10.7', to: '0@1300.7', reason: 'retention' },
  ]);
  assert.equal((await resumed(stage)).from, 'at:e.1:0@1300.7,1@5.0');
});

test('a gap without a range is told and moves nothing', async () => {
  const stage = new Stage();
  const { machines } = await stage.live('e.1:0@10.0');
  await stage.socket.says({ op: 'gap', ch: 'machines', reason: 'overflow' });
  assert.equal(machines.gaps.length, 1);
  assert.equal(machines.gaps[0].reason, 'overflow');
  assert.equal(machines.handle.position, 'e.1:0@10.0');
});

test('a gap that ends before the position never moves it back', async () => {
  const stage = new Stage();
  const { machines } = await stage.live('e.1:0@10.0');
  await stage.socket.says({ op: 'gap', ch: 'machines', p: '0', from: '0@1.0', to: '0@4.0', reason: 'limit' });
  assert.equal(machines.gaps.length, 1);
  assert.equal(machines.handle.position, 'e.1:0@10.0');
});

test('a reset is told and its position taken whole, backwards too', async () => {
  const stage = new Stage();
  const { machines } = await stage.live('old.1:0@1000.7,1@9.0');
  await stage.socket.says(
    { op: 'reset', ch: 'machines', reason: 'epoch', at: 'new.2:0@0.0' },
    event('0@0.0', 'first'),
  );
  assert.equal(machines.handle.state, 'lagging');
  assert.deepEqual(machines.resets, [{ channel: 'machines', reason: 'epoch' }]);
  assert.deepEqual(machines.values, ['first']);
  assert.equal((await resumed(stage)).from, 'at:new.2:0@1.0');
});

test('a reset that the socket did not outlive is asked for again', async () => {
  const stage = new Stage();
  await stage.live('old.1:0@1000.7');
  await stage.socket.says({ op: 'reset', ch: 'machines', reason: 'epoch', at: 'new.2:0@0.0' });
  assert.equal((await resumed(stage)).from, 'at:old.1:0@1000.7');
});

test('a snapshot drops the position, hands on its events in any order, and ends in the position it names', async () => {
  const stage = new Stage();
  const { machines } = await stage.live('e.1:0@1000.0');
  await stage.socket.says(
    { op: 'snapshot', ch: 'machines', state: 'begin' },
    event('0@900.0', 'b', { k: 'b' }),
    event('0@3.0', 'a', { k: 'a' }),
  );
  assert.deepEqual(machines.resets, [{ channel: 'machines', reason: 'snapshot' }]);
  assert.equal(machines.handle.position, null);
  assert.equal(machines.handle.state, 'lagging');
  await stage.socket.says(
    { op: 'snapshot', ch: 'machines', state: 'end', at: 'e.2:0@1000.0', count: 2 },
    event('0@999.0', 'late'),
    event('0@1000.0', 'c'),
    { op: 'live', ch: 'machines' },
  );
  assert.deepEqual(machines.values, ['b', 'a', 'c']);
  assert.equal(machines.handle.position, 'e.2:0@1001.0');
  assert.equal(machines.handle.state, 'live');
});

test('onSnapshot is told begin and end in place of the reset', async () => {
  const stage = new Stage();
  const told = [];
  const { machines } = await stage.live('e.1:0@10.0', { onSnapshot: (state, { count }) => told.push([state, count]) });
  await stage.socket.says(
    { op: 'snapshot', ch: 'machines', state: 'begin' },
    { op: 'snapshot', ch: 'machines', state: 'end', at: 'e.2:0@10.0', count: 0 },
  );
  assert.deepEqual(told, [
    ['begin', undefined],
    ['end', 0],
  ]);
  assert.deepEqual(machines.resets, []);
});

test('a connection lost within a snapshot asks for a whole snapshot', async () => {
  const stage = new Stage();
  await stage.live('e.1:0@10.0', { from: 'live', else: 'earliest' });
  await stage.socket.says({ op: 'snapshot', ch: 'machines', state: 'begin' }, event('0@3.0', 1));
  const line = await resumed(stage);
  assert.deepEqual([line.from, line.else], ['snapshot', 'earliest']);
});

test('a connection lost between the answer and the snapshot does not skip the snapshot', async () => {
  const stage = new Stage();
  const bridge = stage.bridge();
  stage.watch(bridge, 'machines');
  await settled();
  await stage.socket.welcomes();
  await stage.socket.subscribes('machines', 'e.1:0@10.0');
  assert.equal((await resumed(stage)).from, undefined);
});

test('an update that was never answered is sent again after a resume of the old selection', async () => {
  const stage = new Stage();
  const { machines } = await stage.live('e.1:0@10.0', { keys: ['m-1'] });
  machines.handle.update({ keys: ['m-2'] });
  await settled();
  await stage.socket.says(event('0@10.0', 'still the old selection'));
  const line = await resumed(stage);
  assert.deepEqual([line.keys, line.from], [['m-1'], 'at:e.1:0@11.0']);
  await stage.socket.subscribes('machines', 'e.1:0@11.0');
  const change = stage.socket.asked('subscribe').at(-1);
  assert.deepEqual([change.keys, change.from], [['m-2'], undefined]);
  await stage.socket.subscribes('machines', 'e.1:0@11.0', event('0@11.0', 'new selection'));
  const next = await resumed(stage);
  assert.deepEqual([next.keys, next.from], [['m-2'], 'at:e.1:0@12.0']);
});

test('a position that is refused starts again by else, and the application is told', async () => {
  const stage = new Stage();
  const { machines } = await stage.live('e.1:0@10.0', { from: 'live', else: 'snapshot' });
  const { id } = await resumed(stage);
  await stage.socket.says({ op: 'error', id, code: 'bad_position', message: 'Not a position.', retry: false });
  assert.deepEqual(machines.resets, [{ channel: 'machines', reason: 'bad_position' }]);
  assert.equal(machines.errors[0].code, 'bad_position');
  const again = stage.socket.asked('subscribe').at(-1);
  assert.deepEqual([again.from, again.else], ['snapshot', undefined]);
});

test('a kept position that was tampered with ends in the default, and at last in denied, never in a loop', async () => {
  const stage = new Stage();
  const bridge = stage.bridge();
  const machines = stage.watch(bridge, 'machines', { from: 'at:garbage', else: 'at:more' });
  await settled();
  await stage.socket.welcomes();
  const asked = [];
  for (let round = 0; round < 5; round++) {
    const line = stage.socket.asked('subscribe').at(-1);
    if (asked.at(-1) === line) break;
    asked.push(line);
    await stage.socket.says({ op: 'error', id: line.id, code: 'bad_position', message: 'Bad.', retry: false });
  }
  assert.deepEqual(asked.map((line) => line.from), ['at:garbage', 'at:more', undefined]);
  assert.equal(machines.handle.state, 'denied');
});

test('the position within onEvent counts the event already', async () => {
  const stage = new Stage();
  const seen = [];
  const { machines } = await stage.live('e.1:0@10.0', { onEvent: () => seen.push(machines.handle.position) });
  await stage.socket.says(event('0@10.0', 1));
  assert.deepEqual(seen, ['e.1:0@11.0']);
});
