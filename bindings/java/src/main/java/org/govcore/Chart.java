package org.govcore;

/** A control chart of counts: one value a period; {@code alarm} is false where a period was not judged. */
public final class Chart {
    private final boolean[] alarm;
    private final boolean[] judged;
    private final double[] statistic;
    private final double[] upper;

    private Chart(byte[] alarm, byte[] reason, double[] statistic, double[] upper) {
        this.alarm = Flags.flags(alarm);
        this.judged = new boolean[reason.length];
        for (int i = 0; i < reason.length; i++) {
            judged[i] = reason[i] == Native.GOV_REASON_NONE;
        }
        this.statistic = statistic;
        this.upper = upper;
    }

    /** CUSUM of counts around a known mean: C = max(0, C + (y - mean) / sqrt(mean) - k), alarm when C reaches h. */
    public static Chart cusum(double[] y, boolean[] valid, double mean, double k, double h) {
        int n = y.length;
        byte[] alarm = new byte[n];
        byte[] reason = new byte[n];
        double[] upper = new double[n];
        double[] statistic = new double[n];
        Native.trend_cusum(y, Flags.bytes(valid), Native.GOV_CUSUM_STANDARD, k, h, 0, null, mean, 0, 0, alarm, reason,
                new double[n], upper, new double[n], statistic);
        return new Chart(alarm, reason, statistic, upper);
    }

    /** Generalised likelihood ratio chart of Poisson counts around a known mean. */
    public static Chart glr(double[] y, boolean[] valid, double mean, double threshold) {
        int n = y.length;
        byte[] alarm = new byte[n];
        byte[] reason = new byte[n];
        double[] upper = new double[n];
        double[] statistic = new double[n];
        Native.trend_glr(y, Flags.bytes(valid), 0, null, mean, 0, 0, 0, threshold, 0, alarm, reason, new double[n], upper,
                new double[n], statistic);
        return new Chart(alarm, reason, statistic, upper);
    }

    public boolean[] alarm() {
        return alarm.clone();
    }

    public boolean[] judged() {
        return judged.clone();
    }

    public double[] statistic() {
        return statistic.clone();
    }

    /** The largest count that is no alarm. */
    public double[] upper() {
        return upper.clone();
    }
}
