package org.govcore;

/** Alkire-Foster measures of deprivation, in two tables. */
public final class Measures implements AutoCloseable {
    private final Table summary;
    private final Table indicators;

    Measures(NativeMeasures measures) {
        summary = new Table(Native.measures_summary(measures));
        indicators = new Table(Native.measures_indicators(measures));
    }

    /** From a table of deprivations, one column of booleans or 0/1 an indicator; weights such as "1/4,1/4,1/2". */
    public static Measures alkireFoster(Table deprivations, String weights, MeasureOptions options) {
        try (NativeMeasures measures = Native.need_alkire_foster(deprivations.handle, weights,
                null, options.missing.ordinal(), 0, options.level, options.by, options.weight, options.strata,
                options.units, options.k)) {
            return new Measures(measures);
        }
    }

    /** One row a group and cut-off, the total first with a missing group: H, A, M0, share, contribution. */
    public Table summary() {
        return summary;
    }

    /** One row a group, cut-off and indicator: uncensored, censored, contribution. */
    public Table indicators() {
        return indicators;
    }

    /** Of all rows, at the first cut-off: the share of the poor. */
    public double h() {
        return summary.doubles("H")[0];
    }

    /** Of all rows, at the first cut-off: the mean score of the poor. */
    public double a() {
        return summary.doubles("A")[0];
    }

    /** H × A. */
    public double m0() {
        return summary.doubles("M0")[0];
    }

    @Override
    public void close() {
        summary.close();
        indicators.close();
    }
}
