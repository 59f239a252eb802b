/**
 * What all sessions of an endpoint share: channels, bounds, threads for calls that may block.
 *
 * <p>Open {@link io.laundrybridge.session.endpoint.EndpointContext} first.
 */
@NullMarked
package io.laundrybridge.session.endpoint;

import org.jspecify.annotations.NullMarked;
