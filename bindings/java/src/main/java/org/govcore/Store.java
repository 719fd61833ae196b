package org.govcore;

import java.nio.file.Path;
import java.time.LocalDate;

/**
 * Grids, entities, events and results in one file, with their history. Opened by an actor with a scope; one thread at a
 * time may use it.
 */
public final class Store implements AutoCloseable {
    private final NativeStore handle;

    /** The highest class of fields that is read in clear, in the order of the C library's numbers. */
    public enum Fields {
        DEFAULT, PUBLIC, INTERNAL, PERSONAL, SENSITIVE
    }

    private Store(Builder builder) {
        handle = Native.store_open(builder.path.toString(), builder.create ? 1 : 0, builder.readOnly ? 1 : 0,
                builder.fields.ordinal(), builder.actor, builder.scope);
    }

    public static Builder builder(Path path, String actor) {
        return new Builder(path, actor);
    }

    /** The fields of a kind: type, unit, class, labels; null: of all kinds. */
    public Table fields(String kind) {
        return new Table(Native.store_fields(handle, kind));
    }

    /** Imports a CSV file in one transaction; wrong rows are left out and reported. */
    public ImportReport importCsv(String kind, Path path, ImportOptions options) {
        return importFile(kind, path, false, options);
    }

    /** The same from a GeoJSON file, one row a feature. */
    public ImportReport importGeoJson(String kind, Path path, ImportOptions options) {
        return importFile(kind, path, true, options);
    }

    private ImportReport importFile(String kind, Path path, boolean geojson, ImportOptions options) {
        try (NativeImportResult result = new NativeImportResult()) {
            Table issues = new Table(Native.store_import_file(handle, kind, path.toString(), geojson ? 1 : 0,
                    options.dryRun ? 1 : 0, options.strict ? 1 : 0, options.complete ? 1 : 0, options.unknown.ordinal(),
                    options.asOf, options.source, options.reason, options.mapping, options.datum,
                    options.placeLevel, options.placeKind, options.placeCode, options.encoding, ',',
                    Run.handle(options.run), result));
            return new ImportReport(result, issues);
        }
    }

    /** The same from a table. */
    public ImportReport importTable(String kind, Table table, ImportOptions options) {
        try (NativeImportResult result = new NativeImportResult()) {
            Table issues = new Table(Native.store_import_table(handle, kind, table.handle, options.dryRun ? 1 : 0,
                    options.strict ? 1 : 0, options.complete ? 1 : 0, options.unknown.ordinal(), options.asOf,
                    options.source, options.reason, options.mapping, options.datum,
                    options.placeLevel, options.placeKind, options.placeCode, Run.handle(options.run), result));
            return new ImportReport(result, issues);
        }
    }

    public Table query(String kind) {
        return query(kind, QueryOptions.builder().build());
    }

    /** One row a record that holds on the day asked for, inside the actor's scope. */
    public Table query(String kind, QueryOptions options) {
        return new Table(Native.store_query(handle, kind, options.asOf, options.recorded, options.grid, options.where,
                options.values, options.columns, options.limit, Run.handle(options.run)));
    }

    /** The same in batches of up to {@code rows} rows, in constant memory. */
    public Batches read(String kind, QueryOptions options, long rows) {
        return new Batches(Native.store_read(handle, kind, options.asOf, options.recorded, options.grid, options.where,
                options.values, options.columns, options.limit), rows);
    }

    /** Any SELECT over the kinds, read only, with ?1, ?2 for the values. */
    public Table sql(String text, String... values) {
        return sql(text, QueryOptions.builder().build(), values);
    }

    /** The same as of the options' day and moment. */
    public Table sql(String text, QueryOptions options, String... values) {
        return new Table(Native.store_sql(handle, text, values, options.asOf, options.recorded,
                Run.handle(options.run)));
    }

    /** Records by grid with roll-up; null: the grids of all levels. {@code shared} of {@code total} are there by a split's shares. */
    public Table count(String kind, String level, QueryOptions options) {
        return new Table(Native.store_count(handle, kind, level, options.asOf, options.recorded, options.grid,
                options.where, options.values, options.tree));
    }

    /** The records that an identifier belongs to: kind and key. */
    public Table find(String scheme, String value) {
        return find(scheme, value, QueryOptions.builder().build());
    }

