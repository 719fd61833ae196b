package org.govcore;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** The answer to a query in batches, of one moment whatever is written meanwhile. Each batch is the caller's to close. */
public final class Batches implements Iterator<Table>, AutoCloseable {
    private final NativeReader handle;
    private final long rows;
    private Table ahead;

    Batches(NativeReader handle, long rows) {
        this.handle = handle;
        this.rows = rows;
    }

    @Override
    public boolean hasNext() {
        if (ahead == null) {
            ahead = new Table(Native.reader_next(handle, rows));
        }
        return ahead.rows() > 0;
    }

    @Override
    public Table next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Table batch = ahead;
        ahead = null;
        return batch;
    }

    /** Also closes the batch that was read ahead. */
    @Override
    public void close() {
        if (ahead != null) {
            ahead.close();
        }
        handle.close();
    }
}
