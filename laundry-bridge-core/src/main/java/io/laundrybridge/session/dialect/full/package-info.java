/**
 * The full dialect: many channels on one connection, requests with answers, beats.
 *
 * <p>Open {@link io.laundrybridge.session.dialect.full.FullConversation} first, then {@code Subscription}.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.session.dialect.full;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