    /** The same as of the options' day and moment. */
    public Table find(String scheme, String value, QueryOptions options) {
        return new Table(Native.store_find(handle, scheme, value, options.asOf, options.recorded));
    }

    /** Every version of a record, in the order they were recorded. */
    public Table history(String kind, String key) {
        return new Table(Native.store_history(handle, kind, key));
    }

    /** Records within a radius in metres, the nearest first; radius 0: the options' limit nearest. */
    public Table near(String kind, double lon, double lat, double radius, QueryOptions options) {
        return new Table(Native.store_near(handle, kind, lon, lat, radius, options.asOf, options.recorded, options.grid,
                options.where, options.values, options.limit));
    }

    /** Faults in the boundaries of a level's grids, and the records of the kind {@code points} (or null) in none of them. */
    public Table cover(String level, String points, QueryOptions options) {
        return new Table(Native.store_cover(handle, level, points, options.asOf, options.recorded, options.grid,
                options.where, options.values, Run.handle(options.run)));
    }

    /** Which grids of a level touch: grid, neighbour, border_metres. */
    public Table neighbours(String level, QueryOptions options) {
        return new Table(Native.store_neighbours(handle, level, options.asOf, options.recorded, Run.handle(options.run)));
    }

    /** What is missing, no longer allowed, there twice or contradicts itself, and how old it is, by field and source. */
    public Table quality(String kind) {
        return quality(kind, QueryOptions.builder().build());
    }

    /** The same as of the options' day and moment. */
    public Table quality(String kind, QueryOptions options) {
        return new Table(Native.store_quality(handle, kind, options.asOf, options.recorded));
    }

    /** What sources do not agree on: one row a source of a field of a record, what was chosen and why; null: all kinds. */
    public Table conflicts(String kind, QueryOptions options) {
        return new Table(Native.store_conflicts(handle, kind, options.asOf, options.recorded, options.grid,
                options.where, options.values, options.limit, Run.handle(options.run)));
    }

    /**
     * States whom to believe, for a kind and a field (null: all): 1 comes first, 0 takes the rank away. What is contested
     * is decided anew; {@code query("authority")} lists the order.
     */
    public void rankSource(String source, String kind, String field, long rank, String basis) {
        Native.store_rank_source(handle, source, kind, field, rank, basis);
    }

    /**
     * The last observation of each series before a day's end or a moment in UTC (null: now). The table has the columns
     * subject and maybe subject_kind, variable and at; null: every series.
     */
    public Table lastReadings(Table asked, String at) {
        return new Table(Native.store_last_readings(handle, asked == null ? null : asked.handle, at, null, null, null));
    }

    /** count, sum, mean, min, max, last of the values in [at - seconds, at), one row a series. */
    public Table windows(Table asked, long seconds, String at) {
        return new Table(Native.store_windows(handle, asked == null ? null : asked.handle, seconds, at, null, null, null));
    }

    /** All that is recorded about one record and refers to it, as JSON. */
    public String export(String kind, String key) {
        return Native.store_export(handle, kind, key);
    }

    /** Erases all that {@link #export} gives; the chain still holds. Returns the number of versions erased. */
    public long forget(String kind, String key, String reason) {
        return Native.store_forget(handle, kind, key, reason);
    }

    /** Hides the small cells of counts (area, category, count), so that totals do not give them away; 0: below 5. */
    public static Table publishCounts(Table counts, long threshold) {
        return new Table(Native.publish_counts(counts.handle, threshold));
    }

    /** Figures by grid (grid, value, maybe day) on the tree of the day that is read, carried by the lineage. */
    public Table rollup(Table figures, LocalDate takenOn, String level, QueryOptions options) {
        return new Table(Native.store_rollup(handle, figures.handle, takenOn == null ? null : takenOn.toString(), level,
                options.asOf, options.recorded, options.grid));
    }

    /** Splits, merges, new codes and names from a day on, all or nothing. Returns the number of the act. */
    public long reorganise(Table changes, LocalDate on, String reason) {
        return Native.store_reorganise(handle, changes.handle, on.toString(), reason);
    }

    /** Takes back an act; both stay in the log. */
    public void undo(long act, String reason) {
        Native.store_undo(handle, act, reason);
    }

    /** act, at, actor, what, source, reason, changes. */
    public Table acts() {
        return new Table(Native.store_acts(handle));
    }

