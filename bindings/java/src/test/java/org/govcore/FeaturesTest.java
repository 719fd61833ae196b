package org.govcore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inputs derived from a store, and a household explained; the expected values are worked out by hand. */
class FeaturesTest {
    private static final LocalDate DAY = LocalDate.of(2021, 8, 1);
    private static final String MODEL = "govcore_model: 1\nid: small\nversion: 1\n"
            + "inputs:\n  minors: {type: int, range: [0, 60]}\n  income_per_head: {type: float, range: [0, 100000]}\n"
            + "  receives_dibao: {type: bool, optional: true}\n"
            + "services: [{id: dibao, name: {zh: 低保, en: allowance}, received: receives_dibao}]\n"
            + "dimensions:\n  - id: whole\n    weight: 1\n    indicators:\n"
            + "      - {id: young, weight: 1/4, deprived: minors > 0}\n"
            + "      - {id: poor, weight: 3/4, deprived: income_per_head < 1000, service: [dibao]}\n"
            + "tiers: [{id: high, at: 3/4}]\n";

    @TempDir
    Path folder;

    private static void add(Store store, String kind, String csv) {
        try (Table.Builder builder = Table.builder(); Table table = StoreTest.texts(builder, csv);
                ImportReport report = store.importTable(kind, table, ImportOptions.builder().build())) {
            assertEquals(0, report.issues().rows());
        }
    }

    private Store town() {
        Store store = Store.builder(folder.resolve("t.gov"), "li").create(true).fields(Store.Fields.SENSITIVE).open();
        add(store, "grid", "code,name,level,parent\n31,区,county,\n3101,东街,street,31\n3102,西街,street,31\n");
        add(store, "person", "id,grid,birth_date\nA,3101,1980-01-01\nB,3101,2010-01-01\nC,3102,1950-01-01\n");
        add(store, "household", "id,grid,view\nH1,3101,assistance\nH2,3102,\n");
        add(store, "membership", "household,person\nH1,A\nH1,B\nH2,C\n");
        add(store, "observation", "subject_kind,subject,variable,time,source,value\n"
                + "household,H1,disposable_income,2021-06-30T08:00:00,民政,1200\n"
                + "household,H1,receives_dibao,2021-05-01T08:00:00,民政,0\n"
                + "household,H2,disposable_income,2021-06-30T08:00:00,税务,2400\n");
        return store;
    }

    @Test
    void inputsAndScoresComeFromMembersAndObservations() {
        HouseholdOptions options = HouseholdOptions.builder(DAY).readOnly(true).build();
        try (Store store = town(); NeedModel model = NeedModel.parse(MODEL);
                Table inputs = store.features(model, options); Table scores = store.score(model, options);
                Table empty = store.features(model,
                        HouseholdOptions.builder(DAY).view(HouseholdOptions.View.REGISTERED).build())) {
            assertArrayEquals(new long[] {1, 0}, inputs.longs("minors"));
            assertArrayEquals(new double[] {600, 2400}, inputs.doubles("income_per_head"));
            assertArrayEquals(new double[] {1, 0}, scores.doubles("score"));
            assertEquals(1, empty.rows());
        }
    }

    @Test
    void aHouseholdIsExplainedToItsRecords() {
        try (Store store = town(); NeedModel model = NeedModel.parse(MODEL);
                HouseholdExplanation why = store.explain(model, "H1", HouseholdOptions.builder(DAY).build());
                Table services = why.table(HouseholdExplanation.Part.SERVICES);
                Table lines = why.table(HouseholdExplanation.Part.INDICATORS)) {
            assertArrayEquals(new String[] {"no"}, services.texts("received"));
            assertEquals("民政", lines.texts("sources")[1]);
            assertTrue(why.text("zh").contains("尚未享受"));
            assertThrows(GovException.class, () -> store.explain(model, "H9", HouseholdOptions.builder(DAY).build()));
        }
    }

    @Test
    void theEntitledWhoAreNotReached() {
        HouseholdOptions options = HouseholdOptions.builder(DAY).build();
        try (Store store = town(); NeedModel model = NeedModel.parse(MODEL); Table list = store.unmet(model, options);
                Table grids = store.unmetByGrid(model, "street", 1, options)) {
            assertArrayEquals(new String[] {"H1"}, list.texts("household"));
            assertArrayEquals(new long[] {1}, grids.longs("households"));
            assertArrayEquals(new String[] {"东街"}, grids.texts("name"));
        }
    }

    @Test
    void featuresOfTablesAlone() {
        try (NeedFeatures features = NeedFeatures.builtin(); Table rules = features.rules();
                Table sources = features.sources()) {
            assertEquals("gbt31000", features.id());
            assertTrue(features.notice("zh").contains("PROPOSED"));
            assertTrue(rules.rows() > 40 && sources.rows() > 30);
            assertNull(sources.texts("observation")[6]);
        }
        assertThrows(GovException.class, () -> NeedFeatures.parse("govcore_features: 2\nid: x\n"));
    }
}
