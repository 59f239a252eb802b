/** The bridge as a process of its own. */
@NullMarked
package io.laundrybridge.gateway;

import org.jspecify.annotations.NullMarked;
