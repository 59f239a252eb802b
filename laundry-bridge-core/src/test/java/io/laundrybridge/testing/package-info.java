/** Fixtures that follow core's internals; what tests outside core need is in {@code laundry-bridge-test}. */
@NullMarked
package io.laundrybridge.testing;

import org.jspecify.annotations.NullMarked;
