/**
 * Login by JSON Web Tokens (RFC 7519), signed by the keys of a JWKS. Open
 * {@link io.laundrybridge.auth.jwt.JwtAuthenticator} first.
 *
 * <p>Exported: it works only if the application has {@code com.nimbusds:nimbus-jose-jwt}, which is optional. That
 * library checks signatures and claims, and caches keys.
 */
@NullMarked
package io.laundrybridge.auth.jwt;

import org.jspecify.annotations.NullMarked;