    /** Walks the chain of changes and gives its last hash; a row altered behind its back is a GovException. */
    public String verify() {
        try (NativeVerifyResult result = new NativeVerifyResult()) {
            Native.store_verify(handle, null, result);
            return result.getHead();
        }
    }

    /** Scores the households as of a day and records the scores with the model's fingerprint. */
    public Table score(NeedModel model, LocalDate asOf, NeedOptions options) {
        return score(model, HouseholdOptions.builder(asOf).scoring(options).build());
    }

    /** The inputs of a model for every household, from persons, memberships, relations and observations. */
    public Table features(NeedModel model, HouseholdOptions options) {
        return new Table(Native.pipeline_features(handle, model.handle(), options.texts,
                NeedFeatures.handle(options.features), Run.handle(options.scoring.run)));
    }

    /** Scores of the households, recorded unless the options say read only. */
    public Table score(NeedModel model, HouseholdOptions options) {
        NeedOptions how = options.scoring;
        return new Table(Native.pipeline_score(handle, model.handle(), options.texts, NeedFeatures.handle(options.features),
                options.show.ordinal(), options.readOnly ? 1 : 0, how.threads, how.preset, how.params, how.depth ? 1 : 0,
                Run.handle(how.run)));
    }

    /** Why a household has its score: every value with its day and source, what to ask next, which services fit. */
    public HouseholdExplanation explain(NeedModel model, String household, HouseholdOptions options) {
        NeedOptions how = options.scoring;
        return new HouseholdExplanation(Native.pipeline_explain(handle, model.handle(), household, options.texts,
                NeedFeatures.handle(options.features), options.show.ordinal(), how.preset, how.params, how.depth ? 1 : 0));
    }

    /** Households in need with services that fit and are not recorded as received (应享未享). */
    public Table unmet(NeedModel model, HouseholdOptions options) {
        NeedOptions how = options.scoring;
        return new Table(Native.pipeline_unmet(handle, model.handle(), options.texts, NeedFeatures.handle(options.features),
                options.show.ordinal(), how.threads, how.preset, how.params, how.depth ? 1 : 0, Run.handle(how.run)));
    }

    /** How many of them by the grids of a level and service; numbers below the threshold (0: 5) are hidden. */
    public Table unmetByGrid(NeedModel model, String level, long threshold, HouseholdOptions options) {
        NeedOptions how = options.scoring;
        return new Table(Native.pipeline_unmet_by_grid(handle, model.handle(), level, threshold, options.texts,
                NeedFeatures.handle(options.features), how.threads, how.preset, how.params, how.depth ? 1 : 0,
                Run.handle(how.run)));
    }

    /** Trends in the events, one series for each grid of {@code level} and class, recorded as findings. */
    public Table trend(Panel.Frequency frequency, Panel.Gaps gaps, String level, LocalDate asOf, Run run) {
        return new Table(Native.pipeline_trend(handle, frequency.ordinal() + 1, gaps.ordinal() + 1, level, null,
                asOf.toString(), null, 0, 1, 0, Run.handle(run)));
    }

    /** The panel that {@link #trend} analyses, with the label columns grid and class, for every other method of panels. */
    public Panel panel(Panel.Frequency frequency, Panel.Gaps gaps, String level, LocalDate asOf, Run run) {
        return new Panel(Native.pipeline_counts(handle, frequency.ordinal() + 1, gaps.ordinal() + 1, level, null,
                asOf.toString(), null, Run.handle(run)));
    }

    @Override
    public void close() {
        handle.close();
    }

    public static final class Builder {
        private final Path path;
        private final String actor;
        private String scope;
        private Fields fields = Fields.INTERNAL;
        private boolean create;
        private boolean readOnly;

        private Builder(Path path, String actor) {
            this.path = path;
            this.actor = actor;
        }

        /** The code of the grid whose subtree the actor sees. */
        public Builder scope(String grid) {
            scope = grid;
            return this;
        }

        public Builder fields(Fields value) {
            fields = value;
            return this;
        }

        /** Make the store if the file is absent. */
        public Builder create(boolean value) {
            create = value;
            return this;
        }

        public Builder readOnly(boolean value) {
            readOnly = value;
            return this;
        }

        public Store open() {
            return new Store(this);
        }
    }
}
