package org.govcore;

import java.nio.file.Path;
import java.time.LocalDate;

/**
 * A panel and what its detectors carry, so that a new day costs a day and not three years.
 *
 * <p>However it came about (from one panel, day by day, with corrections, saved and opened) the findings are those of
 * the whole panel, bit for bit. Used by one thread at a time.
 */
public final class TrendState implements AutoCloseable {
    private static final double MIN_SIGMA = 0.5;

    private final NativeTrendState handle;

    private TrendState(NativeTrendState handle) {
        this.handle = handle;
    }

    /**
     * A state with the usual detectors. {@code gaps} says what it means that a series is not in the panel of a new period.
     */
    public static TrendState of(Panel panel, Panel.Gaps gaps, int threads, Run run) {
        return new TrendState(Native.state_new(panel.handle, gaps.ordinal() + 1, 0, 0, 0, MIN_SIGMA, 0, 0, 0, 0, 0, 0, 0,
                threads, Run.handle(run)));
    }

    /** A state that was saved. A damaged, foreign or newer file is refused. */
    public static TrendState open(Path path) {
        return new TrendState(Native.state_open(path.toString()));
    }

    /** Writes beside the path and renames. The file holds the panel's counts. */
    public void save(Path path) {
        Native.state_save(handle, path.toString());
    }

    /**
     * Takes new periods, corrections of earlier ones, and new series; the panel's periods must join on. In earlier
     * periods the panel is the truth for the series that it has.
     */
    public void add(Panel panel, int threads, Run run) {
        Native.state_add(handle, panel.handle, threads, Run.handle(run));
    }

    /** The last period of each series by EARS, CUSUM, ESSENCE and, if asked for, Farrington; and its trend. */
    public Table findings(boolean farrington, int threads, Run run) {
        return new Table(Native.state_findings(handle, 0, farrington ? 1 : 0, 0, threads, Run.handle(run)));
    }

    /** All the periods, for what need not run every day. */
    public Panel panel() {
        return new Panel(Native.state_panel(handle));
    }

    public long series() {
        return Native.state_series(handle);
    }

    public long periods() {
        return Native.state_periods(handle);
    }

    /** First day of the period that is expected next. */
    public LocalDate nextDay() {
        return LocalDate.ofEpochDay(Native.state_next_day(handle));
    }

    /** One row a series, one column a series column. */
    public Table labels() {
        return new Table(Native.state_labels(handle));
    }

    @Override
    public void close() {
        handle.close();
    }
}
