package io.laundrybridge.tenants;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** All users, in memory. Each has its name as password. Thread-safe. */
@Component
class Accounts {
    private final Map<String, Account> accounts = new LinkedHashMap<>();

    Accounts() {
        for (Account account : new Account[] {
            new Account("anna", "north", Set.of("clerk")),
            new Account("ben", "south", Set.of("clerk")),
            new Account("carla", "north", Set.of("admin"))
        }) {
            accounts.put(account.name(), account);
        }
    }

    synchronized Collection<Account> all() {
        return accounts.values().stream().toList();
    }

    synchronized Optional<Account> find(String name) {
        return Optional.ofNullable(accounts.get(name));
    }

    /** Returns the account with this password. */
    Optional<Account> login(String name, String password) {
        return find(name).filter(account -> account.name().equals(password));
    }

    boolean has(String name, String role) {
        return find(name).filter(account -> account.roles().contains(role)).isPresent();
    }

    synchronized void give(String name, String role) {
        change(name, role, true);
    }

    synchronized void take(String name, String role) {
        change(name, role, false);
    }

    private void change(String name, String role, boolean has) {
        accounts.computeIfPresent(name, (known, account) -> {
            Set<String> roles = new TreeSet<>(account.roles());
            var unused = has ? roles.add(role) : roles.remove(role);
            return new Account(name, account.tenant(), Set.copyOf(roles));
        });
    }
}
