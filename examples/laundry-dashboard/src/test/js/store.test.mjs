import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Store } from '../../main/resources/dashboard/store.js';

const running = {
  kind: 'washer', program: 'cotton-60', phase: 'heat', progress: 0.4, temperature: 41, load: 9, power: 2000,
  state: 'running', alarm: null,
};
let time = 1_000_000;
const event = (at, value = running, key = 'riverside/w-07') => ({ at, key, value, timestamp: (time += 1000) });

test('an event that was seen before is counted and changes nothing', () => {
  const store = new Store();
  store.take(event('0@5.0'));
  store.take(event('0@5.0', { ...running, temperature: 99 }));
  store.take(event('0@4.0', { ...running, temperature: 99 }));
  assert.deepEqual([store.received, store.duplicates], [3, 2]);
  assert.equal(store.machines.get('riverside/w-07').temperature, 41);
  assert.equal(store.machines.get('riverside/w-07').seq, 1);
});

test('the same offset in another partition is another event', () => {
  const store = new Store();
  store.take(event('0@5.0'));
  store.take(event('laundry.log/1@5.0'));
  assert.equal(store.duplicates, 0);
});

const summary = (key, value) => ({
  key,
  timestamp: (time += 1000),
  value: { power: 0, running: 0, idle: 0, alarm: 0, offline: 0, alarms: [], ...value },
});

test('counts, power and alarms come from the summaries of the sites', () => {
  const store = new Store();
  store.summary(summary('riverside', { power: 2004, running: 1, alarm: 1, alarms: [{ machine: 'w-08', alarm: 'door-lock', since: 42 }] }));
  store.summary(summary('station-road', { power: 6, idle: 3 }));
  assert.deepEqual(store.sites.get('riverside').counts, { running: 1, idle: 0, alarm: 1, offline: 0 });
  assert.deepEqual([store.total.power, store.total.machines], [2010, 5]);
  const alarm = store.alarms.get('riverside/w-08');
  assert.deepEqual([alarm.name, alarm.site, alarm.alarm, alarm.alarmSince], ['w-08', 'riverside', 'door-lock', 42]);
  store.summary(summary('station-road', { idle: 3 }));
  store.summary(summary('riverside', { alarm: 1, alarms: [{ machine: 'w-08', alarm: 'door-lock', since: 42 }] }));
  assert.equal(store.alarms.get('riverside/w-08'), alarm, 'the same card');
  store.summary(summary('riverside', { running: 2 }));
  assert.equal(store.alarms.size, 0);
});

test('a summary that is not what was agreed does not spread', () => {
  const store = new Store();
  for (const value of [null, 'text', { power: 'much', running: NaN, alarms: 7 }]) {
    store.summary({ key: 'riverside', timestamp: 1, value });
  }
  assert.deepEqual([store.total.power, store.total.machines, store.alarms.size], [0, 0, 0]);
});

test('a machine that a snapshot does not name is gone, and its old places are no duplicates', () => {
  const store = new Store();
  store.take(event('0@10'));
  store.take(event('0@11', running, 'riverside/w-08'));
  store.snapshot('begin');
  store.take(event('0@11', { ...running, temperature: 50 }, 'riverside/w-08'));
  store.take(event('0@9', running, 'riverside/w-09'));
  store.snapshot('end');
  assert.deepEqual([...store.machines.keys()], ['riverside/w-08', 'riverside/w-09']);
  assert.equal(store.machines.get('riverside/w-08').temperature, 50);
  assert.equal(store.duplicates, 0);
  store.take(event('0@12', null, 'riverside/w-09'));
  assert.deepEqual([...store.machines.keys()], ['riverside/w-08']);
});

test('a gap in what was followed is a loss, one before the first event is not', () => {
  const store = new Store();
  store.gap({ partition: '0', from: '0@0.0', to: '0@90.0', reason: 'limit' });
  assert.equal(store.gaps, 0);
  store.take(event('0@90.0'));
  store.gap({ partition: '0', from: '0@91.0', to: '0@156.0', reason: 'overflow' });
  assert.deepEqual([store.gaps, store.lost, store.gapReason], [1, 65, 'overflow']);
});

test('values that are not what was agreed do not spread', () => {
  const store = new Store();
  store.take(event('0@1', { state: 'dancing', temperature: 'hot', progress: 7 }));
  const machine = store.machines.get('riverside/w-07');
  assert.deepEqual([machine.state, machine.temperature, machine.progress], ['offline', null, 1]);
  store.take(event('0@2', 'text'));
  store.take(event('0@3', running, null));
  assert.equal(store.machines.size, 1);
});

test('after a reset nothing is left and old offsets count anew', () => {
  const store = new Store();
  store.take(event('0@100'));
  store.reset();
  assert.equal(store.machines.size, 0);
  store.take(event('0@1'));
  assert.equal(store.duplicates, 0);
  assert.equal(store.machines.size, 1);
});
