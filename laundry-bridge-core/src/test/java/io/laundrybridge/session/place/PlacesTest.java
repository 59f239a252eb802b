package io.laundrybridge.session.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.laundrybridge.error.SettingException;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.Position;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.protocol.StartFrom;
import io.laundrybridge.protocol.StartFromParser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesTest {
    private static final String SECRET = "s3cret-of-the-first-year-0123456789";
    private static final String NEXT = "s3cret-of-the-second-year-012345678";
    private static final String THIRD = "s3cret-of-the-third-year-0123456789";
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final PlaceOwner ANNA = new PlaceOwner("orders", "anna", "AAAAAAAAAAA", true);
    private static final PositionVector VECTOR =
            PositionVector.of(new long[] {1_235, 0, Long.MAX_VALUE}, new int[] {7, -1, Integer.MAX_VALUE});

    private final Places node = places(SECRET, null);

    private static Places places(String secret, @Nullable String before) {
        return new Places(PlaceSecret.of(secret, before));
    }

    private String sealed(PositionVector vector) {
        return node.write(ANNA, "k3x9", NOW, vector);
    }

    private static @Nullable StartFrom open(Places by, String text, PlaceOwner owner) {
        return by.open(StartFromParser.parse("at:" + text), owner);
    }

    @Test
    void anyNodeWithTheSecretOpensWhatOneHasSealed() {
        assertThat(open(places(SECRET, null), sealed(VECTOR), ANNA))
                .isEqualTo(new StartFrom.At(new Position("k3x9", NOW, ANNA.tag(), VECTOR)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6, 7, 10_000})
    void placesOfAnyNumberOfPartitionsAreSealed(int partitions) {
        PositionVector vector =
                PositionVector.of(LongStream.range(0, partitions).toArray());
        assertThat(open(node, sealed(vector), ANNA))
                .isInstanceOfSatisfying(
                        StartFrom.At.class,
                        at -> assertThat(at.position().vector()).isEqualTo(vector));
    }

    @Test
    void aSealedPlaceTellsNothingByItsLength() {
        Set<Integer> lengths = new HashSet<>();
        for (long offset : new long[] {0, 9, 1_000_000, Long.MAX_VALUE}) {
            for (int partitions = 1; partitions <= 6; partitions++) {
                long next = offset;
                lengths.add(sealed(PositionVector.of(LongStream.generate(() -> next)
                                .limit(partitions)
                                .toArray()))
                        .length());
            }
        }
        assertThat(lengths).hasSize(1);
    }

    @Test
    void aPlaceThatIsSealedTwiceIsAnotherTextEachTime() {
        List<String> texts = Stream.generate(() -> sealed(VECTOR)).limit(1_000).toList();
        assertThat(texts).doesNotHaveDuplicates().allMatch(text -> text.matches("~[A-Za-z0-9_-]+"));
        assertThat(texts.stream().map(text -> text.substring(1 + 4 * 17 / 3 + 1)))
                .as("without what is the same for all of a worker")
                .doesNotHaveDuplicates();
    }

    @Test
    void aForeignForgedOrCutPlaceIsRefusedByOneSentence() {
        String good = sealed(VECTOR);
        List<String> refusals = new ArrayList<>();
        refusals.add(refusal(node, good, new PlaceOwner("orders", "ben", ANNA.tag(), true)));
        refusals.add(refusal(node, good, new PlaceOwner("orders", "", ANNA.tag(), true)));
        refusals.add(refusal(node, good, new PlaceOwner("ordersa", "nna", ANNA.tag(), true)));
        refusals.add(refusal(node, good, new PlaceOwner("invoices", "anna", ANNA.tag(), true)));
        refusals.add(refusal(places(NEXT, null), good, ANNA));
        refusals.add(refusal(new Places(null), good, ANNA));
        for (int at = 1; at < good.length(); at++) {
            refusals.add(refusal(node, good.substring(0, at), ANNA));
            char other = good.charAt(at) == 'A' ? 'B' : 'A';
            refusals.add(refusal(node, good.substring(0, at) + other + good.substring(at + 1), ANNA));
        }
        for (String odd : new String[] {good + "A", good + "=", good + ":", good + ":0@1", "~", "~:0@1", "~~", "~ä"}) {
            refusals.add(refusal(node, odd, ANNA));
        }
        refusals.add(refusal(node, "no position at all", ANNA));
        assertThat(new HashSet<>(refusals)).hasSize(1);
    }

    private static String refusal(Places by, String text, PlaceOwner owner) {
        RefusedLineException refused = catchThrowableOfType(RefusedLineException.class, () -> open(by, text, owner));
        assertThat(refused).as(text).isNotNull();
        assertThat(refused.code()).isEqualTo(ErrorCode.BAD_POSITION);
        return String.valueOf(refused.getMessage());
    }

    @Test
    void theSecretBeforeStillOpensAndNoLongerSeals() {
        Places after = places(NEXT, SECRET);
        assertThat(open(after, sealed(VECTOR), ANNA)).isNotNull();
        String fresh = after.write(ANNA, "k3x9", NOW, VECTOR);
        assertThat(open(places(NEXT, null), fresh, ANNA)).isNotNull();
        refusal(node, fresh, ANNA);
        refusal(places(THIRD, NEXT), sealed(VECTOR), ANNA);
    }

    @Test
    void onlyRestrictedReadersGetSealedPlaces() {
        PlaceOwner all = new PlaceOwner("orders", "anna", "", false);
        assertThat(node.hidesOffsets(ANNA)).isTrue();
        assertThat(node.hidesOffsets(all)).isFalse();
        assertThat(node.write(all, "k3x9", NOW, VECTOR)).startsWith("k3x9.").contains(":0@1235.7,");
    }

    @Test
    void withoutASecretPlacesAreOpenAndCarryTheTag() {
        Places open = new Places(null);
        assertThat(open.hidesOffsets(ANNA)).isFalse();
        String text = open.write(ANNA, "k3x9", NOW, VECTOR);
        assertThat(text).matches("k3x9\\.[0-9a-z]+\\.AAAAAAAAAAA:0@1235\\.7,.*");
        assertThat(open(open, text, ANNA)).isEqualTo(new StartFrom.At(new Position("k3x9", NOW, ANNA.tag(), VECTOR)));
    }

    @Test
    void aPlaceCountsOnlyUnderTheGrantThatEarnedIt() {
        PlaceOwner narrower = new PlaceOwner("orders", "anna", "BBBBBBBBBBB", true);
        PlaceOwner all = new PlaceOwner("orders", "anna", "", false);
        StartFrom sealed = StartFromParser.parse("at:" + sealed(VECTOR));
        StartFrom whole = StartFromParser.parse("at:" + node.write(all, "k3x9", NOW, VECTOR));
        assertThat(node.isEarned(sealed, node.open(sealed, ANNA), ANNA)).isTrue();
        assertThat(node.isEarned(sealed, node.open(sealed, narrower), narrower)).isFalse();
        assertThat(node.isEarned(sealed, node.open(sealed, all), all)).isFalse();
        assertThat(node.isEarned(whole, whole, all)).isTrue();
        assertThat(node.isEarned(whole, whole, ANNA)).isFalse();
        assertThat(node.isEarned(new StartFrom.Live(), new StartFrom.Live(), ANNA))
                .isTrue();
        assertThat(node.isEarned(null, null, ANNA)).isTrue();
    }

    @Test
    void anOpenPlaceIsNeverThatOfAReaderWhoMayLearnNoOffset() {
        StartFrom forged = StartFromParser.parse("at:k3x9.67a1f0." + ANNA.tag() + ":0@5");
        assertThat(node.isEarned(forged, forged, ANNA)).isFalse();
        assertThat(new Places(null).isEarned(forged, forged, ANNA)).isTrue();
    }

    @Test
    void aShortSecretIsRefusedAndNeverShown() {
        String tooShort = "0123456789abcdef-short-secret-1";
        assertThatThrownBy(() -> PlaceSecret.of(tooShort, null))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("laundry-bridge.secret is a secret of 31 characters; expected 32 to 4096")
                .hasMessageNotContaining(tooShort);
        assertThatThrownBy(() -> PlaceSecret.of(SECRET, tooShort))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("laundry-bridge.secret-before")
                .hasMessageNotContaining(tooShort);
        assertThat(PlaceSecret.of(SECRET, NEXT).toString()).doesNotContain(SECRET, NEXT);
    }
}
