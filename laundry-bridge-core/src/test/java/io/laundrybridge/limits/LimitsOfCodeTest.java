package io.laundrybridge.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.laundrybridge.error.SettingException;
import io.laundrybridge.policy.ReplayBudget;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.policy.StateLimits;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Goes through all bounds that code can give, by their records' components. One that is added is tested by itself. */
class LimitsOfCodeTest {

    static Stream<Record> records() {
        return Stream.of(
                SessionLimits.DEFAULT,
                InboundLimits.DEFAULT,
                FilterLimits.DEFAULT,
                BeatLimits.DEFAULT,
                ClosingLimits.DEFAULT,
                SnapshotLimits.DEFAULT,
                AccessLimits.DEFAULT,
                AdmissionLimits.DEFAULT,
                ValueLimits.DEFAULT,
                ReplayLimits.DEFAULT,
                ReplayQuota.DEFAULT,
                Retention.DEFAULT,
                ReplayBudget.DEFAULT,
                StateLimits.DEFAULT);
    }

    static Stream<Arguments> bounds() {
        return records()
                .flatMap(record -> Arrays.stream(record.getClass().getRecordComponents())
                        .filter(component -> !component.getType().isRecord())
                        .map(component -> arguments(record, component)));
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void aNegativeBoundIsRefusedWithItsKey(Record limits, RecordComponent bound) {
        assertThatThrownBy(() -> with(limits, bound, -1))
                .isInstanceOfSatisfying(
                        SettingException.class,
                        refused -> assertThat(refused)
                                .hasMessageContaining(refused.key() + " is -")
                                .hasMessageContaining("; expected "));
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void anAbsurdBoundIsRefusedWithItsKey(Record limits, RecordComponent bound) {
        assertThatThrownBy(() -> with(limits, bound, Integer.MAX_VALUE))
                .isInstanceOfSatisfying(
                        SettingException.class,
                        refused -> assertThat(refused)
                                .hasMessageContaining(refused.key() + " is ")
                                .hasMessageContaining("; expected "));
    }

    @Test
    void aBuilderChangesNamedValuesAndKeepsTheRest() {
        SessionLimits few = SessionLimits.builder().sessions(5).build();
        assertThat(few.sessions()).isEqualTo(5);
        assertThat(few.toBuilder().sessions(SessionLimits.DEFAULT.sessions()).build())
                .isEqualTo(SessionLimits.DEFAULT);
        assertThatThrownBy(() -> SessionLimits.builder().keys(0).build())
                .isInstanceOf(SettingException.class)
                .hasMessage("laundry-bridge.limits.keys is 0; expected a whole number of 1 to 1000000");
    }

    @Test
    void theLeastAndTheMostOfALogAreThoseOfItsSetting() {
        Duration age = Duration.ofMinutes(1);
        assertThat(Retention.of(age, Retention.LEAST_BYTES).bytes()).isEqualTo(64 << 10);
        assertThat(Retention.of(age, Retention.MOST_BYTES).bytes()).isEqualTo(1L << 40);
        assertThatThrownBy(() -> Retention.of(age, Retention.LEAST_BYTES - 1)).isInstanceOf(SettingException.class);
        assertThatThrownBy(() -> Retention.of(age, Retention.MOST_BYTES + 1)).isInstanceOf(SettingException.class);
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyWitherChangesItsComponentAlone(Record limits) throws ReflectiveOperationException {
        for (RecordComponent component : limits.getClass().getRecordComponents()) {
            String wither = "with" + component.getName().substring(0, 1).toUpperCase(Locale.ROOT)
                    + component.getName().substring(1);
            boolean has = Arrays.stream(limits.getClass().getMethods())
                    .anyMatch(method -> method.getName().equals(wither) && method.getParameterCount() == 1);
            if (has) {
                Method with = limits.getClass().getMethod(wither, component.getType());
                Object value = component.getAccessor().invoke(limits);
                Object changed = with.invoke(limits, larger(value));
                assertThat(component.getAccessor().invoke(changed)).as(wither).isEqualTo(larger(value));
                assertThat(with.invoke(changed, value)).as(wither).isEqualTo(limits);
            }
        }
    }

    private static Object larger(Object value) {
        if (value instanceof Integer count) {
            return count + 1;
        }
        if (value instanceof Long size) {
            return size + 1;
        }
        return value instanceof Duration duration ? duration.plusMillis(1) : value;
    }

    private static Object with(Record limits, RecordComponent bound, int value) throws Throwable {
        RecordComponent[] components = limits.getClass().getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = components[i].getName().equals(bound.getName())
                    ? value(bound.getType(), value)
                    : components[i].getAccessor().invoke(limits);
        }
        try {
            return limits.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private static Object value(Class<?> type, int value) {
        if (type == Duration.class) {
            return value < 0 ? Duration.ofMillis(value) : Duration.ofDays(36_501);
        }
        return type == long.class ? (Object) (value < 0 ? (long) value : Long.MAX_VALUE) : value;
    }
}
