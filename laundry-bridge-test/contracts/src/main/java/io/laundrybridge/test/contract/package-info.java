/**
 * Tests that your own source or transport must pass; extend them. Open {@link
 * io.laundrybridge.test.contract.SourceContract} or {@link io.laundrybridge.test.contract.TransportContract} first.
 */
@NullMarked
package io.laundrybridge.test.contract;

import org.jspecify.annotations.NullMarked;
