package org.govcore;

import java.nio.file.Path;
import java.time.LocalDate;

/** How rows are imported. */
public final class ImportOptions {
    /** What is done with columns that the kind does not have, in the order of the C library's numbers. */
    public enum Unknown {
        REFUSE, IGNORE, DECLARE
    }

    final boolean dryRun;
    final boolean strict;
    final boolean complete;
    final Unknown unknown;
    final String asOf;
    final String source;
    final String reason;
    final String encoding;
    final String mapping;
    final String datum;
    final String placeLevel;
    final String placeKind;
    final String placeCode;
    final Run run;

    private ImportOptions(Builder builder) {
        dryRun = builder.dryRun;
        strict = builder.strict;
        complete = builder.complete;
        unknown = builder.unknown;
        asOf = builder.asOf;
        source = builder.source;
        reason = builder.reason;
        encoding = builder.encoding;
        mapping = builder.mapping;
        datum = builder.datum;
        placeLevel = builder.placeLevel;
        placeKind = builder.placeKind;
        placeCode = builder.placeCode;
        run = builder.run;
    }

    public static Builder builder() {
        return new Builder();
    }

    public static final class Builder {
        private boolean dryRun;
        private boolean strict;
        private boolean complete;
        private Unknown unknown = Unknown.REFUSE;
        private String asOf;
        private String source;
        private String reason;
        private String encoding;
        private String mapping;
        private String datum;
        private String placeLevel;
        private String placeKind;
        private String placeCode;
        private Run run;

        private Builder() {
        }

        /** Everything but the commit. */
        public Builder dryRun(boolean value) {
            dryRun = value;
            return this;
        }

        /** One wrong row keeps all out. */
        public Builder strict(boolean value) {
            strict = value;
            return this;
        }

        /** The rows are all grids there are from the day on; the others end. */
        public Builder complete(boolean value) {
            complete = value;
            return this;
        }

        public Builder unknown(Unknown value) {
            unknown = value;
            return this;
        }

        /** The day from which rows without valid_from hold. */
        public Builder asOf(LocalDate day) {
            asOf = day.toString();
            return this;
        }

        public Builder source(String value) {
            source = value;
            return this;
        }

        /** Why, for the change log. */
        public Builder reason(String value) {
            reason = value;
            return this;
        }

        public Builder encoding(String value) {
            encoding = value;
            return this;
        }

        /** A YAML file that says how columns and codes become those of the kind. */
        public Builder mapping(Path file) {
            mapping = file.toString();
            return this;
        }

        /** What places are given in: cgcs2000, wgs84 or gcj02; they are kept as CGCS2000. */
        public Builder datum(String value) {
            datum = value;
            return this;
        }

        /** Rows that name no grid get the one of this level that has their lon and lat in its boundary. */
        public Builder place(String level) {
            placeLevel = level;
            return this;
        }

        /** Only grids of this kind. */
        public Builder placeKind(String kind) {
            placeKind = kind;
            return this;
        }

        /** Rows without lon and lat get the grid whose code this field begins with. */
        public Builder placeCode(String field) {
            placeCode = field;
            return this;
        }

        public Builder run(Run value) {
            run = value;
            return this;
        }

        public ImportOptions build() {
            return new ImportOptions(this);
        }
    }
}
