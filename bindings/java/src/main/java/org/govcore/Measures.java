package org.govcore;

/** Alkire-Foster measures of deprivation, in three tables. */
public final class Measures implements AutoCloseable {
    private final NativeMeasures handle;
    private final Table summary;
    private final Table indicators;
    private final Table dimensions;

    Measures(NativeMeasures measures) {
        handle = measures;
        summary = new Table(Native.measures_summary(measures));
        indicators = new Table(Native.measures_indicators(measures));
        dimensions = new Table(Native.measures_dimensions(measures));
    }

    /** From a table of deprivations, one column of booleans or 0/1 an indicator; weights such as "1/4,1/4,1/2". */
    public static Measures alkireFoster(Table deprivations, String weights, MeasureOptions options) {
        return new Measures(Native.need_alkire_foster(deprivations.handle, weights, options.columns,
                options.missing.ordinal(), options.singleUnit.ordinal(), options.level, options.by, options.weight,
                options.strata, options.units, options.k));
    }

    /** Parts of {@link NeedModel#measurePart}, put one below the other, in fewer rows. */
    public static Table merge(Table parts) {
        return new Table(Native.need_measure_merge(parts.handle));
    }

    /** M0, M1 and M2 from gaps of 0 (not deprived) to 1, one column an indicator: group, k, and each with its error. */
    public static Table gaps(Table gaps, String weights, MeasureOptions options) {
        return new Table(Native.need_gaps(gaps.handle, weights, options.columns, options.singleUnit.ordinal(),
                options.level, options.by, options.weight, options.strata, options.units, options.k));
    }

    /** One row a group and cut-off, the total first with a missing group: H, A, M0, share, contribution. */
    public Table summary() {
        return summary;
    }

    /** One row a group, cut-off and indicator: uncensored, censored, contribution. */
    public Table indicators() {
        return indicators;
    }

    /** One row a group, cut-off and dimension of a model: contribution. */
    public Table dimensions() {
        return dimensions;
    }

    /** From these measures to later ones: absolute, relative, annual, by incidence and by intensity. */
    public Table change(Measures to, double years) {
        return new Table(Native.measures_change(handle, to.handle, years));
    }

    /** From these measures to later ones: each indicator's headcounts and contribution, with their errors. */
    public Table changeIndicators(Measures to, double years) {
        return new Table(Native.measures_change_indicators(handle, to.handle, years));
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
        dimensions.close();
        handle.close();
    }
}
