import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BLINK, Steady } from '../../main/resources/dashboard/steady.js';

/** Plays `[time, word]` and returns every word that was shown, with its time. */
function shown(script, until = 60_000) {
  const steady = new Steady(0);
  const words = [];
  let next = 0;
  for (let now = 0; now <= until; now += 10) {
    while (next < script.length && script[next][0] <= now) steady.say(script[next++][1], now);
    if (steady.settle(now)) words.push([now, steady.shown]);
  }
  return words;
}

test('a page that is live soon shows nothing else before', () => {
  assert.deepEqual(shown([[0, 'blind'], [80, 'lagging'], [300, 'live']]), [[300, 'live']]);
});

test('a page that gets no connection says so after a blink', () => {
  assert.deepEqual(shown([[0, 'blind']]), [[BLINK, 'blind']]);
});

test('a reconnect that succeeds at once shows nothing', () => {
  assert.deepEqual(shown([[0, 'live'], [5000, 'blind'], [5200, 'lagging'], [5900, 'live']]), [[0, 'live']]);
});

test('a trouble that lasts is shown once it has, and its end at once', () => {
  const words = shown([[0, 'live'], [5000, 'blind'], [9000, 'lagging'], [9100, 'live']]);
  assert.deepEqual(words, [[0, 'live'], [6000, 'blind'], [9100, 'live']]);
});

test('troubles that take turns are one trouble', () => {
  const flapping = [[0, 'live']];
  for (let now = 5000; now < 8000; now += 400) flapping.push([now, 'blind'], [now + 200, 'lagging']);
  const words = shown(flapping, 8000);
  assert.equal(words[1][0], 6000);
});

test('no word stays for less than a blink', () => {
  for (const [end, seen] of [
    [6010, 7000],
    [6999, 7000],
    [7001, 7010],
  ]) {
    assert.deepEqual(shown([[0, 'live'], [5000, 'stale'], [end, 'live']]), [[0, 'live'], [6000, 'stale'], [seen, 'live']]);
  }
});

test('from one trouble to another goes as slowly', () => {
  const words = shown([[0, 'stale'], [5000, 'blind'], [5400, 'stale'], [7000, 'blind']]);
  assert.deepEqual(words, [[1000, 'stale'], [8000, 'blind']]);
});

test('while nothing is said, nothing is due', () => {
  assert.equal(new Steady(0).due, Infinity);
  assert.deepEqual(shown([]), []);
});
