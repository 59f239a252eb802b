/**
 * What the bridge demands of a source of your own, as tests to extend. Open
 * {@link io.laundrybridge.test.contract.SourceContract} first.
 */
@NullMarked
package io.laundrybridge.test.contract;

import org.jspecify.annotations.NullMarked;
