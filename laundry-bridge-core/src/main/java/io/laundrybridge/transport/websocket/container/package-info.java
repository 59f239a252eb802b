/**
 * The contract with the kinds of WebSocket container: how each writes frames, drops a connection and refuses a
 * handshake, beside {@code jakarta.websocket}. Open {@link
 * io.laundrybridge.transport.websocket.container.ContainerAdapter} first.
 *
 * <p>Each kind is a package beside this one that implements the contract. Internal.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.transport.websocket.container;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
