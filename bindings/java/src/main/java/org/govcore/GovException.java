package org.govcore;

import java.util.OptionalLong;

/** What went wrong in the library, and where. */
public final class GovException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The statuses of the C library ({@code GOV_E_RANGE} is {@code RANGE}), in the order of their numbers. */
    public enum Code {
        OK, MEMORY, ARGUMENT, TYPE, RANGE, FORMAT, ENCODING, UNKNOWN_NAME, DUPLICATE, REFERENCE, CHECK_DIGIT, MISSING,
        IO, STORE, CORRUPT, VERSION, CANCELLED, SCOPE, CONFLICT, LIMIT, UNSUPPORTED, NO_DATA, INTERNAL
    }

    private final Code code;
    private final long row;
    private final long line;
    private final long column;
    private final long extended;
    private final String name;
    private final String file;

    /** Called by the native library. */
    GovException(int code, byte[] message, long row, long line, long column, long extended, byte[] name, byte[] file) {
        super(Utf8.text(message));
        this.code = code >= 0 && code < Code.values().length ? Code.values()[code] : Code.INTERNAL;
        this.row = row;
        this.line = line;
        this.column = column;
        this.extended = extended;
        this.name = Utf8.text(name);
        this.file = Utf8.text(file);
    }

    public Code code() {
        return code;
    }

    /** The row of the table, from 0. */
    public OptionalLong row() {
        return row < 0 ? OptionalLong.empty() : OptionalLong.of(row);
    }

    /** The line of the file, from 1. */
    public OptionalLong line() {
        return line == 0 ? OptionalLong.empty() : OptionalLong.of(line);
    }

    /** The character in that line, from 1. */
    public OptionalLong column() {
        return column == 0 ? OptionalLong.empty() : OptionalLong.of(column);
    }

    /** SQLite's extended result code, or the system's error number; 0 if neither applies. */
    public long extended() {
        return extended;
    }

    /** The column, key, field or code in question; empty if none. */
    public String name() {
        return name;
    }

    /** The file in question; empty if none. */
    public String file() {
        return file;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("GovException ").append(code).append(": ").append(getMessage());
        if (!file.isEmpty()) {
            text.append(", file ").append(file);
        }
        line().ifPresent(value -> text.append(", line ").append(value));
        column().ifPresent(value -> text.append(", column ").append(value));
        row().ifPresent(value -> text.append(", row ").append(value));
        if (!name.isEmpty()) {
            text.append(", '").append(name).append('\'');
        }
        return text.toString();
    }
}
