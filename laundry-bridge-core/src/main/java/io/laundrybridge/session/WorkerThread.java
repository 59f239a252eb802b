package io.laundrybridge.session;

import io.laundrybridge.logging.RateLimitedLog;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The thread of a worker as those use it who wake its sessions.
 *
 * @param tasks runs tasks on the thread, one after the other; any thread adds
 * @param alarms of the worker
 * @param nanoTime the monotonic clock
 * @param failures logs what nobody foresaw
 */
record WorkerThread(Executor tasks, Timers alarms, LongSupplier nanoTime, RateLimitedLog failures) {}
