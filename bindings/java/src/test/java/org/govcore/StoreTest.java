package org.govcore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    private static final String GRIDS = "code,name,level,parent\n31,上海市,province,\n3101,市辖区,prefecture,31\n"
            + "310104,徐汇区,district,3101\n310104003,天平路街道,street,310104\n310104004,湖南路街道,street,310104\n";
    private static final String HOUSEHOLDS = "id,grid,members,phone\nh1,310104003,1,13812345678\nh2,310104003,3,\n"
            + "h3,310104004,,13987654321\n";

    @TempDir
    Path folder;

    private Store open() {
        return Store.builder(folder.resolve("district.gov"), "li").create(true).fields(Store.Fields.SENSITIVE).open();
    }

    private static ImportReport add(Store store, String kind, String csv, String day, boolean dryRun) {
        ImportOptions.Builder options = ImportOptions.builder().dryRun(dryRun);
        // Codes of two and four digits would be read as numbers.
        try (Table.Builder builder = Table.builder(); Table table = texts(builder, csv)) {
            return store.importTable(kind, table, options.asOf(LocalDate.parse(day)).build());
        }
    }

    static Table texts(Table.Builder builder, String csv) {
        String[] lines = csv.split("\n");
        String[] names = lines[0].split(",");
        for (int i = 0; i < names.length; i++) {
            String[] values = new String[lines.length - 1];
            for (int row = 1; row < lines.length; row++) {
                String value = lines[row].split(",", -1)[i];
                values[row - 1] = value.isEmpty() ? null : value;
            }
            builder.add(names[i], values);
        }
        return builder.build();
    }

    @Test
    void importQueryCountFindHistoryVerify() throws Exception {
        try (Store store = open();
                ImportReport grids = add(store, "grid", GRIDS, "2020-01-01", false);
                ImportReport dry = add(store, "household", HOUSEHOLDS, "2020-01-01", true);
                ImportReport wet = add(store, "household", HOUSEHOLDS, "2020-01-01", false)) {
            assertEquals(5, grids.added());
            assertEquals(3, wet.rows());
            assertEquals(dry.digest(), wet.digest());
            assertEquals(0, wet.issues().rows());
            QueryOptions street = QueryOptions.builder().grid("310104003").columns("id", "members").build();
            try (Table found = store.query("household", street);
                    Table many = store.query("household", QueryOptions.builder().where("members >= ?1", "3").build());
                    Table counted = store.count("household", "street", QueryOptions.builder().build());
                    Table asked = store.sql("select count(*) as n from household where grid = ?1", "310104004");
                    Table versions = store.history("household", "h1");
                    Table fields = store.fields("household")) {
                assertArrayEquals(new String[] {"h1", "h2"}, found.texts("id"));
                assertArrayEquals(new String[] {"h2"}, many.texts("id"));
                assertArrayEquals(new long[] {2, 1}, counted.longs("total"));
                assertArrayEquals(new long[] {1}, asked.longs("n"));
                assertEquals(1, versions.rows());
                assertFalse(fields.texts("name").length == 0);
            }
            assertEquals(64, store.verify().length());
        }
    }

    @Test
    void wrongRowsAreReportedAndTheOthersGoIn() throws Exception {
        Path file = Files.writeString(folder.resolve("h.csv"), "id,grid\nh1,310104003\nh2,999999999\n");
        try (Store store = open(); ImportReport grids = add(store, "grid", GRIDS, "2020-01-01", false);
                ImportReport report = store.importCsv("household", file, ImportOptions.builder().build())) {
            assertEquals(1, report.added());
            assertEquals(1, report.rejected());
            assertArrayEquals(new String[] {"GOV_E_REFERENCE"}, report.issues().texts("code"));
            assertArrayEquals(new long[] {3}, report.issues().longs("line"));
            try (Table causes = report.causes()) {
                assertArrayEquals(new String[] {"grid"}, causes.texts("column"));
                assertArrayEquals(new long[] {1}, causes.longs("rejected"));
            }
        }
    }

    @Test
    void anImportIsToldOfAndCancelled() throws Exception {
        StringBuilder text = new StringBuilder("id,grid\n");
        for (int i = 0; i < 20_000; i++) {
            text.append('h').append(i).append(",310104003\n");
        }
        Path file = Files.writeString(folder.resolve("h.csv"), text);
        try (Store store = open(); ImportReport grids = add(store, "grid", GRIDS, "2020-01-01", false);
                Run cancelled = new Run(); Run run = new Run()) {
            cancelled.cancel();
            assertEquals(GovException.Code.CANCELLED, assertThrows(GovException.class,
                    () -> store.importCsv("household", file, ImportOptions.builder().run(cancelled).build())).code());
            try (Table none = store.query("household")) {
                assertEquals(0, none.rows());
            }
            store.importCsv("household", file, ImportOptions.builder().run(run).build()).close();
            assertEquals(20_000, run.done());
            QueryOptions some = QueryOptions.builder().where("id like ?1", "h1%").build();
            long rows = 0;
            try (Batches batches = store.read("household", some, 1000)) {
                while (batches.hasNext()) {
                    try (Table batch = batches.next()) {
                        rows += batch.rows();
                    }
                }
            }
            assertEquals(11_111, rows);
        }
    }

    @Test
    void everyReadMayAskForAnotherDay() {
        try (Store store = open(); ImportReport grids = add(store, "grid", GRIDS, "2020-01-01", false);
                ImportReport households = add(store, "household", HOUSEHOLDS, "2022-01-01", false)) {
            QueryOptions before = QueryOptions.builder().asOf(LocalDate.of(2021, 1, 1)).build();
            try (Table asked = store.sql("select count(*) as n from household", before);
                    Table quality = store.quality("household", before); Table now = store.quality("household");
                    Table none = store.find("household_no", "1", before)) {
                assertArrayEquals(new long[] {0}, asked.longs("n"));
                assertEquals(0, quality.rows());
                assertEquals(3, now.longs("records")[0]);
                assertEquals(0, none.rows());
            }
        }
    }

    private static ImportReport say(Store store, String source, String csv) {
        try (Table.Builder builder = Table.builder(); Table table = texts(builder, csv)) {
            return store.importTable("household", table, ImportOptions.builder().source(source).build());
        }
    }

    @Test
    void sourcesThatDisagreeAreKeptAndDecidedByTheirOrder() {
        try (Store store = open(); ImportReport grids = add(store, "grid", GRIDS, "2020-01-01", false)) {
            store.rankSource("police", "household", null, 1, "register");
            say(store, "police", "id,grid,members\nh1,310104003,3\n").close();
            try (ImportReport report = say(store, "civil", "id,grid,members\nh1,310104003,4\n");
                    Table found = store.conflicts("household", QueryOptions.builder().build());
                    Table answer = store.query("household")) {
                assertEquals(1, report.conflicts());
                assertEquals(0, report.rejected());
                assertArrayEquals(new String[] {"police", "civil"}, found.texts("source"));
                assertArrayEquals(new String[] {"rank", "rank"}, found.texts("why"));
                assertArrayEquals(new long[] {3}, answer.longs("members"));
            }
        }
    }

    @Test
    void theLastReadingAndWindowsOfASeries() {
        String readings = "subject_kind,subject,variable,time,source,value\n"
                + "household,h1,water,2024-05-01T08:00:00,meter,1.5\nhousehold,h1,water,2024-05-01T09:00:00,meter,2.5\n";
        try (Store store = Store.builder(folder.resolve("readings.gov"), "li").create(true).fields(Store.Fields.SENSITIVE)
                .open(); ImportReport grids = add(store, "grid", GRIDS, "2020-01-01", false);
                ImportReport households = add(store, "household", HOUSEHOLDS, "2020-01-01", false);
                ImportReport observations = add(store, "observation", readings, "2020-01-01", false);
                Table last = store.lastReadings(null, "2024-05-31");
                Table day = store.windows(null, 86400, "2024-05-01")) {
            assertArrayEquals(new double[] {2.5}, last.doubles("value"), 0.0);
            assertArrayEquals(new long[] {2}, day.longs("count"));
            assertArrayEquals(new double[] {4.0}, day.doubles("sum"), 0.0);
        }
    }

    @Test
    void scopeHidesWhatIsOutside() {
        try (Store store = open(); ImportReport grids = add(store, "grid", GRIDS, "2020-01-01", false);
                ImportReport households = add(store, "household", HOUSEHOLDS, "2020-01-01", false)) {
            try (Store street = Store.builder(folder.resolve("district.gov"), "wang").scope("310104004").readOnly(true)
                    .open(); Table seen = street.query("household")) {
                assertArrayEquals(new String[] {"h3"}, seen.texts("id"));
                assertFalse(seen.toJson().contains("13987654321"));
            }
        }
    }

    @Test
    void aSplitConservesWhatWasCountedBeforeItAndCanBeUndone() {
        try (Store store = open(); ImportReport grids = add(store, "grid", GRIDS, "2020-01-01", false);
                Table.Builder builder = Table.builder();
                Table parts = builder.add("from_grid", "310104004", "310104004")
                        .add("to_grid", "310104005", "310104006").add("share", 0.25, 0.75).add("name", "甲街道", "乙街道")
                        .add("level", "street", "street").build();
                Table figures = builder.add("grid", "310104004").add("value", 100.0).build()) {
            long act = store.reorganise(parts, LocalDate.of(2022, 1, 1), "split");
            QueryOptions later = QueryOptions.builder().asOf(LocalDate.of(2022, 6, 1)).build();
            try (Table rolled = store.rollup(figures, LocalDate.of(2021, 6, 1), "street", later); Table acts = store.acts()) {
                assertEquals(100, java.util.Arrays.stream(rolled.doubles("own")).sum());
                assertEquals(true, java.util.Arrays.stream(acts.longs("act")).anyMatch(a -> a == act));
            }
            store.undo(act, "mistaken");
            try (Table tree = store.query("grid", later)) {
                assertFalse(java.util.Arrays.asList(tree.texts("code")).contains("310104005"));
            }
        }
    }

    @Test
    void whatIsNoStoreIsLeftAsItIs() throws Exception {
        Path file = Files.writeString(folder.resolve("text.gov"), "this is no store\n".repeat(500));
        String before = Files.readString(file);
        GovException error = assertThrows(GovException.class, () -> Store.builder(file, "li").create(true).open());
        assertEquals(GovException.Code.CORRUPT, error.code());
        assertEquals(before, Files.readString(file));
        assertEquals(GovException.Code.IO,
                assertThrows(GovException.class, () -> Store.builder(folder.resolve("none"), "li").open()).code());
    }

    @Test
    void tablesOutliveTheStoreAndAClosedStoreIsRefused() {
        Store store = open();
        add(store, "grid", GRIDS, "2020-01-01", false).close();
        Table grids = store.query("grid");
        store.close();
        store.close();
        assertEquals(5, grids.rows());
        grids.close();
        assertThrows(IllegalStateException.class, () -> store.query("grid"));
        assertThrows(IllegalStateException.class, store::verify);
    }

    @Test
    void questionsThatCannotBeAnswered() {
        try (Store store = open()) {
            assertEquals(GovException.Code.UNKNOWN_NAME,
                    assertThrows(GovException.class, () -> store.query("nothing")).code());
            assertThrows(GovException.class, () -> store.sql("drop table household"));
            assertThrows(GovException.class,
                    () -> store.query("grid", QueryOptions.builder().where("name = ").build()));
        }
    }

    @Test
    void geoJsonBringsBoundariesAndPlacesWhatNamesNoGrid() throws Exception {
        Path file = folder.resolve("grids.geojson");
        Files.writeString(file, "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":"
                + "{\"code\":\"310104003\",\"name\":\"a\",\"level\":\"street\",\"parent\":\"310104\"},\"geometry\":"
                + "{\"type\":\"Polygon\",\"coordinates\":[[[121,31],[122,31],[122,32],[121,32],[121,31]]]}}]}");
        String things = "id,lon,lat\nin,121.5,31.5\nout,120,31\n";
        ImportOptions placed = ImportOptions.builder().place("street").datum("cgcs2000").build();
        try (Store store = open();
                ImportReport grids = add(store, "grid", GRIDS, "2020-01-01", false);
                ImportReport bounds = store.importGeoJson("grid", file, ImportOptions.builder().build());
                Table.Builder builder = Table.builder();
                Table table = texts(builder, things);
                ImportReport report = store.importTable("thing", table, placed);
                Table own = store.count("thing", "street", QueryOptions.builder().build());
                Table other = store.count("thing", "street", QueryOptions.builder().tree("placed_in").build())) {
            assertEquals(5, grids.added());
            assertEquals(1, bounds.changed());
            assertEquals(1, report.placed());
            assertEquals(1, report.unplaced());
            assertEquals(0, report.misplaced());
            assertArrayEquals(new long[] {1, 0, 1}, own.longs("total"));
            assertArrayEquals(new long[] {0, 0, 2}, other.longs("total"));
            try (Table faults = store.cover("street", "thing", QueryOptions.builder().build());
                    Table touching = store.neighbours("street", QueryOptions.builder().build())) {
                assertArrayEquals(new String[] {"out"}, faults.texts("record"));
                assertEquals(0, touching.rows());
            }
        }
    }
}
