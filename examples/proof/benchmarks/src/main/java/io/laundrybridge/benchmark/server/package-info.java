/** What runs in the servers' own processes: the broker, and the peers that are a few lines of Java. */
@NullMarked
package io.laundrybridge.benchmark.server;

import org.jspecify.annotations.NullMarked;
