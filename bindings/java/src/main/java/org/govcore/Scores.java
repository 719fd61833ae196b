package org.govcore;

/** How good detectors and forecasts were. */
public final class Scores {
    private Scores() {
    }

    /** Alarms against what is known to have happened. A rate whose denominator is 0 is NaN. */
    public static final class AlarmQuality {
        private final long outbreaks;
        private final long detected;
        private final double sensitivity;
        private final double specificity;
        private final double precision;
        private final double delay;
        private final double falseAlarmInterval;

        private AlarmQuality(NativeAlarmQuality q) {
            outbreaks = q.getOutbreaks();
            detected = q.getDetected();
            sensitivity = q.getSensitivity();
            specificity = q.getSpecificity();
            precision = q.getPrecision();
            delay = q.getDelay();
            falseAlarmInterval = q.getFalse_alarm_interval();
        }

        /** Unbroken runs of periods with truth. */
        public long outbreaks() {
            return outbreaks;
        }

        /** Those with an alarm while they lasted. */
        public long detected() {
            return detected;
        }

        public double sensitivity() {
            return sensitivity;
        }

        public double specificity() {
            return specificity;
        }

        public double precision() {
            return precision;
        }

        /** Mean of periods from the start of a detected outbreak to its first alarm. */
        public double delay() {
            return delay;
        }

        /** Periods without an outbreak per false alarm. */
        public double falseAlarmInterval() {
            return falseAlarmInterval;
        }
    }

    /** {@code judged}: false where the detector gave no judgement; null: it always did. */
    public static AlarmQuality alarms(boolean[] alarm, boolean[] judged, boolean[] truth) {
        try (NativeAlarmQuality q = new NativeAlarmQuality()) {
            Native.trend_alarm_evaluate(Flags.bytes(alarm), Flags.bytes(judged), Flags.bytes(truth), q);
            return new AlarmQuality(q);
        }
    }

    /** Mean absolute error over that of the naive forecast y[t - period] within the training series. */
    public static double mase(double[] training, double[] observed, double[] forecast, long period) {
        return Native.trend_mase(training, null, period, observed, forecast);
    }

    /** Weighted interval score of one forecast; levels in (0, 1). */
    public static double wis(double observed, double median, double[] levels, double[] lower, double[] upper) {
        return Native.trend_wis(observed, median, levels, lower, upper);
    }

    /** Continuous ranked probability score of a negative binomial forecast; infinite size: Poisson. */
    public static double crpsCount(double observed, double mean, double size) {
        return Native.gov_crps_count(observed, mean, size);
    }

    /** The same of a normal forecast. */
    public static double crpsNormal(double observed, double mean, double sd) {
        return Native.gov_crps_normal(observed, mean, sd);
    }

    /** The share of values inside their intervals, ends included. */
    public static double coverage(double[] observed, double[] lower, double[] upper) {
        return Native.trend_coverage(observed, lower, upper);
    }
}
