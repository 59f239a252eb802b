package io.laundrybridge.warmup;

import io.laundrybridge.filter.FilterFields;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Makes records as machines write them: about 200 bytes of JSON, with everything in them that JSON has. */
final class MachineRecords {
    /** The fields that filters may use; every record has them. */
    static final FilterFields FIELDS = FilterFields.of(List.of("/temperature", "/site/name"));

    private static final int KEYS = 64;
    private static final int DEGREES = 90;

    private MachineRecords() {}

    /** Returns the key of record {@code number}. */
    static byte[] key(long number) {
        return utf8("m-" + number % KEYS);
    }

    /** Returns the value of record {@code number}. */
    static byte[] value(long number) {
        return utf8("{\"seq\":" + number + ", \"temperature\":" + number % DEGREES + ".5,\"spin\":1.2e3,\"running\":"
                + (number % 2 == 0)
                + ",\"error\":null,\"program\":\"W\u00e4sche 60\u00b0 \\\"eco\\\"\\n\",\"site\":{\"name\":\""
                + (number % 3 == 0 ? "north" : "s\\u00fcd")
                + "\",\"line\":" + number % 7 + "},\"drums\":[1,-2.25,{}],\"pad\":\"" + "x".repeat(40) + "\"}");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
