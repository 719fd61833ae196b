package org.govcore;

/**
 * Is a series rising, and is its newest count higher than its own past lets expect? In every method {@code valid} is
 * null, or true where a value is present. Too few values, or values that are all equal, are a {@link GovException} with
 * {@link GovException.Code#NO_DATA}.
 */
public final class Trend {
    private Trend() {
    }

    /** Tests of the Mann-Kendall family, in the order of the C library's numbers. */
    public enum Method {
        ORIGINAL, HAMED_RAO, YUE_WANG, PRE_WHITENING, TREND_FREE_PRE_WHITENING, SEASONAL, CORRELATED_SEASONAL
    }

    /** EARS detectors, in the order of the C library's numbers. */
    public enum Ears {
        C1, C2, C3
    }

    /** Result of a test of the Mann-Kendall family. */
    public static final class MannKendall {
        private final int trend;
        private final double p;
        private final double z;
        private final double tau;
        private final double s;
        private final double varS;
        private final double slope;
        private final double intercept;
        private final long n;

        private MannKendall(NativeMannKendall result) {
            trend = result.getTrend();
            p = result.getP();
            z = result.getZ();
            tau = result.getTau();
            s = result.getS();
            varS = result.getVar_s();
            slope = result.getSlope();
            intercept = result.getIntercept();
            n = result.getN();
        }

        /** 1 increasing, -1 decreasing, 0 no trend. */
        public int trend() {
            return trend;
        }

        public double p() {
            return p;
        }

        public double z() {
            return z;
        }

        /** tau-a. */
        public double tau() {
            return tau;
        }

        public double s() {
            return s;
        }

        public double varS() {
            return varS;
        }

        /** Sen's slope, per period. */
        public double slope() {
            return slope;
        }

        public double intercept() {
            return intercept;
        }

        /** Present values that the test used. */
        public long n() {
            return n;
        }
    }

    /** Sen's slope with its interval. */
    public static final class SenSlope {
        private final double slope;
        private final double intercept;
        private final double low;
        private final double high;

        private SenSlope(NativeSenSlope result) {
            slope = result.getSlope();
            intercept = result.getIntercept();
            low = result.getSlope_low();
            high = result.getSlope_high();
        }

        public double slope() {
            return slope;
        }

        public double intercept() {
            return intercept;
        }

        public double low() {
            return low;
        }

        public double high() {
            return high;
        }
    }

    public static MannKendall mannKendall(double... y) {
        return mannKendall(y, null, Method.ORIGINAL, 0.05, 0, 0);
    }

    /** {@code lag} (Hamed-Rao, Yue-Wang) and {@code period} (seasonal methods): 0 for the default. */
    public static MannKendall mannKendall(double[] y, boolean[] valid, Method method, double alpha, long lag,
            long period) {
        try (NativeMannKendall result = new NativeMannKendall()) {
            Native.trend_mann_kendall(y, Flags.bytes(valid), method.ordinal(), 0, alpha, lag, period, result);
            return new MannKendall(result);
        }
    }

    public static SenSlope senSlope(double... y) {
        return senSlope(y, null, 0.05);
    }

    public static SenSlope senSlope(double[] y, boolean[] valid, double alpha) {
        try (NativeSenSlope result = new NativeSenSlope()) {
            Native.trend_sen_slope(y, Flags.bytes(valid), 0, alpha, result);
            return new SenSlope(result);
        }
    }

    /** Within seasons (t mod period), per cycle. */
    public static SenSlope seasonalSenSlope(double[] y, boolean[] valid, long period, double alpha) {
        if (period < 2) {
            throw new IllegalArgumentException("period must be at least 2");
        }
        try (NativeSenSlope result = new NativeSenSlope()) {
            Native.trend_sen_slope(y, Flags.bytes(valid), period, alpha, result);
            return new SenSlope(result);
        }
    }

    /** Every period judged by the ones before it: expected, upper, score, alarm, reason. */
    public static Table ears(double[] y, boolean[] valid, Ears method, long baseline, double minSigma, double alpha) {
        return new Table(Native.trend_ears(y, Flags.bytes(valid), method.ordinal(), baseline, minSigma, alpha));
    }
}
