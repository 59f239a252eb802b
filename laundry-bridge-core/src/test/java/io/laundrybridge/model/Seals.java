package io.laundrybridge.model;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.protocol.Position;
import io.laundrybridge.protocol.StartFrom;
import io.laundrybridge.protocol.StartFromParser;
import io.laundrybridge.session.place.PlaceOwner;
import io.laundrybridge.session.place.PlaceSecret;
import io.laundrybridge.session.place.Places;
import java.time.Instant;

/** Opens sealed places, as only the judge of a history can: a viewer keeps them whole. */
final class Seals {
    static final String SECRET = "the secret of all nodes of a history";

    private final Places places = new Places(PlaceSecret.of(SECRET, null));

    /** Returns the position in {@code sealed}, a place of {@code user}. */
    Position open(String sealed, String user) {
        PlaceOwner owner = new PlaceOwner("c", user, "", true);
        if (places.open(StartFromParser.parse("at:" + sealed), owner) instanceof StartFrom.At at) {
            return at.position();
        }
        throw new AssertionError("not a place: " + sealed);
    }

    /** Returns a place that looks like one of {@code user}'s, and was sealed for someone else. */
    String foreign(String user) {
        PlaceOwner other = new PlaceOwner("c", user + "-other", "AAAAAAAAAAA", true);
        return places.write(other, "epoch", Instant.now(), PositionVector.of(1, 1, 1));
    }
}
