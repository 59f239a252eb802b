package io.laundrybridge.session.wake;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.config.Settings;
import io.laundrybridge.filter.FilterFields;
import io.laundrybridge.filter.FilterParser;
import io.laundrybridge.limits.FilterLimits;
import io.laundrybridge.protocol.ClientLineParser;
import io.laundrybridge.session.select.ChannelFilter;
import java.util.List;
import org.junit.jupiter.api.Test;

public class FilterIndexTest {
    private static final FilterFields FIELDS = FilterFields.of(List.of("/a", "/b"));
    private static final FilterLimits LIMITS = FilterLimits.from(Settings.none());

    private final FilterIndex index = new FilterIndex();

    private SharedFilter shared(String where) {
        var json = ClientLineParser.where(where.replace('\'', '"'));
        return index.shared(ChannelFilter.asked(FilterParser.parse(json, "c", FIELDS, LIMITS), false));
    }

    @Test
    void equalFiltersAreOne() {
        assertThat(shared("{'gt':['/a',1]}")).isSameAs(shared("{ 'gt' : [ '/a' , 1.0 ] }"));
        assertThat(shared("{'in':['/a',[1,2]]}")).isSameAs(shared("{'in':['/a',[2,1]]}"));
        assertThat(shared("{'gt':['/a',1]}")).isNotSameAs(shared("{'gt':['/b',1]}"));
    }

    @Test
    void onlyWhatDemandsNoValueIsAskedByEveryRecord() {
        shared("{'eq':['/a',1]}");
        shared("{'in':['/a',[1,2,3]]}");
        shared("{'and':[{'gt':['/b',1]},{'eq':['/a','x']}]}");
        assertThat(index.askedAlways()).isZero();
        shared("{'ne':['/a',1]}");
        shared("{'or':[{'eq':['/a',1]},{'eq':['/b',1]}]}");
        shared("{'not':{'eq':['/a',1]}}");
        assertThat(index.askedAlways()).isEqualTo(3);
    }

    @Test
    void nothingIsLeftOfUnusedFrames() {
        for (String where : List.of(
                "{'eq':['/a',1]}",
                "{'in':['/a',[1,2]]}",
                "{'gt':['/a',1]}",
                "{'and':[{'eq':['/b',1]},{'eq':['/a',1]}]}")) {
            index.remove(shared(where));
        }
        assertThat(index.isEmpty()).isTrue();
    }
}
