package org.govcore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PanelTest {
    private static final int N = 100;
    private static final LocalDate FIRST = LocalDate.of(2021, 1, 4);

    private static double[][] series() {
        double[][] y = new double[3][N];
        for (int s = 0; s < 3; s++) {
            for (int t = 0; t < N; t++) {
                y[s][t] = ((s + 1) * 31 + t * t * 7 + t * (s + 1)) % 6 + 1 + (s == 1 && t == N - 1 ? 12 : 0);
            }
        }
        return y;
    }

    private static Panel panel() {
        return Panel.ofArray(series(), null, FIRST, Panel.Frequency.DAY);
    }

    private static double[] row(Table table, String column, int series) {
        return Arrays.copyOfRange(table.doubles(column), series * N, (series + 1) * N);
    }

    @Test
    void aPanelJudgesAsForEachSeriesAlone() {
        double[][] y = series();
        Rows rows = Rows.all().threads(2);
        FarringtonOptions farrington = FarringtonOptions.builder().freq(30).b(1).w(2).noPeriods(2).pastExcluded(3).build();
        try (Panel panel = panel();
                Table ears = panel.ears(Trend.Ears.C2, 7, 0.5, 0.001, rows);
                Table essence = panel.essence(Trend.Essence.SWITCH, rows);
                Table far = panel.farrington(farrington, null, rows);
                Table cusum = panel.cusum(3.5, 0, 1.04, 2.26, rows);
                Table glr = panel.glr(3.5, 0, 5, rows)) {
            for (int s = 0; s < 3; s++) {
                try (Table a = Trend.ears(y[s], null, Trend.Ears.C2, 7, 0.5, 0.001);
                        Table b = Trend.essence(y[s], null, Trend.Essence.SWITCH);
                        Table c = Trend.farrington(y[s], null, farrington)) {
                    assertArrayEquals(a.doubles("upper"), row(ears, "upper", s));
                    assertArrayEquals(b.doubles("p"), row(essence, "p", s));
                    assertArrayEquals(c.doubles("expected"), row(far, "expected", s));
                }
                assertArrayEquals(Chart.cusum(y[s], null, 3.5, 1.04, 2.26).statistic(), row(cusum, "statistic", s));
                assertArrayEquals(Chart.glr(y[s], null, 3.5, 5).statistic(), row(glr, "statistic", s));
            }
            assertEquals("short_history", ears.texts("status")[0]);
            assertEquals("too little history", ears.texts("reason")[0]);
        }
    }

    @Test
    void chartsRunLengthsAndSeasons() {
        double[][] y = series();
        ControlChart chart = ControlChart.shewhart(y[1], null, ControlChart.Kind.C, null, 80);
        Trend.RunLengths runs = Trend.bocpd(y[1], null, 100);
        Trend.Decomposition parts = Trend.stl(y[2], 7);
        Trend.Decomposition two = Trend.mstl(y[2], null, 7, 14);
        try (Panel panel = panel();
                Table shewhart = panel.shewhart(ControlChart.Kind.C, 80, Rows.all());
                Table ewma = panel.ewma(0, 0, Rows.all().last(1));
                Table bocpd = panel.bocpd(100, Rows.all());
                Table stl = panel.stl(0, false, Rows.all());
                Table mstl = panel.mstl(false, Rows.all(), 7, 14)) {
            assertArrayEquals(chart.upper(), row(shewhart, "upper", 1));
            assertEquals("above", shewhart.texts("side")[2 * N - 1]);
            assertEquals(ControlChart.Side.ABOVE, chart.sides()[N - 1]);
            assertEquals(Math.sqrt(chart.centre()), chart.sd(), 1e-12);
            assertArrayEquals(Arrays.stream(runs.run()).asDoubleStream().toArray(), row(bocpd, "run", 1));
            assertArrayEquals(parts.trend(), row(stl, "trend", 2));
            assertArrayEquals(two.trend(), row(mstl, "trend", 2));
            assertEquals(row(mstl, "seasonal", 2)[3],
                    row(mstl, "seasonal_7", 2)[3] + row(mstl, "seasonal_14", 2)[3], 1e-9);
            assertEquals(3, ewma.rows());
            assertEquals(ControlChart.ewma(y[0], null, 0, 0).statistic()[N - 1], ewma.doubles("statistic")[0]);
        }
    }

    @Test
    void gapsOfSeasonsAreLeftOut() {
        double[] y = new double[70];
        boolean[] valid = new boolean[70];
        for (int t = 0; t < 70; t++) {
            y[t] = 5 + 0.2 * t + t % 7;
            valid[t] = t != 20 && t != 41;
        }
        Trend.Decomposition parts = Trend.stl(y, valid, 7, 7, 0, 0, false);
        assertEquals(5 + 0.2 * 20 + 6, parts.trend()[20] + parts.seasonal()[20], 1e-9);
        assertTrue(Double.isNaN(parts.remainder()[20]) && parts.weights()[20] == 0);
        Trend.Decomposition two = Trend.mstl(y, valid, 7, 14);
        assertEquals(5 + 0.2 * 30 + 2, two.trend()[30] + two.seasonal()[30], 1e-9);
    }

    @Test
    void wideFindingsSayHowMuchMore() {
        AnalyzeOptions options = AnalyzeOptions.builder().wide(true).exceed(9, 3)
                .raise(AnalyzeOptions.Rate.BENJAMINI_YEKUTIELI, 0.05, 5).build();
        try (Panel panel = panel(); Table found = panel.analyze(options)) {
            assertArrayEquals(Trend.adjustDependent(found.doubles("alarm_p")), found.doubles("alarm_q"), 1e-15);
            assertArrayEquals(new long[] {0, 1, 0}, found.longs("raised"));
            assertEquals(found.doubles("observed")[1] / found.doubles("expected")[1], found.doubles("ratio")[1], 1e-12);
            assertTrue(found.doubles("exceed")[0] > 0 && found.doubles("exceed")[0] < 1);
        }
    }

    @Test
    void partsOfARiseSumToIt() {
        List<String> grids = new ArrayList<>();
        List<String> days = new ArrayList<>();
        String[] names = {"c1", "c2", "s1", "s2"};
        int[] usual = {1, 2, 1, 3};
        for (int t = 0; t < 8; t++) {
            for (int g = 0; g < 4; g++) {
                for (int k = 0; k < (g == 0 && t == 7 ? 9 : usual[g]); k++) {
                    grids.add(names[g]);
                    days.add(FIRST.plusDays(t).toString());
                }
            }
        }
        try (Table.Builder a = Table.builder(); Table.Builder b = Table.builder();
                Table events = a.add("grid", grids.toArray(new String[0])).add("day", days.toArray(new String[0])).build();
                Table areas = b.add("code", "d", "s1", "s2", "c1", "c2").add("parent", null, "d", "d", "s1", "s1").build();
                Panel leaves = Panel.builder(events, "day", Panel.Frequency.DAY, Panel.Gaps.ZERO).series("grid").build();
                Panel up = leaves.rollUp("grid", areas, "code", "parent");
                Table parts = up.contributions("grid", areas, "code", "parent", AnalyzeOptions.builder().build())) {
            double[] excess = parts.doubles("excess");
            assertArrayEquals(new String[] {"d", "d", "d", "s1", "s1", "s1"}, parts.texts("grid"));
            assertEquals(8, excess[0] + excess[1] + excess[2], 1e-12);
            assertEquals(8, excess[3] + excess[4] + excess[5], 1e-12);
            assertArrayEquals(new long[] {1, 0, 0, 1, 0, 0}, parts.longs("drives"));
        }
    }

    @Test
    void reportsOfOneAndOfMany() {
        try (Table.Builder builder = Table.builder();
                Table calls = builder.add("street", "a", "a", "a").add("day", "2021-07-01", "2021-07-02", "2021-07-03")
                        .add("caller", "Li", "Li", "Wang").add("matter", "lift", "noise", "lift").build();
                Table found = Trend.reports(calls, "day", "caller", "matter", "street")) {
            assertArrayEquals(new double[] {2.0 / 3}, found.doubles("repeat_share"), 1e-12);
            assertArrayEquals(new double[] {2.0 / 3}, found.doubles("shared_share"), 1e-12);
            assertArrayEquals(new long[] {2}, found.longs("reporters"));
        }
    }

    /** The Spring Festival of 2021: 11 to 17 February off, Sunday 7 and Saturday 20 worked. */
    @Test
    void workingDaysWithShiftedDays() {
        StringBuilder csv = new StringBuilder("day,working\n2021-02-07,true\n2021-02-20,true\n");
        for (int d = 11; d <= 17; d++) {
            csv.append("2021-02-").append(d).append(",false\n");
        }
        try (Table exceptions = Table.parseCsv(csv.toString());
                WorkingCalendar calendar = new WorkingCalendar(exceptions);
                Table.Builder builder = Table.builder();
                Table rows = builder.add("day", "2021-02-05", "2021-02-06", "2021-02-10", "2021-02-17", "2021-02-22").build();
                Panel panel = Panel.builder(rows, "day", Panel.Frequency.WORKING_DAY, Panel.Gaps.ZERO).calendar(calendar)
                        .build()) {
            assertEquals(List.of("2021-02-05", "2021-02-07", "2021-02-08", "2021-02-09", "2021-02-10", "2021-02-18",
                    "2021-02-19", "2021-02-20", "2021-02-22"), panel.periodNames());
            assertArrayEquals(new double[] {1, 1, 0, 0, 1, 1, 0, 0, 1}, panel.values(0));
            assertFalse(calendar.isWorking(LocalDate.of(2021, 2, 12)));
            assertEquals(LocalDate.of(2021, 2, 18), calendar.addDays(LocalDate.of(2021, 2, 10), 1));
            assertEquals(2, calendar.daysBetween(LocalDate.of(2021, 2, 10), LocalDate.of(2021, 2, 19)));
        }
    }

    /** Jiangsu Road's rule: under 0.01 m3 in 12 hours; at the daughter's home nothing is to be said. */
    @Test
    void aMeterThatStandsStill() {
        List<LocalDateTime> times = new ArrayList<>();
        double[] readings = new double[48];
        LocalDateTime start = LocalDateTime.of(2021, 3, 1, 0, 0);
        for (int h = 0; h < 48; h++) {
            times.add(start.plusHours(h));
            readings[h] = 100 + 0.02 * Math.min(h, 20);
        }
        try (Slots slots = Slots.ofRegister(times, readings, 0, 0, null);
                Table episodes = slots.watch(Slots.Rules.preset("jiangsulu"));
                Table away = slots.watch(Slots.Rules.preset("jiangsulu"),
                        Slots.Exempt.away(start.plusHours(19), start.plusHours(48)))) {
            assertEquals(94, slots.size());
            assertEquals(start, slots.first());
            assertEquals(0, slots.resets());
            assertEquals(0.01, slots.amounts()[0], 1e-12);
            assertTrue(slots.known()[93]);
            assertArrayEquals(new String[] {"no_use"}, episodes.texts("rule"));
            assertEquals(0, away.rows());
        }
        List<LocalDateTime> opened = List.of(start, start.plusDays(2));
        try (Slots door = Slots.ofEvents(opened, List.of(start.plusHours(12), start.plusHours(24), start.plusHours(36)), 13,
                null); Table episodes = door.watch(Slots.Rules.preset("door"))) {
            assertEquals("no_use", episodes.texts("rule")[0]);
        }
    }

    @Test
    void forecastsChangesAndModels() {
        double[][] steps = {new double[60]};
        for (int t = 0; t < 60; t++) {
            steps[0][t] = t < 30 ? 3 + t % 2 : 30 + t % 2;
        }
        try (Panel panel = panel();
                Panel stepped = Panel.ofArray(steps, null, FIRST, Panel.Frequency.WEEK);
                Table ahead = panel.forecast(Forecast.Method.AUTO, 2, 0, 5, Rows.all(), 0.8);
                Table changes = stepped.changes(Trend.Cost.POISSON, Rows.all());
                Table split = stepped.changes(Trend.ChangeMethod.BINARY_SEGMENTATION, Trend.Cost.POISSON, Rows.all());
                Table ranked = stepped.changes(Trend.ChangeMethod.PETTITT, Trend.Cost.POISSON, Rows.all())) {
            Forecast alone = Forecast.of(series()[0], null, Forecast.Method.AUTO, 2, 0, 5, 0.8);
            assertEquals(alone.mean()[0], ahead.doubles("mean")[0]);
            assertEquals(alone.upper(0)[1], ahead.doubles("upper_80")[1]);
            assertArrayEquals(new String[] {"2021-W31"}, changes.texts("period"));
            assertArrayEquals(new String[] {"2021-W31"}, split.texts("period"));
            assertArrayEquals(new String[] {"2021-W31"}, ranked.texts("period"));
            assertEquals(900, ranked.doubles("statistic")[0]); // 30 x 30 pairs, every one of them a rise
            assertArrayEquals(new long[] {30}, Trend.binarySegmentation(steps[0], null, Trend.Cost.POISSON));
        }
        double[] line = new double[40];
        for (int t = 0; t < 40; t++) {
            line[t] = 100.5 + 2 * t;
        }
        Smoothing holt = Smoothing.holtWinters(line, 2, Smoothing.Season.NONE, 0, true, 0, 0, 0);
        assertArrayEquals(new double[] {180.5, 182.5}, holt.mean(), 1e-4);
        Smoothing ets = Smoothing.ets(line, 2, false, Smoothing.Slope.ADDITIVE, Smoothing.Season.NONE, 0);
        assertArrayEquals(new double[] {180.5, 182.5}, ets.mean(), 1e-3);
        Smoothing counts = Smoothing.counts(new double[] {3, 0, 2, 5, 1, 0, 4}, null, 2, 0, 1);
        assertTrue(counts.variance()[0] > counts.mean()[0]);
        assertThrows(GovException.class, () -> Smoothing.counts(new double[] {0.5, 1, 2}, null, 1, 0, 1));
    }

    /** Exact chain of two states: C = max(0, C + Y - 1), alarm at 1, Poisson mean 0.5; q = P(Y >= 2). */
    @Test
    void scoresAndRunLengths() {
        double q = 1 - Math.exp(-0.5) * 1.5;
        assertEquals(1 / q, Trend.cusumRunLength(0.5, 1, 1), 1e-9);
        assertEquals(370.4, Trend.ewmaRunLength(1, 3, 0), 0.05);
        Scores.AlarmQuality quality = Scores.alarms(new boolean[] {false, true, true, false}, null,
                new boolean[] {false, false, true, true});
        assertEquals(0.5, quality.sensitivity());
        assertEquals(0.5, quality.specificity());
        assertEquals(1, quality.outbreaks());
        assertEquals(0, quality.delay());
        assertEquals(2.0 / 3, Scores.coverage(new double[] {1, 5, 9}, new double[] {0, 6, 9}, new double[] {2, 7, 9}), 1e-12);
        assertEquals(0.5, Scores.mase(new double[] {1, 3, 2, 5}, new double[] {4, 6}, new double[] {5, 5}, 1), 1e-12);
        assertEquals(2 * (1 / Math.sqrt(2 * Math.PI)) - 1 / Math.sqrt(Math.PI), Scores.crpsNormal(4, 4, 1), 1e-12);
        double[][] rows = {{1, 5}, {2, 4}, {3, 3}, {4, 2}};
        assertEquals(0, Trend.regional(rows).s());
        double[][] other = {{1, 5}, {2, 4}, {3, 3}, {4, 4}, {5, 1}}; // S of 10 and of -7
        assertEquals(3, Trend.correlated(other).s());
        assertEquals(5, Trend.partial(other).n());
    }
}
