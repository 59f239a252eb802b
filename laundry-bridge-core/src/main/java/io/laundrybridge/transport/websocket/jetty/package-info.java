/**
 * The special ways of Jetty's WebSockets: a status for refused handshakes, frames that go straight to the socket, and
 * how connections are dropped. Open {@link io.laundrybridge.transport.websocket.jetty.JettyAdapter} first. Internal.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.transport.websocket.jetty;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
