/**
 * What the bridge demands of a source or a transport of your own, as tests to extend. Open
 * {@link io.laundrybridge.test.contract.SourceContract} or {@link io.laundrybridge.test.contract.TransportContract}
 * first.
 */
@NullMarked
package io.laundrybridge.test.contract;

import org.jspecify.annotations.NullMarked;
