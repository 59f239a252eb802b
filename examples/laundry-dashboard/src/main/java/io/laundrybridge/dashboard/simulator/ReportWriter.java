package io.laundrybridge.dashboard.simulator;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes reports as the JSON values of the topic's records. Safe for use by several threads. */
public final class ReportWriter {
    private final JsonFactory json = new JsonFactory();

    /** One report as UTF-8. */
    public byte[] write(MachineReport report) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator object = json.createGenerator(ObjectWriteContext.empty(), bytes)) {
            object.writeStartObject();
            object.writeStringProperty("machine", report.machine());
            object.writeStringProperty("site", report.site());
            object.writeStringProperty("kind", report.kind().label());
            word(object, "program", report.program());
            word(object, "phase", report.phase() == null ? null : report.phase().label());
            object.writeNumberProperty("progress", report.progress());
            readings(object, report.readings());
            object.writeStringProperty("state", report.state().label());
            word(object, "alarm", report.alarm() == null ? null : report.alarm().label());
            object.writeStringProperty("time", report.time().toString());
            object.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void readings(JsonGenerator object, @Nullable Readings readings) {
        if (readings == null) {
            object.writeNullProperty("temperature");
            object.writeNullProperty("load");
            object.writeNullProperty("power");
            return;
        }
        object.writeNumberProperty("temperature", readings.temperature());
        object.writeNumberProperty("load", readings.load());
        object.writeNumberProperty("power", (long) readings.power());
    }

    private static void word(JsonGenerator object, String name, @Nullable String value) {
        if (value == null) {
            object.writeNullProperty(name);
        } else {
            object.writeStringProperty(name, value);
        }
    }
}
