/**
 * The full dialect: many channels on one socket, requests with answers, beats. {@code SessionLines} and
 * {@code ChannelLines} write its lines, {@code Requests} handles the lines of clients.
 *
 * <p>Open {@code FullConversation} first, then {@code Subscription}.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.session.dialect.full;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
