package io.laundrybridge.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.config.Settings;
import io.laundrybridge.encode.Encoding;
import io.laundrybridge.encode.UndecodableException;
import io.laundrybridge.error.SettingException;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.limits.FilterLimits;
import io.laundrybridge.protocol.ClientLineParser;
import io.laundrybridge.protocol.RefusedLineException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
    private static final FilterLimits LIMITS = FilterLimits.from(Settings.none());
    private static final FilterFields FIELDS =
            FilterFields.of(List.of("/t", "/site", "/a/b", "/list/1", "/odd~1name~0", "/flag"));

    private static Filter filter(String where) {
        return FilterParser.parse(ClientLineParser.where(where), "machines", FIELDS, LIMITS);
    }

    private static boolean matches(String where, String value) throws UndecodableException {
        return Filter.matches(filter(where), fields(value));
    }

    private static FieldValues fields(String value) throws UndecodableException {
        byte[] bytes = value.isEmpty() ? null : value.getBytes(StandardCharsets.UTF_8);
        SourceRecord record = new SourceRecord("s", 0, 0, 0, 0, null, bytes, List.of());
        return Objects.requireNonNull(Encoding.json()
                .filterFields(FIELDS)
                .encoder("machines")
                .encode(record)
                .fields());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'gt':['/t',60]}|{'t':60.5}|true",
                "{'gt':['/t',60]}|{'t':60}|false",
                "{'ge':['/t',60]}|{'t':6e1}|true",
                "{'lt':['/t',0.3]}|{'t':0.30000000000000000001}|false",
                "{'le':['/t',9007199254740992]}|{'t':9007199254740993}|false",
                "{'gt':['/t',9223372036854775807]}|{'t':9223372036854775808}|true",
                "{'lt':['/t',0]}|{'t':-1e-400}|true",
                "{'gt':['/t',0]}|{'t':1e999999999}|true",
                "{'eq':['/t',1e999999999]}|{'t':10.0e999999998}|true",
                "{'gt':['/t',0]}|{'t':1e99999999999}|false",
                "{'gt':['/t',0]}|{'t':100e2147483647}|false",
                "{'exists':'/t'}|{'t':100e2147483647}|true",
                "{'gt':['/t',0]}|{'t':1e2147483647}|true",
                "{'lt':['/t',1]}|{'t':1e-2147483647}|true",
                "{'lt':['/t',1]}|{'t':1e-2147483648}|false",
                "{'eq':['/t',0]}|{'t':0e99999999999999999999}|false",
                "{'eq':['/t',1]}|{'t':1.0}|true",
                "{'eq':['/t',1]}|{'t':'1'}|false",
                "{'eq':['/t',0]}|{'t':-0.0}|true",
                "{'eq':['/t',100]}|{'t':1e2}|true",
                "{'ne':['/t',1]}|{'t':2}|true",
                "{'ne':['/t',1]}|{'t':'x'}|true",
                "{'ne':['/t',1]}|{}|false",
                "{'not':{'eq':['/t',1]}}|{}|true",
                "{'gt':['/t',60]}|{'t':'61'}|false",
                "{'gt':['/t',60]}|{'t':{'x':1}}|false",
                "{'gt':['/t',60]}|[61]|false",
                "{'gt':['/t',60]}|61|false",
                "{'gt':['/site','b']}|{'site':'c'}|true",
                "{'gt':['/site','b']}|{'site':'B'}|false",
                "{'prefix':['/site','north-']}|{'site':'north-7'}|true",
                "{'prefix':['/site','north-']}|{'site':'north'}|false",
                "{'in':['/site',['a','b']]}|{'site':'b'}|true",
                "{'in':['/site',['a',null]]}|{'site':null}|true",
                "{'in':['/site',['a',null]]}|{}|false",
                "{'eq':['/flag',true]}|{'flag':true}|true",
                "{'eq':['/flag',true]}|{'flag':1}|false",
                "{'exists':'/a/b'}|{'a':{'b':null}}|true",
                "{'exists':'/a/b'}|{'a':{'c':1}}|false",
                "{'exists':'/a/b'}|{'a':[1,2]}|false",
                "{'exists':'/a/b'}|{'b':1}|false",
                "{'eq':['/a/b',1]}|{'x':{'a':{'b':1}}}|false",
                "{'eq':['/list/1',5]}|{'list':[4,5,6]}|true",
                "{'eq':['/odd~1name~0',5]}|{'odd/name~':5}|true",
                "{'and':[{'gt':['/t',1]},{'lt':['/t',3]}]}|{'t':2}|true",
                "{'and':[{'gt':['/t',1]},{'lt':['/t',3]}]}|{'t':3}|false",
                "{'or':[{'eq':['/t',1]},{'eq':['/site','a']}]}|{'site':'a'}|true",
                "{'not':{'exists':'/t'}}|null|false",
                "{'not':{'exists':'/t'}}|``|false",
            })
    void meansWhatItSays(String where, String value, boolean matches) throws Exception {
        assertThat(matches(where.replace('\'', '"'), value == null ? "" : value.replace('\'', '"')))
                .isEqualTo(matches);
    }

    @Test
    void filtersThatSayTheSameAreEqual() {
        assertThat(filter("{\"in\":[\"/t\",[1,2.0]]}")).isEqualTo(filter("{ \"in\" : [\"/t\",[2,1.00]] }"));
        assertThat(filter("{\"gt\":[\"/t\",60]}"))
                .isEqualTo(filter("{\"gt\":[\"/t\",60.0]}"))
                .hasSameHashCodeAs(filter("{\"gt\":[\"/t\",6e1]}"));
        assertThat(filter("{\"gt\":[\"/t\",60]}")).isNotEqualTo(filter("{\"ge\":[\"/t\",60]}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'gt':['/pressure',60]}|does not declare the field '/pressure'; it declares /t, /site",
                "{'above':['/t',60]}|'above' is no operator; expected one of and, or, not, eq",
                "{'gt':['/t']}|takes a field and a value, such as",
                "{'gt':['/t',60,61]}|takes a field and a value, such as",
                "{'gt':['/t',true]}|compares with a number or a string",
                "{'gt':[7,60]}|named by a JSON pointer",
                "{'eq':['/t',[1]]}|not with a list or an object",
                "{'in':['/t',7]}|a list of at least one value",
                "{'in':['/t',[]]}|a list of at least one value",
                "{'prefix':['/site',7]}|a field and a string",
                "{'and':[]}|a list of at least one filter",
                "{'and':{'eq':['/t',1]}}|a list of at least one filter",
                "{'not':[{'eq':['/t',1]}]}|exactly one operator",
                "{'eq':['/t',1],'ne':['/t',2]}|exactly one operator",
                "{}|exactly one operator",
                "{'exists':['/t']}|named by a JSON pointer",
                "[]|must be an object",
                "{'eq':['/t',1]}{}|must be an object",
                "{'eq':['/t',100e2147483647]}|a number that cannot be compared",
                "{'in':['/t',[1,100e2147483647]]}|a number that cannot be compared"
            })
    void refusesWithASentenceWhatItDoesNotKnow(String where, String sentence) {
        assertThatThrownBy(() -> filter(where.replace('\'', '"')))
                .isInstanceOfSatisfying(
                        RefusedLineException.class,
                        refused -> assertThat(refused.code().code()).isEqualTo("bad_filter"))
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'t':1,'t':1}",
                "{'a':{'b':1},'a':{'c':1}}",
                "{'a':{'b':1,'b':2}}",
                "{'a':1,'x':[{'a':1}],'a':{'b':2}}",
                "{'odd/name~':1,'odd\\/name~':2}"
            })
    void aDeclaredFieldThatOccursTwiceMakesTheRecordUndecodable(String value) {
        assertThatThrownBy(() -> fields(value.replace('\'', '"')))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("occurs twice");
    }

    @Test
    void aNumberOfAMillionDigitsIsNotEvenRead() {
        assertThat(FieldValues.number("9".repeat(1_000_000))).isSameAs(FieldValues.OTHER);
        assertThat(FieldValues.number(new BigDecimal(BigInteger.TEN.pow(1_001).add(BigInteger.ONE))))
                .isSameAs(FieldValues.OTHER);
    }

    @Test
    void otherFieldsMayOccurTwice() throws Exception {
        assertThat(matches("{\"eq\":[\"/t\",1]}", "{\"t\":1,\"x\":1,\"x\":2,\"y\":{\"t\":1,\"t\":2}}"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"temperature", "", "/a~2", "$.a"})
    void aChannelDeclaresJsonPointersOnly(String pointer) {
        assertThatThrownBy(() -> FilterFields.of(List.of(pointer)))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("expected a JSON pointer such as /temperature");
        assertThatThrownBy(() -> FilterFields.of(List.of("/a", "/a")))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("once");
    }
}
