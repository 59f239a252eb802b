import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accepts, beats, loggedIn } from './login.mjs';
import { event, settled } from './stage.mjs';

test('a credential is renewed after 80 % of its time, on the same socket, while events flow', async () => {
  const { stage, machines, socket, asked } = await loggedIn((n) => `token-${n}`, 100_000);
  await beats(stage, 79_999);
  assert.equal(asked.length, 1);
  await beats(stage, 1);
  assert.equal(asked.length, 2);
  await socket.says(event('0@10.0', 1));
  await accepts(socket, stage.now + 200_000);
  await socket.says(event('0@11.0', 2));
  await beats(stage, 159_999);
  assert.equal(asked.length, 2);
  await beats(stage, 1);
  assert.deepEqual(socket.asked('auth').map(({ token }) => token), ['token-1', 'token-2', 'token-3']);
  assert.equal(socket.asked('subscribe').length, 1);
  assert.deepEqual(machines.values, [1, 2]);
  assert.deepEqual(machines.stateNames, ['blind', 'lagging', 'live']);
  assert.equal(stage.sockets.length, 1);
});

test('a credential that does not run out is not renewed', async () => {
  const { stage, asked } = await loggedIn(() => 'token', null);
  await beats(stage, 3_600_000);
  assert.equal(asked.length, 1);
});

test('the same credential again and again makes no busy loop', async () => {
  const { stage, socket, asked } = await loggedIn(() => 'same', 300_000);
  const expires = stage.now + 300_000;
  let { length } = asked;
  for (let second = 0; second < 3_600; second++) {
    if (second % 15 === 0) await socket.says({ op: 'beat', n: second });
    await stage.passes(1_000);
    if (asked.length === length) continue;
    ({ length } = asked);
    await accepts(socket, expires); // this server does not even end it
  }
  assert.ok(length < 15, `${length} calls in an hour`);
});

test('an expiry of any value, or a page whose clock is wrong, makes no busy loop', async () => {
  for (const expires of [Number.MAX_SAFE_INTEGER, 1, -1, 'soon', {}, [], [1], true, 1e999]) {
    const { stage, socket, asked } = await loggedIn((n) => `token-${n}`, 100_000);
    for (let minute = 0; minute < 60; minute++) {
      for (let n = 0; n < 10; n++) await accepts(socket, expires);
      await beats(stage, 60_000);
    }
    assert.ok(asked.length <= 61, `${asked.length} calls in an hour: ${JSON.stringify(expires)}`);
  }
});

test('answers that nobody asked for cause one renewal', async () => {
  const { stage, socket, asked } = await loggedIn(() => 'token', 100_000);
  for (let n = 0; n < 20; n++) await accepts(socket, stage.now + 100_000);
  await beats(stage, 81_000);
  assert.equal(asked.length, 2);
});

test('no fresh credential before the old one expires is no reason to stop', async () => {
  const { stage, machines, socket } = await loggedIn((n) => (n === 1 ? 'only' : null), 20_000);
  await beats(stage, 100_000);
  assert.equal(machines.handle.state, 'live');
  assert.equal(socket.closedWith, null);
  await socket.ends(4401, 'expired');
  await stage.passes(500);
  assert.deepEqual([machines.lastState[0], machines.lastState[1].reason], ['denied', 'no credential']);
});

test('a renewal that fails is told and tried again after 5 s, 10 s, 20 s', async () => {
  const { stage, machines, asked, socket } = await loggedIn((n) => {
    if (n > 1 && n < 5) throw new Error('login server away');
    return `token-${n}`;
  }, 1_000_000);
  const [start] = asked;
  await beats(stage, 840_000);
  await accepts(socket, stage.now + 1_000_000);
  await beats(stage, 100_000);
  assert.deepEqual(asked.map((at) => at - start), [0, 800_000, 805_000, 815_000, 835_000]);
  assert.deepEqual(stage.errors.map(({ code }) => code), ['token', 'token', 'token']);
  assert.equal(socket.asked('auth').at(-1).token, 'token-5');
  assert.equal(machines.handle.state, 'live');
  assert.equal(stage.sockets.length, 1);
});

test('a renewal that hangs is told and tried again, and a late answer still counts', async () => {
  let supply;
  const { stage, asked, socket } = await loggedIn((n) => {
    if (n === 2) return new Promise((resolve) => (supply = resolve));
    return n === 1 ? 'first' : new Promise(() => {});
  }, 1_000_000);
  await beats(stage, 866_000);
  assert.equal(asked.length, 3);
  assert.deepEqual(stage.errors.map(({ cause }) => cause.message), ['no answer']);
  supply('late');
  await settled();
  assert.equal(socket.asked('auth').at(-1).token, 'late');
  await accepts(socket);
  await beats(stage, 200_000);
  assert.equal(stage.errors.length, 1);
});

test('a renewal that the server cannot check for now is told and sent again; the connection stays', async () => {
  const { stage, machines, socket, asked } = await loggedIn((n) => `token-${n}`, 100_000);
  await beats(stage, 80_000);
  await socket.refuses(socket.asked('auth').at(-1), 'unauthenticated', 'The key server is away.', true);
  assert.deepEqual(stage.errors.map(({ code, retry }) => [code, retry]), [['unauthenticated', true]]);
  await beats(stage, 5_000);
  assert.equal(asked.length, 3);
  await accepts(socket, stage.now + 100_000);
  assert.equal(machines.handle.state, 'live');
  assert.equal(stage.sockets.length, 1);
});

test('a renewal that is refused connects again with another credential', async () => {
  const { stage, machines, socket, asked } = await loggedIn((n) => `token-${n}`, 100_000);
  await beats(stage, 80_000);
  await socket.refuses(socket.asked('auth').at(-1), 'unauthenticated', 'Revoked.');
  assert.notEqual(socket.closedWith, null);
  assert.deepEqual([machines.lastState[0], machines.lastState[1].reason], ['blind', 'Revoked.']);
  await stage.reopens();
  await stage.socket.welcomes({ auth: 'required' });
  assert.equal(stage.socket.sent[0].token, 'token-3');
  assert.equal(asked.length, 3);
});

test('a page that slept past the expiry comes back with a fresh credential', async () => {
  const { stage, socket } = await loggedIn((n) => `token-${n}`, 300_000);
  await socket.says(event('0@10.0', 1));
  stage.freezes(3_600_000);
  await socket.ends(4401, 'expired');
  await stage.reopens();
  await stage.socket.welcomes({ auth: 'required' });
  await accepts(stage.socket, stage.now + 300_000);
  assert.deepEqual(stage.socket.sent.map(({ op, token, from }) => [op, token, from]), [
    ['auth', 'token-2', undefined],
    ['subscribe', undefined, 'at:e.1:0@11.0'],
  ]);
});
