/**
 * The things that all sessions of an endpoint share: channels, bounds, threads for calls that may block.
 *
 * <p>Open {@link io.laundrybridge.session.endpoint.EndpointContext} first, then {@code EndpointChannels} and {@code
 * AccessQuestion}.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.session.endpoint;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
