/** Tests of the warm-up. */
@NullMarked
package io.laundrybridge.warmup;

import org.jspecify.annotations.NullMarked;
