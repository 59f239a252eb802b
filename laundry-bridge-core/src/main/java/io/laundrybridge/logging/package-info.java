/**
 * How the bridge logs trouble that may come often: {@link io.laundrybridge.logging.RateLimitedLog}. Every package may depend
 * on this one; it depends on none.
 */
@NullMarked
package io.laundrybridge.logging;

import org.jspecify.annotations.NullMarked;
