/**
 * Keeps what waits for a worker, and decides what comes next.
 *
 * <p>Open {@link io.laundrybridge.session.queue.WorkerQueue} first.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.session.queue;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
