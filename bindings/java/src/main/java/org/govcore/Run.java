package org.govcore;

/**
 * Progress of a long call, and the request to stop it. Give it to the call's options; {@link #cancel}, {@link #done}
 * and {@link #total} may be called from any thread. A cancelled run stays cancelled.
 */
public final class Run implements AutoCloseable {
    final NativeRun handle = Native.run_new();

    /** The call returns with {@link GovException.Code#CANCELLED}, nothing half done. */
    public void cancel() {
        Native.run_cancel(handle);
    }

    public boolean isCancelled() {
        return Native.run_cancelled(handle) != 0;
    }

    public long done() {
        return Native.run_done(handle);
    }

    /** -1 while it is not known. */
    public long total() {
        return Native.run_total(handle);
    }

    static NativeRun handle(Run run) {
        return run == null ? null : run.handle;
    }

    @Override
    public void close() {
        handle.close();
    }
}
