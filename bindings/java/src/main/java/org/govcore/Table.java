package org.govcore;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An immutable table of typed columns. Many threads may read it. Close it when it is done with; results made from it
 * stay valid.
 */
public final class Table implements AutoCloseable {
    final NativeTable handle;

    Table(NativeTable handle) {
        this.handle = handle;
    }

    static NativeTable handle(Table table) {
        return table == null ? null : table.handle;
    }

    // --- Where it comes from ---

    public static Table readCsv(Path path) {
        return readCsv(path, CsvOptions.builder().build());
    }

    /** Reads a file whose first line names the columns. Digits with a leading zero stay text, so that codes survive. */
    public static Table readCsv(Path path, CsvOptions options) {
        return new Table(Native.table_read_csv(path.toString(), options.encoding, options.delimiter, options.types,
                Run.handle(options.run)));
    }

    public static Table parseCsv(String text) {
        return new Table(Native.table_parse_csv(text.getBytes(StandardCharsets.UTF_8), null, "utf-8", ',', null));
    }

    /** Moves the stream behind the address of an {@code ArrowArrayStream} into a table. */
    public static Table ofArrowStream(long address) {
        requireAddress(address);
        return new Table(Native.table_import_arrow(address, null));
    }

    /** For small callers: columns from Java arrays. */
    public static Builder builder() {
        return new Builder();
    }

    // --- What it holds ---

    public long rows() {
        return Native.table_rows(handle);
    }

    public List<String> columnNames() {
        List<String> names = new ArrayList<>();
        for (long i = 0; i < Native.table_columns(handle); i++) {
            names.add(Native.table_name(handle, i));
        }
        return names;
    }

    public ColumnType type(String column) {
        return ColumnType.values()[Native.table_type(handle, find(column))];
    }

    public long nullCount(String column) {
        return Native.table_null_count(handle, find(column));
    }

    /** True where a value is present. */
    public boolean[] valid(String column) {
        byte[] bytes = new byte[size()];
        Native.table_copy_valid(handle, find(column), 0, bytes);
        return Flags.flags(bytes);
    }

    /** Numbers and booleans (0 or 1); the value at a missing place is 0: see {@link #valid}. */
    public double[] doubles(String column) {
        double[] values = new double[size()];
        Native.table_copy_doubles(handle, find(column), 0, values, new byte[values.length]);
        return values;
    }

    /** Integers, booleans, dates (days since 1970-01-01) and timestamps (units); 0 at a missing place. */
    public long[] longs(String column) {
        long[] values = new long[size()];
        Native.table_copy_int64s(handle, find(column), 0, values, new byte[values.length]);
        return values;
    }

    /** Texts; null at a missing place. */
    public String[] texts(String column) {
        long index = find(column);
        int rows = size();
        byte[] valid = new byte[rows];
        long[] offsets = new long[rows + 1];
        if (type(column) != ColumnType.UTF8) {
            throw new IllegalArgumentException("column " + column + " is " + type(column) + ", not UTF8");
        }
        byte[] bytes = new byte[Math.toIntExact(Native.table_text_size(handle, index, 0, rows))];
        Native.table_copy_texts(handle, index, 0, bytes, offsets);
        Native.table_copy_valid(handle, index, 0, valid);
        String[] texts = new String[rows];
        for (int i = 0; i < rows; i++) {
            if (valid[i] != 0) {
                int from = (int) offsets[i];
                texts[i] = new String(bytes, from, (int) offsets[i + 1] - from, StandardCharsets.UTF_8);
            }
        }
        return texts;
    }

    /** Rows [first, first + count), sharing memory. */
    public Table slice(long first, long count) {
        return new Table(Native.table_slice(handle, first, count));
    }

    /** The named columns, in the order given, sharing memory. */
    public Table select(String... columns) {
        return new Table(Native.table_select(handle, columns));
    }

    // --- Where it goes ---

    /** Fills the {@code ArrowArrayStream} at the address, which its consumer releases; the table may be closed before. */
    public void exportArrowStream(long address) {
        requireAddress(address);
        Native.table_export_arrow(handle, 0, address);
    }

    public String toCsv() {
        return Native.table_format_csv(handle);
    }

    /** Writes UTF-8, whole or not at all. */
    public void writeCsv(Path path) {
        Native.table_write_csv(handle, path.toString());
    }

    /** An array of one object a row. */
    public String toJson() {
        return Native.table_format_json(handle);
    }

    @Override
    public void close() {
        handle.close();
    }

    private static void requireAddress(long address) {
        if (address == 0) {
            throw new IllegalArgumentException("the address of an ArrowArrayStream must not be 0");
        }
    }

    private int size() {
        return Math.toIntExact(rows());
    }

    private long find(String column) {
        return Native.table_find(handle, column);
    }

    /** Gathers columns of one length. */
    public static final class Builder implements AutoCloseable {
        private final NativeTableBuilder handle = Native.builder_new();
        private int columns;

        private Builder() {
        }

        public Builder add(String name, double... values) {
            return add(name, values, null);
        }

        /** {@code valid} is null, or true where a value is present. */
        public Builder add(String name, double[] values, boolean[] valid) {
            Native.builder_doubles(handle, name, values, Flags.bytes(valid));
            columns++;
            return this;
        }

        public Builder add(String name, long... values) {
            return add(name, values, null);
        }

        public Builder add(String name, long[] values, boolean[] valid) {
            Native.builder_int64s(handle, name, values, Flags.bytes(valid));
            columns++;
            return this;
        }

        public Builder add(String name, boolean[] values, boolean[] valid) {
            Native.builder_raw(handle, name, ColumnType.BOOL.ordinal(), Flags.bytes(values), Flags.bytes(valid));
            columns++;
            return this;
        }

        /** Days since 1970-01-01, as {@code LocalDate.toEpochDay()} gives them. */
        public Builder addDates(String name, long[] days, boolean[] valid) {
            Native.builder_timed(handle, columns, name, ColumnType.DATE.ordinal(), null, days, Flags.bytes(valid));
            columns++;
            return this;
        }

        /** Texts; null is a missing value. */
        public Builder add(String name, String... values) {
            java.io.ByteArrayOutputStream text = new java.io.ByteArrayOutputStream();
            long[] offsets = new long[values.length + 1];
            byte[] valid = new byte[values.length];
            for (int i = 0; i < values.length; i++) {
                if (values[i] != null) {
                    text.writeBytes(values[i].getBytes(StandardCharsets.UTF_8));
                    valid[i] = 1;
                }
                offsets[i + 1] = text.size();
            }
            Native.builder_texts(handle, columns, name, text.toByteArray(), offsets, valid);
            columns++;
            return this;
        }

        /** The table; the builder is then empty and may be used again. */
        public Table build() {
            Table table = new Table(Native.builder_finish(handle));
            columns = 0;
            return table;
        }

        @Override
        public void close() {
            handle.close();
        }
    }
}
