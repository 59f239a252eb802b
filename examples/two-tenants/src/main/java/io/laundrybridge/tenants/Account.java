package io.laundrybridge.tenants;

import java.util.Set;

/**
 * A user.
 *
 * @param tenant the tenant whose orders the user may see as a clerk
 * @param roles {@code clerk} or {@code admin}, or both
 */
record Account(String name, String tenant, Set<String> roles) {}
