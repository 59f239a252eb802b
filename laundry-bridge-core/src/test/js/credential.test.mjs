import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settled, Stage } from './stage.mjs';

async function guarded(token) {
  const stage = new Stage();
  const asked = [];
  const bridge = stage.bridge('/laundry', {
    onError: (error) => stage.errors.push(error),
    token: () => {
      asked.push(stage.now);
      return token(asked.length);
    },
  });
  const machines = stage.watch(bridge, 'machines');
  await settled();
  return { stage, machines, asked, bridge };
}

async function accepts(socket, expires = null) {
  await socket.says({ op: 'authenticated', id: socket.asked('auth').at(-1).id, expires });
}

test('sends the credential first where one is required, and subscribes once it is accepted', async () => {
  const { stage, machines } = await guarded(async (n) => `token-${n}`);
  await stage.socket.welcomes({ auth: 'required' });
  assert.deepEqual(stage.socket.sent.map(({ op, token }) => [op, token]), [['auth', 'token-1']]);
  await accepts(stage.socket);
  assert.equal(stage.socket.sent.at(-1).op, 'subscribe');
  assert.equal(machines.handle.state, 'lagging');
});

test('sends no credential where none is required', async () => {
  const { stage, asked } = await guarded(() => 'token');
  await stage.socket.welcomes();
  assert.equal(asked.length, 0);
  assert.deepEqual(stage.socket.sent.map(({ op }) => op), ['subscribe']);
});

test('without a credential a server that requires one is denied', async () => {
  for (const options of [{}, { token: () => null }, { token: async () => undefined }]) {
    const stage = new Stage();
    const machines = stage.watch(stage.bridge('/laundry', options), 'machines');
    await settled();
    await stage.socket.welcomes({ auth: 'required' });
    const [state, { code, reason }] = machines.lastState;
    assert.deepEqual([state, code, reason], ['denied', 4401, 'no credential']);
    assert.notEqual(stage.socket.closedWith, null);
  }
});

test('after 4401 waits for a fresh credential, however long that takes, then reconnects with it', async () => {
  let supply;
  const { stage, machines } = await guarded((n) => (n === 1 ? 'old' : new Promise((resolve) => (supply = resolve))));
  await stage.socket.welcomes({ auth: 'required' });
  await accepts(stage.socket);
  await stage.socket.subscribes('machines', 'e.1:0@10.0', { op: 'live', ch: 'machines' });
  await stage.socket.ends(4401, 'expired');
  assert.equal(machines.handle.state, 'blind');
  await stage.passes(600_000);
  assert.equal(stage.sockets.length, 1);
  supply('fresh');
  await settled();
  assert.equal(stage.sockets.length, 2);
  await stage.socket.welcomes({ auth: 'required' });
  assert.equal(stage.socket.sent[0].token, 'fresh');
  await accepts(stage.socket);
  assert.equal(stage.socket.sent.at(-1).from, 'at:e.1:0@10.0');
});

test('after 4401 without a credential all is denied', async () => {
  const { stage, machines } = await guarded(() => null);
  await stage.socket.welcomes();
  await stage.socket.ends(4401, 'expired');
  await stage.passes(500);
  assert.equal(machines.handle.state, 'denied');
  assert.equal(stage.sockets.length, 1);
});

test('three credentials refused in a row are enough', async () => {
  const { stage, machines, asked } = await guarded(() => 'wrong');
  for (let round = 0; round < 10 && machines.handle.state !== 'denied'; round++) {
    await stage.socket.welcomes({ auth: 'required' });
    await stage.socket.ends(4401, 'wrong');
    await stage.passes(5_000);
  }
  assert.equal(machines.handle.state, 'denied');
  assert.equal(asked.length, 4);
});

