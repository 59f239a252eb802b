package io.laundrybridge.example.database.machines;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.laundrybridge.publish.OutgoingRecord;
import io.laundrybridge.publish.Publish;
import io.laundrybridge.publish.PublishException;
import io.laundrybridge.publish.PublishException.Failure;
import io.laundrybridge.publish.PublishMapping;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the record of a command that a page publishes: who gives it, to which machine, and its id. The page says the
 * machine and the action alone. Thread-safe.
 */
public final class CommandMapping implements PublishMapping {
    private static final Set<String> ACTIONS = Set.of("start", "pause", "stop");
    private static final int LONGEST_ID = 64;

    private final ObjectMapper json = JsonMapper.shared();

    @Override
    public OutgoingRecord record(Publish publish) {
        JsonNode given = read(publish.value());
        String machine = given.path("machine").asString("");
        String action = given.path("action").asString("");
        if (machine.isEmpty() || machine.length() > LONGEST_ID || !ACTIONS.contains(action)) {
            throw refused();
        }
        ObjectNode command = json.createObjectNode()
                .put("machine", machine)
                .put("action", action)
                .put("by", publish.caller().name())
                .put("mid", publish.messageId());
        return new OutgoingRecord(machine.getBytes(UTF_8), json.writeValueAsBytes(command), List.of());
    }

    private JsonNode read(byte[] value) {
        try {
            return json.readTree(value);
        } catch (JacksonException e) {
            throw refused();
        }
    }

    private static PublishException refused() {
        return new PublishException(
                Failure.REFUSED,
                "this is no command; expected an object with 'machine', a text of at most 64 characters, and 'action',"
                        + " which is start, pause or stop");
    }
}
