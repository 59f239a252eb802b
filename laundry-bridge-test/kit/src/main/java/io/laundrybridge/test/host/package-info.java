/**
 * What every host of the bridge promises, as tests to extend. Open
 * {@link io.laundrybridge.test.host.HostConversation} first.
 */
@NullMarked
package io.laundrybridge.test.host;

import org.jspecify.annotations.NullMarked;
