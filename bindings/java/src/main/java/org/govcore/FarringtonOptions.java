package org.govcore;

import java.time.LocalDate;

/** How Farrington's method judges. */
public final class FarringtonOptions {
    /** How the upper bound is found (Flexible only), in the order of the C library's numbers. */
    public enum Threshold {
        DELTA, NB_PLUGIN, MUAN
    }

    final int version;
    final Threshold threshold;
    final int frequency;
    final int start;
    final long freq;
    final long b;
    final long w;
    final long noPeriods;
    final long pastExcluded;
    final double alpha;
    final boolean trend;
    final double[] population;
    final long[] range;

    private FarringtonOptions(Builder builder) {
        version = builder.flexible ? Native.GOV_FARRINGTON_FLEXIBLE : Native.GOV_FARRINGTON_1996;
        threshold = builder.threshold;
        frequency = builder.frequency;
        start = builder.start;
        freq = builder.freq;
        b = builder.b;
        w = builder.w;
        noPeriods = builder.noPeriods;
        pastExcluded = builder.pastExcluded;
        alpha = builder.alpha;
        trend = builder.trend;
        population = builder.population;
        range = builder.range;
    }

    long[] counts() {
        return new long[] {freq, b, w, noPeriods, pastExcluded, 0};
    }

    double[] levels() {
        return new double[] {0, 0, alpha, 0};
    }

    public static Builder builder() {
        return new Builder();
    }

    public static final class Builder {
        private boolean flexible = true;
        private Threshold threshold = Threshold.DELTA;
        private int frequency;
        private int start;
        private long freq;
        private long b;
        private long w;
        private long noPeriods;
        private long pastExcluded;
        private double alpha;
        private boolean trend = true;
        private double[] population;
        private long[] range;

        private Builder() {
        }

        /** False: Farrington 1996. */
        public Builder flexible(boolean value) {
            flexible = value;
            return this;
        }

        public Builder threshold(Threshold value) {
            threshold = value;
            return this;
        }

        /** The windows of past years are found by date: the day of the first period and the length of a period. */
        public Builder start(LocalDate day, Panel.Frequency period) {
            start = Math.toIntExact(day.toEpochDay());
            frequency = period.ordinal() + 1;
            return this;
        }

        /** Without {@link #start}: periods a year; 0: 52, or by date for a panel. */
        public Builder freq(long periods) {
            freq = periods;
            return this;
        }

        /** Years back; 0: 5. */
        public Builder b(long years) {
            b = years;
            return this;
        }

        /** Half width of the window, in periods; 0: 3, or what fits the panel's calendar. */
        public Builder w(long periods) {
            w = periods;
            return this;
        }

        /** Levels of season. */
        public Builder noPeriods(long levels) {
            noPeriods = levels;
            return this;
        }

        /** Last periods left out of the baseline; 0: none. */
        public Builder pastExcluded(long periods) {
            pastExcluded = periods == 0 ? -1 : periods;
            return this;
        }

        public Builder alpha(double value) {
            alpha = value;
            return this;
        }

        public Builder trend(boolean value) {
            trend = value;
            return this;
        }

        /** One value above 0 a period: rates are modelled. */
        public Builder population(double... values) {
            population = values.clone();
            return this;
        }

        /** The first period to judge, and the one past the last. */
        public Builder range(long from, long to) {
            range = new long[] {from, to};
            return this;
        }

        public FarringtonOptions build() {
            return new FarringtonOptions(this);
        }
    }
}
