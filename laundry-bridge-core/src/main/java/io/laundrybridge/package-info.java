/**
 * Carries events from Kafka to browsers over WebSockets, inside an existing app server.
 *
 * <p>Start at {@link io.laundrybridge.Bridge}. The path of a record is the package list, in five steps: {@link
 * io.laundrybridge.source}, {@link io.laundrybridge.encode}, {@link io.laundrybridge.channel}, {@link
 * io.laundrybridge.session}, {@link io.laundrybridge.transport.websocket}.
 */
@NullMarked
package io.laundrybridge;

import org.jspecify.annotations.NullMarked;
