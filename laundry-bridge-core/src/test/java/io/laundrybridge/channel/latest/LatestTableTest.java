package io.laundrybridge.channel.latest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.channel.log.LogWriter;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.encode.Encoding;
import io.laundrybridge.encode.LineEncoder;
import io.laundrybridge.encode.UndecodableException;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.policy.StateLimits;
import io.laundrybridge.source.StreamStart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LatestTableTest {
    private static final long SECOND = 1_000_000_000L;

    private final LineEncoder encoder = Encoding.json().encoder("c");
    private final AtomicLong nanos = new AtomicLong();
    private final LogWriter writer =
            new LogWriter(new StreamStart("life", PositionVector.ORIGIN, PositionVector.ORIGIN), Retention.DEFAULT, 0);
    private final ChannelLog log = writer.log();
    private TableWriter tables = tables(64L << 20);
    private long offset;

    @Test
    void imagesShareTheirRowsAndHoldOnlyWhatHasBeenReplaced() throws Exception {
        for (int n = 0; n < 1_000; n++) {
            put("k-" + n, "1");
        }
        List<LatestImage> images = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            put("k-0", String.valueOf(n));
            images.add(open());
        }
        for (int n = 0; n < 999; n++) {
            assertThat(images.get(0).rows().get(n))
                    .isSameAs(images.get(19).rows().get(n));
        }
        long row = table().bytes() / 1_000;
        assertThat(table().imageBytes()).as("19 values of one key").isBetween(19 * row - 500, 19 * row + 500);
        images.forEach(LatestImage::close);
        put("k-1", "2");
        tables.letGoUnread();
        assertThat(table().imageBytes()).as("the newest may still be asked for").isBetween(1L, 2 * row);
        nanos.addAndGet(SECOND);
        tables.letGoUnread();
        assertThat(table().imageBytes()).isZero();
        assertThat(table().imagesLost()).isZero();
    }

    @Test
    void theOldestImageIsDroppedFirstIfAllHoldTooMuch() throws Exception {
        tables = tables(10_000);
        for (int n = 0; n < 100; n++) {
            put("k-" + n, "1");
        }
        LatestImage oldest = open();
        for (int n = 0; n < 40; n++) {
            put("k-" + n, "2");
        }
        LatestImage newer = open();
        for (int n = 0; n < 40; n++) {
            put("k-" + n, "3");
        }
        assertThat(table().imageBytes()).isLessThanOrEqualTo(10_000);
        assertThat(oldest.part(0, null)).isNull();
        assertThat(newer.rows()).hasSize(100);
        assertThat(table().imagesLost()).isEqualTo(1);
        oldest.close();
        newer.close();
        for (int n = 40; n < 100; n++) {
            put("k-" + n, "4");
        }
        assertThat(Objects.requireNonNull(table().image(log.head())).rows()).hasSize(100);
    }

    @Test
    void everyImageStaysAsItWasWhateverComesAfterIt() throws Exception {
        Random random = new Random(7);
        Map<String, String> truth = new LinkedHashMap<>();
        List<LatestImage> images = new ArrayList<>();
        List<List<String>> expected = new ArrayList<>();
        for (int n = 0; n < 20_000; n++) {
            String key = "k-" + random.nextInt(1_500);
            boolean deletion = random.nextInt(4) == 0;
            put(key, deletion ? null : String.valueOf(n));
            truth.remove(key);
            if (!deletion) {
                truth.put(key, String.valueOf(n));
            }
            if (n % 1_000 == 999) {
                images.add(open());
                expected.add(List.copyOf(truth.keySet()));
            }
        }
        for (int i = 0; i < images.size(); i++) {
            assertThat(keys(images.get(i))).containsExactlyElementsOf(expected.get(i));
        }
        assertThat(table().keys()).isEqualTo(truth.size());
    }

    @Test
    void aPartIsSharedByItsReadersAndHoldsOnlyWantedRows() throws Exception {
        for (int n = 0; n < 6_000; n++) {
            put("k-" + n, "1");
        }
        LatestImage image = open();
        ImagePart first = Objects.requireNonNull(image.part(0, null));
        assertThat(Objects.requireNonNull(image.part(0, null)).lines()).isSameAs(first.lines());
        assertThat(segmentBytes(first.lines())).isLessThan(512 << 10);
        long found = 0;
        int parts = 0;
        for (long from = 0; from >= 0; parts++) {
            ImagePart part = Objects.requireNonNull(image.part(from, entry -> "k-5999".equals(entry.key())));
            found += part.lines().head();
            from = part.next();
        }
        assertThat(found).isEqualTo(1);
        assertThat(parts).as("4,096 rows are looked at in one turn").isEqualTo(2);
    }

    private static long segmentBytes(ChannelLog lines) {
        long bytes = 0;
        for (Cursor cursor = Cursor.before(lines, 0); cursor.behind(); ) {
            Run run = cursor.read(Integer.MAX_VALUE, Integer.MAX_VALUE);
            bytes += run.bytes().length;
            cursor.advance(run, run.end());
        }
        return bytes;
    }

    private static List<String> keys(LatestImage image) {
        List<String> keys = new ArrayList<>();
        for (long from = 0; from >= 0; ) {
            ImagePart part = Objects.requireNonNull(image.part(from, null));
            for (long at = 0; at < part.lines().head(); at++) {
                keys.add(Objects.requireNonNull(part.lines().entry(at)).key());
            }
            from = part.next();
        }
        return keys;
    }

    private LatestImage open() {
        LatestImage image = Objects.requireNonNull(table().image(log.head()));
        image.open();
        return image;
    }

    private LatestTable table() {
        return tables.table();
    }

    private TableWriter tables(long imageBytes) {
        return new TableWriter("c", new StateLimits(100_000, 64L << 20, imageBytes), writer, nanos::get);
    }

    private void put(String key, @Nullable String value) throws UndecodableException {
        byte[] bytes = value == null ? null : value.getBytes(UTF_8);
        SourceRecord record = new SourceRecord("t", 0, offset++, -1, 0, key.getBytes(UTF_8), bytes, List.of());
        tables.append(encoder.encode(record), record, 0);
    }
}
