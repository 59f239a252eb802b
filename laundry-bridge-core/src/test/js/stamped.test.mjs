import assert from 'node:assert/strict';
import { test } from 'node:test';
import { event, settled, Stage } from './stage.mjs';

const AT = 'k3x9.67a1f0:0@1235.7,1@88.7';
const STAMPS = `machines=${AT}, orders=~c2VhbGVk,alarms/1=e.1:laundry.alarms/0@5.0,laundry.alarms/1@7.0`;
const live = { op: 'live', ch: 'machines' };

function responseWith(stamps, wrote) {
  const headers = new Headers();
  if (stamps) headers.append('Laundry-Bridge-At', stamps);
  if (wrote) headers.append('Laundry-Bridge-Wrote', wrote);
  return new Response('[]', { headers });
}

test('a response, its headers or their text say where a subscription starts', async () => {
  const forms = [
    responseWith(STAMPS),
    responseWith(STAMPS).headers,
    { headers: { 'laundry-bridge-at': STAMPS } },
    STAMPS,
    `content-type: text/plain\r\nlaundry-bridge-at: ${STAMPS}\r\ndate: now\r\n`,
  ];
  for (const form of forms) {
    const stage = new Stage();
    const bridge = stage.bridge();
    const start = bridge.from(form);
    assert.equal(start.position('machines'), AT);
    for (const channel of ['machines', 'orders', 'alarms/1']) start.subscribe(channel, {});
    await settled();
    await stage.socket.welcomes();
    assert.deepEqual(stage.socket.sent.map(({ ch, from }) => [ch, from]), [
      ['machines', `at:${AT}`],
      ['orders', 'at:~c2VhbGVk'],
      ['alarms/1', 'at:e.1:laundry.alarms/0@5.0,laundry.alarms/1@7.0'],
    ]);
  }
});

test('the page gets what came after the response, and no snapshot of what it has loaded', async () => {
  const stage = new Stage();
  const told = { events: [], resets: [] };
  const handlers = {
    onEvent: ({ value }) => told.events.push(value),
    onReset: ({ reason }) => told.resets.push(reason),
  };
  const machines = stage.bridge().from(responseWith(STAMPS)).subscribe('machines', handlers, { keys: ['m-*'] });
  await settled();
  await stage.socket.welcomes();
  assert.deepEqual(stage.socket.sent[0].keys, ['m-*']);
  await stage.socket.subscribes('machines', AT, event('0@1235.7', 'since then'), live);
  assert.deepEqual(told, { events: ['since then'], resets: [] });
  await stage.socket.ends(1006);
  await stage.reopens();
  await stage.socket.welcomes();
  assert.equal(stage.socket.sent[0].from, 'at:k3x9.67a1f0:0@1236.7,1@88.7');
  assert.equal(machines.state, 'lagging');
});

test('a connection lost before the answer starts at the response again', async () => {
  const stage = new Stage();
  stage.bridge().from(STAMPS).subscribe('machines', {});
  await settled();
  for (let n = 0; n < 3; n++) {
    await stage.socket.welcomes();
    assert.equal(stage.socket.sent[0].from, `at:${AT}`);
    await stage.socket.ends(1006);
    await stage.reopens();
  }
});

test('a place that the server does not accept any more starts over, and the page is told to drop what it loaded', async () => {
  const stage = new Stage();
  const resets = [];
  stage.bridge().from(STAMPS).subscribe('machines', { onReset: ({ reason }) => resets.push(reason), onError: () => {} });
  await settled();
  await stage.socket.welcomes();
  await stage.socket.refuses(stage.socket.sent[0], 'bad_position');
  assert.deepEqual([resets, 'from' in stage.socket.sent[1]], [['bad_position'], false]);
  await stage.socket.answers(stage.socket.sent[1], { at: AT }, { op: 'snapshot', ch: 'machines', state: 'begin' });
  assert.deepEqual(resets, ['bad_position', 'snapshot']);
});

test('a response without the header, or without the channel, is an error that says what to do', () => {
  const bridge = new Stage().bridge();
  for (const [form, words] of [
    [responseWith(), /"machines", for no channel.*expose the header/],
    [responseWith('orders=e.1:0@1.0'), /"machines", only for orders/],
    ['', /for no channel/],
    [null, /for no channel/],
    [{}, /for no channel/],
    [responseWith('machines'), /for no channel/],
  ]) {
    assert.throws(
      () => bridge.from(form).subscribe('machines', {}),
      (error) => error.code === 'no_position' && words.test(error.message),
    );
  }
});

test('of several stamps for one channel the first counts, and all places that were written', () => {
  const start = new Stage().bridge().from(responseWith('machines=e.1:0@1.0, machines=e.1:0@9.0', 'commands=2@77.3, audit=0@1,commands=0@12'));
  assert.equal(start.position('machines'), 'e.1:0@1.0');
  assert.deepEqual([start.wrote('commands'), start.wrote('audit'), start.wrote('machines')], ['2@77.3,0@12', '0@1', null]);
});

test('what a REST call wrote is waited for', async () => {
  const stage = new Stage();
  const { bridge, machines } = await stage.live('e.1:0@10.0');
  let done = false;
  machines.handle.caughtUp(bridge.from(responseWith('', 'machines=0@10.0')).wrote('machines')).then(() => (done = true));
  await settled();
  assert.equal(done, false);
  await stage.socket.says(event('0@10.0', 1));
  assert.equal(done, true);
});
