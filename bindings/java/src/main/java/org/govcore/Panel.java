package org.govcore;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Many series on one calendar, laid out from a long table. Immutable; threads may share it. */
public final class Panel implements AutoCloseable {
    final NativePanel handle;

    /** Length of a period, in the order of the C library's numbers. */
    public enum Frequency {
        DAY, WEEK, MONTH, WORKING_DAY
    }

    /** What a period without a row means: nothing happened, or nothing was reported. */
    public enum Gaps {
        ZERO, MISSING
    }

    Panel(NativePanel handle) {
        this.handle = handle;
    }

    private Panel(Builder builder) {
        handle = Native.panel_new(builder.table.handle, builder.series, builder.time, builder.value,
                builder.frequency.ordinal() + 1, builder.gaps.ordinal() + 1, builder.first, builder.last,
                builder.calendar == null ? null : builder.calendar.handle, Run.handle(builder.run));
    }

    /** From series of one length; the labels are "0", "1", ... in a column "series". {@code valid}: null, or one a value. */
    public static Panel ofArray(double[][] y, boolean[][] valid, LocalDate first, Frequency frequency) {
        int periods = y.length == 0 ? 0 : y[0].length;
        double[] values = new double[y.length * periods];
        boolean[] there = valid == null ? null : new boolean[values.length];
        for (int s = 0; s < y.length; s++) {
            if (y[s].length != periods || (valid != null && valid[s].length != periods)) {
                throw new IllegalArgumentException("series must be of one length");
            }
            System.arraycopy(y[s], 0, values, s * periods, periods);
            if (there != null) {
                System.arraycopy(valid[s], 0, there, s * periods, periods);
            }
        }
        return new Panel(Native.panel_of_array(values, Flags.bytes(there), periods, Math.toIntExact(first.toEpochDay()),
                frequency.ordinal() + 1));
    }

    /**
     * A panel with every area's sum of what is in it and below it. {@code label} is the series column of area codes;
     * {@code areas} has each area's code and its parent's in the columns {@code code} and {@code parent}.
     */
    public Panel rollUp(String label, Table areas, String code, String parent) {
        return new Panel(Native.panel_roll_up(handle, label, areas.handle, code, parent));
    }

    /** The gap policy has no default: only the caller knows what an absent row means. */
    public static Builder builder(Table table, String time, Frequency frequency, Gaps gaps) {
        return new Builder(table, time, frequency, gaps);
    }

    public long series() {
        return Native.panel_series(handle);
    }

    public long periods() {
        return Native.panel_periods(handle);
    }

    /** One row a series, one column a series column. */
    public Table labels() {
        return new Table(Native.panel_labels(handle));
    }

    /** "2021-07-01", "2021-W26" or "2021-07". */
    public List<String> periodNames() {
        List<String> names = new ArrayList<>();
        byte[] out = new byte[32];
        for (long i = 0; i < periods(); i++) {
            int size = (int) Native.panel_period_name(handle, i, out);
            names.add(new String(out, 0, size, StandardCharsets.US_ASCII));
        }
        return names;
    }

    /** One series, all periods; 0 where a value is missing. */
    public double[] values(long series) {
        double[] values = new double[Math.toIntExact(periods())];
        Native.panel_copy(handle, series, values, new byte[values.length]);
        return values;
    }

    /** One row a series: trend over the window, the newest period against its past, and a sentence each. */
    public Table analyze(int threads, Run run) {
        return analyze(AnalyzeOptions.builder().threads(threads).run(run).build());
    }

    public Table analyze(AnalyzeOptions options) {
        return new Table(Native.panel_analyze(handle, options.counts, options.levels, Run.handle(options.run)));
    }

    /**
     * Which parts drive the rise of an area, of a panel that {@link #rollUp} made: one row an area and child (missing: the area
     * itself) with observed, expected, excess, share, drives, alarm. The excesses sum to the area's.
     */
    public Table contributions(String label, Table areas, String code, String parent, AnalyzeOptions options) {
        return new Table(Native.panel_contributions(handle, label, areas.handle, code, parent, options.counts,
                options.levels, Run.handle(options.run)));
    }

    // --- Every period of every series: the label columns, period, day, observed, expected, upper, score, alarm, the
    // detector's own columns, status and reason ---

    public Table ears(Trend.Ears method, long baseline, double minSigma, double alpha, Rows rows) {
        return new Table(Native.panel_ears(handle, method.ordinal(), baseline, minSigma, alpha, rows.threads, rows.last,
                rows.handle()));
    }

    /** More columns: p, phi, slope. {@code population}: a panel of the same series and periods, or null. */
    public Table farrington(FarringtonOptions options, Panel population, Rows rows) {
        return new Table(Native.panel_farrington(handle, population == null ? null : population.handle, options.version,
                options.threshold.ordinal(), 0, options.counts(), options.levels(), options.trend ? 0 : 1, 0,
                rows.threads, rows.last, rows.handle()));
    }

    /** More columns: p, statistic, r_squared, level, used. */
    public Table essence(Trend.Essence method, Rows rows) {
        return new Table(Native.panel_essence(handle, method.ordinal(), 0, 0, 0, 0, rows.threads, rows.last,
                rows.handle()));
    }

