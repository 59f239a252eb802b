/** The producer: a process that writes events at a fixed rate, whether or not they arrive. */
@NullMarked
package io.laundrybridge.benchmark.producer;

import org.jspecify.annotations.NullMarked;
