import assert from 'node:assert/strict';
import { test } from 'node:test';
import { event, settled, Stage } from './stage.mjs';

const AWAIT = { features: ['await', 'view', 'publish'] };
const live = { op: 'live', ch: 'machines' };
const bookmark = (at) => ({ op: 'bookmark', ch: 'machines', at });

function watched(promise) {
  const told = { done: 0, error: null };
  promise.then(
    () => told.done++,
    (error) => (told.error = error),
  );
  return told;
}

async function page(at = 'e.1:0@10.0,2@70.3', options = {}) {
  const stage = new Stage();
  const bridge = stage.bridge('/laundry', { onError: (error) => stage.errors.push(error) });
  const machines = stage.watch(bridge, 'machines', options);
  await settled();
  await stage.socket.welcomes(AWAIT);
  await stage.socket.subscribes('machines', at, live);
  const waits = (place, more) => watched(machines.handle.caughtUp(place, more));
  return { stage, bridge, machines, waits };
}

const asked = ({ socket }) => socket.asked('await');
const reached = (stage, { id } = asked(stage).at(-1)) => stage.socket.says({ op: 'reached', id, ch: 'machines' });

async function resumes(stage, at = 'e.1:0@10.0,2@70.3') {
  await stage.reopens();
  await stage.socket.welcomes(AWAIT);
  await stage.socket.subscribes('machines', at, live);
}

test('a place that the page has passed is reached at once, without a line', async () => {
  const { stage, waits } = await page();
  const all = ['2@69.3', '2@69', '0@9,2@69', 'e.1:0@10.0,2@70.3', 'e.0:0@3', { at: '0@5.0', channel: 'machines', mid: 'm' }].map((at) => waits(at));
  await settled();
  assert.deepEqual(all.map(({ done }) => done), Array(6).fill(1));
  assert.deepEqual(asked(stage), []);
});

test('a place that the page has not passed is asked for, and reached in the order of the lines', async () => {
  const { stage, machines, waits } = await page();
  for (const at of ['2@70.3', 'e.1:0@11.0', 'f.1:0@1', '7@0']) {
    const told = waits({ at });
    await settled();
    assert.deepEqual([asked(stage).at(-1).at, asked(stage).at(-1).ch, told.done], [at, 'machines', 0]);
    await stage.socket.says(event(undefined, at));
    assert.equal(told.done, 0);
    await reached(stage);
    assert.equal(told.done, 1);
  }
  assert.equal(machines.events.length, 4);
});

test('an event or a bookmark that passes the place counts as well', async () => {
  const { stage, waits } = await page();
  const told = waits('2@70.3');
  const later = waits('2@71.3,0@10');
  await stage.socket.says(event('2@70.3', 1));
  assert.deepEqual([told.done, later.done], [1, 0]);
  await stage.socket.says(bookmark('e.1:0@11.0,2@80.3'));
  assert.equal(later.done, 1);
  await reached(stage);
  await reached(stage, asked(stage)[0]);
  assert.deepEqual([told.done, later.done, stage.errors], [1, 1, []]);
});

test('the promises of handlers are part of what is handled', async () => {
  const ends = [];
  const { stage, waits } = await page('e.1:0@10.0', { onEvent: () => new Promise((end) => ends.push(end)) });
  const told = waits('0@10.0');
  const first = waits('0@9.0');
  await settled();
  await stage.socket.says(event('0@10.0', 1));
  await reached(stage);
  assert.deepEqual([first.done, told.done], [1, 0]);
  await stage.socket.says(event('0@11.0', 2)); // nobody waits for this one
  ends[0]();
  await settled();
  assert.equal(told.done, 1);
});

test('a handler whose promise rejects is reported, and counts as having handled', async () => {
  const { stage, waits } = await page('e.1:0@10.0', {
    onEvent: async () => {
      throw Error('no');
    },
  });
  const told = waits('0@10.0');
  await stage.socket.says(event('0@10.0', 1));
  await settled();
  assert.equal(told.done, 1);
});

test('a time-out is an error that names the partitions, and no wedge', async () => {
  const { stage, machines, waits } = await page();
  const told = waits('2@77.3,0@12,1@0');
  const hasty = waits('0@9,2@70', { timeout: 500 });
  await stage.passes(500);
  assert.deepEqual([hasty.error.code, hasty.error.behind, hasty.error.channel], ['timeout', ['2'], 'machines']);
  assert.match(hasty.error.message, /partition 2 is behind/);
  await stage.passes(9_500);
  assert.ok(told.error instanceof Error);
  assert.deepEqual([told.error.code, told.error.behind], ['timeout', ['2', '0', '1']]);
  await reached(stage, asked(stage)[0]);
  await stage.socket.says(event('2@70.3', 1));
  assert.deepEqual([machines.values, told.done, machines.handle.state], [[1], 0, 'live']);
  const again = waits('2@71.3');
  await settled();
  await reached(stage);
  assert.equal(again.done, 1);
});

