// The browser client as a process, for tests in other languages. Node 20 needs --experimental-websocket.
//
//   node --experimental-websocket peer.mjs URL CHANNEL ['{"from":"earliest","keys":["m-1"]}']
//
// Prints one JSON line for each thing that happens:
//   {"event":{...}} {"state":"live",...} {"gap":{...}} {"reset":{...}} {"snapshot":"begin",...} {"error":{...}}
//   {"paused":TIME} {"clock":TIME}
// and reads commands, one a line:
//   drop         the network fails: the TCP connection is reset, and the client must notice, reconnect and resume
//   position     prints {"position":"..."}
//   update JSON  changes the selection
//   publish CHANNEL JSON [KEY]   prints {"stored":{...}} or {"failed":{...}}
//   caughtUp AT [MS]  prints {"caughtUp":"AT"} or {"failed":{...}}
//   seek TO JSON, speed N, live
//   unsubscribe
//   quit         closes and exits; so does the end of the input
//
// The options are those of subscribe(), "token": the credential, and "stamp": the text of a response's headers.

import net from 'node:net';
import { createInterface } from 'node:readline';
import { LaundryBridge } from '../../main/resources/META-INF/resources/laundry-bridge/laundry-bridge.js';

const [, , address, channel, json = '{}'] = process.argv;
if (!channel || typeof WebSocket === 'undefined') {
  console.error('usage: node --experimental-websocket peer.mjs URL CHANNEL [JSON]');
  process.exit(2);
}

const { token, stamp, ...options } = JSON.parse(json);
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
process.stdout.on('error', () => process.exit(1));

/** A wire that can be cut: everything runs through a local port of this process. */
class Wire {
  #sockets = new Set();

  async through(url) {
    const { hostname, port } = url;
    const server = net.createServer((near) => {
      const far = net.connect(Number(port || 80), hostname.replace(/^\[|\]$/g, ''));
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.setNoDelay(true);
        socket.on('error', () => {});
        socket.on('close', () => {
          this.#sockets.delete(socket);
          near.destroy();
          far.destroy();
        });
      }
      near.pipe(far).pipe(near);
    });
    await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
    url.hostname = '127.0.0.1';
    url.port = server.address().port;
    return url;
  }

  cut() {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }
}

const wire = new Wire();
const url = new URL(address);
const isPlain = /^(ws|http):$/.test(url.protocol); // a certificate would not fit the local port
const bridge = new LaundryBridge(isPlain ? await wire.through(url) : url, {
  token: token && (() => token),
  onError: ({ code, message }) => say({ error: { code, message, channel: null } }),
});

const subscription = (stamp ? bridge.from(stamp) : bridge).subscribe(channel, {
  ...options,
  onEvent: (event) => say({ event }),
  onState: (state, detail) => say({ state, ...detail }),
  onGap: (gap) => say({ gap }),
  onReset: (reset) => say({ reset }),
  onPaused: ({ time }) => say({ paused: time }),
  onClock: ({ time }) => say({ clock: time }),
  onSnapshot: (snapshot, { count }) => say({ snapshot, count }),
  onError: ({ code, message, retry }) => say({ error: { code, message, retry, channel } }),
});

const failed = ({ code, message, mid, behind }) => say({ failed: { code, message, mid, behind } });

function publish(rest) {
  const [, name, value, key] = /^(\S+) (\S+) ?(\S+)?$/.exec(rest);
  bridge.channel(name).publish(JSON.parse(value), { key }).then((stored) => say({ stored }), failed);
}

function caughtUp(rest) {
  const [at, ms] = rest.split(' ');
  subscription.caughtUp(at, ms && { timeout: Number(ms) }).then(() => say({ caughtUp: at }), failed);
}

function seek(rest) {
  const [, to, travel] = /^(\S+)\s*(.*)$/.exec(rest);
  subscription.seek(to, JSON.parse(travel || '{}'));
}

function quit() {
  bridge.close();
  setTimeout(() => process.exit(0), 100); // the close frame is on its way
}

const commands = new Map([
  ['drop', () => wire.cut()],
  ['position', () => say({ position: subscription.position })],
  ['update', (changes) => subscription.update(JSON.parse(changes))],
  ['publish', publish],
  ['caughtUp', caughtUp],
  ['seek', seek],
  ['speed', (pace) => subscription.speed(Number(pace))],
  ['live', () => subscription.live()],
  ['unsubscribe', () => subscription.unsubscribe()],
  ['quit', quit],
]);

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const [, name, rest] = /^(\S*)\s*(.*)$/.exec(line);
    const command = commands.get(name);
    if (command) command(rest);
    else say({ error: { code: 'usage', message: `unknown command "${name}"`, channel: null } });
  })
  .on('close', quit);
