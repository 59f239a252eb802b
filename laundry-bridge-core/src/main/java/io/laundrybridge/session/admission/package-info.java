/**
 * Decides which clients may open a session, by origins, hosts, proxies, and the sessions of an address or a user. Part
 * of step 4; {@link io.laundrybridge.session} asks it. Open {@link
 * io.laundrybridge.session.admission.Admission} first, then {@code Entrance}.
 */
@NullMarked
package io.laundrybridge.session.admission;

import org.jspecify.annotations.NullMarked;
