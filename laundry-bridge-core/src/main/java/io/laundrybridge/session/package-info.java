/**
 * Step 4 of 5: sessions. Each stands in the logs with cursors of its own; a few drain workers own disjoint sessions and
 * send what has gathered, one send in flight per session.
 *
 * <p>Next: {@link io.laundrybridge.transport.websocket}, which hands the bytes to the container.
 */
@NullMarked
package io.laundrybridge.session;

import org.jspecify.annotations.NullMarked;
