package org.govcore;

/** What an import did: rows = added + changed + unchanged + rejected. */
public final class ImportReport implements AutoCloseable {
    private final long rows;
    private final long added;
    private final long changed;
    private final long unchanged;
    private final long rejected;
    private final long ended;
    private final long placed;
    private final long unplaced;
    private final long misplaced;
    private final long conflicts;
    private final String digest;
    private final Table issues;

    ImportReport(NativeImportResult result, Table issues) {
        rows = result.getRows();
        added = result.getAdded();
        changed = result.getChanged();
        unchanged = result.getUnchanged();
        rejected = result.getRejected();
        ended = result.getEnded();
        placed = result.getPlaced();
        unplaced = result.getUnplaced();
        misplaced = result.getMisplaced();
        conflicts = result.getConflicts();
        digest = result.getDigest();
        this.issues = issues;
    }

    public long rows() {
        return rows;
    }

    public long added() {
        return added;
    }

    public long changed() {
        return changed;
    }

    public long unchanged() {
        return unchanged;
    }

    public long rejected() {
        return rejected;
    }

    /** Records that a complete import did not name. */
    public long ended() {
        return ended;
    }

    /** Rows that were given a grid. */
    public long placed() {
        return placed;
    }

    /** Rows recorded without a grid; each is a row of {@link #issues}. */
    public long unplaced() {
        return unplaced;
    }

    /** Rows that name another grid than the one they lie in; each is a row of {@link #issues}. */
    public long misplaced() {
        return misplaced;
    }

    /** Cells that another source contradicts; each is a row of the issues, and the rows go in. */
    public long conflicts() {
        return conflicts;
    }

    /** Equal for a dry run and its commit. */
    public String digest() {
        return digest;
    }

    /** One row a wrong cell, and for what was noted: line, row, column, code, reason_zh, reason_en, expected, value. */
    public Table issues() {
        return issues;
    }

    /**
     * The issues by cause, the most frequent first: column, code, reason_zh, reason_en, cells, rejected, first_line,
     * first_row. The cells add up to the issues, the rejected to {@link #rejected()}.
     */
    public Table causes() {
        return new Table(Native.import_causes(issues.handle));
    }

    @Override
    public void close() {
        issues.close();
    }
}
