package org.govcore;

import java.lang.reflect.Field;

/** Memory for an ArrowArrayStream, as a Java program with an Arrow library has it. */
final class ArrowStreams {
    private static final int SIZE = 5 * 8;
    private static final sun.misc.Unsafe MEMORY = memory();

    private ArrowStreams() {
    }

    private static sun.misc.Unsafe memory() {
        try {
            Field field = sun.misc.Unsafe.class.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            return (sun.misc.Unsafe) field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    static long allocate() {
        long address = MEMORY.allocateMemory(SIZE);
        MEMORY.setMemory(address, SIZE, (byte) 0);
        return address;
    }

    static void free(long address) {
        MEMORY.freeMemory(address);
    }
}
