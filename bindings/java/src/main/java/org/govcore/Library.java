package org.govcore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * Loads the native library: the file named by the system property {@value #PROPERTY}, or {@code govcore_java} on
 * java.library.path, or the one inside the jar, by way of a temporary file of its own. A failed attempt may be repeated.
 */
final class Library {
    static final String PROPERTY = "org.govcore.library";
    private static final String FILE = "libgovcore_java.so";

    private static volatile boolean loaded;

    private Library() {
    }

    /** True, or an UnsatisfiedLinkError. */
    static boolean load() {
        if (!loaded) {
            loadOnce();
        }
        return true;
    }

    private static synchronized void loadOnce() {
        if (loaded) {
            return;
        }
        String file = System.getProperty(PROPERTY);
        if (file != null) {
            System.load(Path.of(file).toAbsolutePath().toString());
        } else if (!loadFromPath()) {
            loadFromJar();
        }
        loaded = true;
    }

    private static boolean loadFromPath() {
        try {
            System.loadLibrary("govcore_java");
            return true;
        } catch (UnsatisfiedLinkError absent) {
            return false;
        }
    }

    static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return system.replace(' ', '_') + "-" + ("amd64".equals(processor) ? "x86_64" : processor);
    }

    private static void loadFromJar() {
        String resource = "native/" + platform() + "/" + FILE;
        Path copy = null;
        try (InputStream in = Library.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new UnsatisfiedLinkError("this jar holds no native library for " + platform()
                        + "; set the system property " + PROPERTY + " to the file");
            }
            copy = Files.createTempFile("govcore", ".so");
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            System.load(copy.toString());
        } catch (IOException e) {
            UnsatisfiedLinkError error = new UnsatisfiedLinkError("the native library could not be unpacked: " + e);
            error.initCause(e);
            throw error;
        } finally {
            delete(copy);
        }
    }

    /** Once mapped, the file is not needed any more. */
    private static void delete(Path copy) {
        try {
            if (copy != null) {
                Files.deleteIfExists(copy);
            }
        } catch (IOException left) {
            copy.toFile().deleteOnExit();
        }
    }
}
