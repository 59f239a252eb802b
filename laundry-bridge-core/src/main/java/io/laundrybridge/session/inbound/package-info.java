/**
 * Inbound: takes what clients send, within the limits per session, and passes the lines to the sessions' workers. Open
 * {@link io.laundrybridge.session.inbound.SessionInbound} first, then {@code InboundBudget}.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.session.inbound;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
