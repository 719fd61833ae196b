package org.govcore;

/** The models behind forecasts, one by one: what was fitted, and a mean and a variance of each coming period. */
public final class Smoothing {
    /** In the order of the C library's numbers. */
    public enum Season {
        NONE, ADDITIVE, MULTIPLICATIVE
    }

    /** In the order of the C library's numbers. */
    public enum Slope {
        NONE, ADDITIVE, DAMPED
    }

    private final double[] weights;
    private final double level;
    private final double trend;
    private final double fit;
    private final double[] mean;
    private final double[] variance;

    private Smoothing(double[] weights, double level, double trend, double fit, double[] mean, double[] variance) {
        this.weights = weights;
        this.level = level;
        this.trend = trend;
        this.fit = fit;
        this.mean = mean;
        this.variance = variance;
    }

    /** Holt-Winters as R's HoltWinters: weights that are 0 are chosen by least squares. {@link #fit}: sum of squares. */
    public static Smoothing holtWinters(double[] y, int horizon, Season season, int period, boolean trend, double alpha,
            double beta, double gamma) {
        double[] mean = new double[horizon];
        double[] variance = new double[horizon];
        double[] seasonal = new double[season == Season.NONE ? 0 : period];
        try (NativeHoltWinters r = new NativeHoltWinters()) {
            Native.trend_holt_winters(y, null, season.ordinal(), trend ? 0 : 1, period, alpha, beta, gamma, r, seasonal,
                    mean, variance);
            return new Smoothing(new double[] {r.getAlpha(), r.getBeta(), r.getGamma()}, r.getLevel(), r.getTrend(),
                    r.getSse(), mean, variance);
        }
    }

    /** ETS of the stated kind, what is not given fitted by maximum likelihood. {@link #fit}: AICc. */
    public static Smoothing ets(double[] y, int horizon, boolean multiplicativeError, Slope slope, Season season,
            int period) {
        double[] mean = new double[horizon];
        double[] variance = new double[horizon];
        try (NativeEts r = new NativeEts()) {
            Native.trend_ets(y, null, multiplicativeError ? 1 : 0, slope.ordinal(), season.ordinal(), period, new double[4],
                    null, r, mean, variance);
            return new Smoothing(new double[] {r.getAlpha(), r.getBeta(), r.getGamma(), r.getPhi()}, r.getLevel(),
                    r.getTrend(), r.getAicc(), mean, variance);
        }
    }

    /**
     * Gamma-Poisson counts with a fading past; {@code discount} 0: chosen by likelihood, and the one weight here. {@link #fit}:
     * log likelihood. The variance is mean + mean² / size of the negative binomial.
     */
    public static Smoothing counts(double[] y, boolean[] valid, int horizon, int period, double discount) {
        double[] mean = new double[horizon];
        double[] variance = new double[horizon];
        try (NativeCountForecast r = new NativeCountForecast()) {
            Native.trend_count_forecast(y, Flags.bytes(valid), period, discount, r, mean, variance);
            for (int h = 0; h < horizon; h++) {
                variance[h] = mean[h] + mean[h] * mean[h] / variance[h];
            }
            return new Smoothing(new double[] {r.getDiscount()}, mean[0], 0, r.getLog_likelihood(), mean, variance);
        }
    }

    /** Alpha, beta, gamma, and phi where there is one. */
    public double[] weights() {
        return weights.clone();
    }

    /** Holt-Winters and counts: after the last period; ETS: before the first. */
    public double level() {
        return level;
    }

    /** Per period. */
    public double trend() {
        return trend;
    }

    public double fit() {
        return fit;
    }

    public double[] mean() {
        return mean.clone();
    }

    public double[] variance() {
        return variance.clone();
    }
}
