import { LaundryBridge } from '/laundry-bridge/laundry-bridge.js';

const at = (id) => document.getElementById(id);
const rows = new Map(); // a key of the channel: its line in the table
let ticket;
let bridge;
let subscription;

const post = (path, body) => {
  const headers = { 'Content-Type': 'application/json' };
  return fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
};

/** A token that is valid; null if the user must log in again. */
async function token() {
  const answer = await post('/token', { ticket });
  if (answer.status === 401) return null;
  if (!answer.ok) throw new Error(`no token: ${answer.status}`);
  return (await answer.json()).token;
}

function open() {
  bridge = new LaundryBridge('/laundry', { token });
  subscription = bridge.subscribe('orders', { onEvent: show, onReset: clear, onState: tell });
}

function show({ key, value }) {
  rows.get(key)?.remove();
  rows.delete(key);
  if (value === null) return;
  const line = document.createElement('tr');
  for (const text of [key, value.tenant, value.item, value.state]) line.insertCell().textContent = text;
  rows.set(key, line);
  const next = [...rows.keys()].sort().find((other) => other > key);
  at('orders').insertBefore(line, rows.get(next) ?? null);
}

function clear() {
  rows.clear();
  at('orders').replaceChildren();
}

function tell(state, { reason }) {
  at('state').textContent = reason ? `${state}: ${reason}` : state;
  at('again').hidden = state !== 'denied';
}

at('login').addEventListener('submit', async (event) => {
  event.preventDefault();
  const { name, password } = Object.fromEntries(new FormData(event.target));
  const answer = await post('/login', { name, password });
  at('refused').textContent = answer.ok ? '' : 'The name or the password is wrong.';
  if (!answer.ok) return;
  ({ ticket } = await answer.json());
  event.target.reset();
  at('who').textContent = name;
  at('login').hidden = true;
  at('work').hidden = false;
  open();
  await administer();
});

at('again').addEventListener('click', () => subscription.update({}));

at('logout').addEventListener('click', async () => {
  bridge.close();
  clear();
  at('work').hidden = at('admin').hidden = true;
  at('login').hidden = false;
  await post('/logout', { ticket });
});

// Roles, for administrators

async function admin(path, method) {
  return fetch(`/admin/accounts${path}`, { method, headers: { Authorization: `Bearer ${await token()}` } });
}

async function administer() {
  const answer = await admin('', 'GET');
  at('admin').hidden = !answer.ok;
  if (!answer.ok) return;
  at('accounts').replaceChildren(...(await answer.json()).map(account));
}

function account({ name, tenant, roles }) {
  const box = document.createElement('input');
  Object.assign(box, { type: 'checkbox', name, checked: roles.includes('clerk') });
  box.addEventListener('change', () => admin(`/${name}/roles/clerk`, box.checked ? 'PUT' : 'DELETE'));
  const label = document.createElement('label');
  label.append(box, ` ${name} may see the orders of ${tenant}`);
  const item = document.createElement('li');
  item.append(label);
  return item;
}
