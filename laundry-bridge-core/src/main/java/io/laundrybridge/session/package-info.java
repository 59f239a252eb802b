/**
 * Step 4 of 5: sessions. This package decides which clients may connect, how many, and on which worker.
 *
 * <p>Open {@link io.laundrybridge.session.WebSocketSink} first. Its rooms, from top to bottom: {@code admission},
 * {@code dialect}, {@code worker}, {@code login}, {@code inbound}, {@code wake}, {@code endpoint}, {@code frame},
 * {@code feed}, {@code reader}, {@code start}, {@code select}, {@code socket} and {@code place}. Each depends only on
 * those after it.
 *
 * <p>Next: {@link io.laundrybridge.transport.websocket}, which hands the bytes to the container.
 */
@NullMarked
package io.laundrybridge.session;

import org.jspecify.annotations.NullMarked;
