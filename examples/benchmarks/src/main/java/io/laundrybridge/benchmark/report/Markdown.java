package io.laundrybridge.benchmark.report;

/** x. */
final class Markdown {
    Markdown(Machine machine, Results results) {}

    String text() {
        return "";
    }
}