test('a credential refused by an error line is a 4401 as well', async () => {
  const { stage } = await guarded((n) => `token-${n}`);
  await stage.socket.welcomes({ auth: 'required' });
  const { id } = stage.socket.sent[0];
  await stage.socket.says({ op: 'error', id, code: 'unauthenticated', message: 'Expired.', retry: false });
  await stage.passes(500);
  await stage.socket.welcomes({ auth: 'required' });
  assert.equal(stage.socket.sent[0].token, 'token-2');
});

test('4403 is final even with a credential', async () => {
  const { stage, machines, asked } = await guarded(() => 'token');
  await stage.socket.welcomes({ auth: 'required' });
  await stage.socket.ends(4403, 'another user');
  await stage.passes(60_000);
  assert.equal(machines.handle.state, 'denied');
  assert.equal(asked.length, 1);
});

test('a credential that took too long for the deadline is used on the next socket, asked for once', async () => {
  let supply;
  const { stage, asked } = await guarded(() => new Promise((resolve) => (supply = resolve)));
  await stage.socket.welcomes({ auth: 'required' });
  await stage.socket.ends(4408, 'deadline');
  await stage.passes(30_000);
  supply('late');
  await settled();
  assert.equal(asked.length, 1);
  assert.equal(stage.sockets.length, 2);
  await stage.socket.welcomes({ auth: 'required' });
  assert.equal(stage.socket.sent[0].token, 'late');
});

test('a credential is renewed before it expires, on the same socket', async () => {
  const { stage, asked } = await guarded((n) => `token-${n}`);
  await stage.socket.welcomes({ auth: 'required' });
  await accepts(stage.socket, stage.now + 100_000);
  const [first] = stage.sockets;
  for (let beat = 0; beat < 6; beat++) {
    await stage.passes(15_000);
    await first.says({ op: 'beat', n: beat });
  }
  assert.equal(asked.length, 2);
  assert.deepEqual(first.asked('auth').map(({ token }) => token), ['token-1', 'token-2']);
  assert.equal(stage.sockets.length, 1);
});

test('an expiry in the far future or the past makes no busy loop', async () => {
  for (const expires of [Number.MAX_SAFE_INTEGER, 1]) {
    const { stage, asked } = await guarded((n) => `token-${n}`);
    await stage.socket.welcomes({ auth: 'required' });
    await accepts(stage.socket, stage.now);
    await accepts(stage.socket, expires);
    await stage.passes(9_999);
    assert.equal(asked.length, 1);
  }
});

test('a token function that fails is told and asked again, not denied', async () => {
  const { stage, machines } = await guarded((n) => {
    if (n < 3) throw new Error('login server away');
    return 'token';
  });
  await stage.socket.welcomes({ auth: 'required' });
  assert.equal(machines.handle.state, 'blind');
  await stage.passes(20_000);
  assert.equal(stage.errors.length, 2);
  assert.equal(stage.errors[0].code, 'token');
  assert.equal(stage.errors[0].cause.message, 'login server away');
  await stage.socket.welcomes({ auth: 'required' });
  assert.equal(stage.socket.sent[0].token, 'token');
});

test('a credential that could not be sent is kept for the next attempt', async () => {
  const { stage, asked } = await guarded((n) => `token-${n}`);
  await stage.socket.welcomes();
  await stage.socket.ends(4401, 'expired');
  await stage.passes(500);
  for (let attempt = 0; attempt < 4; attempt++) {
    await stage.socket.fails();
    await stage.passes(10_000);
  }
  assert.equal(asked.length, 1);
  await stage.socket.welcomes({ auth: 'required' });
  assert.equal(stage.socket.sent[0].token, 'token-1');
});

test('no fresh credential before the old one expires is no reason to stop', async () => {
  const { stage, machines } = await guarded((n) => (n === 1 ? 'only' : null));
  await stage.socket.welcomes({ auth: 'required' });
  await accepts(stage.socket, stage.now + 20_000);
  await stage.passes(19_000);
  assert.equal(machines.handle.state, 'lagging');
  assert.equal(stage.socket.closedWith, null);
});
