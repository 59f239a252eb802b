/**
 * Decides when a session does something: one thread per worker, with its sessions, tasks and turns.
 *
 * <p>Open {@link io.laundrybridge.session.worker.Session} first, then {@code SendLoop}, {@code SessionLifecycle} and
 * {@code DrainWorker}.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.session.worker;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
