import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accepts, guarded } from './login.mjs';
import { settled, Stage } from './stage.mjs';

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

test('sends the credential first where one is optional and there is a token function', async () => {
  const { stage, machines } = await guarded(async (n) => `token-${n}`);
  await stage.socket.welcomes({ auth: 'optional' });
  assert.deepEqual(stage.socket.sent.map(({ op, token }) => [op, token]), [['auth', 'token-1']]);
  assert.equal(machines.handle.state, 'blind');
  await accepts(stage.socket);
  assert.equal(stage.socket.sent.at(-1).op, 'subscribe');
  await stage.socket.ends(1006);
  await stage.reopens();
  await stage.socket.welcomes({ auth: 'optional' });
  assert.equal(stage.socket.sent[0].token, 'token-2');
});

test('without a credential an optional login is left out', async () => {
  for (const options of [{}, { token: () => null }, { token: async () => '' }]) {
    const stage = new Stage();
    stage.watch(stage.bridge('/laundry', options), 'machines');
    await settled();
    await stage.socket.welcomes({ auth: 'optional' });
    assert.deepEqual(stage.socket.sent.map(({ op }) => op), ['subscribe']);
    await stage.socket.ends(4401, 'logged out');
    await stage.reopens();
    await stage.socket.welcomes({ auth: 'optional' });
    assert.deepEqual(stage.socket.sent.map(({ op }) => op), ['subscribe']);
    await stage.passes(70_000);
    assert.deepEqual(stage.errors, []);
  }
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
  const dialog = new Promise((resolve) => (supply = resolve)); // the same for every call
  const { stage, machines } = await guarded((n) => (n === 1 ? 'old' : dialog));
  await stage.socket.welcomes({ auth: 'required' });
  await accepts(stage.socket);
  await stage.socket.subscribes('machines', 'e.1:0@10.0', { op: 'live', ch: 'machines' });
  await stage.socket.ends(4401, 'expired');
  assert.equal(machines.handle.state, 'blind');
  await stage.passes(600_000);
  assert.equal(stage.sockets.length, 1);
  supply('fresh');
  await stage.passes(20_000);
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

test('a refused credential is never final: token is asked again with backoff until one is accepted', async () => {
  const { stage, machines, asked } = await guarded((n) => (n < 60 ? 'wrong' : 'right'));
  stage.random = 1;
  for (const wait of [500, 1000, 2000, 4000, 8000, 16000, ...Array(53).fill(20000)]) {
    await stage.socket.welcomes({ auth: 'required' });
    await stage.socket.refuses(stage.socket.asked('auth')[0], 'unauthenticated', 'Wrong.');
    const [state, { code, reason }] = machines.lastState;
    assert.deepEqual([state, code, reason], ['blind', 4401, 'Wrong.']);
    assert.equal(await stage.reopens(), wait);
  }
  await stage.socket.welcomes({ auth: 'required' });
  await accepts(stage.socket);
  await stage.socket.subscribes('machines', 'e.1:0@10.0', { op: 'live', ch: 'machines' });
  assert.equal(machines.handle.state, 'live');
  assert.equal(asked.length, 60);
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

test('a string is a credential as well', async () => {
  const stage = new Stage();
  stage.watch(stage.bridge('/laundry', { token: 'key' }), 'machines');
  await settled();
  await stage.socket.welcomes({ auth: 'required' });
  assert.equal(stage.socket.sent[0].token, 'key');
});

test('a credential that was not sent before 4401 is not used after it', async () => {
  const { stage } = await guarded((n) => `token-${n}`);
  await stage.socket.welcomes();
  for (let n = 1; n < 4; n++) {
    await stage.socket.ends(4401, 'the cookie has expired');
    await stage.reopens();
  }
  await stage.socket.welcomes({ auth: 'required' });
  assert.equal(stage.socket.sent[0].token, 'token-3');
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

test('4401 and 4408 without a token function are like any other close', async () => {
  for (const code of [4401, 4408]) {
    const stage = new Stage();
    const { machines } = await stage.live();
    await stage.socket.ends(code, 'the HTTP session has ended');
    assert.deepEqual([machines.lastState[0], machines.lastState[1].code], ['blind', code]);
    await stage.reopens();
    await stage.socket.welcomes();
    assert.equal(stage.socket.sent[0].from, 'at:e.1:0@10.0');
  }
});

test('a token function that hangs is reported after a minute and called again', async () => {
  const { stage, asked } = await guarded((n) => (n < 3 ? new Promise(() => {}) : 'token'));
  await stage.socket.welcomes();
  await stage.socket.ends(4401, 'expired');
  await stage.passes(61_000);
  assert.deepEqual(stage.errors.map(({ code, cause }) => [code, cause.message]), [['token', 'no answer']]);
  await stage.passes(62_000);
  assert.deepEqual([asked.length, stage.errors.length, stage.sockets.length], [3, 2, 2]);
});

test('a server that never answers the credential is left after a minute', async () => {
  const { stage, machines } = await guarded(() => 'token');
  await stage.socket.welcomes({ auth: 'required' });
  for (let beat = 0; beat < 4; beat++) {
    await stage.socket.says({ op: 'beat', n: beat });
    await stage.passes(15_000);
  }
  assert.equal(machines.handle.state, 'blind');
  assert.notEqual(stage.sockets[0].closedWith, null);
  await stage.passes(500);
  assert.equal(stage.sockets.length, 2);
});

test('a credential that cannot be checked for now is sent again over another connection', async () => {
  const { stage, machines, asked } = await guarded(() => 'token');
  await stage.socket.welcomes({ auth: 'required' });
  await stage.socket.refuses(stage.socket.asked('auth')[0], 'unauthenticated', 'The key server is away.', true);
  assert.deepEqual([machines.lastState[0], machines.lastState[1].code], ['blind', 1013]);
  assert.equal(await stage.reopens(), 250);
  await stage.socket.welcomes({ auth: 'required' });
  await accepts(stage.socket);
  assert.equal(machines.handle.state, 'lagging');
  assert.equal(asked.length, 2);
});

test('close while a credential is awaited is final, whatever comes of it', async () => {
  let supply;
  const { stage, bridge } = await guarded(() => new Promise((resolve) => (supply = resolve)));
  await stage.socket.welcomes({ auth: 'required' });
  bridge.close();
  supply('late');
  await settled();
  assert.deepEqual(stage.socket.sent, []);
  assert.equal(stage.timers, 0);
  assert.deepEqual(stage.errors, []);
});

test('a credential is in no address, state, error or log', async (context) => {
  const logs = ['log', 'info', 'warn', 'error', 'debug'].map((name) => context.mock.method(console, name, () => {}));
  const { stage, machines, bridge } = await guarded((n) => {
    if (n === 2) throw new Error('login server away');
    return n === 4 ? { secret: 's3cr3t' } : 's3cr3t';
  });
  await stage.socket.welcomes({ auth: 'required' });
  await accepts(stage.socket, stage.now + 10_000);
  await stage.passes(9_000);
  await stage.passes(5_000);
  await stage.socket.refuses(stage.socket.asked('auth').at(-1), 'unauthenticated', 'Later.', true);
  await stage.socket.receives('<html>');
  await stage.reopens();
  await stage.socket.welcomes({ auth: 'required' });
  await stage.socket.ends(1009, 'too long');
  await stage.socket.ends(4403, 'another user');
  const told = [machines, stage.errors, stage.errors.map(({ stack, cause }) => [stack, cause?.stack]), bridge];
  const logged = logs.flatMap(({ mock }) => mock.calls.map((call) => call.arguments));
  assert.ok(stage.errors.length >= 3);
  assert.ok(!JSON.stringify([told, logged, stage.sockets.map(({ url, protocol }) => [url, protocol])]).includes('s3cr3t'));
});
