package io.laundrybridge.publish;

import io.laundrybridge.event.SourceRecord.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The record of a publish, as the server makes it. The sink chooses topic and partition.
 *
 * @param key the key's bytes, or null
 * @param value the value's bytes, or null for a deletion
 * @param headers the headers in their order
 */
public record OutgoingRecord(byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {

    /**
     * Makes a record.
     *
     * @param key the key's bytes, or null
     * @param value the value's bytes, or null for a deletion
     * @param headers the headers in their order; copied
     */
    public OutgoingRecord {
        headers = List.copyOf(headers);
    }

    /**
     * {@return this record with one more header}
     *
     * @param name the header's name
     * @param content the header's bytes, or null
     */
    public OutgoingRecord with(String name, byte @Nullable [] content) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, content));
        return new OutgoingRecord(key, value, more);
    }

    /**
     * {@return this record without the headers of these names}
     *
     * @param names names of headers
     */
    public OutgoingRecord without(Set<String> names) {
        List<Header> others = headers.stream()
                .filter(header -> !names.contains(header.name()))
                .toList();
        return new OutgoingRecord(key, value, others);
    }
}
