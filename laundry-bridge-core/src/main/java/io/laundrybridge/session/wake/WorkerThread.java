package io.laundrybridge.session.wake;

import io.laundrybridge.logging.RateLimitedLog;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The thread of a worker, as seen by the classes that wake its sessions.
 *
 * @param tasks runs tasks on the thread, one after the other; any thread adds
 * @param alarms of the worker
 * @param nanoTime the monotonic clock
 * @param failures logs unforeseen errors
 */
public record WorkerThread(Executor tasks, Timers alarms, LongSupplier nanoTime, RateLimitedLog failures) {}
