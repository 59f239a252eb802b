/**
 * The full dialect: many channels on one socket, requests with answers, beats.
 *
 * <p>Open {@link io.laundrybridge.session.dialect.full.FullConversation} first, then {@code Subscription}.
 */
@NullMarked
package io.laundrybridge.session.dialect.full;

import org.jspecify.annotations.NullMarked;
