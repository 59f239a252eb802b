import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { event, settled, Stage } from './stage.mjs';

const FOLDER = new URL('../../main/resources/META-INF/resources/laundry-bridge/', import.meta.url);
const SOURCE = new URL('laundry-bridge.src.js', FOLDER);

test('keys and fields called __proto__, constructor and toString pollute nothing', async () => {
  const stage = new Stage();
  const { machines } = await stage.live();
  const hostile = '{"ch":"machines","at":"0@10.0","ts":1,"k":"__proto__","v":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}';
  await stage.socket.receives(hostile);
  await stage.socket.receives('{"__proto__":{"op":"bye","polluted":1},"ch":"toString","v":1}');
  await stage.socket.receives('{"op":"__proto__","ch":"machines"}\n{"op":"toString","ch":"__proto__"}');
  assert.equal(machines.events.length, 1);
  assert.equal(machines.events[0].key, '__proto__');
  assert.equal({}.polluted, undefined);
  assert.equal(Object.prototype.polluted, undefined);
});

test('a channel and partitions called __proto__ work like any other', async () => {
  const stage = new Stage();
  const bridge = stage.bridge();
  const told = stage.watch(bridge, '__proto__');
  await settled();
  await stage.socket.welcomes();
  await stage.socket.subscribes('__proto__', 'e.1:__proto__/0@1.0', event('__proto__/0@1.0', 1, { ch: '__proto__' }));
  assert.deepEqual(told.values, [1]);
  assert.equal(told.handle.position, 'e.1:__proto__/0@2.0');
});

test('garbage is closed with 4400, tried again with backoff three times, then denied', async () => {
  const stage = new Stage();
  const bridge = stage.bridge('/laundry', { onError: (error) => stage.errors.push(error) });
  const machines = stage.watch(bridge, 'machines');
  await settled();
  const garbage = ['<html>', 'null', '{"op":"welcome"', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]).buffer];
  for (const [round, data] of garbage.entries()) {
    assert.equal(stage.sockets.length, round + 1);
    await stage.socket.receives(data);
    assert.equal(stage.sockets[round].closedWith, 4400);
    await stage.passes(5_000);
  }
  assert.equal(machines.handle.state, 'denied');
  assert.equal(machines.lastState[1].code, 4400);
  assert.ok(stage.errors.every(({ code }) => code === 4400));
  await stage.passes(600_000);
  assert.equal(stage.sockets.length, 4);
});

test('events before the garbage in a frame count, events after it come with the resume', async () => {
  const stage = new Stage();
  const { machines } = await stage.live();
  await stage.socket.receives(`${JSON.stringify(event('0@10.0', 1))}\n{{{\n${JSON.stringify(event('0@11.0', 2))}`);
  assert.deepEqual(machines.values, [1]);
  await stage.passes(500);
  await stage.socket.welcomes();
  assert.equal(stage.socket.sent[0].from, 'at:e.1:0@11.0');
});

test('fields of the wrong type never throw into the page', async () => {
  const wrong = [5, true, [], {}, 'x', null, -1, 1e999];
  for (const value of wrong) {
    for (const op of ['welcome', 'authenticated', 'bye', 'error', 'subscribed', 'live', 'gap', 'reset', 'bookmark']) {
      const stage = new Stage();
      const { machines } = await stage.live();
      await stage.socket.says({
        op,
        ch: 'machines',
        ...Object.fromEntries(['id', 'at', 'to', 'p', 'heartbeat', 'expires', 'retryAfter', 'code'].map((k) => [k, value])),
      });
      await stage.passes(1000);
      assert.equal(machines.events.length, 0);
    }
  }
});

test('the client touches no page, no global and no eval', () => {
  const source = readFileSync(SOURCE, 'utf8')
    .replace('env.document?.hidden', '')
    .replace('{ document, location }', '')
    .replace('document?.baseURI', ''); // looked at, not touched
  for (const word of ['document', 'window', 'innerHTML', 'eval', 'Function(', 'localStorage', 'import ']) {
    assert.ok(!source.includes(word), word);
  }
});

test('the file that pages import is at most 8 KiB compressed', () => {
  const size = gzipSync(readFileSync(new URL('laundry-bridge.js', FOLDER))).length;
  assert.ok(size <= 8192, `${size} bytes`);
});
