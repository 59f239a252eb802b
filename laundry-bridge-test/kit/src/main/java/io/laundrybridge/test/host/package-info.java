/**
 * Tests that every host of the bridge must pass; extend them. Open {@link io.laundrybridge.test.host.HostConversation}
 * first.
 */
@NullMarked
package io.laundrybridge.test.host;

import org.jspecify.annotations.NullMarked;
