package org.govcore;

/** One household of a store: what its score rests on, since when and from whom. */
public final class HouseholdExplanation implements AutoCloseable {
    private final NativeHouseholdExplanation handle;

    /** The tables of an explanation, in the order of the C library's numbers. */
    public enum Part {
        SCORE, INDICATORS, INPUTS, READINGS, ASK, COUNTERFACTUAL, FLIPS, SERVICES
    }

    HouseholdExplanation(NativeHouseholdExplanation handle) {
        this.handle = handle;
    }

    public Table table(Part part) {
        return new Table(Native.household_table(handle, part.ordinal()));
    }

    /** All of it for people, in "zh" or "en". */
    public String text(String language) {
        return Native.household_text(handle, language);
    }

    @Override
    public void close() {
        handle.close();
    }
}
