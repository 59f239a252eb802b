import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { event, settled, Stage } from './stage.mjs';

const COMPRESS = { compress: 'deflate-raw' };

/** As the server packs them: a first byte of 0, and the rest inflates to lines. */
function packed(...lines) {
  const rest = deflateRawSync(lines.map((line) => JSON.stringify(line)).join('\n'));
  return Uint8Array.from([0, ...rest]).buffer;
}

async function until(condition) {
  for (let turn = 0; !condition(); turn++) {
    assert.ok(turn < 5_000, 'it does not come');
    await new Promise((done) => setTimeout(done, 1));
  }
}

async function live(stage, features) {
  const bridge = stage.bridge('/laundry', { onError: (error) => stage.errors.push(error) });
  const machines = stage.watch(bridge, 'machines', COMPRESS);
  await settled();
  await stage.socket.welcomes({ features });
  await stage.socket.subscribes('machines', 'e.1:0@10.0', { op: 'live', ch: 'machines' });
  return machines;
}

test('asks for compression only where the server offers it', async () => {
  const stage = new Stage();
  await live(stage, ['compress']);
  assert.equal(stage.socket.asked('subscribe')[0].compress, 'deflate-raw');
  const other = new Stage();
  await live(other, []);
  assert.equal('compress' in other.socket.asked('subscribe')[0], false);
});

test('frames are handed on in the order of their arrival, however long inflating takes', async () => {
  const stage = new Stage();
  const machines = await live(stage, ['compress']);
  const long = Array.from({ length: 5_000 }, (_, n) => event(`0@${10 + n}.0`, n));
  stage.socket.receives(packed(...long));
  stage.socket.receives(JSON.stringify(event('0@5010.0', 5_000)));
  stage.socket.receives(packed(event('0@5011.0', 5_001)));
  stage.socket.receives(new TextEncoder().encode(JSON.stringify(event('0@5012.0', 5_002))).buffer);
  assert.equal(machines.events.length, 0);
  await until(() => machines.events.length === 5_003);
  assert.deepEqual(machines.values, Array.from({ length: 5_003 }, (_, n) => n));
  await stage.socket.says(event('0@5013.0', 5_003)); // nothing inflates any more: at once
  assert.equal(machines.values.at(-1), 5_003);
});

test('a beat is answered once what came before it was handed on', async () => {
  const stage = new Stage();
  const machines = await live(stage, ['compress']);
  stage.socket.receives(packed(event('0@10.0', 1)));
  stage.socket.receives('{"op":"beat","n":1}');
  await settled();
  assert.deepEqual(stage.socket.asked('beat'), []);
  await until(() => stage.socket.asked('beat').length === 1);
  assert.deepEqual(machines.values, [1]);
});

test('what arrived before the end of a connection is handed on, and the bye in it counts', async () => {
  const stage = new Stage();
  const machines = await live(stage, ['compress']);
  stage.socket.receives(packed(event('0@10.0', 1)));
  stage.socket.receives('{"op":"bye","code":1012,"retryAfter":700}');
  stage.socket.ends(1006);
  await until(() => machines.lastState[0] === 'blind');
  assert.deepEqual(machines.values, [1]);
  assert.equal(machines.lastState[1].code, 1012);
  assert.equal(machines.lastState[1].retryIn, 700);
});

test('frames of an earlier connection are not handed on', async () => {
  const stage = new Stage();
  const machines = await live(stage, ['compress']);
  stage.socket.receives(packed(event('0@10.0', 1)));
  await stage.socket.fails();
  await stage.passes(60_000);
  await new Promise((done) => setTimeout(done, 50));
  assert.equal(machines.events.length, 0);
});

test('a frame that does not inflate is not the protocol', async () => {
  const stage = new Stage();
  const machines = await live(stage, ['compress']);
  stage.socket.receives(Uint8Array.from([0, 255, 255, 255, 255]).buffer);
  await until(() => stage.errors.length > 0);
  assert.equal(stage.errors[0].code, 4400);
  assert.equal(machines.lastState[0], 'blind');
});

test('a frame that inflates without end is not the protocol', async () => {
  const stage = new Stage();
  await live(stage, ['compress']);
  stage.socket.receives(Uint8Array.from([0, ...deflateRawSync(Buffer.alloc(17 << 20))]).buffer);
  await until(() => stage.errors.length > 0);
  assert.equal(stage.errors[0].code, 4400);
  assert.match(stage.errors[0].cause.message, /too long/);
});
