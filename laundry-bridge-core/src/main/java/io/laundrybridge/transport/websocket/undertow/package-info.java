/** What Undertow's WebSockets do in their own way: frames go through a conduit of ours to the connection. Open {@link io.laundrybridge.transport.websocket.undertow.UndertowAdapter} first. Internal. */
@NullMarked
package io.laundrybridge.transport.websocket.undertow;

import org.jspecify.annotations.NullMarked;
