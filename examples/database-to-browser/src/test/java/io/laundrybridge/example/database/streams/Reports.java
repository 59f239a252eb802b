package io.laundrybridge.example.database.streams;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reports as Debezium writes them, keyed by machine. */
final class Reports {
    private Reports() {}

    static byte[] key(String machine) {
        return ("{\"machine\":\"" + machine + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    static byte[] value(
            String machine, Instant at, String state, @Nullable String programme, int watts, String energyKwh) {
        String running = programme == null ? "null" : "\"" + programme + "\"";
        String alarm = "alarm".equals(state) ? "\"door leaks\"" : "null";
        return """
            {"op":"c","before":null,"after":{"id":1,"machine":"%s","site":"Altona","at":"%s","state":"%s",
            "programme":%s,"power_watts":%d,"energy_kwh":"%s","temperature":20.0,"alarm":%s},
            "source":{"ts_ms":1}}\
            """.formatted(machine, at, state, running, watts, energyKwh, alarm)
                .getBytes(StandardCharsets.UTF_8);
    }
}
