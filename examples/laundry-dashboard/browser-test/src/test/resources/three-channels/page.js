import { LaundryBridge } from '/laundry-bridge/laundry-bridge.js';

const names = ['alarms', 'machines', 'orders'];
const subscriptions = {};
const states = () => Object.fromEntries(names.map((name) => [name, subscriptions[name]?.state ?? '']));
const page = { counts: {}, complaints: [], states };
globalThis.page = page; // for the test
const bridge = new LaundryBridge('/laundry');
for (const name of names) {
  page.counts[name] = 0;
  subscriptions[name] = bridge.subscribe(name, {
    onEvent: () => page.counts[name]++,
    onGap: (gap) => page.complaints.push(`${name}: gap ${JSON.stringify(gap)}`),
    onReset: (reset) => page.complaints.push(`${name}: reset ${JSON.stringify(reset)}`),
    onError: (error) => page.complaints.push(`${name}: ${JSON.stringify(error)}`),
    onState: (state) => state === 'denied' && page.complaints.push(`${name}: denied`),
  });
}
