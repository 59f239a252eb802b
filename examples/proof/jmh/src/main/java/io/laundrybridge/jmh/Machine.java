package io.laundrybridge.jmh;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Records of about 200 bytes, as a washing machine sends them. */
public final class Machine {
    /** Fields that filters may ask for, each of another type. */
    static final List<String> FIELDS = List.of("/state", "/temperature", "/water/inlet");

    private static final byte[] KEY = "site-7/washer-12".getBytes(StandardCharsets.UTF_8);

    private static final byte[] VALUE =
            ("{\"machine\":\"site-7/washer-12\",\"state\":\"rinsing\",\"programme\":\"Fein 30°\","
                            + "\"temperature\":31.5,\"drum\":{\"rpm\":420,\"load\":6.25},\"water\":{\"litres\":18.4,\"inlet\":true},"
                            + "\"remaining\":1260,\"door\":\"locked\"}")
                    .getBytes(StandardCharsets.UTF_8);

    private Machine() {}

    /** Returns the record's value. */
    public static byte[] value() {
        return VALUE;
    }

    /** Returns the record's key. */
    public static byte[] key() {
        return KEY;
    }

    /** Returns the record at {@code offset}. */
    static SourceRecord record(long offset) {
        return new SourceRecord(
                "laundry.machine-log", 0, offset, PositionVector.NO_EPOCH, 1_764_000_000_000L, KEY, VALUE, List.of());
    }
}
