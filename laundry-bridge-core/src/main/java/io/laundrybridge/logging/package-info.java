/**
 * Logs trouble that may come often: {@link io.laundrybridge.logging.RateLimitedLog}. Every package may depend on this
 * one; it depends on none.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.logging;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
