import assert from 'node:assert/strict';
import { test } from 'node:test';
import { event, settled, Stage } from './stage.mjs';

const FEATURES = { features: ['view'] };

async function live(stage, options = {}) {
  const bridge = stage.bridge('/laundry', { onError: (error) => stage.errors.push(error), ...options });
  const machines = stage.watch(bridge, 'machines');
  await settled();
  await stage.socket.welcomes(FEATURES);
  await stage.socket.subscribes('machines', 'e.1:0@10.0', { op: 'live', ch: 'machines' });
  return machines;
}

async function turns(stage, hidden) {
  stage.env.document.hidden = hidden;
  await stage.fires('visibilitychange', stage.env.document);
}

function page() {
  const stage = new Stage();
  stage.env.document = { hidden: false };
  return stage;
}

test('a page that is hidden says so, is lagging until it is back, and live once the server says it', async () => {
  const stage = page();
  const machines = await live(stage);
  assert.deepEqual(stage.socket.asked('view'), []);
  await turns(stage, true);
  assert.deepEqual(stage.socket.asked('view'), [{ op: 'view', hidden: true }]);
  assert.equal(machines.lastState[0], 'lagging');
  await turns(stage, false);
  assert.deepEqual(stage.socket.asked('view')[1], { op: 'view', hidden: false });
  await stage.socket.says(event('0@10.0', 1), { op: 'live', ch: 'machines' });
  assert.equal(machines.lastState[0], 'live');
});

test('a page that is hidden while it connects says so before it subscribes', async () => {
  const stage = page();
  stage.env.document.hidden = true;
  stage.watch(stage.bridge(), 'machines');
  await settled();
  await stage.socket.welcomes(FEATURES);
  assert.deepEqual(stage.socket.sent.map((line) => line.op), ['view', 'subscribe']);
});

test('visibility is not reported where that is switched off, not offered, or there is no page', async () => {
  const off = page();
  await live(off, { reportVisibility: false });
  await turns(off, true);
  assert.deepEqual(off.socket.asked('view'), []);
  const old = page();
  old.watch(old.bridge(), 'machines').handle.view(['m-1']);
  await settled();
  await old.socket.welcomes();
  await turns(old, true);
  assert.deepEqual(old.socket.asked('view'), []);
  const none = new Stage();
  await live(none);
  await none.fires('visibilitychange', {});
  assert.deepEqual(none.socket.asked('view'), []);
});

test('the keys in view are told, null for all, and their values come without a place and move nothing', async () => {
  const stage = new Stage();
  const machines = await live(stage);
  machines.handle.view(['m-1']);
  await settled();
  machines.handle.view(null);
  await settled();
  assert.deepEqual(stage.socket.asked('view').map((line) => line.keys), [['m-1'], null]);
  await stage.socket.says({ ch: 'machines', ts: 1, k: 'm-1', v: 7 });
  assert.deepEqual(machines.values, [7]);
  assert.equal(machines.handle.position, 'e.1:0@10.0');
});

test('a view set before the connection follows the subscribe', async () => {
  const stage = new Stage();
  stage.watch(stage.bridge(), 'machines').handle.view(['m-1']);
  await settled();
  await stage.socket.welcomes(FEATURES);
  assert.deepEqual(stage.socket.sent.map((line) => [line.op, line.keys]), [
    ['subscribe', undefined],
    ['view', ['m-1']],
  ]);
});

test('a resume takes everything out of view first, so that what is in view comes with its value', async () => {
  const stage = new Stage();
  const machines = await live(stage);
  machines.handle.view(['m-1', 'm-2']);
  await stage.socket.ends(1006);
  await stage.reopens();
  await stage.socket.welcomes(FEATURES);
  assert.deepEqual(stage.socket.sent.map((line) => [line.op, line.from, line.keys]), [
    ['subscribe', 'at:e.1:0@10.0', undefined],
    ['view', undefined, []],
    ['view', undefined, ['m-1', 'm-2']],
  ]);
});

test('a refused view is told and changes nothing else', async () => {
  const stage = new Stage();
  const machines = await live(stage);
  machines.handle.view(['m-1']);
  await settled();
  await stage.socket.refuses(stage.socket.asked('view')[0], 'limit_exceeded');
  assert.equal(machines.errors[0].code, 'limit_exceeded');
  assert.equal(machines.lastState[0], 'live');
  assert.equal(stage.socket.asked('subscribe').length, 1);
});
