package org.govcore;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A need model: dimensions, indicators, weights, tiers. Immutable; threads may share it. A score helps to find people to
 * help; it is not a decision on eligibility.
 */
public final class NeedModel implements AutoCloseable {
    private final NativeNeedModel handle;

    private NeedModel(NativeNeedModel handle) {
        this.handle = handle;
    }

    NativeNeedModel handle() {
        return handle;
    }

    /** The model of 7 dimensions and 22 indicators. */
    public static NeedModel builtin() {
        return builtin("govcore-need-22");
    }

    public static NeedModel builtin(String name) {
        return new NeedModel(Native.need_builtin(name));
    }

    /** A model file; a fault is a GovException with file, line and column. */
    public static NeedModel load(Path path) {
        return new NeedModel(Native.need_load(path.toString()));
    }

    public static NeedModel parse(String text) {
        return new NeedModel(Native.need_parse(text.getBytes(StandardCharsets.UTF_8), null));
    }

    public String id() {
        return Native.need_id(handle);
    }

    public long version() {
        return Native.need_version(handle);
    }

    /** 32 hexadecimal digits that stand for the model's meaning. */
    public String fingerprint() {
        return Native.need_fingerprint(handle);
    }

    /** In "zh" or "en". */
    public String title(String language) {
        return Native.need_title(handle, language);
    }

    /** The sentence to be shown wherever the model is shown. */
    public String notice(String language) {
        return Native.need_notice(handle, language);
    }

    /** The integer that score_num is over. */
    public long denominator() {
        return Native.need_denominator(handle, null);
    }

    public Table dimensions() {
        return new Table(Native.need_table(handle, Native.GOV_NEED_DIMENSIONS, null));
    }

    public Table indicators() {
        return new Table(Native.need_table(handle, Native.GOV_NEED_INDICATORS, null));
    }

    public Table inputs() {
        return new Table(Native.need_table(handle, Native.GOV_NEED_INPUTS, null));
    }

    public Table tiers() {
        return new Table(Native.need_table(handle, Native.GOV_NEED_TIERS, null));
    }

    /** One row a household, in the order given: score, score_high, coverage, tier, tier_high, status, masks. */
    public Table score(Table households, NeedOptions options) {
        return new Table(Native.need_score(handle, households.handle, options.threads, options.asOf, options.preset,
                options.params, options.depth ? 1 : 0, options.nanIsMissing ? 1 : 0, Table.handle(options.members),
                Run.handle(options.run)));
    }

    /** Why one household has its score. */
    public Explanation explain(Table households, long row, NeedOptions options) {
        return new Explanation(Native.need_explain(handle, households.handle, row, options.asOf, options.preset,
                options.params, options.depth ? 1 : 0, options.nanIsMissing ? 1 : 0, Table.handle(options.members)));
    }

    /** Entitled and not receiving: row, ids, tier, service, received ("no" or "unknown"). */
    public Table unmet(Table households, NeedOptions options) {
        return new Table(Native.need_unmet(handle, households.handle, options.threads, options.asOf, options.preset,
                options.params, options.depth ? 1 : 0, options.nanIsMissing ? 1 : 0, Table.handle(options.members),
                Run.handle(options.run)));
    }

    /** How many households keep their tier for all weights within ± delta ("1/10") of the model's, exactly. */
    public Table stability(Table households, NeedOptions options, String delta) {
        return new Table(Native.need_stability(handle, households.handle, options.threads, options.asOf, options.preset,
                options.params, options.depth ? 1 : 0, options.nanIsMissing ? 1 : 0, Table.handle(options.members),
                Run.handle(options.run), delta));
    }

    /** What changes for whom when this model gives way to another. */
    public Diff diff(NeedModel other, Table households, NeedOptions options) {
        return new Diff(Native.need_diff(handle, other.handle, households.handle, options.threads, options.asOf,
                options.preset, options.params, options.depth ? 1 : 0, options.nanIsMissing ? 1 : 0,
                Table.handle(options.members), Run.handle(options.run)));
    }

