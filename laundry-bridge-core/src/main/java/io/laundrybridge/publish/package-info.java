/**
 * What clients send to a channel, and where it is stored: the way back from the browser, off by default. Open {@link
 * io.laundrybridge.publish.Publish} first, then {@link io.laundrybridge.publish.PublishMapping} and {@link
 * io.laundrybridge.publish.RecordSink}.
 *
 * <p>Exported: applications map publishes to records, and may store them elsewhere than in Kafka.
 */
@NullMarked
package io.laundrybridge.publish;

import org.jspecify.annotations.NullMarked;
