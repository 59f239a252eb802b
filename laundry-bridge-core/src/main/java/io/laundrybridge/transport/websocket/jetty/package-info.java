/** What Jetty's WebSockets do in their own way: a status for refused handshakes, and how connections are dropped. Open {@link io.laundrybridge.transport.websocket.jetty.JettyAdapter} first. Internal. */
@NullMarked
package io.laundrybridge.transport.websocket.jetty;

import org.jspecify.annotations.NullMarked;
