package org.govcore;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/**
 * Identifiers and code sets, masks and pseudonyms. A code that is refused is a {@link GovException} with the position of
 * the character in question; no message repeats the code, which may be personal.
 */
public final class Codes {
    private Codes() {
    }

    /** The kinds of code that {@link #check} reads, in the order of the C library's numbers. */
    public enum Kind {
        CITIZEN_ID, CREDIT_CODE, DIVISION, GRID_CODE, COMPONENT_CODE, EVENT_CLASS
    }

    /** How a grid code is read, in the order of the C library's numbers. */
    public enum GridProfile {
        COMMUNITY12, CELL15, CJT349_20
    }

    /** GB 11643-1999. */
    public static final class CitizenId {
        private final String text;
        private final String division;
        private final LocalDate birth;
        private final int sex;

        private CitizenId(NativeCitizenId id) {
            text = id.getText();
            division = id.getDivision();
            birth = LocalDate.ofEpochDay(id.getBirth());
            sex = id.getSex();
        }

        public String text() {
            return text;
        }

        public String division() {
            return division;
        }

        public LocalDate birth() {
            return birth;
        }

        /** GB/T 2261.1: 1 male, 2 female. */
        public int sex() {
            return sex;
        }
    }

    /** GB 32100-2015. */
    public static final class CreditCode {
        private final String text;
        private final String authority;
        private final String type;
        private final String division;
        private final String organisation;

        private CreditCode(NativeCreditCode code) {
            text = code.getText();
            authority = code.getAuthority();
            type = code.getType();
            division = code.getDivision();
            organisation = code.getOrganisation();
        }

        public String text() {
            return text;
        }

        public String authority() {
            return authority;
        }

        public String type() {
            return type;
        }

        public String division() {
            return division;
        }

        public String organisation() {
            return organisation;
        }
    }

    /** A division by GB/T 2260 and the statistical codes. */
    public static final class Division {
        private final String code;
        private final String full;
        private final String parent;
        private final int level;

        private Division(NativeDivision division) {
            code = division.getCode();
            full = division.getFull();
            parent = division.getParent();
            level = division.getLevel();
        }

        public String code() {
            return code;
        }

        /** 12 digits. */
        public String full() {
            return full;
        }

        /** The next higher division; empty for a province. */
        public String parent() {
            return parent;
        }

        /** 1 province, 2 prefecture, 3 county, 4 street, 5 community. */
        public int level() {
            return level;
        }
    }

    public static CitizenId citizenId(String text) {
        try (NativeCitizenId id = new NativeCitizenId()) {
            Native.code_citizen_id(text, 0, 0, null, null, id);
            return new CitizenId(id);
        }
    }

    public static CreditCode creditCode(String text) {
        try (NativeCreditCode code = new NativeCreditCode()) {
            Native.code_credit_code(text, 0, 0, code);
            return new CreditCode(code);
        }
    }

    public static Division division(String text) {
        try (NativeDivision division = new NativeDivision()) {
            Native.code_division(text, division);
            return new Division(division);
        }
    }

    /** The 12 or 9 digits of the division that the grid lies in. */
    public static String gridParent(String text, GridProfile profile) {
        try (NativeGridCode code = new NativeGridCode()) {
            Native.code_grid_code(text, profile.ordinal() + 1, 0, code);
            return code.getParent();
        }
    }

    /** Judges a whole column: row, valid, reason, position, message_zh, message_en. */
    public static Table check(Table table, String column, Kind kind, boolean refusedOnly) {
        return new Table(Native.code_check(table.handle, column, kind.ordinal() + 1, 0, refusedOnly ? 1 : 0, 0, 0, 0, 0,
                null, null));
    }

    /** The code of a new management cell: a community (12 digits) and a sequence of 1 to 999. */
    public static String cell(String community, long sequence) {
        try (NativeGridCode code = new NativeGridCode()) {
            Native.code_grid_code_make(GridProfile.CELL15.ordinal() + 1, 0, null, community, sequence, code);
            return code.getText();
        }
    }

    /**
     * Counts by two keys, for publishing with their totals: row, column, count (missing: hidden), why. Counts under the
     * threshold (0: 5) are hidden, and as many others as are needed so that none can be computed; a missing key is a
     * total; column null: one column.
     */
    public static Table suppress(Table table, String row, String column, String count, long threshold) {
        return new Table(Native.code_suppress(table.handle, row, column, count, threshold, null));
    }

    /** For each row, how many rows share its values of the columns: class, size and, unless sensitive is null, distinct. */
    public static Table anonymity(Table table, String sensitive, String... columns) {
        return new Table(Native.code_anonymity(table.handle, columns, sensitive));
    }

    /** The items of a code set: set, code, zh, en, source, certainty. */
    public static Table items(String set) {
        return new Table(Native.code_items(set));
    }

    /** The code sets: set, title_zh, title_en, source, items. */
    public static Table sets() {
        return new Table(Native.code_sets());
    }

    /** A text with part of it hidden. Kinds: citizen_id, phone, name, address, birth, account, plate, text. */
    public static String mask(String kind, String text) {
        byte[] out = new byte[4 * text.length() + 64];
        int size = (int) Native.code_mask(kind, text, 0, 0, 0, 0, out);
        return new String(out, 0, size, StandardCharsets.UTF_8);
    }

    /** A keyed code in place of an identifier (HMAC-SHA-256); the key has 32 bytes or more and stays with the caller. */
    public static String pseudonym(byte[] key, String domain, String text) {
        try (NativePseudonym pseudonym = Native.pseudonym_new(key, domain, 0, 0, 0)) {
            byte[] out = new byte[65];
            int size = (int) Native.pseudonym_make(pseudonym, text, out);
            return new String(out, 0, size, StandardCharsets.US_ASCII);
        }
    }
}
