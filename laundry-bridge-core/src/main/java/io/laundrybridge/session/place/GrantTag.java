package io.laundrybridge.session.place;

import io.laundrybridge.policy.Grant;
import io.laundrybridge.policy.RowFilter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/**
 * A short text that stands for a grant, the same on every node. A place that was earned under another grant has another
 * one. Stateless.
 */
final class GrantTag {
    private static final int BYTES = 8;

    private GrantTag() {}

    /** Returns the tag of {@code grant} on a channel's variant; "" for everything of the first variant. */
    static String of(Grant grant, int variant) {
        if (grant instanceof Grant.Everything && variant == 0) {
            return "";
        }
        String rows = grant instanceof Grant.Rows some ? text(some.filter()) : grant.toString();
        byte[] digest = digest(list("grant", List.of(Integer.toString(variant), rows)));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES));
    }

    private static String text(RowFilter filter) {
        if (filter instanceof RowFilter.FieldIn in) {
            return list("in", List.of(in.pointer(), sorted(in.values())));
        }
        if (filter instanceof RowFilter.FieldPrefix prefix) {
            return list("prefix", List.of(prefix.pointer(), prefix.text()));
        }
        if (filter instanceof RowFilter.KeyIn in) {
            return list("keys", List.of(sorted(in.keys())));
        }
        if (filter instanceof RowFilter.KeyPrefix prefix) {
            return list("key", List.of(prefix.prefix()));
        }
        if (filter instanceof RowFilter.All all) {
            return list("all", all.filters().stream().map(GrantTag::text).toList());
        }
        return list(
                "any",
                ((RowFilter.Any) filter).filters().stream().map(GrantTag::text).toList());
    }

    /** Returns {@code values} as one text, in an order that is the same in every process. */
    private static String sorted(Collection<?> values) {
        return list("set", values.stream().map(GrantTag::value).sorted().toList());
    }

    private static String value(Object value) {
        return value instanceof Number number
                ? "number " + new BigDecimal(number.toString()).stripTrailingZeros()
                : value instanceof String text ? "text " + text : "flag " + value;
    }

    /** Returns one text of several, each with its length, so that no two lists have the same. */
    private static String list(String name, List<String> parts) {
        StringBuilder text = new StringBuilder(name);
        parts.forEach(part -> text.append(' ').append(part.length()).append(':').append(part));
        return text.toString();
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256, which every Java platform must have", e);
        }
    }
}
