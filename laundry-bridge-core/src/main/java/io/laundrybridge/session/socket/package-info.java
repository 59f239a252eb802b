/**
 * The contract between a session and the transport that carries it: frames out, messages in.
 *
 * <p>Open {@link io.laundrybridge.session.socket.Transport} first: a new transport implements it.
 */
@NullMarked
package io.laundrybridge.session.socket;

import org.jspecify.annotations.NullMarked;
