/** What is measured: workloads, and how a window of each is driven. */
@NullMarked
package io.laundrybridge.benchmark.workload;

import org.jspecify.annotations.NullMarked;
