/**
 * TCP connections that a test cuts, stalls and slows. Open {@link io.laundrybridge.test.network.TcpProxy} first.
 */
@NullMarked
package io.laundrybridge.test.network;

import org.jspecify.annotations.NullMarked;
