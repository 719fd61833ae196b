package org.govcore;

import java.util.Arrays;

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

    // --- Detectors ---

    /** ESSENCE detectors, in the order of the C library's numbers. */
    public enum Essence {
        SWITCH, REGRESSION, EWMA
    }

    /** Daily counts: expected, upper, score, alarm, reason, p, statistic, r_squared, level, used. */
    public static Table essence(double[] y, boolean[] valid, Essence method) {
        return new Table(Native.trend_essence(y, Flags.bytes(valid), method.ordinal(), 0, 0, 0, 0));
    }

    /** Every period judged by the years before it: expected, upper, score, alarm, reason, p, phi, slope. */
    public static Table farrington(double[] y, boolean[] valid, FarringtonOptions options) {
        return new Table(Native.trend_farrington(y, Flags.bytes(valid), options.population, options.version,
                options.threshold.ordinal(), 0, options.frequency, options.start, options.counts(), options.levels(),
                options.trend ? 0 : 1, 0, options.range));
    }

    /** Adjusted p-values over many tests whatever their dependence (Benjamini-Yekutieli). */
    public static double[] adjustDependent(double... p) {
        double[] q = new double[p.length];
        Native.trend_bh(p, null, Native.GOV_TREND_FDR_BY, q);
        return q;
    }

    /** Adjusted p-values over many tests (Benjamini-Hochberg). */
    public static double[] adjust(double... p) {
        double[] q = new double[p.length];
        Native.trend_bh(p, null, Native.GOV_TREND_FDR_BH, q);
        return q;
    }

    // --- Seasons ---

    /** y = trend + seasonal + remainder. */
    public static final class Decomposition {
        private final double[] trend;
        private final double[] seasonal;
        private final double[] remainder;
        private final double[] weights;

        private Decomposition(int n) {
            trend = new double[n];
            seasonal = new double[n];
            remainder = new double[n];
            weights = new double[n];
        }

        public double[] trend() {
            return trend.clone();
        }

        public double[] seasonal() {
            return seasonal.clone();
        }

        public double[] remainder() {
            return remainder.clone();
        }

        /** Robustness weights in [0, 1]; all 1 if not robust. */
        public double[] weights() {
            return weights.clone();
        }
    }

    /** STL (Cleveland et al. 1990) with a seasonal window of 7 cycles and the default windows for the rest. */
    public static Decomposition stl(double[] y, long period) {
        return stl(y, period, 7, 0, 0, false);
    }

    /** Windows are odd; 0 is the default. */
    public static Decomposition stl(double[] y, long period, long seasonal, long trend, long lowPass, boolean robust) {
        return stl(y, null, period, seasonal, trend, lowPass, robust);
    }

    /** Missing values have weight 0: trend and season go on through a gap, the remainder there is NaN. */
    public static Decomposition stl(double[] y, boolean[] valid, long period, long seasonal, long trend, long lowPass,
            boolean robust) {
        Decomposition parts = new Decomposition(y.length);
        Native.trend_stl(y, Flags.bytes(valid), robust ? 1 : 0, 0, period, new long[] {seasonal, trend, lowPass}, null,
                null, 0, 0, Native.GOV_STL_GAPS_LEAVE_OUT, parts.trend, parts.seasonal, parts.remainder, parts.weights);
        return parts;
    }

    /**
     * Several seasons at once, shortest period first: the remainder and, as {@link Decomposition#seasonal}, the sum of the
     * seasons.
     */
    public static Decomposition mstl(double[] y, boolean[] valid, long... periods) {
        Decomposition parts = new Decomposition(y.length);
        double[] seasons = new double[y.length * periods.length];
        Native.trend_mstl(y, Flags.bytes(valid), periods, null, 0, 0, null, null, Native.GOV_STL_GAPS_LEAVE_OUT, seasons,
                parts.trend, parts.remainder, parts.weights);
        for (int i = 0; i < seasons.length; i++) {
            parts.seasonal[i % y.length] += seasons[i];
        }
        return parts;
    }

    // --- Changes ---

    /** What a segment has of its own, in the order of the C library's numbers. */
    public enum Cost {
        POISSON, MEAN, VARIANCE, MEAN_VARIANCE
    }

    /** How {@link Panel#changes} looks for them, in the order of the C library's numbers. */
    public enum ChangeMethod {
        PELT, BINARY_SEGMENTATION, PETTITT
    }

    /** First periods of the new segments, by PELT with the MBIC penalty. */
    public static long[] pelt(double[] y, boolean[] valid, Cost cost) {
        return changes(y, valid, false, cost, Native.GOV_PENALTY_MBIC, 0);
    }

    /** The same with a number as the penalty: what one more change must gain. */
    public static long[] pelt(double[] y, boolean[] valid, Cost cost, double penalty) {
        return changes(y, valid, false, cost, Native.GOV_PENALTY_VALUE, penalty);
    }

    /** By splitting again and again with the MBIC penalty: faster on long series, not always the best. */
    public static long[] binarySegmentation(double[] y, boolean[] valid, Cost cost) {
        return changes(y, valid, true, cost, Native.GOV_PENALTY_MBIC, 0);
    }

    private static long[] changes(double[] y, boolean[] valid, boolean binary, Cost cost, int penalty, double value) {
        long[] changes = new long[y.length];
        try (NativeChanges result = new NativeChanges()) {
            Native.trend_changes(y, Flags.bytes(valid), binary ? 1 : 0, 0, cost.ordinal(), penalty, value, 0, 0, 0, changes, result);
            return Arrays.copyOf(changes, Math.toIntExact(result.getCount()));
        }
    }

    /** One change of level, by ranks. */
    public static final class Pettitt {
        private final long change;
        private final int direction;
        private final double statistic;
        private final double p;

        private Pettitt(NativePettitt result) {
            change = result.getChange();
            direction = result.getDirection();
            statistic = result.getStatistic();
            p = result.getP();
        }

        /** The first period of the new segment. */
        public long change() {
            return change;
        }

        /** 1 higher after the change, -1 lower, 0 neither. */
        public int direction() {
            return direction;
        }

        public double statistic() {
            return statistic;
        }

        public double p() {
            return p;
        }
    }

    /** Pettitt's test (1979). */
    public static Pettitt pettitt(double[] y, boolean[] valid) {
        try (NativePettitt result = new NativePettitt()) {
            Native.trend_pettitt(y, Flags.bytes(valid), result);
            return new Pettitt(result);
        }
    }

    /** After each period, from the values so far: how long has the present segment lasted? Counts, Poisson. */
    public static final class RunLengths {
        private final long[] run;
        private final double[] first;
        private final double[] meanRun;

        private RunLengths(int n) {
            run = new long[n];
            first = new double[n];
            meanRun = new double[n];
        }

        /** The most probable length; 1: the segment began in this period. */
        public long[] run() {
            return run.clone();
        }

        /** Probability that the segment began in this very period. */
        public double[] first() {
            return first.clone();
        }

        public double[] meanRun() {
            return meanRun.clone();
        }
    }

    /** Online change points (Adams and MacKay 2007); {@code expectedRun} periods of a segment. */
    public static RunLengths bocpd(double[] y, boolean[] valid, double expectedRun) {
        RunLengths out = new RunLengths(y.length);
        Native.trend_bocpd(y, Flags.bytes(valid), Native.GOV_BOCPD_POISSON, expectedRun, 0, 0, 0, 0, out.run, out.first,
                out.meanRun);
        return out;
    }

    // --- Several series of one time axis ---

    /** S and variance summed over the columns (rows of {@code y} are periods), taken as independent. */
    public static MannKendall regional(double[][] y) {
        return matrix(y, 0);
    }

    /** The same with the covariances between the columns. */
    public static MannKendall correlated(double[][] y) {
        return matrix(y, 1);
    }

    /** The trend of the first of two columns given the second. */
    public static MannKendall partial(double[][] y) {
        return matrix(y, 2);
    }

    private static MannKendall matrix(double[][] y, int kind) {
        int columns = y.length == 0 ? 1 : y[0].length;
        double[] values = Arrays.stream(y).flatMapToDouble(Arrays::stream).toArray();
        try (NativeMannKendall result = new NativeMannKendall()) {
            Native.trend_mann_kendall_matrix(values, null, columns, kind, 0, result);
            return new MannKendall(result);
        }
    }

    // --- Run lengths and reports ---

    /** Mean periods to the first alarm of C = max(0, C + y - k), C >= h, for Poisson counts of this mean. */
    public static double cusumRunLength(double mean, double k, double h) {
        return Native.trend_cusum_run_length(Native.GOV_FAMILY_POISSON, mean, 0, 1, -k, h, 0, 0);
    }

    /** The same of an EWMA chart with asymptotic limits, normal values shifted by {@code shift} standard deviations. */
    public static double ewmaRunLength(double weight, double width, double shift) {
        return Native.trend_ewma_run_length(weight, width, shift);
    }

    /**
     * Who reports, and about what: one row a series with reports, unnamed, reporters, repeat_share (一人多诉), most_by_one, and
     * with a column {@code matter} (or null) matters, shared_share (多人同诉), most_on_one. No reporter is named.
     */
    public static Table reports(Table table, String time, String reporter, String matter, String... series) {
        return new Table(Native.trend_reports(table.handle, series, time, reporter, matter,
                Panel.Frequency.MONTH.ordinal() + 1, null, null, null, null));
    }
}