test('a sealed place is the business of the server, and a time-out then names no partition', async () => {
  const { stage, waits } = await page('~c2VhbGVkMQ');
  const told = waits('~c2VhbGVkMg');
  const open = waits('0@1');
  await settled();
  assert.deepEqual(asked(stage).map(({ at }) => at), ['~c2VhbGVkMg', '0@1']);
  await reached(stage, asked(stage)[0]);
  assert.equal(told.done, 1);
  await stage.passes(10_000);
  assert.deepEqual([open.error.code, open.error.behind], ['timeout', undefined]);
});

test('after a reconnect the place is asked for again', async () => {
  const { stage, waits } = await page();
  const told = waits('2@77.3', { timeout: 60_000 });
  await settled();
  for (let n = 0; n < 3; n++) {
    await stage.socket.ends(1006);
    await resumes(stage);
    assert.equal(asked(stage).length, 1);
  }
  await reached(stage);
  assert.equal(told.done, 1);
});

test('a place that was passed in the meantime needs no connection', async () => {
  const { stage, waits } = await page();
  await stage.socket.ends(1006);
  const told = waits('2@69.3');
  await settled();
  assert.equal(told.done, 1);
});

test('what the server cannot do for now is asked again, and a place that is none is an error', async () => {
  const { stage, waits } = await page();
  const told = waits('2@77.3');
  await settled();
  for (const code of ['limit_exceeded', 'source_unavailable', 'bad_request']) {
    await stage.socket.refuses(asked(stage).at(-1), code);
    const { length } = asked(stage);
    await stage.passes(2_000);
    assert.equal(asked(stage).length, length + 1);
  }
  await stage.socket.refuses(asked(stage).at(-1), 'bad_position', 'It has started over.');
  assert.deepEqual([told.error.code, told.error.message], ['bad_position', 'It has started over.']);
  const wrong = [undefined, null, '', 7, {}, 'yesterday', '2@', { at: [] }].map((at) => waits(at));
  await settled();
  assert.deepEqual(wrong.map(({ error }) => error.code), Array(8).fill('bad_position'));
  assert.deepEqual(stage.errors, []);
});

test('at most so many places as the server takes are asked for at once', async () => {
  const { stage, waits } = await page();
  const all = Array.from({ length: 20 }, (_, n) => waits(`2@${100 + n}`));
  await settled();
  assert.equal(asked(stage).length, 16);
  for (let n = 0; n < 20; n++) await reached(stage, asked(stage)[n]);
  assert.deepEqual(all.map(({ done }) => done), Array(20).fill(1));
});

test('a subscription that ends rejects the places that wait, and one that has ended all', async () => {
  const ends = {
    unsubscribed: ({ machines }) => machines.handle.unsubscribe(),
    closed: ({ bridge }) => bridge.close(),
    4403: ({ stage }) => stage.socket.ends(4403, 'disconnected'),
    'unsubscribed ': ({ stage }) => stage.socket.says({ op: 'unsubscribed', ch: 'machines', reason: 'forbidden' }),
  };
  for (const [code, end] of Object.entries(ends)) {
    const all = await page();
    const told = all.waits('2@77.3');
    await settled();
    await end(all);
    await settled();
    const late = all.waits('0@1');
    await settled();
    assert.equal(`${told.error.code}`, code.trim());
    assert.ok(late.error.code, code);
  }
});

test('a subscription that the server stops for now goes on waiting', async () => {
  const { stage, waits } = await page();
  const told = waits('2@77.3');
  await settled();
  await stage.socket.refuses(asked(stage)[0], 'bad_request', 'the subscription has ended');
  await stage.socket.says({ op: 'unsubscribed', ch: 'machines', reason: 'the server stopped it' });
  await stage.passes(1_000);
  assert.equal(asked(stage).length, 1);
  await stage.socket.subscribes('machines', 'e.1:0@10.0,2@70.3', live);
  await stage.passes(1_000);
  assert.equal(asked(stage).length, 2);
  await reached(stage);
  assert.equal(told.done, 1);
});

test('a signal ends the wait with its reason', async () => {
  const { stage, waits } = await page();
  const controller = new AbortController();
  const told = waits('2@77.3', { signal: controller.signal });
  await settled();
  controller.abort('enough');
  await settled();
  assert.equal(told.error, 'enough');
  await stage.socket.ends(1006);
  await resumes(stage);
  assert.deepEqual(asked(stage), []);
});

test('while a snapshot runs, and after a reset, the old position proves nothing', async () => {
  const { stage, waits } = await page();
  await stage.socket.says({ op: 'reset', ch: 'machines', reason: 'access', at: 'e.2:0@0.0,2@0.0' });
  const voided = waits('2@69.3');
  await stage.socket.says({ op: 'snapshot', ch: 'machines', state: 'begin' });
  const within = waits('2@69.3');
  await settled();
  assert.deepEqual([voided.done, within.done], [0, 0]);
  await stage.socket.says({ op: 'snapshot', ch: 'machines', state: 'end', at: 'e.2:0@10.0,2@70.3', count: 0 });
  assert.deepEqual([voided.done, within.done], [1, 1]);
});

