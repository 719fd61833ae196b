package org.govcore;

/** How weights are drawn, and for which areas and cut-offs. */
public final class SensitivityOptions {
    final int draws;
    final long seed;
    final double concentration;
    final double level;
    final boolean high;
    final String delta;
    final String by;
    final String weight;
    final String k;

    private SensitivityOptions(Builder builder) {
        draws = builder.draws;
        seed = builder.seed;
        concentration = builder.concentration;
        level = builder.level;
        high = builder.high;
        delta = builder.delta;
        by = builder.by;
        weight = builder.weight;
        k = builder.k;
    }

    public static Builder builder() {
        return new Builder();
    }

    public static final class Builder {
        private int draws;
        private long seed;
        private double concentration;
        private double level;
        private boolean high;
        private String delta;
        private String by;
        private String weight;
        private String k;

        private Builder() {
        }

        /** Default 1000. */
        public Builder draws(int value) {
            draws = value;
            return this;
        }

        /** The same seed gives the same draws, whatever the threads. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** Of the Dirichlet about the stated weights; default 100, larger is closer. */
        public Builder concentration(double value) {
            concentration = value;
            return this;
        }

        /** Share of the draws between the low and the high values; default 0.95. */
        public Builder level(double value) {
            level = value;
            return this;
        }

        /** Unknown indicators count as deprived. */
        public Builder high(boolean value) {
            high = value;
            return this;
        }

        /** By what part each weight is moved for the elasticities, exactly; default "1/10". */
        public Builder delta(String value) {
            delta = value;
            return this;
        }

        /** The column of areas. */
        public Builder by(String column) {
            by = column;
            return this;
        }

        /** The column of weights for H, A and M0. */
        public Builder weight(String column) {
            weight = column;
            return this;
        }

        /** Cut-offs, exactly: "1/5,1/3,1/2". */
        public Builder k(String value) {
            k = value;
            return this;
        }

        public SensitivityOptions build() {
            return new SensitivityOptions(this);
        }
    }
}
