package io.laundrybridge.benchmark.report;

/** x. */
final class Picture {
    Picture(Results results) {}

    String svg() {
        return "";
    }
}
