// Runs before the page: keeps what every WebSocket sends and receives, and every state that the page shows.
globalThis.wire = { urls: [], sent: [], received: [], states: [], open: 0 };

globalThis.WebSocket = class extends WebSocket {
  constructor(url, protocol) {
    super(url, protocol);
    wire.urls.push(`${url}`);
    this.addEventListener('open', () => wire.open++);
    this.addEventListener('close', () => wire.open--);
    this.addEventListener('message', ({ data }) =>
      wire.received.push(typeof data === 'string' ? data : new TextDecoder().decode(data)),
    );
  }

  send(text) {
    wire.sent.push(...text.split('\n').map((line) => JSON.parse(line)));
    super.send(text);
  }
};

addEventListener('DOMContentLoaded', () => {
  const state = document.getElementById('state');
  const keep = () => wire.states.push(state.textContent);
  new MutationObserver(keep).observe(state, { childList: true });
});
