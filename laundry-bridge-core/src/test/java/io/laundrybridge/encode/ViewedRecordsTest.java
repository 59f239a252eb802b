package io.laundrybridge.encode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.error.RetriableDecodeException;
import io.laundrybridge.error.UnviewableRecordException;
import io.laundrybridge.event.RecordView;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.limits.ValueLimits;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ViewedRecordsTest {
    /** Shows a value that begins with {@code -} as a deletion. */
    private static final RecordView DASH_DELETES = record -> {
        byte[] value = record.value();
        return value != null && value[0] == '-' ? record.with(record.key(), null) : record;
    };

    private final LineEncoder encoder = Encoding.json().viewed(DASH_DELETES).encoder("machines");

    private static SourceRecord record(int partition, long offset, String key, @Nullable String value) {
        byte[] bytes = value == null ? null : value.getBytes(UTF_8);
        return new SourceRecord("t", partition, offset, 1, 0, key.getBytes(UTF_8), bytes, List.of());
    }

    @Test
    void aTombstoneRightBehindADeletionOfItsKeyIsFolded() throws Exception {
        assertThat(encoder.view(record(0, 10, "a", "-"))).isNotNull();
        assertThat(encoder.view(record(0, 11, "a", null))).isNull();
        assertThat(encoder.view(record(0, 12, "a", null))).isNotNull();
    }

    @Test
    void recordsOfOtherPartitionsDoNotCount() throws Exception {
        assertThat(encoder.view(record(0, 10, "a", "-"))).isNotNull();
        assertThat(encoder.view(record(1, 11, "a", null))).isNotNull();
        assertThat(encoder.view(record(0, 11, "a", null))).isNull();
    }

    /** A replay reads piece after piece by one encoder, from any place to any other. */
    @Test
    void aTombstoneBehindAHoleIsADeletion() throws Exception {
        assertThat(encoder.view(record(0, 10, "a", "-"))).isNotNull();
        assertThat(encoder.view(record(0, 12, "a", null))).isNotNull();
    }

    @Test
    void aTombstoneOfAnotherKeyIsADeletion() throws Exception {
        assertThat(encoder.view(record(0, 10, "a", "-"))).isNotNull();
        assertThat(encoder.view(record(0, 11, "b", null))).isNotNull();
    }

    @Test
    void severalViewsGetWhatTheOneBeforeShows() throws Exception {
        LineEncoder twice = Encoding.json()
                .viewed(record -> record.with(record.key(), "1".getBytes(UTF_8)))
                .viewed(record -> "1".equals(new String(Objects.requireNonNull(record.value()), UTF_8))
                        ? record.with(record.key(), "2".getBytes(UTF_8))
                        : null)
                .encoder("machines");
        SourceRecord shown = Objects.requireNonNull(twice.view(record(0, 1, "a", "0")));
        assertThat(shown.value()).asString(UTF_8).isEqualTo("2");
    }

    @Test
    void whatAViewThrowsIsItsRecordsFault() {
        LineEncoder refusing = Encoding.json()
                .viewed(record -> {
                    throw new UnviewableRecordException("it is blue");
                })
                .encoder("machines");
        assertThatThrownBy(() -> refusing.view(record(0, 1, "a", "0")))
                .isInstanceOf(UndecodableException.class)
                .hasMessage("it is blue");
        LineEncoder failing = Encoding.json()
                .viewed(record -> {
                    throw new IllegalStateException("secret");
                })
                .encoder("machines");
        assertThatThrownBy(() -> failing.view(record(0, 1, "a", "0")))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("the view threw")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aViewMayAskForAnotherTry() {
        LineEncoder waiting = Encoding.json()
                .viewed(record -> {
                    throw new RetriableDecodeException("away", new IOException());
                })
                .encoder("machines");
        assertThatThrownBy(() -> waiting.view(record(0, 1, "a", "0"))).isInstanceOf(RetriableDecodeException.class);
    }

    @Test
    void aValueOfMoreThanFourTimesTheLimitIsNotLookedAt() {
        LineEncoder bounded = Encoding.json()
                .viewed(record -> {
                    throw new AssertionError("it was looked at");
                })
                .encoder("machines");
        String huge = "x".repeat(4 * ValueLimits.DEFAULT.valueBytes() + 1);
        assertThatThrownBy(() -> bounded.view(record(0, 1, "a", huge)))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("bytes before the view");
    }
}
