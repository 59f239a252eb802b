package io.laundrybridge.policy;

import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Grants some rows of what another rule grants. */
record RowsAccess(Access rule, Function<? super Caller, RowFilter> rows) implements Access {
    @Override
    public Grant grant(Caller caller, String channel) {
        Grant whole = rule.grant(caller, channel);
        if (whole == null || whole == Grant.nothing()) {
            return Grant.nothing();
        }
        RowFilter filter = Objects.requireNonNull(rows.apply(caller), "the rule has no filter of rows");
        return Grant.rows(whole instanceof Grant.Rows some ? some.filter().and(filter) : filter);
    }

    @Override
    public Set<String> roles() {
        return rule.roles();
    }

    /** {@inheritDoc} A function of the application may block. */
    @Override
    public boolean immediate() {
        return rule.immediate() && rows instanceof RowTemplate;
    }
}
