/**
 * Four containers that tests run in, each on a free port of 127.0.0.1. Open
 * {@link io.laundrybridge.test.container.WebSocketServers} first.
 */
@NullMarked
package io.laundrybridge.test.container;

import org.jspecify.annotations.NullMarked;
