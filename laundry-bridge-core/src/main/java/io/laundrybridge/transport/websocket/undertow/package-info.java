/**
 * The special ways of Undertow's WebSockets: frames go through a conduit of ours to the connection. Open
 * {@link io.laundrybridge.transport.websocket.undertow.UndertowAdapter} first. Internal.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.transport.websocket.undertow;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
