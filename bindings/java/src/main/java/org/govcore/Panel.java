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
        DAY, WEEK, MONTH
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
                Run.handle(builder.run));
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
        return new Table(Native.panel_analyze(handle, threads, 0, 0, 0, 0, 0, 0, 0, Run.handle(run)));
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

        public Builder run(Run value) {
            run = value;
            return this;
        }

        public Panel build() {
            return new Panel(this);
        }
    }
}
