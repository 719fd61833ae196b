package org.govcore;

/** How a panel is analysed. What is not set has the library's default. */
public final class AnalyzeOptions {
    /** Which detector judges the last period, in the order of the C library's numbers. */
    public enum Detector {
        EARS, AUTO, ESSENCE, FARRINGTON
    }

    /** How the false discovery rate is bounded, in the order of the C library's numbers. */
    public enum Rate {
        BENJAMINI_HOCHBERG, BENJAMINI_YEKUTIELI
    }

    final long[] counts;
    final double[] levels;
    final Run run;

    private AnalyzeOptions(Builder b) {
        counts = new long[] {b.threads, b.detector.ordinal(), b.trend.ordinal(), b.season, b.horizon, b.rate.ordinal(),
            b.wide ? 1 : 0};
        levels = new double[] {b.alpha, b.minSigma, b.earsAlpha, b.farringtonAlpha, b.q, b.minimumCount, b.threshold};
        run = b.run;
    }

    public static Builder builder() {
        return new Builder();
    }

    public static final class Builder {
        private int threads = 1;
        private Detector detector = Detector.EARS;
        private Trend.Method trend = Trend.Method.ORIGINAL;
        private long season;
        private long horizon;
        private Rate rate = Rate.BENJAMINI_HOCHBERG;
        private boolean wide;
        private double alpha;
        private double minSigma;
        private double earsAlpha;
        private double farringtonAlpha;
        private double q;
        private double minimumCount;
        private double threshold;
        private Run run;

        private Builder() {
        }

        public Builder threads(int count) {
            threads = count;
            return this;
        }

        public Builder detector(Detector value) {
            detector = value;
            return this;
        }

        /** The test of the trend; {@code periods} in a cycle for the seasonal ones, 0: that of the calendar. */
        public Builder trend(Trend.Method method, long periods) {
            trend = method;
            season = periods;
            return this;
        }

        /** Adds q, excess, ratio, the last change of level, the year before and more. */
        public Builder wide(boolean value) {
            wide = value;
            return this;
        }

        /** The bar of {@code raised}: an alarm counts up to this false discovery rate and from so many cases on. */
        public Builder raise(Rate method, double rateAtMost, double cases) {
            rate = method;
            q = rateAtMost;
            minimumCount = cases;
            return this;
        }

        /** P(Y >= value) in the coming {@code periods}: the column {@code exceed}. */
        public Builder exceed(double value, long periods) {
            threshold = value;
            horizon = periods;
            return this;
        }

        public Builder alpha(double level) {
            alpha = level;
            return this;
        }

        public Builder ears(double alphaOfEars, double floorOfSigma) {
            earsAlpha = alphaOfEars;
            minSigma = floorOfSigma;
            return this;
        }

        public Builder farringtonAlpha(double level) {
            farringtonAlpha = level;
            return this;
        }

        public Builder run(Run value) {
            run = value;
            return this;
        }

        public AnalyzeOptions build() {
            return new AnalyzeOptions(this);
        }
    }
}
