// Shows the laundry on one page. Events change the store at once; the screen is drawn once per frame, and only the
// parts that changed.

import { LaundryBridge } from '/laundry-bridge/laundry-bridge.js';
import { Alarms } from './alarms.js';
import { Connection } from './connection.js';
import { MachinePanel } from './machine.js';
import { Overview } from './overview.js';
import { Store } from './store.js';
import { themeSwitch } from './theme.js';
import { countOf } from './words.js';

const find = (name) => document.querySelector(`[data-${name}]`);
const calm = matchMedia('(prefers-reduced-motion: reduce)');
const narrow = matchMedia('(max-width: 68rem)');

const store = new Store();
const overview = new Overview(store, sayView);
const connection = new Connection(store, () => overview.age(connection.trusted));
const alarms = new Alarms(store);
const panel = new MachinePanel(store, closeMachine);

let paused = false;
let scheduled = false;
let drawnAt = 0;

/** Draws in the next frame; twice per second if motion is unwelcome; not at all while paused or hidden. */
function wake() {
  if (scheduled || paused || document.hidden) return;
  scheduled = true;
  const wait = calm.matches ? Math.max(0, drawnAt + 500 - performance.now()) : 0;
  if (wait) setTimeout(() => requestAnimationFrame(draw), wait);
  else requestAnimationFrame(draw);
}

function draw() {
  scheduled = false;
  if (paused) return;
  drawnAt = performance.now();
  const { changed } = store;
  const empty = !overview.shows;
  overview.draw(changed);
  if (empty && overview.shows) {
    performance.mark('first tile');
    tick();
  }
  panel.draw(changed.has(store.machines.get(panel.key)));
  changed.clear();
  count();
}

// ---- the stream

// In a background tab too, because its title shows trouble.
const bridge = new LaundryBridge('/laundry', { reportVisibility: false });
const compress = 'deflate-raw';

const tiles = bridge.subscribe('machines', {
  from: 'snapshot',
  flush: 100, // a screen needs no more
  compress,
  onEvent(event) {
    store.take(event);
    wake();
  },
  onSnapshot(state) {
    store.snapshot(state);
    wake();
  },
  onState(state, info) {
    if (state === 'live') performance.mark('live');
    connection.show(state, info);
    wake();
  },
  onGap(gap) {
    store.gap(gap);
    wake();
  },
  onReset() {
    store.reset();
    wake();
  },
});

bridge.subscribe('sites', {
  from: 'since:PT3M', // what the trends show
  compress,
  onEvent(event) {
    store.summary(event);
    wake();
  },
});

let inView = 'null';

/** Tells the server which machines are on the screen, so that the others cost nothing. */
function sayView() {
  const keys = overview.inView();
  if (JSON.stringify(keys) === inView) return;
  inView = JSON.stringify(keys);
  tiles.view(keys);
}

let past = null;

/** Reads the reports of one machine within the time of the curves; null ends the reading. */
function readPast(key) {
  past?.unsubscribe();
  past = key && bridge.subscribe('history', {
    from: 'since:PT10M',
    keys: [key.replaceAll('*', '\\*')],
    compress,
    onEvent(event) {
      panel.take(event);
      wake();
    },
    onReset() {
      panel.forget();
      wake();
    },
  });
}

// ---- what changes slowly

let before = { received: 0, at: performance.now() };

function count() {
  const { dataset } = document.body;
  dataset.received = store.received;
  dataset.duplicates = store.duplicates;
  dataset.gaps = store.gaps;
}

function measure() {
  const now = performance.now();
  const rate = ((store.received - before.received) * 1000) / (now - before.at);
  before = { received: store.received, at: now };
  find('rate').textContent = countOf(Math.round(rate));
  overview.age(connection.trusted);
  count();
}

function tick() {
  connection.tick();
  if (paused || document.hidden) return;
  overview.drawSums();
  alarms.draw(!connection.live);
  find('shown').textContent = countOf(store.received - store.duplicates);
  showGaps();
  wake();
}

function showGaps() {
  const badge = find('gaps-badge');
  if (badge.dataset.lost === String(store.gaps)) return;
  badge.dataset.lost = store.gaps;
  badge.querySelector('use').setAttribute('href', store.gaps ? '#i-alarm' : '#i-well');
  const events = store.lost ? ` up to ${countOf(store.lost)} events,` : '';
  const times = store.gaps === 1 ? 'once' : `${store.gaps} times`;
  find('gaps-text').textContent = store.gaps ? `History lost ${times}:${events} ${store.gapReason}` : 'Nothing lost';
}

setInterval(measure, 1000);
setInterval(tick, 250);
document.addEventListener('visibilitychange', wake);

// ---- one machine

/** Returns what the address names; a malformed address names nothing. */
function named(hash) {
  try {
    return decodeURIComponent(hash);
  } catch {
    return '';
  }
}

/** Opens the machine of the address, so that it can be linked and the back button closes it. */
function route(event) {
  const key = named(location.hash.slice(1));
  if (key && key !== panel.key) {
    panel.open(key);
    readPast(key);
    overview.mark(key);
    if (event) panel.focus();
  } else if (!key && panel.key !== null) {
    const tile = overview.tileOf(panel.key);
    overview.mark(null);
    panel.close();
    readPast(null);
    layout();
    tile?.focus();
    return;
  }
  layout();
}

function closeMachine() {
  history.pushState(null, '', location.pathname + location.search);
  route();
}

/** On a narrow screen the machine covers the overview, which then must not be reachable behind it. */
function layout() {
  const covered = narrow.matches && panel.key !== null;
  document.body.dataset.machine = panel.key === null ? 'closed' : 'open';
  document.querySelector('main').inert = covered;
}

addEventListener('hashchange', route);
addEventListener('popstate', route);
addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && panel.key !== null) closeMachine();
});
narrow.addEventListener('change', layout);
find('skip').addEventListener('click', (event) => {
  event.preventDefault();
  document.querySelector('.tile[tabindex="0"]')?.focus();
});
route();

// ---- controls

find('pause').addEventListener('click', ({ currentTarget }) => {
  paused = !paused;
  document.body.toggleAttribute('data-paused', paused);
  currentTarget.setAttribute('aria-pressed', String(paused));
  currentTarget.querySelector('use').setAttribute('href', paused ? '#i-running' : '#i-pause');
  wake();
});

themeSwitch(find('theme-switch'), () => {
  overview.recolour();
  panel.recolour();
});
