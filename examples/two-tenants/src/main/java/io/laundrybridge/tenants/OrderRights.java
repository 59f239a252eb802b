package io.laundrybridge.tenants;

import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Grant;
import io.laundrybridge.policy.RowFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who sees which orders. */
@Configuration(proxyBeanMethods = false)
class OrderRights {

    /** The rule of the channel that has this bean's name: clerks see the orders of their tenant. */
    @Bean
    Access orders(Accounts accounts) {
        return (caller, channel) -> accounts.has(caller.name(), "clerk")
                ? Grant.rows(RowFilter.eq("/tenant", caller.claim("tenant")))
                : Grant.nothing();
    }
}
