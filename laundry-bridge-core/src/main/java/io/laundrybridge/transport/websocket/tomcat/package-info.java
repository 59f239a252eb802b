/** What Tomcat's WebSockets do in their own way: frames go straight to the socket. Open {@link io.laundrybridge.transport.websocket.tomcat.TomcatAdapter} first. Internal. */
@NullMarked
package io.laundrybridge.transport.websocket.tomcat;

import org.jspecify.annotations.NullMarked;
