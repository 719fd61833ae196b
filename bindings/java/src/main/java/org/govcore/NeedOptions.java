package org.govcore;

import java.time.LocalDate;

/** How households are scored. */
public final class NeedOptions {
    final int threads;
    final String asOf;
    final String preset;
    final String params;
    final boolean depth;
    final boolean nanIsMissing;
    final Table members;
    final Run run;

    private NeedOptions(Builder builder) {
        threads = builder.threads;
        asOf = builder.asOf;
        preset = builder.preset;
        params = builder.params.length() == 0 ? null : builder.params.toString();
        depth = builder.depth;
        nanIsMissing = builder.nanIsMissing;
        members = builder.members;
        run = builder.run;
    }

    public static Builder builder() {
        return new Builder();
    }

    public static final class Builder {
        private int threads = 1;
        private String asOf;
        private String preset;
        private final StringBuilder params = new StringBuilder();
        private boolean depth;
        private boolean nanIsMissing;
        private Table members;
        private Run run;

        private Builder() {
        }

        /** The result does not depend on it. */
        public Builder threads(int value) {
            threads = value;
            return this;
        }

        /** The day on which dated parameters and ages are taken. */
        public Builder asOf(LocalDate day) {
            asOf = day.toString();
            return this;
        }

        /** The same as text: "2021-08-01". */
        public Builder asOf(String day) {
            asOf = day;
            return this;
        }

        /** The weights of one of the model's presets. */
        public Builder preset(String value) {
            preset = value;
            return this;
        }

        /** A value that replaces that of the model's file. */
        public Builder param(String name, double value) {
            params.append(params.length() == 0 ? "" : ",").append(name).append('=').append(value);
            return this;
        }

        /** "Partly" counts one half. */
        public Builder depth(boolean value) {
            depth = value;
            return this;
        }

        public Builder nanIsMissing(boolean value) {
            nanIsMissing = value;
            return this;
        }

        /** The members' table, for models that aggregate over it. */
        public Builder members(Table value) {
            members = value;
            return this;
        }

        public Builder run(Run value) {
            run = value;
            return this;
        }

        public NeedOptions build() {
            return new NeedOptions(this);
        }
    }
}
