package org.govcore;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Which records are read, as of which day, as known at which moment. */
public final class QueryOptions {
    final String asOf;
    final String recorded;
    final String grid;
    final String where;
    final String[] values;
    final String[] columns;
    final long limit;
    final String tree;
    final Run run;

    private QueryOptions(Builder builder) {
        asOf = builder.asOf;
        recorded = builder.recorded;
        grid = builder.grid;
        where = builder.where;
        values = builder.values;
        columns = builder.columns;
        limit = builder.limit;
        tree = builder.tree;
        run = builder.run;
    }

    public static Builder builder() {
        return new Builder();
    }

    public static final class Builder {
        private String asOf;
        private String recorded;
        private String grid;
        private String where;
        private String[] values = new String[0];
        private String[] columns;
        private long limit;
        private String tree;
        private Run run;

        private Builder() {
        }

        /** A day in the world; default today. */
        public Builder asOf(LocalDate day) {
            asOf = day.toString();
            return this;
        }

        /** A moment in the store; default now. */
        public Builder recorded(Instant moment) {
            recorded = moment.atOffset(ZoneOffset.UTC).toLocalDateTime().toString();
            return this;
        }

        /** Counts on another tree: the predicate, such as placed_in, of relations from records to grids. */
        public Builder tree(String predicate) {
            tree = predicate;
            return this;
        }

        /** Only this grid's subtree. */
        public Builder grid(String code) {
            grid = code;
            return this;
        }

        /** An SQL expression over the kind's columns, with ?1, ?2 for the values. */
        public Builder where(String expression, String... parameters) {
            where = expression;
            values = parameters.clone();
            return this;
        }

        public Builder columns(String... names) {
            columns = names.clone();
            return this;
        }

        /** 0: no limit. */
        public Builder limit(long rows) {
            limit = rows;
            return this;
        }

        public Builder run(Run value) {
            run = value;
            return this;
        }

        public QueryOptions build() {
            return new QueryOptions(this);
        }
    }
}
