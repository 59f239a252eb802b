package io.laundrybridge.view.debezium;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.StringNode;

/** Numbers and other data that Connect writes as bytes or as text, as JSON has them. */
final class DataTypes {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** Beyond it, a scale would make a number of more digits than anybody means. */
    private static final int LARGEST_SCALE = 20_000;

    private DataTypes() {}

    /** Returns what makes JSON of a value of the type {@code name}; null if nothing has to, or it is not known. */
    static @Nullable UnaryOperator<JsonNode> conversion(String name, JsonNode parameters) {
        return switch (name) {
            case "org.apache.kafka.connect.data.Decimal" -> {
                int scale = Integer.parseInt(parameters.path("scale").asString("0"));
                yield value -> decimal(value, scale);
            }
            case "io.debezium.data.VariableScaleDecimal" ->
                value -> decimal(value.path("value"), value.path("scale").asInt());
            case "io.debezium.data.Json" -> value -> JSON.readTree(value.asString());
            case "io.debezium.data.Bits" -> {
                int length = Integer.parseInt(parameters.path("length").asString("0"));
                yield value -> bits(value, length);
            }
            default -> null;
        };
    }

    /** By Debezium's {@code decimal.handling.mode} a decimal is its unscaled bytes, a text or a number. */
    private static JsonNode decimal(JsonNode value, int scale) {
        if (value.isNumber()) {
            return value;
        }
        if (Math.abs(scale) > LARGEST_SCALE) {
            throw new IllegalArgumentException("scale");
        }
        BigDecimal number = new BigDecimal(new BigInteger(bytes(value)), scale);
        return DecimalNode.valueOf(scale < 0 ? number.setScale(0) : number);
    }

    /** Returns the bits, the highest first, as PostgreSQL writes them. Their bytes come lowest first. */
    private static JsonNode bits(JsonNode value, int length) {
        byte[] bytes = bytes(value);
        int count = length > 0 && length <= bytes.length * Byte.SIZE ? length : bytes.length * Byte.SIZE;
        StringBuilder text = new StringBuilder(count);
        for (int bit = count - 1; bit >= 0; bit--) {
            text.append((bytes[bit / Byte.SIZE] >> (bit % Byte.SIZE) & 1) == 1 ? '1' : '0');
        }
        return StringNode.valueOf(text.toString());
    }

    private static byte[] bytes(JsonNode value) {
        return Base64.getDecoder().decode(value.asString());
    }
}
