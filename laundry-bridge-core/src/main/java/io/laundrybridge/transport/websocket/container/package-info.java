/**
 * The contract with the kinds of WebSocket container, beyond {@code jakarta.websocket}: how each writes frames, drops a
 * connection and refuses a handshake. Open {@link io.laundrybridge.transport.websocket.container.ContainerAdapter}
 * first.
 *
 * <p>Each kind is a package beside this one that implements the contract. Internal.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.transport.websocket.container;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
