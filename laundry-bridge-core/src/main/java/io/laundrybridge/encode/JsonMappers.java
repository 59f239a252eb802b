package io.laundrybridge.encode;

import io.laundrybridge.limits.ValueLimits;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Makes the JSON mappers of channels whose application gives none. */
final class JsonMappers {
    private JsonMappers() {}

    /** Returns a mapper that reads values within {@code limits} and ignores unknown properties. */
    static ObjectMapper within(ValueLimits limits) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxNumberLength(limits.numberDigits())
                        .build())
                .build();
        return JsonMapper.builder(factory)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }
}
