/** The test kit: what the tests of core and of the host modules share. */
@NullMarked
package io.laundrybridge.testing;

import org.jspecify.annotations.NullMarked;
