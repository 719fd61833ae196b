package org.govcore;

/** Flags as the C library takes them: one byte each. */
final class Flags {
    private Flags() {
    }

    static byte[] bytes(boolean[] flags) {
        if (flags == null) {
            return null;
        }
        byte[] bytes = new byte[flags.length];
        for (int i = 0; i < flags.length; i++) {
            bytes[i] = (byte) (flags[i] ? 1 : 0);
        }
        return bytes;
    }

    static boolean[] flags(byte[] bytes) {
        boolean[] flags = new boolean[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            flags[i] = bytes[i] != 0;
        }
        return flags;
    }
}
