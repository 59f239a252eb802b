/**
 * The parts that every transport needs: a handshake's headers and query, the gate through which messages reach a
 * session, and the browser client's files. Imports neither servlets nor WebSockets. Your own transport implements
 * {@link io.laundrybridge.session.socket.Transport}; open {@link io.laundrybridge.transport.InboundGate} first.
 *
 * <p>Used by {@link io.laundrybridge.transport.websocket} and {@link io.laundrybridge.transport.servlet}.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.transport;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
