package io.laundrybridge.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.dashboard.simulator.LaundryPlan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardOptionsTest {

    @Test
    void withoutArgumentsItBringsItsOwnKafkaAndTheStandardLaundry() {
        DashboardOptions options = DashboardOptions.parse(List.of());

        assertThat(options.bootstrapServers()).isEmpty();
        assertThat(options.port()).isEqualTo(8080);
        assertThat(options.plan()).isEqualTo(LaundryPlan.standard());
    }

    @Test
    void everyOptionIsTaken() {
        DashboardOptions options = DashboardOptions.parse(
                List.of("--bootstrap-servers=127.0.0.1:9092", "--port=9000", "--machines=500", "--rate=2000"));

        assertThat(options.bootstrapServers()).hasValue("127.0.0.1:9092");
        assertThat(options.port()).isEqualTo(9000);
        assertThat(options.plan())
                .isEqualTo(LaundryPlan.standard().machines(500).rate(2_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--prot=1",
                "port=1",
                "--port",
                "--port=x",
                "--port=70000",
                "--rate=0",
                "--machines=-1",
                "--bootstrap-servers="
            })
    void aWrongArgumentIsNamed(String argument) {
        String name = argument.replaceFirst("=.*", "").replaceFirst("^--", "");

        assertThatThrownBy(() -> DashboardOptions.parse(List.of(argument)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .message()
                .containsAnyOf("expected", "there are");
    }
}
