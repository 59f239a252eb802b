/**
 * The special ways of Tomcat's WebSockets: frames go straight to the socket. Open
 * {@link io.laundrybridge.transport.websocket.tomcat.TomcatAdapter} first. Internal.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.transport.websocket.tomcat;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
