package org.govcore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NeedTest {
    /** The worked example of the built-in model: 430 of 1000, medium; see bindings/python/tests/test_need.py. */
    private static final String FAMILY = "members,minors,income_per_head,essential_spending_per_head,"
            + "liquid_assets_per_head,shocks_12m,serious_illness,chronic_illness,disabled_severe,disabled_mild,"
            + "medical_spending_12m,education_spending_12m,disposable_income_12m,care_dependent,able_working_age,"
            + "employed,unemployed_months,best_monthly_wage,best_earner_has_contract,children_6_15,"
            + "children_out_of_school,adult_education,living_area_per_head,unsafe_dwelling,kitchen_toilet,"
            + "uninsured_adults,days_since_contact,unclaimed_benefits,dependants,children_in_hardship,single_parent,"
            + "elders_without_carer,elders_80_with_carer\n"
            + "3,1,1900,855,40000,0,0,0,1,0,30780,1200,68400,0,1,0,14,,,1,0,3,AREA,false,1,0,12,1,2,0,false,0,0\n";

    private static final NeedOptions OPTIONS = NeedOptions.builder().asOf("2021-08-01").build();

    private static Table family(String area) {
        return Table.parseCsv(FAMILY.replace("AREA", area));
    }

    @Test
    void theWorkedExample() {
        try (NeedModel model = NeedModel.builtin(); Table family = family("6.5");
                Table scores = model.score(family, OPTIONS);
                Table deep = model.score(family, NeedOptions.builder().asOf("2021-08-01").depth(true).build())) {
            assertEquals(1000, model.denominator());
            assertArrayEquals(new long[] {430}, scores.longs("score_num"));
            assertArrayEquals(new String[] {"medium"}, scores.texts("tier"));
            assertArrayEquals(new long[] {475}, deep.longs("score_num"));
        }
    }

    @Test
    void anExplanationOutlivesModelAndTable() {
        NeedModel model = NeedModel.builtin();
        Table family = family("6.5");
        NeedModel.Explanation why = model.explain(family, 0, OPTIONS);
        model.close();
        family.close();
        try (Table lines = why.indicators(); Table changes = why.counterfactual(); Table ask = why.ask()) {
            assertEquals(22, lines.rows());
            assertEquals(430, Arrays.stream(lines.longs("contribution_num")).sum());
            assertTrue(changes.rows() > 0);
            assertEquals(0, ask.rows());
            String text = why.text("zh");
            why.close();
            assertTrue(text.contains("430"), text);
        }
        assertThrows(IllegalStateException.class, () -> why.text("en"));
        assertThrows(IllegalStateException.class, model::id);
    }

    @Test
    void aValueOutsideItsRangeIsNamed() {
        try (NeedModel model = NeedModel.builtin(); Table family = family("-1")) {
            GovException error = assertThrows(GovException.class, () -> model.score(family, OPTIONS));
            assertEquals(GovException.Code.RANGE, error.code());
            assertEquals("living_area_per_head", error.name());
            assertEquals(0, error.row().getAsLong());
        }
    }

    @Test
    void aCancelledRunStopsTheScore() {
        try (NeedModel model = NeedModel.builtin(); Table family = family("6.5"); Run run = new Run()) {
            run.cancel();
            NeedOptions options = NeedOptions.builder().asOf("2021-08-01").run(run).build();
            assertEquals(GovException.Code.CANCELLED,
                    assertThrows(GovException.class, () -> model.score(family, options)).code());
        }
    }

    @Test
    void faultyModelsHaveTheirPlace() {
        GovException error = assertThrows(GovException.class, () -> NeedModel.parse("govcore_model: 1\nid: [\n"));
        assertEquals(GovException.Code.FORMAT, error.code());
        assertTrue(error.line().isPresent());
        assertEquals(GovException.Code.UNKNOWN_NAME,
                assertThrows(GovException.class, () -> NeedModel.builtin("nothing")).code());
        assertEquals(GovException.Code.IO,
                assertThrows(GovException.class, () -> NeedModel.load(Path.of("nothing.yaml"))).code());
    }

    @Test
    void whatAModelSaysOfItself() {
        try (NeedModel model = NeedModel.builtin(); Table indicators = model.indicators();
                Table dimensions = model.dimensions(); Table tiers = model.tiers(); Table inputs = model.inputs()) {
            assertEquals("govcore-need-22", model.id());
            assertEquals(32, model.fingerprint().length());
            assertEquals(22, indicators.rows());
            assertEquals(7, dimensions.rows());
            assertEquals(4, tiers.rows());
            assertTrue(inputs.rows() > 22);
            assertTrue(model.notice("zh").length() > 10 && !model.title("zh").equals(model.title("en")));
        }
    }

    @Test
    void unmetNeedsAndAModelThatGivesWay() {
        try (NeedModel model = NeedModel.builtin(); NeedModel same = NeedModel.builtin(); Table family = family("6.5");
                Table unmet = model.unmet(family, OPTIONS);
                NeedModel.Diff diff = model.diff(same, family, OPTIONS); Table transitions = diff.transitions();
                Table movers = diff.movers(); Table rules = diff.rules()) {
            assertTrue(Arrays.asList(unmet.texts("service")).contains("medical_aid"));
            assertEquals(1, Arrays.stream(transitions.longs("households")).sum());
            assertEquals(0, movers.rows());
            assertEquals(0, rules.rows());
        }
    }

    /** Wang et al. (2011), as pymcdm tests it; Diakoulaki et al. (1995), as scikit-criteria does. */
    @Test
    void weightsAsPublished() {
        double[][] pairs = {{1, 4, 3, 1, 3, 4}, {0.25, 1, 7, 3, 0.2, 1}, {1 / 3.0, 1 / 7.0, 1, 0.2, 0.2, 1 / 6.0},
            {1, 1 / 3.0, 5, 1, 1, 1 / 3.0}, {1 / 3.0, 5, 5, 1, 1, 3}, {0.25, 1, 6, 3, 1 / 3.0, 1}};
        Weights.Ahp ahp = Weights.ahp(pairs);
        assertArrayEquals(new double[] {0.3208, 0.1395, 0.0348, 0.1285, 0.2374, 0.1391}, ahp.weights(), 5e-5);
        assertTrue(ahp.consistencyRatio() > 0.1);
        double[][] firms = {{61, 1.08, 4.33}, {20.7, 0.26, 4.34}, {16.3, 1.98, 2.53}, {9, 3.29, 1.65}, {5.4, 2.77, 2.33},
            {4, 4.12, 1.21}, {-6.1, 3.52, 2.1}, {-34.6, 3.31, 0.98}};
        assertArrayEquals(new double[] {0.20222554, 0.48090173, 0.31687273},
                Weights.advise(firms, Weights.Advice.CRITIC), 1e-6);
        assertArrayEquals(new long[] {6, 6, 3}, Weights.allocate(new long[] {10, 10, 5}, 15));
        assertThrows(GovException.class, () -> Weights.ahp(new double[][] {{1, 2}, {2, 1}}));
        try (NeedModel model = NeedModel.builtin(); Table family = family("6.5");
                Table stable = model.stability(family, OPTIONS, "1/100")) {
            assertEquals(1, Arrays.stream(stable.longs("stable")).sum());
        }
    }

    /** Alkire, Foster et al. (2015), box 5.5. */
    @Test
    void box55OfTheBook() {
        try (Table table = Table.parseCsv("a,b,c,d\n0,0,0,0\n1,0,0,1\n1,1,1,1\n0,1,0,0\n");
                Measures measures = Measures.alkireFoster(table, "1/4,1/4,1/4,1/4",
                        MeasureOptions.builder().k("1/2").build())) {
            assertEquals(0.5, measures.h());
            assertEquals(0.75, measures.a());
            assertEquals(0.375, measures.m0());
            assertArrayEquals(new double[] {0.5, 0.25, 0.25, 0.5}, measures.indicators().doubles("censored"));
        }
    }

    /** 1 900 a head is below 1 1/2 times 1 330, 1 995: 95 for each of three persons. */
    @Test
    void aBudgetUnderAnotherLine() {
        try (NeedModel model = NeedModel.builtin(); Table family = family("6.5");
                Table budget = NeedModel.budget(Lines.builder(model).amount("medium", "100").build(),
                        Lines.builder(model).amount("medium", "100.50").line("3/2*B").build(), family, OPTIONS, null,
                        "income_per_head", "members")) {
            assertEquals(1, budget.rows());
            assertArrayEquals(new long[] {1}, budget.longs("now_low"));
            assertArrayEquals(new double[] {300}, budget.doubles("now_money_high"));
            assertArrayEquals(new double[] {301.5 + 285}, budget.doubles("next_money_low"));
            Lines wrong = Lines.builder(model).at("middle", "1/4").build();
            GovException error = assertThrows(GovException.class,
                    () -> NeedModel.budget(wrong, wrong, family, OPTIONS, null, null, null));
            assertEquals(GovException.Code.UNKNOWN_NAME, error.code());
            assertEquals("middle", error.name());
        }
    }

    @Test
    void aSensitivityOfTheExample() {
        SensitivityOptions options = SensitivityOptions.builder().draws(20).seed(3).by("minors").k("1/3").build();
        String line = FAMILY.substring(FAMILY.indexOf('\n') + 1);
        String three = FAMILY.replace("AREA", "6.5") + line.replace("AREA", "30")
                + line.replace("AREA", "").replace("3,1,1900", "3,2,900");
        try (NeedModel model = NeedModel.builtin(); Table households = Table.parseCsv(three);
                Sensitivity sensitivity = model.sensitivity(households, OPTIONS, options);
                Table tiers = sensitivity.tiers(); Table groups = sensitivity.groups();
                Table agreement = sensitivity.agreement(); Table indicators = sensitivity.indicators();
                Table cutoffs = sensitivity.cutoffs()) {
            assertEquals(3, tiers.longs("households")[0]);
            assertEquals(22, indicators.rows());
            assertEquals("households", agreement.texts("what")[0]);
            assertEquals(3, groups.rows());
            assertEquals(0, cutoffs.rows() % 3);
        }
    }

    @Test
    void partsFinishAsTheWholeAndGapsHaveDepth() {
        MeasureOptions options = MeasureOptions.builder().k("1/3")
                .singleUnit(MeasureOptions.SingleUnit.CENTRED).build();
        try (NeedModel model = NeedModel.builtin(); Table family = family("6.5");
                Measures whole = model.measure(family, OPTIONS, options);
                Table part = model.measurePart(family, OPTIONS, options);
                Table merged = Measures.merge(part);
                Measures joined = model.measureFinish(merged, null, options);
                Table dimensions = joined.dimensions(); Table change = whole.change(joined, 1);
                Table changes = whole.changeIndicators(joined, 1);
                Table gaps = Table.parseCsv("income,flag\n0.5,1\n0.25,0\n0,1\n0,0\n");
                Table depth = Measures.gaps(gaps, "1/2,1/2", MeasureOptions.builder().k("1/2").build())) {
            assertEquals(whole.m0(), joined.m0());
            assertEquals(0.43, joined.m0());
            assertEquals(7, dimensions.rows());
            assertEquals(0.0, change.doubles("absolute")[0]);
            assertEquals(66, changes.rows());
            assertEquals((0.75 + 0.125 + 0.5) / 4, depth.doubles("M1")[0], 1e-15);
        }
    }
}
