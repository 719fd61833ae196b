package org.govcore;

import java.nio.charset.StandardCharsets;

/** Texts to UTF-8 and back, the zero byte of C refused. */
final class Utf8 {
    private Utf8() {
    }

    static byte[] bytes(String text) {
        if (text == null) {
            return null;
        }
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a text must not hold a zero character");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[][] bytes(String[] texts) {
        if (texts == null) {
            return null;
        }
        byte[][] all = new byte[texts.length][];
        for (int i = 0; i < texts.length; i++) {
            all[i] = bytes(texts[i]);
        }
        return all;
    }

    static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
