/** The workloads, and the course of a window of each. */
@NullMarked
package io.laundrybridge.benchmark.workload;

import org.jspecify.annotations.NullMarked;
