// Shows the newest row of each machine.

import { LaundryBridge } from '/laundry-bridge/laundry-bridge.js';

const rows = new Map();
const body = document.querySelector('#machines');
const status = document.querySelector('#status');
const bridge = new LaundryBridge(new URL('/laundry', location.href));

bridge.subscribe('machines', {
  snapshot: true,
  onEvent: (event) => show(event.key, event.value),
  onReset: () => clear(),
  onStatus: (now) => {
    status.textContent = now.state ?? String(now);
  },
});

function show(key, value) {
  const row = rows.get(key);
  if (value === null) {
    row?.remove();
    rows.delete(key);
    return;
  }
  const shown = row ?? body.appendChild(document.createElement('tr'));
  rows.set(key, shown);
  shown.dataset.machine = key;
  shown.textContent = `${key} ${JSON.stringify(value)}`;
}

function clear() {
  body.replaceChildren();
  rows.clear();
}
