/**
 * Runs the bridge in a servlet container or Jakarta EE server, by settings alone. Put the jar into {@code WEB-INF/lib}
 * and {@code META-INF/laundry-bridge.properties} on the class path. Open
 * {@link io.laundrybridge.jakarta.LaundryBridgeListener} first.
 */
@NullMarked
package io.laundrybridge.jakarta;

import org.jspecify.annotations.NullMarked;
