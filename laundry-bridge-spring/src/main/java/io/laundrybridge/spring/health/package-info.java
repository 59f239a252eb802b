/**
 * The health of channels for Spring Boot's actuator. Open {@link
 * io.laundrybridge.spring.health.LaundryBridgeHealthAutoConfiguration} first.
 *
 * <p>Nothing here is loaded without {@code spring-boot-health}.
 */
@NullMarked
package io.laundrybridge.spring.health;

import org.jspecify.annotations.NullMarked;
