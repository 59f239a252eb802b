// A page with a token function, and a server that accepts its credentials.

import { settled, Stage } from './stage.mjs';

/** A bridge with one subscription; `token` is called with the number of the call. */
export async function guarded(token, options = {}) {
  const stage = new Stage();
  const asked = [];
  const bridge = stage.bridge('/laundry', {
    onError: (error) => stage.errors.push(error),
    token: () => {
      asked.push(stage.now);
      return token(asked.length);
    },
  });
  const machines = stage.watch(bridge, 'machines', options);
  await settled();
  return { stage, machines, asked, bridge };
}

/** The server accepts the newest credential. */
export async function accepts(socket, expires = null) {
  await socket.says({ op: 'authenticated', id: socket.asked('auth').at(-1).id, expires });
}

/** The same, with a subscription that is live; the credential runs out after `ms`. */
export async function loggedIn(token, ms, options) {
  const page = await guarded(token, options);
  const { socket } = page.stage;
  await socket.welcomes({ auth: 'required' });
  await accepts(socket, ms && page.stage.now + ms);
  await socket.subscribes('machines', 'e.1:0@10.0', { op: 'live', ch: 'machines' });
  return { ...page, socket };
}

/** Time passes on a connection that is alive. */
export async function beats(stage, ms) {
  const end = stage.now + ms;
  for (let n = 0; stage.now < end; n++) {
    await stage.socket.says({ op: 'beat', n });
    await stage.passes(Math.min(15_000, end - stage.now));
  }
}
