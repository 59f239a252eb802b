package io.laundrybridge.tenants;

import io.laundrybridge.LaundryBridge;
import java.util.Collection;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The roles of all users, for administrators. A change counts at once, for pages that are open too. */
@RestController
@RequestMapping("/admin/accounts")
class RightsController {
    private final Accounts accounts;
    private final LaundryBridge bridge;

    RightsController(Accounts accounts, LaundryBridge bridge) {
        this.accounts = accounts;
        this.bridge = bridge;
    }

    @GetMapping
    Collection<Account> all() {
        return accounts.all();
    }

    @PutMapping("/{name}/roles/{role}")
    void give(@PathVariable String name, @PathVariable String role) {
        accounts.give(name, role);
        bridge.recheck(name);
    }

    @DeleteMapping("/{name}/roles/{role}")
    void take(@PathVariable String name, @PathVariable String role) {
        accounts.take(name, role);
        bridge.recheck(name);
    }
}
