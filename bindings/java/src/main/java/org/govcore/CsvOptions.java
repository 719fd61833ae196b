package org.govcore;

/** How a CSV file is read. */
public final class CsvOptions {
    final String encoding;
    final char delimiter;
    final String types;
    final Run run;

    private CsvOptions(Builder builder) {
        encoding = builder.encoding;
        delimiter = builder.delimiter;
        types = builder.types.length() == 0 ? null : builder.types.toString();
        run = builder.run;
    }

    public static Builder builder() {
        return new Builder();
    }

    public static final class Builder {
        private String encoding = "auto";
        private char delimiter = ',';
        private final StringBuilder types = new StringBuilder();
        private Run run;

        private Builder() {
        }

        /** "auto" (UTF-8 if the file is valid UTF-8, else GB18030), "utf-8" or "gb18030". */
        public Builder encoding(String value) {
            encoding = value;
            return this;
        }

        /** One ASCII character. */
        public Builder delimiter(char value) {
            if (value == 0 || value > 127) {
                throw new IllegalArgumentException("the delimiter is one ASCII character");
            }
            delimiter = value;
            return this;
        }

        /** The type of one column; those not named are found from their values. */
        public Builder type(String column, ColumnType type) {
            types.append(types.length() == 0 ? "" : ",").append(column).append(':')
                    .append(Native.gov_type_name(type.ordinal()));
            return this;
        }

        public Builder run(Run value) {
            run = value;
            return this;
        }

        public CsvOptions build() {
            return new CsvOptions(this);
        }
    }
}
