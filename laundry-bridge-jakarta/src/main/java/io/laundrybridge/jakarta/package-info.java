/**
 * The bridge in a servlet container or Jakarta EE server, by settings alone: put the jar into {@code WEB-INF/lib} and
 * {@code META-INF/laundry-bridge.properties} on the class path. {@link io.laundrybridge.jakarta.LaundryBridgeListener}
 * says what happens then.
 */
@NullMarked
package io.laundrybridge.jakarta;

import org.jspecify.annotations.NullMarked;
