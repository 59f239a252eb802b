import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyView, History } from '../../main/resources/dashboard/history.js';

const START = 1_700_000_000_000;
const reading = (temperature) => ({ temperature, power: 100, load: 5, phase: 'wash' });
const all = (history, from = 0) => history.copy(from, emptyView());

test('keeps at most two samples a second, the newest of each', () => {
  const history = new History();
  for (let ms = 0; ms <= 10_000; ms += 10) history.add(START + ms, reading(ms));
  const { times, temperature } = all(history);
  assert.ok(times.length >= 20 && times.length <= 23, `${times.length} samples`);
  assert.equal(temperature.at(-1), 10_000);
});

test('a full ring drops the oldest and stays in order', () => {
  const history = new History();
  for (let i = 0; i < 5_000; i++) history.add(START + i * 600, reading(i));
  const { times, temperature } = all(history);
  assert.ok(times.length >= 1_000, 'ten minutes fit');
  assert.equal(temperature.at(-1), 4_999);
  assert.deepEqual(times, [...times].sort((a, b) => a - b));
});

test('a silence breaks the line, and so does a missing reading', () => {
  const history = new History();
  for (let i = 0; i < 20; i++) history.add(START + i * 600, reading(30));
  history.add(START + 60_000, reading(40));
  history.add(START + 60_600, reading(null));
  const { temperature } = all(history);
  assert.deepEqual(temperature.slice(-4), [30, null, 40, null]);
});

test('reports that come seldom by nature are no silence', () => {
  const history = new History();
  for (let i = 0; i < 60; i++) history.add(START + i * 9_000, reading(30));
  assert.deepEqual(all(history).temperature.slice(-10), Array(10).fill(30));
});

test('gives the samples after a time, and ignores a report older than the newest', () => {
  const history = new History();
  for (let i = 0; i < 10; i++) history.add(START + i * 1_000, reading(i));
  history.add(START, reading(99));
  assert.deepEqual(all(history, START + 7_000).temperature, [7, 8, 9]);
});
