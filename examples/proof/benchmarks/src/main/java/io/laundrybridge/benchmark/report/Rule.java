package io.laundrybridge.benchmark.report;

/** The bars of one workload. */
interface Rule {
    /** Adds a verdict for each bar that one of our servers has in this variant of the workload. */
    void judge(Judge judge, String variant, String server);
}
