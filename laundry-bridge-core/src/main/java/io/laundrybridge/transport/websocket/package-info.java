/**
 * Step 5 of 5: the WebSocket. Hands each session's bytes to the container through {@code jakarta.websocket} and what the
 * container hears back to the session. The only package that imports that API.
 *
 * <p>Before: {@link io.laundrybridge.session}. Beside it: {@link io.laundrybridge.transport.servlet}.
 */
@NullMarked
package io.laundrybridge.transport.websocket;

import org.jspecify.annotations.NullMarked;
