/**
 * Login: the credentials of one session, the authenticators that judge them, and what waits meanwhile. Open {@link
 * io.laundrybridge.session.login.SessionLogin} first, then {@link io.laundrybridge.session.login.Authentications}.
 *
 * <p>Used by {@code session.worker}, which changes the user of a session by it.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.session.login;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
