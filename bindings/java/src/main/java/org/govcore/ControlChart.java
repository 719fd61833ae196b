package org.govcore;

import java.util.Arrays;

/** A chart of measurements: one value a period, limits on both sides. */
public final class ControlChart {
    /** Shewhart charts, in the order of the C library's numbers: counts, counts a unit, shares, single measurements. */
    public enum Kind {
        C, U, P, I
    }

    /** Where a point lies. */
    public enum Side {
        WITHIN, ABOVE, BELOW
    }

    private final double centre;
    private final double sd;
    private final double[] statistic;
    private final double[] lower;
    private final double[] upper;
    private final byte[] alarm;

    private interface Drawing {
        double draw(double[] statistic, double[] lower, double[] upper, byte[] alarm, double[] centre);
    }

    private ControlChart(int n, Drawing drawing) {
        double[] middle = new double[1];
        statistic = new double[n];
        lower = new double[n];
        upper = new double[n];
        alarm = new byte[n];
        sd = drawing.draw(statistic, lower, upper, alarm, middle);
        centre = middle[0];
    }

    /** EWMA (Roberts 1959), {@code weight} of the newest value and {@code width} in sd; 0: 0.2 and 3. Sd by moving ranges. */
    public static ControlChart ewma(double[] y, boolean[] valid, double weight, double width) {
        return new ControlChart(y.length, (statistic, lower, upper, alarm, centre) -> Native.trend_ewma(y,
                Flags.bytes(valid), 0, 0, 0, weight, width, statistic, lower, upper, alarm, centre));
    }

    /** EWMA around a known target with a known sd. */
    public static ControlChart ewma(double[] y, boolean[] valid, double weight, double width, double target, double sd) {
        return new ControlChart(y.length, (statistic, lower, upper, alarm, centre) -> Native.trend_ewma(y,
                Flags.bytes(valid), 0, target, sd, weight, width, statistic, lower, upper, alarm, centre));
    }

    /** Shewhart charts; {@code size} for U and P, else null; {@code baseline}: periods that give the centre, 0 all. */
    public static ControlChart shewhart(double[] y, boolean[] valid, Kind kind, double[] size, long baseline) {
        return new ControlChart(y.length, (statistic, lower, upper, alarm, centre) -> Native.trend_shewhart(y,
                Flags.bytes(valid), kind.ordinal(), size, baseline, statistic, lower, upper, alarm, centre));
    }

    /** Means of groups of {@code size} values, which follow one another in y. */
    public static ControlChart xbar(double[] y, int size, long baseline) {
        return new ControlChart(size < 1 ? 0 : y.length / size, (statistic, lower, upper, alarm,
                centre) -> Native.trend_shewhart_xbar(y, size, baseline, statistic, lower, upper, alarm, centre));
    }

    /** The centre line. */
    public double centre() {
        return centre;
    }

    /** Of one value. */
    public double sd() {
        return sd;
    }

    public double[] statistic() {
        return statistic.clone();
    }

    public double[] lower() {
        return lower.clone();
    }

    public double[] upper() {
        return upper.clone();
    }

    public Side[] sides() {
        Side[] sides = new Side[alarm.length];
        Arrays.setAll(sides, t -> Side.values()[alarm[t]]);
        return sides;
    }
}
