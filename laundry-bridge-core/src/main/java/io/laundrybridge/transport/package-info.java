/**
 * What every transport needs, whatever container carries it: the headers and the query of a handshake, the gate
 * through which messages reach a session, and the files of the browser client. Imports neither servlets nor
 * WebSockets. A transport of your own implements {@link io.laundrybridge.session.socket.Transport}; open {@link
 * io.laundrybridge.transport.InboundGate} first.
 *
 * <p>Used by {@link io.laundrybridge.transport.websocket} and {@link io.laundrybridge.transport.servlet}.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.transport;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
