package org.govcore;

/** What is measured over which groups. */
public final class MeasureOptions {
    /** What a row with an unknown indicator counts as, in the order of the C library's numbers. */
    public enum Missing {
        LEAVE_OUT, NOT_DEPRIVED, DEPRIVED
    }

    final Missing missing;
    final String by;
    final String weight;
    final String k;

    private MeasureOptions(Builder builder) {
        missing = builder.missing;
        by = builder.by;
        weight = builder.weight;
        k = builder.k;
    }

    public static Builder builder() {
        return new Builder();
    }

    public static final class Builder {
        private Missing missing = Missing.LEAVE_OUT;
        private String by;
        private String weight;
        private String k;

        private Builder() {
        }

        public Builder missing(Missing value) {
            missing = value;
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

        public MeasureOptions build() {
            return new MeasureOptions(this);
        }
    }
}
