package io.laundrybridge.session;

import io.laundrybridge.host.Meter;
import io.laundrybridge.host.Telemetry;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.session.admission.RefusalCause;
import io.laundrybridge.session.endpoint.SessionEnd;

/** The counters of an endpoint that have a reason. */
final class ReasonCounters {

    private ReasonCounters() {}

    /** Reports every reason once, so that monitoring sees its first increase. */
    static void begin(Telemetry telemetry) {
        for (ErrorCode code : ErrorCode.values()) {
            telemetry.add(Meter.ERRORS, code.code(), 0);
        }
        for (RefusalCause cause : RefusalCause.values()) {
            telemetry.add(Meter.REFUSALS, cause.word(), 0);
        }
        for (CloseCode code : CloseCode.values()) {
            telemetry.add(Meter.CLOSES, code.word(), 0);
        }
        for (SessionEnd end : SessionEnd.values()) {
            telemetry.add(Meter.CLOSES, end.word(), 0);
        }
    }
}
