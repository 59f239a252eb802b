package io.laundrybridge.jakarta;

/** What clients see of an order. */
public record OrderView(int n, String key) {}
