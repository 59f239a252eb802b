/** The load client: a process that opens WebSockets, reads them as cheaply as Java can, and counts every event. */
@NullMarked
package io.laundrybridge.benchmark.load;

import org.jspecify.annotations.NullMarked;
