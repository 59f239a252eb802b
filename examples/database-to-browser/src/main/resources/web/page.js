// The page of the laundry: each tile shows a row of the database; a command goes back to the machine through Kafka.

import { LaundryBridge } from '/laundry-bridge/laundry-bridge.js';
import { Ages } from './ages.js';
import { Charts } from './charts.js';
import { Commands } from './commands.js';
import { Login } from './login.js';
import { Tiles } from './tiles.js';
import { Travel } from './travel.js';

const find = (selector) => document.querySelector(selector);
const say = (text) => (find('#message').textContent = text);

const login = new Login(find('#login'), find('#user'));
const bridge = new LaundryBridge('/laundry', {
  token: login.token,
  onError: (error) => say(error.message),
});

const commands = new Commands(bridge, find('#audit'), find('#audit-state'), say);
const tiles = new Tiles(find('#machines'), find('#count'), (machine, command) => commands.act(machine, command));
const ages = new Ages(find('#ages'), ['Kafka', 'bridge', 'browser', 'painted']);
login.mayAct().then((may) => tiles.mayAct(may));

let copying = false; // values of a snapshot were committed any time ago
const machines = bridge.subscribe('machines', {
  onEvent: ({ key, value, timestamp }) => {
    tiles.show(key, value);
    if (value === null || travel.past) return;
    if (value.command_mid) commands.obeyed(key, value.command_mid);
    if (!copying && !value._change.snapshot) aged(value, timestamp, Date.now());
  },
  onState: (state, { reason }) => {
    find('#state').textContent = reason ? `${state}: ${reason}` : state;
    if (state === 'live') travel.arrived();
  },
  onSnapshot: (state) => {
    copying = state === 'begin';
    if (copying) tiles.clear();
  },
  onReset: () => tiles.clear(),
  onGap: ({ reason }) => say(`Some changes are missing (${reason}).`),
  onClock: ({ time }) => travel.shows(time),
  onPaused: ({ time }) => travel.stopped(time),
});
const travel = new Travel(find('#travel'), find('#machines'), machines);
travel.restore(location.hash);

// The bridge is live although the way before it may be broken: the capture says so itself.
bridge.subscribe('capture', {
  onEvent: ({ value }) => {
    const well = value === null || value.state === 'streaming';
    const state = well ? '' : value.state.replaceAll('_', ' ');
    find('#capture').textContent = well ? '' : `Database: ${state}. ${value.message}`;
  },
});

new Charts(bridge, { power: find('#power'), energy: find('#energy'), alarms: find('#alarms') });

function aged(row, kafka, browser) {
  requestAnimationFrame(() => ages.add(row._change.committed, [kafka, row._change.received, browser, Date.now()]));
}
