package io.laundrybridge.jakarta;

/** What a value is read into. */
public record Order(int n, int price) {}
