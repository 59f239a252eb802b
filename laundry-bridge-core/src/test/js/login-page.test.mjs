// Runs the page of docs/browser.md.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { accepts, beats } from './login.mjs';
import { event, settled, Stage } from './stage.mjs';

const PAGE = readFileSync(new URL('../../../../docs/browser.md', import.meta.url), 'utf8');
const [, SNIPPET] = /## Five lines.*?```js\n(.*?)```/s.exec(PAGE);

/** The page, logged in and live. */
async function open(login) {
  const stage = new Stage();
  const rows = new Map();
  const shown = [];
  const bridge = function (url, options) {
    return stage.bridge(url, { onError: (error) => stage.errors.push(error), ...options });
  };
  const names = ['LaundryBridge', 'login', 'rows', 'show'];
  const run = new Function(...names, `${SNIPPET}; return bridge;`);
  run.call(null, bridge, login, rows, (...what) => shown.push(what));
  await settled();
  await stage.socket.welcomes({ auth: 'required' });
  await accepts(stage.socket, stage.now + 100_000);
  const state = [{ op: 'snapshot', ch: 'orders', state: 'begin' }, row('o-1'), row('o-2')];
  const end = { op: 'snapshot', ch: 'orders', state: 'end', at: '~1', count: 2 };
  await stage.socket.subscribes('orders', '~0', ...state, end, { op: 'live', ch: 'orders' });
  assert.deepEqual([[...rows.keys()], shown.at(-1)[0]], [['o-1', 'o-2'], 'live']);
  return { stage, rows, shown };
}

const row = (k, v = 1) => event(undefined, v, { ch: 'orders', k });

test('the page of docs/browser.md renews its token, follows its rights and drops what it may not see', async () => {
  let calls = 0;
  const { stage, rows, shown } = await open(async () => ({ accessToken: ++calls < 4 ? `token-${calls}` : null }));
  await beats(stage, 80_000);
  assert.deepEqual(stage.socket.asked('auth').map(({ token }) => token), ['token-1', 'token-2']);
  await accepts(stage.socket, stage.now + 100_000);
  await stage.socket.says({ op: 'reset', ch: 'orders', reason: 'access', at: '~2' }, row('o-3'));
  assert.deepEqual([...rows.keys()], ['o-3']);
  await stage.socket.ends(4401, 'expired');
  await stage.reopens();
  await stage.socket.welcomes({ auth: 'required' });
  await accepts(stage.socket);
  await stage.socket.subscribes('orders', '~2', row('o-4'));
  assert.deepEqual([...rows.keys()], ['o-3', 'o-4']);
  await stage.socket.ends(4401, 'logged out');
  await stage.passes(500);
  assert.deepEqual([[...rows.keys()], shown.at(-1)], [[], ['denied', 4401, 'no credential']]);
});

test('the page of docs/browser.md shows nothing once its role is gone', async () => {
  const { stage, rows, shown } = await open(async () => ({ accessToken: 'token' }));
  await stage.socket.says({ op: 'unsubscribed', ch: 'orders', reason: 'forbidden' });
  assert.deepEqual([[...rows.keys()], shown.at(-1)], [[], ['denied', 'unsubscribed', 'forbidden']]);
});
