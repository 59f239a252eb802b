package io.laundrybridge.example.database.streams;

import java.math.BigDecimal;

/** The energy that all machines have used in one programme. */
record ProgrammeEnergy(String programme, BigDecimal kwh) {
    ProgrammeEnergy plus(BigDecimal more) {
        return new ProgrammeEnergy(programme, kwh.add(more));
    }
}
