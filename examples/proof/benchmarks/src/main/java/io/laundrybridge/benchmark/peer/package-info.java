/** The servers that are compared: how each is started, and the protocol of its clients. */
@NullMarked
package io.laundrybridge.benchmark.peer;

import org.jspecify.annotations.NullMarked;
