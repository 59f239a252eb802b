/** The programs of the servers' processes: the broker, and peers that are a few lines of Java. */
@NullMarked
package io.laundrybridge.benchmark.server;

import org.jspecify.annotations.NullMarked;
