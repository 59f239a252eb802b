package io.laundrybridge.test.delivery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Deliveries in the order they came, 20 bytes each: an hour's run has hundreds of millions. Not thread-safe. */
final class DeliveryTrail {
    private int[] partitions = new int[64];
    private long[] offsets = new long[64];
    private int[] epochs = new int[64];
    private int[] contents = new int[64];
    private int size;

    void add(Delivery delivery) {
        if (size == offsets.length) {
            partitions = Arrays.copyOf(partitions, size * 2);
            offsets = Arrays.copyOf(offsets, size * 2);
            epochs = Arrays.copyOf(epochs, size * 2);
            contents = Arrays.copyOf(contents, size * 2);
        }
        partitions[size] = delivery.partition();
        offsets[size] = delivery.offset();
        epochs[size] = delivery.epoch();
        contents[size] = delivery.content();
        size++;
    }

    List<Delivery> list() {
        List<Delivery> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(new Delivery(partitions[i], offsets[i], epochs[i], contents[i]));
        }
        return list;
    }
}
