/** The servers that are compared: how each is started, and how a client says hello to it. */
@NullMarked
package io.laundrybridge.benchmark.peer;

import org.jspecify.annotations.NullMarked;
