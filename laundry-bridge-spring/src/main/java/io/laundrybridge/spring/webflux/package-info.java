/**
 * Stamped responses of WebFlux applications. Open {@link io.laundrybridge.spring.webflux.StampWebFilter} first.
 *
 * <p>Nothing here is loaded without WebFlux.
 */
@NullMarked
package io.laundrybridge.spring.webflux;

import org.jspecify.annotations.NullMarked;