test('a place that was reached in the frame of a reset is asked for again', async () => {
  const { stage, waits } = await page();
  const told = waits('2@77.3');
  await settled();
  const { id } = asked(stage)[0];
  const reset = { op: 'reset', ch: 'machines', reason: 'access', at: 'e.2:0@0.0,2@0.0' };
  await stage.socket.says({ op: 'reached', id, ch: 'machines' }, reset, bookmark('e.2:0@0.0,2@0.0'));
  assert.deepEqual([told.done, asked(stage).length], [0, 2]);
  await reached(stage);
  assert.equal(told.done, 1);
});

test('a server without await is asked for nothing, and the page finds out by its own position', async () => {
  const stage = new Stage();
  const { machines } = await stage.live();
  const told = watched(machines.handle.caughtUp('0@10.0'));
  await settled();
  assert.deepEqual(asked(stage), []);
  await stage.socket.says(event('0@10.0', 1));
  assert.equal(told.done, 1);
});

test('the server is told how long the page waits', async () => {
  const { stage, waits } = await page();
  waits('2@77.3', { timeout: 1_234 });
  waits('2@77.3', { timeout: Infinity });
  await settled();
  assert.deepEqual(asked(stage).map(({ within }) => within), [1_234, 600_000]);
});

test('no place is reached before everything up to it was handed on, and none is waited for without end', async () => {
  let kept = 0;
  const wrong = [];
  for (let seed = 1; seed <= 30; seed++) {
    let state = seed * 7919;
    const dice = (sides) => (state = (state * 48271) % 2147483647) % sides;
    const stage = new Stage();
    const handed = new Set();
    const machines = stage.watch(stage.bridge('/laundry', { onError: () => {} }), 'machines', {
      onEvent: ({ value }) => handed.add(value),
      onReset: () => handed.clear(),
    });
    let end = 0; // of the log; only even offsets match
    let waits = 0;
    const wait = (offset) => {
      waits++;
      machines.handle.caughtUp(`0@${offset}`, { timeout: 120_000 }).then(
        () => {
          waits--;
          kept++;
          for (let n = 0; n <= offset; n += 2) if (!handed.has(n)) wrong.push(`seed ${seed}: ${n} of ${offset}`);
        },
        ({ code, message }) => wrong.push(`seed ${seed}: ${code} ${message}`),
      );
    };
    let next = null; // what this connection sends next
    let awaits = [];
    const follow = async () => {
      const { socket } = stage;
      if (!socket || socket.over) return;
      if (!socket.greeted) {
        socket.greeted = true;
        next = null;
        awaits = [];
        await socket.welcomes(AWAIT);
      }
      for (const line of socket.sent.filter((each) => !each.seen)) {
        line.seen = true;
        if (line.op === 'await') awaits.push(line);
        if (line.op !== 'subscribe') continue;
        next = Number(/0@(\d+)/.exec(line.from ?? '0@0')[1]);
        await socket.answers(line, { at: `e.1:0@${next}` }, bookmark(`e.1:0@${next}`));
      }
      if (next === null) return;
      const lines = [];
      for (const until = Math.min(end, next + dice(4)); next < until; next++) {
        if (next % 2 === 0) lines.push(event(`0@${next}`, next));
      }
      if (dice(4) === 0) lines.push(bookmark(`e.1:0@${next}`));
      for (const { at, id } of awaits.filter(({ at }) => Number(at.slice(2)) < next)) {
        lines.push({ op: 'reached', id, ch: 'machines' });
        awaits = awaits.filter((each) => each.id !== id);
      }
      if (dice(40) === 0) {
        next = 0;
        lines.push({ op: 'reset', ch: 'machines', reason: 'access', at: 'e.1:0@0' }, bookmark('e.1:0@0'));
      }
      if (lines.length) await socket.says(...lines);
    };
    await settled();
    for (let turn = 0; turn < 300; turn++) {
      if (dice(3) === 0) end++;
      if (dice(6) === 0) wait(dice(end + 5));
      if (dice(2)) await settled();
      if (dice(30) === 0) machines.handle.seek('e.1:0@0');
      await settled();
      if (dice(25) === 0 && stage.socket.greeted && !stage.socket.over) {
        stage.socket.over = true;
        await stage.socket.ends(1006);
      } else await follow();
      await stage.passes(dice(200));
    }
    end += 10;
    for (let n = 0; n < 500 && waits; n++) {
      await follow();
      await stage.passes(100);
    }
    assert.equal(waits, 0, `seed ${seed}`);
  }
  assert.deepEqual(wrong, []);
  assert.ok(kept > 500, `${kept}`);
});
