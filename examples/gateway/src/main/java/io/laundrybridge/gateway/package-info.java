/** Runs the bridge as its own process. */
@NullMarked
package io.laundrybridge.gateway;

import org.jspecify.annotations.NullMarked;
