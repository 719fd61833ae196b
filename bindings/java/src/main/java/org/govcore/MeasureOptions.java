package org.govcore;

/** What is measured over which groups. */
public final class MeasureOptions {
    /** What a row with an unknown indicator counts as, in the order of the C library's numbers. */
    public enum Missing {
        LEAVE_OUT, NOT_DEPRIVED, DEPRIVED
    }

    /** What a stratum with one sampling unit counts: no error is given, taken with certainty, about the mean of all. */
    public enum SingleUnit {
        NO_ERROR, CERTAIN, CENTRED
    }

    final Missing missing;
    final SingleUnit singleUnit;
    final String columns;
    final String by;
    final String weight;
    final String k;
    final String strata;
    final String units;
    final double level;

    private MeasureOptions(Builder builder) {
        missing = builder.missing;
        singleUnit = builder.singleUnit;
        columns = builder.columns;
        by = builder.by;
        weight = builder.weight;
        k = builder.k;
        strata = builder.strata;
        units = builder.units;
        level = builder.level;
    }

    public static Builder builder() {
        return new Builder();
    }

    public static final class Builder {
        private Missing missing = Missing.LEAVE_OUT;
        private SingleUnit singleUnit = SingleUnit.NO_ERROR;
        private String columns;
        private String by;
        private String weight;
        private String k;
        private String strata;
        private String units;
        private double level;

        private Builder() {
        }

        public Builder missing(Missing value) {
            missing = value;
            return this;
        }

        public Builder singleUnit(SingleUnit value) {
            singleUnit = value;
            return this;
        }

        /** Of a table of deprivations or gaps: the indicators' columns; else all that are not named here. */
        public Builder columns(String... names) {
            columns = String.join(",", names);
            return this;
        }

        /** The column of groups. */
        public Builder by(String column) {
            by = column;
            return this;
        }

        /** The column of weights. */
        public Builder weight(String column) {
            weight = column;
            return this;
        }

        /** Cut-offs, exactly: "1/5,1/3,1/2". */
        public Builder k(String value) {
            k = value;
            return this;
        }

        /** The columns of strata and of primary sampling units within them. */
        public Builder design(String strataColumn, String unitsColumn) {
            strata = strataColumn;
            units = unitsColumn;
            return this;
        }

        /** What the intervals cover; default 0.95. */
        public Builder level(double value) {
            level = value;
            return this;
        }

        public MeasureOptions build() {
            return new MeasureOptions(this);
        }
    }
}
