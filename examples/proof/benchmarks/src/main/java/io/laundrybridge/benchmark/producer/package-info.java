/** The producer: a process that writes events at a fixed rate, whatever becomes of them. */
@NullMarked
package io.laundrybridge.benchmark.producer;

import org.jspecify.annotations.NullMarked;
