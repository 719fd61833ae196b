package org.govcore;

import java.util.Arrays;

/** What to expect of a series, one value a coming period, and how likely a threshold is reached. */
public final class Forecast {
    /** In the order of the C library's numbers. */
    public enum Method {
        AUTO, COUNT, SES, HOLT, HOLT_WINTERS, HOLT_WINTERS_MULTIPLICATIVE, ETS, CROSTON, SBA, TSB
    }

    private final Method method;
    private final String reason;
    private final double[] mean;
    private final double[] lower;
    private final double[] upper;
    private final double[] exceed;

    private Forecast(NativeForecast result, double[] mean, double[] lower, double[] upper, double[] exceed) {
        method = Method.values()[result.getMethod()];
        reason = result.getReason_zh();
        this.mean = mean;
        this.lower = lower;
        this.upper = upper;
        this.exceed = exceed;
    }

    /**
     * Forecasts one series by the method that suits it. {@code period} is that of the season, 0 none; {@code levels} are
     * those of the intervals, such as 0.8 and 0.95; {@code threshold} is the one for {@link #exceed}.
     */
    public static Forecast of(double[] y, boolean[] valid, Method method, int horizon, long period, double threshold,
            double... levels) {
        double[] mean = new double[horizon];
        double[] exceed = new double[horizon];
        double[] lower = new double[horizon * levels.length];
        double[] upper = new double[horizon * levels.length];
        try (NativeForecast result = new NativeForecast()) {
            Native.trend_forecast(y, Flags.bytes(valid), method.ordinal(), period, levels, threshold, 0, mean, lower,
                    upper, exceed, result);
            return new Forecast(result, mean, lower, upper, exceed);
        }
    }

    /** The one that was used. */
    public Method method() {
        return method;
    }

    /** Why, in Chinese. */
    public String reason() {
        return reason;
    }

    public double[] mean() {
        return mean.clone();
    }

    /** The lower bounds of the {@code level}-th interval, from 0. */
    public double[] lower(int level) {
        return Arrays.copyOfRange(lower, level * mean.length, (level + 1) * mean.length);
    }

    /** The upper bounds of the {@code level}-th interval, from 0. */
    public double[] upper(int level) {
        return Arrays.copyOfRange(upper, level * mean.length, (level + 1) * mean.length);
    }

    /** P(Y >= threshold) of each period. */
    public double[] exceed() {
        return exceed.clone();
    }
}
