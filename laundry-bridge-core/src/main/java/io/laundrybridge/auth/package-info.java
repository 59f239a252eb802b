/**
 * Login: who a session's user is. Open {@link io.laundrybridge.auth.Authenticator} first.
 *
 * <p>Exported: applications implement these types.
 */
@NullMarked
package io.laundrybridge.auth;

import org.jspecify.annotations.NullMarked;
