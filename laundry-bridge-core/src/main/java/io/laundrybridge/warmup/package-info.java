/**
 * Runs a bridge's own path before its node is ready, so that the JVM has compiled it when clients come. The path is
 * encode, log, sessions and replay, and it ends at clients without a network. Open {@link
 * io.laundrybridge.warmup.WarmUp} first.
 *
 * <p>Channels, sessions and threads are the warm-up's own. No client, session list, meter or audit shows them.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.warmup;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
