/**
 * Carries the changes of a database into Kafka, each once. Open {@link
 * io.laundrybridge.example.database.capture.ChangeCapture} first.
 */
@NullMarked
package io.laundrybridge.example.database.capture;

import org.jspecify.annotations.NullMarked;
