package io.laundrybridge.fuzzing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.ClientLineParser;
import io.laundrybridge.protocol.NotTheProtocolException;
import java.nio.charset.StandardCharsets;

/** Checks that any bytes of a client are a valid line, a refused one, or a reason to close, in short time. */
class ClientLinesFuzzTest {

    @FuzzTest
    void aLineOrTheEnd(byte[] data) {
        try {
            ClientLine line = ClientLineParser.parse(new String(data, StandardCharsets.UTF_8));
            if (line instanceof ClientLine.Subscribe subscribe) {
                Filters.parse(subscribe.where());
            }
        } catch (NotTheProtocolException close) {
            // 4400
        }
    }
}
