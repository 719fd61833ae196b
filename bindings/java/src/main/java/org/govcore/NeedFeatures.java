package org.govcore;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * How the inputs of a need model follow from what is recorded of a household and its members: a file says where a store
 * has each value, and by which rules inputs follow. Immutable; threads may share it.
 */
public final class NeedFeatures implements AutoCloseable {
    private final NativeNeedFeatures handle;

    private NeedFeatures(NativeNeedFeatures handle) {
        this.handle = handle;
    }

    static NativeNeedFeatures handle(NeedFeatures features) {
        return features == null ? null : features.handle;
    }

    /** Fields of GB/T 31000 and proposed series of observations. */
    public static NeedFeatures builtin() {
        return new NeedFeatures(Native.features_builtin("gbt31000"));
    }

    /** A features file; a fault is a GovException with file, line and column. */
    public static NeedFeatures load(Path path) {
        return new NeedFeatures(Native.features_load(path.toString()));
    }

    public static NeedFeatures parse(String text) {
        return new NeedFeatures(Native.features_parse(text.getBytes(StandardCharsets.UTF_8), null));
    }

    public String id() {
        return Native.features_id(handle);
    }

    public String fingerprint() {
        return Native.features_fingerprint(handle);
    }

    /** What must be said wherever results are shown, in "zh" or "en". */
    public String notice(String language) {
        return Native.features_notice(handle, language);
    }

    /** One row a recorded value: of whom, and where a store has it. */
    public Table sources() {
        return new Table(Native.features_sources(handle));
    }

    /** One row a rule: id, of, rule, reads. */
    public Table rules() {
        return new Table(Native.features_rules(handle));
    }

    /** The features of every household; the day, params and members are those of the options. */
    public Table derive(Table households, NeedOptions options) {
        return new Table(Native.features_derive(handle, households.handle, Table.handle(options.members), options.asOf,
                options.params, options.nanIsMissing ? 1 : 0, Run.handle(options.run)));
    }

    @Override
    public void close() {
        handle.close();
    }
}
