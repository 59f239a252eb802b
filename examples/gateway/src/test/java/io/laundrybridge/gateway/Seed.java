package io.laundrybridge.gateway;

/**
 * The seed of a random run: {@code -Dseed=} repeats one, otherwise each is new. Printed, so that it can be repeated.
 */
final class Seed {
    private Seed() {}

    static long announced(Class<?> test) {
        String given = System.getProperty("seed", "");
        long seed = given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
        System.out.println(test.getSimpleName() + " -Dseed=" + seed);
        return seed;
    }
}
