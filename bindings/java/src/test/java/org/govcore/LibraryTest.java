package org.govcore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import org.junit.jupiter.api.Test;

/** Loading: from a second class loader, and again after a failure. */
class LibraryTest {
    /** Loads org.govcore anew. */
    private static final class Apart extends ClassLoader {
        Apart() {
            super(LibraryTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("org.govcore.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        Object parse(String csv) throws ReflectiveOperationException {
            return loadClass("org.govcore.Table").getMethod("parseCsv", String.class).invoke(null, csv);
        }
    }

    @Test
    void twoClassLoadersHaveTwoLibraries() throws Exception {
        Object there = new Apart().parse("a\n1\n2\n");
        try (Table here = Table.parseCsv("a\n1\n")) {
            assertNotSame(here.getClass(), there.getClass());
            assertEquals(2L, there.getClass().getMethod("rows").invoke(there));
            assertEquals(1L, here.rows());
        }
        there.getClass().getMethod("close").invoke(there);
    }

    @Test
    void aFailedAttemptMayBeRepeated() throws Exception {
        Apart apart = new Apart();
        System.setProperty(Library.PROPERTY, "/nonexistent/libgovcore_java.so");
        try {
            InvocationTargetException failed = assertThrows(InvocationTargetException.class, () -> apart.parse("a\n1\n"));
            assertInstanceOf(UnsatisfiedLinkError.class, failed.getCause());
        } finally {
            System.clearProperty(Library.PROPERTY);
        }
        Object table = apart.parse("a\n1\n");
        assertEquals(1L, table.getClass().getMethod("rows").invoke(table));
    }
}