    /**
     * How many households and how much money, area by area, under the lines of now and of next. Unknown answers are
     * bounds, never zero. by, income and persons are columns (or null): areas, the income a head that a line tops up,
     * the number of heads.
     */
    public static Table budget(Lines now, Lines next, Table households, NeedOptions options, String by, String income,
            String persons) {
        return new Table(Native.need_budget(now.model.handle, now.texts(), next.model.handle, next.texts(),
                households.handle, options.threads, options.asOf, options.preset, options.params,
                options.depth ? 1 : 0, options.nanIsMissing ? 1 : 0, Table.handle(options.members),
                Run.handle(options.run), by, income, persons));
    }

    /** How tiers and the order of areas hold under other weights and cut-offs. */
    public Sensitivity sensitivity(Table households, NeedOptions scoring, SensitivityOptions options) {
        return new Sensitivity(Native.need_sensitivity(handle, households.handle, scoring.threads, scoring.asOf,
                scoring.preset, scoring.params, scoring.nanIsMissing ? 1 : 0, Table.handle(scoring.members),
                Run.handle(scoring.run), options.draws, options.seed, options.concentration, options.level,
                options.high ? 1 : 0, options.delta, options.by, options.weight, options.k));
    }

    /** Alkire-Foster measures of the households; see {@link Measures}. */
    public Measures measure(Table households, NeedOptions scoring, MeasureOptions options) {
        return new Measures(Native.need_measure(handle, households.handle, scoring.threads, scoring.asOf,
                scoring.preset, scoring.params, scoring.depth ? 1 : 0, scoring.nanIsMissing ? 1 : 0,
                Table.handle(scoring.members), Run.handle(scoring.run), options.missing.ordinal(),
                options.singleUnit.ordinal(), options.level, options.by, options.weight, options.strata, options.units,
                options.k));
    }

    /** Counts some of the households, for data on several machines; {@link #measureFinish} joins the counts. */
    public Table measurePart(Table households, NeedOptions scoring, MeasureOptions options) {
        return new Table(Native.need_measure_part(handle, households.handle, scoring.threads, scoring.asOf,
                scoring.preset, scoring.params, scoring.depth ? 1 : 0, scoring.nanIsMissing ? 1 : 0,
                Table.handle(scoring.members), Run.handle(scoring.run), options.missing.ordinal(),
                options.singleUnit.ordinal(), options.level, options.by, options.weight, options.strata, options.units,
                options.k));
    }

    /** The measures of all households, bit for bit, from the parts put one below the other; with the same options. */
    public Measures measureFinish(Table parts, String preset, MeasureOptions options) {
        return new Measures(Native.need_measure_finish(handle, parts.handle, preset, options.missing.ordinal(),
                options.singleUnit.ordinal(), options.level, options.by, options.weight, options.strata, options.units,
                options.k));
    }

    @Override
    public void close() {
        handle.close();
    }

    /** Two models on one table of households. */
    public static final class Diff implements AutoCloseable {
        private final NativeNeedDiff handle;

        private Diff(NativeNeedDiff handle) {
            this.handle = handle;
        }

        /** tier_from, tier_to, households. */
        public Table transitions() {
            return new Table(Native.diff_transitions(handle));
        }

        /** A row a household whose tier differs. */
        public Table movers() {
            return new Table(Native.diff_movers(handle));
        }

        /** What differs in the models: id, what, from, to. */
        public Table rules() {
            return new Table(Native.diff_rules(handle));
        }

        @Override
        public void close() {
            handle.close();
        }
    }

    /** Everything about one household's score. */
    public static final class Explanation implements AutoCloseable {
        private final NativeExplanation handle;

        private Explanation(NativeExplanation handle) {
            this.handle = handle;
        }

        /** One row an indicator: its state, the inputs read, the rule, its weight and contribution, its source. */
        public Table indicators() {
            return new Table(Native.explanation_lines(handle));
        }

        /** The fewest mutable indicators which, no longer deprived, lower the tier. */
        public Table counterfactual() {
            return new Table(Native.explanation_changes(handle));
        }

        /** What is missing, heaviest first. */
        public Table ask() {
            return new Table(Native.explanation_ask(handle));
        }

        /** The same for people, in "zh" or "en". */
        public String text(String language) {
            return Native.explanation_text(handle, language);
        }

        @Override
        public void close() {
            handle.close();
        }
    }
}
