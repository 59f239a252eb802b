package io.laundrybridge.gateway;

/** Where a random run begins: {@code -Dseed=} repeats one, else each is new. Printed, so that it can be repeated. */
final class Seed {
    private Seed() {}

    static long announced(Class<?> test) {
        String given = System.getProperty("seed", "");
        long seed = given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
        System.out.println(test.getSimpleName() + " -Dseed=" + seed);
        return seed;
    }
}
