package org.govcore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
    @TempDir
    Path folder;

    private Path write(String text) throws Exception {
        return Files.write(folder.resolve("table.csv"), text.getBytes(StandardCharsets.UTF_8));
    }

    static Table sample() {
        try (Table.Builder builder = Table.builder()) {
            return builder.add("code", "0012", null, "𠮷野")
                    .add("count", new long[] {1, 2, Long.MIN_VALUE}, new boolean[] {true, false, true})
                    .add("share", 0.5, 1, -2.25)
                    .add("flag", new boolean[] {true, false, true}, null)
                    .addDates("day", new long[] {0, 18809, 0}, new boolean[] {true, true, false})
                    .build();
        }
    }

    @Test
    void columnsFromArraysReadBackEqual() {
        try (Table table = sample()) {
            assertEquals(3, table.rows());
            assertEquals(List.of("code", "count", "share", "flag", "day"), table.columnNames());
            assertEquals(ColumnType.UTF8, table.type("code"));
            assertEquals(ColumnType.DATE, table.type("day"));
            assertArrayEquals(new String[] {"0012", null, "𠮷野"}, table.texts("code"));
            assertArrayEquals(new long[] {1, 0, Long.MIN_VALUE}, table.longs("count"));
            assertArrayEquals(new double[] {0.5, 1, -2.25}, table.doubles("share"));
            assertArrayEquals(new long[] {1, 0, 1}, table.longs("flag"));
            assertArrayEquals(new long[] {0, 18809, 0}, table.longs("day"));
            assertArrayEquals(new boolean[] {true, false, true}, table.valid("count"));
            assertEquals(1, table.nullCount("day"));
        }
    }

    @Test
    void aBuilderServesTwice() {
        try (Table.Builder builder = Table.builder()) {
            try (Table first = builder.add("a", 1L).build(); Table second = builder.add("b", "x").build()) {
                assertEquals(List.of("a"), first.columnNames());
                assertEquals(List.of("b"), second.columnNames());
            }
        }
    }

    @Test
    void slicesAndSelectionsOutliveTheirTable() {
        Table table = sample();
        try (Table part = table.slice(1, 2); Table columns = table.select("share", "code")) {
            table.close();
            assertArrayEquals(new String[] {null, "𠮷野"}, part.texts("code"));
            assertEquals(List.of("share", "code"), columns.columnNames());
        }
    }

    @Test
    void csvRoundTrip() throws Exception {
        Path file = folder.resolve("out.csv");
        try (Table table = sample()) {
            table.writeCsv(file);
            assertEquals(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), table.toCsv());
        }
        CsvOptions options = CsvOptions.builder().type("code", ColumnType.UTF8).build();
        try (Table again = Table.readCsv(file, options)) {
            assertArrayEquals(new String[] {"0012", null, "𠮷野"}, again.texts("code"));
            assertEquals(ColumnType.DATE, again.type("day"));
        }
    }

    @Test
    void gb18030WithAnotherDelimiter() throws Exception {
        Path file = Files.write(folder.resolve("gb.csv"), "网格;户数\n桂林路;12\n".getBytes(Charset.forName("GB18030")));
        try (Table table = Table.readCsv(file, CsvOptions.builder().delimiter(';').build())) {
            assertArrayEquals(new String[] {"桂林路"}, table.texts("网格"));
            assertArrayEquals(new long[] {12}, table.longs("户数"));
        }
        GovException error = assertThrows(GovException.class,
                () -> Table.readCsv(file, CsvOptions.builder().encoding("utf-8").build()));
        assertEquals(GovException.Code.ENCODING, error.code());
    }

    @Test
    void jsonIsAnArrayOfRows() {
        try (Table table = Table.parseCsv("a,t\n1,中\n,\"\"\n")) {
            assertEquals("[{\"a\":1,\"t\":\"中\"},{\"a\":null,\"t\":\"\"}]", table.toJson().replaceAll("\\s", ""));
        }
    }

    @Test
    void aBadCellHasItsPlace() throws Exception {
        Path file = write("code,cases\na,1\nb,many\n");
        CsvOptions options = CsvOptions.builder().type("cases", ColumnType.INT64).build();
        GovException error = assertThrows(GovException.class, () -> Table.readCsv(file, options));
        assertEquals(file.toString(), error.file());
        assertEquals(3, error.line().getAsLong());
        assertEquals(3, error.column().getAsLong());
        assertEquals(1, error.row().getAsLong());
        assertEquals("cases", error.name());
        assertTrue(error.toString().contains("line 3, column 3, row 1, 'cases'"), error.toString());
    }

    @Test
    void whatDoesNotApplyIsEmpty() {
        try (Table table = sample()) {
            GovException error = assertThrows(GovException.class, () -> table.doubles("没有"));
            assertEquals(GovException.Code.UNKNOWN_NAME, error.code());
            assertEquals("没有", error.name());
            assertFalse(error.row().isPresent() || error.line().isPresent() || error.column().isPresent());
            assertEquals("", error.file());
        }
    }

    @Test
    void columnsOfAnotherKindAreRefused() {
        try (Table table = sample()) {
            assertEquals(GovException.Code.TYPE,
                    assertThrows(GovException.class, () -> table.doubles("code")).code());
            assertThrows(IllegalArgumentException.class, () -> table.texts("share"));
        }
    }

    @Test
    void unequalColumnsAreRefused() {
        try (Table.Builder builder = Table.builder()) {
            builder.add("a", 1L, 2L).add("b", 1L);
            assertEquals(GovException.Code.ARGUMENT, assertThrows(GovException.class, builder::build).code());
            assertThrows(GovException.class, () -> builder.add("c", new double[2], new boolean[3]));
        }
    }

    @Test
    void aFileThatIsNotThere() {
        GovException error = assertThrows(GovException.class, () -> Table.readCsv(folder.resolve("nothing.csv")));
        assertEquals(GovException.Code.IO, error.code());
    }

    @Test
    void badArgumentsAreRefusedBeforeTheyReachTheLibrary() {
        assertThrows(IllegalArgumentException.class, () -> Table.ofArrowStream(0));
        try (Table table = sample()) {
            assertThrows(IllegalArgumentException.class, () -> table.exportArrowStream(0));
            assertThrows(IllegalArgumentException.class, () -> table.doubles("a\0b"));
            assertThrows(GovException.class, () -> table.slice(2, 5));
            assertThrows(GovException.class, () -> table.select("code", null));
        }
        assertThrows(IllegalArgumentException.class, () -> CsvOptions.builder().delimiter('，'));
    }

    @Test
    void aTableTravelsAsAnArrowStream() {
        long stream = ArrowStreams.allocate();
        try (Table table = sample()) {
            table.exportArrowStream(stream);
        }
        // The table is closed; the stream keeps what it needs.
        try (Table again = Table.ofArrowStream(stream)) {
            assertArrayEquals(new String[] {"0012", null, "𠮷野"}, again.texts("code"));
            assertArrayEquals(new boolean[] {true, false, true}, again.valid("count"));
            assertEquals(ColumnType.DATE, again.type("day"));
        }
        // It is consumed.
        assertThrows(GovException.class, () -> Table.ofArrowStream(stream));
        ArrowStreams.free(stream);
    }

    @Test
    void aCancelledRunStopsTheCall() throws Exception {
        Path file = write("a,b\n" + "1,2\n".repeat(1000));
        try (Run run = new Run()) {
            run.cancel();
            assertTrue(run.isCancelled());
            GovException error = assertThrows(GovException.class,
                    () -> Table.readCsv(file, CsvOptions.builder().run(run).build()));
            assertEquals(GovException.Code.CANCELLED, error.code());
        }
    }

    @Test
    void progressIsToldFromAnotherThread() throws Exception {
        Path file = write("a,b\n" + "1,2\n".repeat(300_000));
        try (Run run = new Run()) {
            long[] last = {-1};
            Thread watcher = new Thread(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    long done = run.done();
                    if (done < last[0]) {
                        last[0] = Long.MAX_VALUE;
                    } else {
                        last[0] = done;
                    }
                    Thread.onSpinWait();
                }
            });
            watcher.start();
            Table.readCsv(file, CsvOptions.builder().run(run).build()).close();
            watcher.interrupt();
            watcher.join();
            assertTrue(last[0] >= 0 && last[0] < Long.MAX_VALUE);
            assertTrue(run.done() > 0);
        }
    }

    @Test
    void anAbsentTextIsNull() {
        assertNull(Utf8.text(null));
        assertNull(Utf8.bytes((String) null));
    }
}
