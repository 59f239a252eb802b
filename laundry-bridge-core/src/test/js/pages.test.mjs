// Runs the pages of docs/browser.md that publish, load by REST, and show the past.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { event, settled, Stage } from './stage.mjs';

const PAGE = readFileSync(new URL('../../../../docs/browser.md', import.meta.url), 'utf8');
const FEATURES = { features: ['publish', 'await', 'travel'] };
const live = (ch) => ({ op: 'live', ch });

/** Runs the code below a heading with these names. */
function runs(heading, names) {
  const [, code] = RegExp(`## ${heading}\n.*?\`\`\`js\n(.*?)\`\`\``, 's').exec(PAGE);
  const AsyncFunction = (async () => {}).constructor;
  return new AsyncFunction(...Object.keys(names), code)(...Object.values(names));
}

test('the page of docs/browser.md publishes, waits until it sees it, and shows what failed', async () => {
  const stage = new Stage();
  const bridge = stage.bridge();
  const shown = [];
  const button = { disabled: false };
  const audit = bridge.subscribe('audit');
  await runs('Publish, and read what you wrote', { bridge, audit, button, show: (...what) => shown.push(what) });
  await settled();
  await stage.socket.welcomes(FEATURES);
  await stage.socket.subscribes('audit', 'e.1:0@10.0', live('audit'));
  for (const end of ['reached', 'refused']) {
    button.onclick();
    await settled();
    const line = stage.socket.asked('publish').at(-1);
    assert.deepEqual([line.ch, line.k, button.disabled], ['commands', 'm-42', true]);
    assert.deepEqual(line.v, { machine: 'm-42', action: 'stop' });
    if (end === 'refused') await stage.socket.refuses(line, 'forbidden', 'No such channel.');
    else {
      await stage.socket.says({ op: 'ack', id: line.id, at: '0@10.0' });
      assert.equal(button.disabled, true);
      await stage.socket.says(event('0@10.0', {}, { ch: 'audit' }));
    }
    assert.equal(button.disabled, false);
  }
  assert.deepEqual(shown, [['forbidden', 'No such channel.']]);
});

test('the page of docs/browser.md loads by REST and goes on by stream', async () => {
  const stage = new Stage();
  const machines = new Map();
  const headers = { 'Laundry-Bridge-At': 'machines=e.1:0@10.0' };
  const fetch = async () => new Response('[{"id":"m-1"},{"id":"m-2"}]', { headers });
  await runs('Load by REST, go on by stream', { bridge: stage.bridge(), machines, fetch });
  await settled();
  await stage.socket.welcomes(FEATURES);
  assert.equal(stage.socket.sent[0].from, 'at:e.1:0@10.0');
  const gone = event('0@10.0', null, { k: 'm-1' });
  await stage.socket.subscribes('machines', 'e.1:0@10.0', gone, event('0@11.0', {}, { k: 'm-3' }), live('machines'));
  assert.deepEqual([...machines.keys()], ['m-2', 'm-3']);
});

test('the page of docs/browser.md shows the past', async () => {
  const stage = new Stage();
  const [slider, play, now, share, location] = [{ value: '1700000000000' }, {}, {}, {}, {}];
  await runs('Show the past', { bridge: stage.bridge(), handlers: {}, slider, play, now, share, location });
  await settled();
  await stage.socket.welcomes(FEATURES);
  await stage.socket.subscribes('machines', 'e.1:0@10.0', live('machines'));
  const asked = async (what) => {
    what();
    await stage.passes(300);
    const { from, pace, lead } = stage.socket.asked('subscribe').at(-1);
    return [from, pace, lead];
  };
  assert.deepEqual(await asked(slider.oninput), ['since:1700000000000', 0, 'PT10M']);
  await stage.socket.subscribes('machines', 'e.1:0@3.0', { op: 'clock', ch: 'machines', ts: 7, at: 'e.1:0@3.0' });
  assert.equal(slider.value, 7);
  assert.deepEqual(await asked(play.onclick), [undefined, 4, undefined]);
  assert.deepEqual(await asked(now.onclick), [undefined, undefined, undefined]);
  share.onclick();
  assert.equal(location.hash, 'at=e.1%3A0%403.0');
});
