/**
 * Step 5 of 5: the WebSocket. It hands each session's frames to the container through {@code jakarta.websocket}, and
 * what the container receives to the session. {@link io.laundrybridge.transport.websocket.WebSocketEndpoints} opens an
 * endpoint; for one connection open {@code JakartaTransport} first. {@code Containers} lists the containers that have a
 * package of their own below this one.
 *
 * <p>Before: {@link io.laundrybridge.session}. Beside it: {@link io.laundrybridge.transport.servlet}.
 */
@NullMarked
package io.laundrybridge.transport.websocket;

import org.jspecify.annotations.NullMarked;
