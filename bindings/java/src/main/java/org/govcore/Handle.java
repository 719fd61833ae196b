package org.govcore;

import java.lang.ref.Cleaner;
import java.util.function.LongConsumer;

/**
 * A thing of the C library that a Java object holds. It is freed by {@link #close()}, or after the collector has found
 * its owner unreachable. A call in flight keeps it alive; a use after close() is an IllegalStateException.
 */
abstract class Handle implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    private final State state;
    private final Cleaner.Cleanable cleanable;

    /** What the cleaner keeps: it must not reach the handle itself. */
    private static final class State implements Runnable {
        private final long address;
        private final LongConsumer delete;
        private int calls;
        private boolean closed;

        State(long address, LongConsumer delete) {
            this.address = address;
            this.delete = delete;
        }

        synchronized long enter(String name) {
            if (closed) {
                throw new IllegalStateException(name + " is closed");
            }
            calls++;
            return address;
        }

        synchronized void leave() {
            calls--;
            if (closed && calls == 0) {
                delete.accept(address);
            }
        }

        @Override
        public synchronized void run() {
            closed = true;
            if (calls == 0) {
                delete.accept(address);
            }
        }
    }

    Handle(long address, LongConsumer delete) {
        state = new State(address, delete);
        cleanable = CLEANER.register(this, state);
    }

    /** The address for one call, which must end with {@link #leave}. */
    static long enter(Handle handle) {
        return handle.state.enter(handle.getClass().getSimpleName().replace("Native", ""));
    }

    static long enterOptional(Handle handle) {
        return handle == null ? 0 : enter(handle);
    }

    /** Does nothing if the call was refused ({@code address} 0). */
    static void leave(Handle handle, long address) {
        if (address != 0) {
            handle.state.leave();
        }
    }

    @Override
    public void close() {
        cleanable.clean();
    }
}
