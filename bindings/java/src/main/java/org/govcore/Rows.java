package org.govcore;

/** Which periods of a panel become rows, and how the work is done. Immutable; each method gives a changed copy. */
public final class Rows {
    final long last;
    final int threads;
    final Run run;

    private Rows(long last, int threads, Run run) {
        this.last = last;
        this.threads = threads;
        this.run = run;
    }

    /** All periods, one thread. */
    public static Rows all() {
        return new Rows(0, 1, null);
    }

    /** Only the last so many periods, judged by all before them. */
    public Rows last(long periods) {
        return new Rows(periods, threads, run);
    }

    /** The result is the same for any number of threads. */
    public Rows threads(int count) {
        return new Rows(last, count, run);
    }

    /** For progress and cancelling. */
    public Rows run(Run value) {
        return new Rows(last, threads, value);
    }

    NativeRun handle() {
        return Run.handle(run);
    }
}
