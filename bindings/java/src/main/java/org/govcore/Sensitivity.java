package org.govcore;

/** What weights and cut-offs do to tiers and orders, over seeded draws of weights about the model's. */
public final class Sensitivity implements AutoCloseable {
    private final NativeSensitivity handle;

    Sensitivity(NativeSensitivity handle) {
        this.handle = handle;
    }

    /** A row a tier, all households first: the share that keeps its tier, rises and falls. */
    public Table tiers() {
        return new Table(Native.sensitivity_tiers(handle));
    }

    /** A row for each area and cut-off, the total first: H and M0 with intervals, and the rank by M0. */
    public Table groups() {
        return new Table(Native.sensitivity_groups(handle));
    }

    /** Kendall's tau-b of households, of areas and between cut-offs, and pairs in one order at every cut-off. */
    public Table agreement() {
        return new Table(Native.sensitivity_agreement(handle));
    }

    /** A row for each indicator and cut-off: who changes tier when its weight is moved, elasticities of H and M0. */
    public Table indicators() {
        return new Table(Native.sensitivity_indicators(handle));
    }

    /** H, A and M0 of every area at every cut-off there is. */
    public Table cutoffs() {
        return new Table(Native.sensitivity_cutoffs(handle));
    }

    @Override
    public void close() {
        handle.close();
    }
}
