/**
 * WebSocket clients in Java: one that speaks the full dialect ({@link io.laundrybridge.test.client.FullClient}), one
 * for any lines and frames ({@link io.laundrybridge.test.client.WsClient}), and one that writes each byte itself
 * ({@link io.laundrybridge.test.client.RawWsClient}). They share no code with the server that they test.
 */
@NullMarked
package io.laundrybridge.test.client;

import org.jspecify.annotations.NullMarked;
