package io.laundrybridge.fuzzing;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.laundrybridge.protocol.Position;
import io.laundrybridge.protocol.PositionParser;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.protocol.StartFrom;
import io.laundrybridge.protocol.StartFromParser;
import io.laundrybridge.session.place.PlaceOwner;
import io.laundrybridge.session.place.PlaceSecret;
import io.laundrybridge.session.place.Places;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Checks that positions and all other starts of a subscription are read as they were written, or refused. */
class PositionsFuzzTest {
    private static final Places PLACES = new Places(PlaceSecret.of("0123456789abcdef0123456789abcdef", null));
    private static final PlaceOwner OWNER = new PlaceOwner("machines", "anna", "AAAAAAAAAAA", true);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_800_000_000));

    @FuzzTest
    void aPlaceOrNone(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        Optional<Position> position = PositionParser.parse(text);
        position.ifPresent(
                read -> assertThat(PositionParser.parse(read.toString())).contains(read));
        try {
            StartFrom from = StartFromParser.parse(text);
            if (from instanceof StartFrom.Ago ago) {
                assertThat(ago.instant(CLOCK)).isBetween(Instant.EPOCH, CLOCK.instant());
            }
            if (from instanceof StartFrom.Sealed sealed) {
                assertThat("at:" + sealed.place()).isEqualTo(text);
            }
            PLACES.open(from, OWNER); // forged, unless it is not sealed
            assertThat(from).isNotInstanceOf(StartFrom.Sealed.class);
        } catch (RefusedLineException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }
}
