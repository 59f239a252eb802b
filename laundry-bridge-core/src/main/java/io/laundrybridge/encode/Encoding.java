package io.laundrybridge.encode;

import io.laundrybridge.event.KeyDecoder;
import io.laundrybridge.event.RecordView;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.event.ValueDecoder;
import io.laundrybridge.filter.FilterFields;
import io.laundrybridge.limits.ValueLimits;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/**
 * The way in which a channel shows records: which ones, how values are read and how keys become text. Immutable.
 */
public final class Encoding {
    private static final RecordFilter ALL = record -> true;
    private static final Encoding JSON = new Encoding(
            (encoding, reader) -> new JsonPassThrough(encoding.limits, reader),
            encoding -> ALL,
            KeyDecoder.UTF_8,
            ValueLimits.DEFAULT,
            null,
            Shown.NOTHING_DECLARED,
            null);

    private final ValueFormat values;
    private final Function<Encoding, RecordFilter> filter;
    private final KeyDecoder keys;
    private final ValueLimits limits;
    private final @Nullable ObjectMapper mapper;
    private final Shown shown;
    private final @Nullable RecordView view;

    /** Makes the writer of an encoding's values, which reports the fields that it passes to a reader. */
    @FunctionalInterface
    private interface ValueFormat {
        ValueWriter writer(Encoding encoding, FieldReader fields);
    }

    /** What the channel needs of each record: filter fields, and whether a record that is not shown deletes its key. */
    private record Shown(FilterFields fields, boolean state) {
        private static final Shown NOTHING_DECLARED = new Shown(FilterFields.NONE, false);
    }

    private Encoding(
            ValueFormat values,
            Function<Encoding, RecordFilter> filter,
            KeyDecoder keys,
            ValueLimits limits,
            @Nullable ObjectMapper mapper,
            Shown shown,
            @Nullable RecordView view) {
        this.values = values;
        this.filter = filter;
        this.keys = keys;
        this.limits = limits;
        this.mapper = mapper;
        this.shown = shown;
        this.view = view;
    }

    /** Returns the default encoding: JSON values as Kafka has them, keys as UTF-8, default limits. */
    public static Encoding json() {
        return JSON;
    }

    /**
     * Returns an encoding with a mapping. Values are read as JSON into {@code type}, and the results of {@code mapping}
     * are written as JSON by Jackson. A null from the mapping is shown as a deletion.
     */
    public <T> Encoding mapped(
            Class<T> type, BiFunction<? super T, ? super SourceRecord, ? extends @Nullable Object> mapping) {
        return with((encoding, reader) -> encoding.mappedValue(encoding.reading(type), mapping, reader));
    }

    /**
     * Returns an encoding with a decoder. Values are read by {@code decoder}, and the results of {@code mapping} are
     * written as JSON by Jackson.
     */
    public <T> Encoding decoded(
            ValueDecoder<T> decoder, BiFunction<? super T, ? super SourceRecord, ? extends @Nullable Object> mapping) {
        return with((encoding, reader) -> encoding.mappedValue(decoder, mapping, reader));
    }

    /** Returns this encoding of the records that {@code next} shows, which gets what an earlier view shows. */
    public Encoding viewed(RecordView next) {
        RecordView all = view == null ? next : view.then(next);
        return new Encoding(values, filter, keys, limits, mapper, shown, all);
    }

    /** Returns this encoding without the records that {@code kept} does not accept. */
    public Encoding filtered(Predicate<? super SourceRecord> kept) {
        return also(encoding -> kept::test);
    }

    /** Returns this encoding without the records whose value, read as JSON, {@code kept} does not accept. */
    public <T> Encoding filtered(Class<T> type, Predicate<? super T> kept) {
        return also(encoding -> ofValue(encoding.reading(type), kept));
    }

    /** Returns this encoding without the records whose value, as {@code decoder} reads it, {@code kept} refuses. */
    public <T> Encoding filtered(ValueDecoder<T> decoder, Predicate<? super T> kept) {
        return also(encoding -> ofValue(decoder, kept));
    }

    /** Returns this encoding with keys as {@code decoder} shows them. */
    public Encoding keys(KeyDecoder decoder) {
        return new Encoding(values, filter, decoder, limits, mapper, shown, view);
    }

    /** Returns this encoding with records bounded by {@code bounds}. */
    public Encoding limits(ValueLimits bounds) {
        return new Encoding(values, filter, keys, bounds, mapper, shown, view);
    }

    /** Returns this encoding with {@code own} for reading values and for writing results. */
    public Encoding mapper(ObjectMapper own) {
        return new Encoding(values, filter, keys, limits, own, shown, view);
    }

    /** Returns this encoding with the filter fields {@code declared}, which are read from each shown value. */
    public Encoding filterFields(FilterFields declared) {
        return new Encoding(values, filter, keys, limits, mapper, new Shown(declared, shown.state), view);
    }

    /** Returns this encoding with or without state; with it, a record that is not shown deletes its key. */
    public Encoding state(boolean kept) {
        return new Encoding(values, filter, keys, limits, mapper, new Shown(shown.fields, kept), view);
    }

    /** Returns an encoder for {@code channel}; not thread-safe, one per channel. */
    public LineEncoder encoder(String channel) {
        FieldReader reader = new FieldReader(shown.fields);
        RecordFilter kept = filter.apply(this);
        return new LineEncoder(
                channel,
                keys,
                values.writer(this, reader),
                limits,
                reader,
                kept,
                shown.state,
                view == null ? null : new ViewedRecords(view, limits));
    }

    private Encoding with(ValueFormat format) {
        return new Encoding(format, filter, keys, limits, mapper, shown, view);
    }

    private Encoding also(Function<Encoding, RecordFilter> next) {
        return new Encoding(
                values,
                encoding -> filter.apply(encoding).and(next.apply(encoding)),
                keys,
                limits,
                mapper,
                shown,
                view);
    }

    private <T> MappedValue<T> mappedValue(
            ValueDecoder<T> decoder,
            BiFunction<? super T, ? super SourceRecord, ? extends @Nullable Object> mapping,
            FieldReader reader) {
        return new MappedValue<>(decoder, mapping, objectMapper(), limits, reader);
    }

    private <T> ValueDecoder<T> reading(Class<T> type) {
        ObjectMapper json = objectMapper();
        return record -> json.readValue(record.value(), type);
    }

    /** A deletion has no value to ask for, so it is kept. */
    private static <T> RecordFilter ofValue(ValueDecoder<T> decoder, Predicate<? super T> kept) {
        return record -> {
            T value = record.value() == null ? null : decoder.decode(record);
            return value == null || kept.test(value);
        };
    }

    private ObjectMapper objectMapper() {
        return mapper != null ? mapper : JsonMappers.within(limits);
    }
}
