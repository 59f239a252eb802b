package io.laundrybridge.jakarta;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.policy.Access;
import io.laundrybridge.publish.OutgoingRecord;
import io.laundrybridge.publish.PublishCustomizer;
import io.laundrybridge.publish.PublishException;
import io.laundrybridge.publish.PublishException.Failure;
import io.laundrybridge.publish.PublishMapping;
import io.laundrybridge.publish.RecordPlace;
import io.laundrybridge.publish.RecordSink;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Beans of an application for what clients publish to the channel {@code commands}. */
@ApplicationScoped
public class CommandsBeans {

    @Produces
    @Dependent
    @ForChannel("commands")
    RecordSink sink() {
        return new Sink();
    }

    @Produces
    @Dependent
    @ForChannel("commands")
    PublishMapping mapping() {
        return publish -> new OutgoingRecord("a".getBytes(UTF_8), "mapped".getBytes(UTF_8), List.of());
    }

    @Produces
    @Dependent
    @ForChannel
    PublishCustomizer everybody() {
        return publishes -> publishes.access(Access.anonymous());
    }

    static final class Sink implements RecordSink, RecordSink.Connection {
        @Override
        public String name() {
            return "sink";
        }

        @Override
        public Connection connect(HostServices services) {
            return this;
        }

        @Override
        public CompletionStage<RecordPlace> send(OutgoingRecord record) {
            return "mapped".equals(new String(record.value(), UTF_8))
                    ? CompletableFuture.completedFuture(new RecordPlace(3, 14, PositionVector.NO_EPOCH))
                    : CompletableFuture.failedFuture(new PublishException(Failure.REFUSED, "not mapped"));
        }

        @Override
        public String trouble() {
            return "";
        }

        @Override
        public void close() {}
    }
}
