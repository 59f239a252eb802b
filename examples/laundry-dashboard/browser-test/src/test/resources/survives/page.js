// Keeps all received events and the sockets for the test.
import { LaundryBridge } from '/laundry-bridge/laundry-bridge.js';

window.values = [];
window.told = [];
window.sockets = [];
window.WebSocket = class extends WebSocket {
  constructor(...address) {
    super(...address);
    sockets.push(this);
  }
};

new LaundryBridge('/laundry').subscribe('machines', {
  onEvent: ({ value }) => values.push(value),
  onGap: ({ reason }) => told.push(reason),
  onReset: ({ reason }) => told.push(reason),
  onState: (state) => (document.title = state),
});
