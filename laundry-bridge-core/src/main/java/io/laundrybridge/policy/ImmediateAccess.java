package io.laundrybridge.policy;

import java.util.Set;
import java.util.function.Function;

/** A rule of the library, which grants all or nothing, answers at once and may be asked on any thread. */
record ImmediateAccess(Function<Caller, Grant> rule, Set<String> roles) implements Access {
    @Override
    public Grant grant(Caller caller, String channel) {
        return rule.apply(caller);
    }

    @Override
    public boolean immediate() {
        return true;
    }

    @Override
    public boolean wholeOrNothing() {
        return true;
    }
}