    /** Around {@code mean}, or if that is 0 the mean of the first {@code baseline} periods. One more column: statistic. */
    public Table cusum(double mean, long baseline, double k, double h, Rows rows) {
        return new Table(Native.panel_cusum(handle, Native.GOV_CUSUM_STANDARD, k, h, 0, mean, baseline, 0, rows.threads,
                rows.last, rows.handle()));
    }

    /** The same for the generalised likelihood ratio of Poisson counts. */
    public Table glr(double mean, long baseline, double threshold, Rows rows) {
        return new Table(Native.panel_glr(handle, 0, mean, baseline, 0, 0, threshold, 0, rows.threads, rows.last,
                rows.handle()));
    }

    /** A rise from a level that need not be known; {@code threshold} 0: 100. One more column: statistic. */
    public Table outbreakP(double threshold, Rows rows) {
        return new Table(Native.panel_outbreak_p(handle, threshold, rows.threads, rows.last, rows.handle()));
    }

    /** Weight of the newest value and width in sd; 0: 0.2 and 3. More columns: statistic, lower, side. */
    public Table ewma(double weight, double width, Rows rows) {
        return new Table(Native.panel_ewma(handle, 0, 0, 0, weight, width, rows.threads, rows.last, rows.handle()));
    }

    /** Kinds C and I. More columns: statistic, lower, side, run. */
    public Table shewhart(ControlChart.Kind kind, long baseline, Rows rows) {
        return new Table(Native.panel_shewhart(handle, kind.ordinal(), baseline, rows.threads, rows.last,
                rows.handle()));
    }

    /** Change points as data come, Poisson: run, first, mean_run. */
    public Table bocpd(double expectedRun, Rows rows) {
        return new Table(Native.panel_bocpd(handle, Native.GOV_BOCPD_POISSON, expectedRun, 0, 0, 0, 0, rows.threads,
                rows.last, rows.handle()));
    }

    /** No judgement but trend, seasonal and remainder; {@code period} 0: that of the calendar. Gaps are left out. */
    public Table stl(long period, boolean robust, Rows rows) {
        return new Table(Native.panel_stl(handle, robust ? 1 : 0, 0, period, null, Native.GOV_STL_GAPS_LEAVE_OUT,
                rows.threads, rows.last, rows.handle()));
    }

    /** The same with several seasons, four at most, shortest first; each has a column: seasonal_7, seasonal_365. */
    public Table mstl(boolean robust, Rows rows, long... periods) {
        return new Table(Native.panel_mstl(handle, periods, null, 0, robust ? 1 : 0, Native.GOV_STL_GAPS_LEAVE_OUT,
                rows.threads, rows.last, rows.handle()));
    }

    // --- What comes, and what has changed ---

    /** One row a series and coming period: mean, lower_80 ..., exceed, method and why; see {@link Forecast#of}. */
    public Table forecast(Forecast.Method method, int horizon, long period, double threshold, Rows rows,
            double... levels) {
        return new Table(Native.panel_forecast(handle, method.ordinal(), horizon, period, levels, threshold, 0,
                rows.threads, rows.handle()));
    }

    /** One row a change, by PELT with the MBIC penalty: its first period, the means before and after. */
    public Table changes(Trend.Cost cost, Rows rows) {
        return changes(Trend.ChangeMethod.PELT, cost, rows);
    }

    /** The same by another method. Pettitt's test has one row a series, its most likely place, with statistic and p. */
    public Table changes(Trend.ChangeMethod method, Trend.Cost cost, Rows rows) {
        return new Table(Native.panel_changes(handle, method.ordinal(), cost.ordinal(), Native.GOV_PENALTY_MBIC, 0, 0,
                rows.threads, rows.handle()));
    }

    @Override
    public void close() {
        handle.close();
    }

    public static final class Builder {
        private final Table table;
        private final String time;
        private final Frequency frequency;
        private final Gaps gaps;
        private String[] series = new String[0];
        private String value;
        private String first;
        private String last;
        private WorkingCalendar calendar;
        private Run run;

        private Builder(Table table, String time, Frequency frequency, Gaps gaps) {
            this.table = table;
            this.time = time;
            this.frequency = frequency;
            this.gaps = gaps;
        }

        /** The columns that together name a series; none: one series. */
        public Builder series(String... columns) {
            series = columns.clone();
            return this;
        }

        /** The column of numbers to be added up; without it each row counts 1. */
        public Builder value(String column) {
            value = column;
            return this;
        }

        /** A day in the first and one in the last period; rows outside are left out. */
        public Builder window(LocalDate firstDay, LocalDate lastDay) {
            first = firstDay.toString();
            last = lastDay.toString();
            return this;
        }

        /** Holidays and shifted days, for {@link Frequency#WORKING_DAY}; not needed after {@link #build}. */
        public Builder calendar(WorkingCalendar value) {
            calendar = value;
            return this;
        }

        public Builder run(Run value) {
            run = value;
            return this;
        }

        public Panel build() {
            return new Panel(this);
        }
    }
}
