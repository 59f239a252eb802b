/**
 * Who may open a session: origins, hosts, proxies, and how many sessions an address or a user has. Part of step 4; {@link
 * io.laundrybridge.session} asks it.
 */
@NullMarked
package io.laundrybridge.session.admission;

import org.jspecify.annotations.NullMarked;
