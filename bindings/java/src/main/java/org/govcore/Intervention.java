package org.govcore;

/** Did an intervention work? Ratios are of expected counts: 0.8 is a fall by a fifth. */
public final class Intervention {
    private final double levelRatio;
    private final double levelLow;
    private final double levelHigh;
    private final double levelP;
    private final double slopeRatio;
    private final double slopeP;
    private final double observed;
    private final double expected;
    private final double[] counterfactual;

    private Intervention(NativeIntervention result, double[] counterfactual) {
        levelRatio = result.getLevel_ratio();
        levelLow = result.getLevel_low();
        levelHigh = result.getLevel_high();
        levelP = result.getLevel_p();
        slopeRatio = result.getSlope_ratio();
        slopeP = result.getSlope_p();
        observed = result.getObserved();
        expected = result.getExpected();
        this.counterfactual = counterfactual;
    }

    /**
     * Segmented regression of counts (Bernal et al. 2017), quasi-Poisson. {@code change} is the first period after the
     * intervention, from 0; {@code harmonics} of {@code period} make the season, 0 none.
     */
    public static Intervention of(double[] y, boolean[] valid, long change, long period, int harmonics) {
        double[] fitted = new double[y.length];
        double[] counterfactual = new double[y.length];
        try (NativeIntervention result = new NativeIntervention()) {
            Native.trend_its(y, Flags.bytes(valid), null, Native.GOV_ITS_QUASI_POISSON, change, period, harmonics, 0, 0,
                    result, fitted, counterfactual);
            return new Intervention(result, counterfactual);
        }
    }

    public double levelRatio() {
        return levelRatio;
    }

    public double levelLow() {
        return levelLow;
    }

    public double levelHigh() {
        return levelHigh;
    }

    public double levelP() {
        return levelP;
    }

    public double slopeRatio() {
        return slopeRatio;
    }

    public double slopeP() {
        return slopeP;
    }

    /** Sum after the change. */
    public double observed() {
        return observed;
    }

    /** The same had the former trend and season gone on. */
    public double expected() {
        return expected;
    }

    /** For every period, had the former trend and season gone on. */
    public double[] counterfactual() {
        return counterfactual.clone();
    }
}
