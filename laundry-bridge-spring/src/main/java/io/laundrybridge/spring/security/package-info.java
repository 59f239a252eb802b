/**
 * Login with Spring Security: its users have authorities and claims, and a {@code JwtDecoder} reads tokens. Open {@link
 * io.laundrybridge.spring.security.LaundryBridgeSecurityAutoConfiguration} first.
 *
 * <p>Nothing here is loaded without Spring Security.
 */
@NullMarked
package io.laundrybridge.spring.security;

import org.jspecify.annotations.NullMarked;
