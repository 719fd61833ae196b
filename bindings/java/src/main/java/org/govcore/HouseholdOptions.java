package org.govcore;

import java.time.LocalDate;

/** Which households of a store, on which day, and how they are scored. */
public final class HouseholdOptions {
    final String[] texts;
    final NeedFeatures features;
    final Store.Fields show;
    final boolean readOnly;
    final NeedOptions scoring;

    /** Who live together (the ones that are scored), of one dwelling, or registered together. */
    public enum View {
        ASSISTANCE, DWELLING, REGISTERED
    }

    private HouseholdOptions(Builder builder) {
        texts = new String[] {builder.asOf, builder.grid, builder.view.name().toLowerCase(java.util.Locale.ROOT)};
        features = builder.features;
        show = builder.show;
        readOnly = builder.readOnly;
        scoring = builder.scoring;
    }

    public static Builder builder(LocalDate asOf) {
        return new Builder(asOf);
    }

    public static final class Builder {
        private final String asOf;
        private String grid;
        private View view = View.ASSISTANCE;
        private NeedFeatures features;
        private Store.Fields show = Store.Fields.DEFAULT;
        private boolean readOnly;
        private NeedOptions scoring = NeedOptions.builder().build();

        private Builder(LocalDate asOf) {
            this.asOf = asOf.toString();
        }

        /** Only this grid's subtree. */
        public Builder grid(String code) {
            grid = code;
            return this;
        }

        public Builder view(View value) {
            view = value;
            return this;
        }

        /** By default the built-in file. */
        public Builder features(NeedFeatures value) {
            features = value;
            return this;
        }

        /** What is of a higher class has no values. */
        public Builder show(Store.Fields value) {
            show = value;
            return this;
        }

        /** Scores are not recorded. */
        public Builder readOnly(boolean value) {
            readOnly = value;
            return this;
        }

        /** Threads, preset, params and depth; the day and the members are those of the store. */
        public Builder scoring(NeedOptions value) {
            scoring = value;
            return this;
        }

        public HouseholdOptions build() {
            return new HouseholdOptions(this);
        }
    }
}
