/**
 * The full dialect: many channels on one socket, requests with answers, beats. {@code SessionLines} and
 * {@code ChannelLines} are its words, {@code Requests} handles what clients say.
 *
 * <p>Open {@code FullConversation} first, then {@code Subscription}.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.session.dialect.full;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
