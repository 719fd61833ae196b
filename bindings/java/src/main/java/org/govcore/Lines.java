package org.govcore;

import java.time.LocalDate;

/** One set of lines for a budget; what is not given is as in the model and the scoring options. */
public final class Lines {
    final NeedModel model;
    private final String[] texts;

    private Lines(Builder builder) {
        model = builder.model;
        texts = new String[] {builder.asOf, builder.preset, text(builder.params), text(builder.at), builder.tier,
                text(builder.amounts), builder.line};
    }

    private static String text(StringBuilder list) {
        return list.length() == 0 ? null : list.toString();
    }

    String[] texts() {
        return texts.clone();
    }

    public static Builder builder(NeedModel model) {
        return new Builder(model);
    }

    public static final class Builder {
        private final NeedModel model;
        private final StringBuilder params = new StringBuilder();
        private final StringBuilder at = new StringBuilder();
        private final StringBuilder amounts = new StringBuilder();
        private String asOf;
        private String preset;
        private String tier;
        private String line;

        private Builder(NeedModel model) {
            this.model = model;
        }

        private static void add(StringBuilder list, String name, Object value) {
            list.append(list.length() == 0 ? "" : ",").append(name).append('=').append(value);
        }

        /** The day whose parameters hold. */
        public Builder asOf(LocalDate day) {
            asOf = day.toString();
            return this;
        }

        public Builder preset(String value) {
            preset = value;
            return this;
        }

        /** A value that replaces that of the model's file. */
        public Builder param(String name, double value) {
            add(params, name, value);
            return this;
        }

        /** A tier's cut-off, exactly: "3/10". */
        public Builder at(String tierId, String cut) {
            add(at, tierId, cut);
            return this;
        }

        /** The lowest tier that is served; "none": every household. */
        public Builder tier(String tierId) {
            tier = tierId;
            return this;
        }

        /** Money for a tier, with at most two decimals: "500.50". */
        public Builder amount(String tierId, String money) {
            add(amounts, tierId, money);
            return this;
        }

        /** What each head's income is topped up to: "1510", "B", "3/2*B". */
        public Builder line(String value) {
            line = value;
            return this;
        }

        public Lines build() {
            return new Lines(this);
        }
    }
}
