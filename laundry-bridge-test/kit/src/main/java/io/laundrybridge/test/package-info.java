/** Waits for what other threads and processes do: open {@link io.laundrybridge.test.Await} first. */
@NullMarked
package io.laundrybridge.test;

import org.jspecify.annotations.NullMarked;
