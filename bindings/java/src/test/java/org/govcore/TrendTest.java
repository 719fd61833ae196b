package org.govcore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrendTest {
    /** Yearly flows of the Nile at Aswan, 1871 to 1880 (Cobb 1978, Biometrika 65). */
    private static final double[] NILE = {1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140};

    @Test
    void mannKendallCountsEveryPair() {
        Trend.MannKendall result = Trend.mannKendall(NILE);
        int s = 0;
        double[] slopes = new double[NILE.length * (NILE.length - 1) / 2];
        int k = 0;
        for (int i = 0; i < NILE.length; i++) {
            for (int j = i + 1; j < NILE.length; j++) {
                s += (int) Math.signum(NILE[j] - NILE[i]);
                slopes[k++] = (NILE[j] - NILE[i]) / (j - i);
            }
        }
        // Three values are 1160: n (n-1) (2n+5) - 3 x 2 x 11 over 18.
        double variance = (10.0 * 9 * 25 - 3 * 2 * 11) / 18;
        Arrays.sort(slopes);
        assertEquals(s, result.s());
        assertEquals(variance, result.varS(), 1e-12 * variance);
        assertEquals((s - Math.signum(s)) / Math.sqrt(variance), result.z(), 1e-12);
        assertEquals(s / 45.0, result.tau(), 1e-15);
        assertEquals(slopes[22], result.slope(), 1e-12);
        assertEquals(slopes[22], Trend.senSlope(NILE).slope(), 1e-12);
        assertEquals(0, result.trend());
    }

    @Test
    void missingValuesAreLeftOut() {
        boolean[] valid = {true, false, true, true};
        Trend.MannKendall result = Trend.mannKendall(new double[] {1, Double.NaN, 3, 4}, valid, Trend.Method.ORIGINAL,
                0.05, 0, 0);
        assertEquals(3, result.n());
        assertEquals(1, result.slope());
    }

    @Test
    void aSeriesWithoutAnAnswerSaysWhy() {
        GovException error = assertThrows(GovException.class, () -> Trend.mannKendall(1, Double.NaN, 3, 4));
        assertEquals(GovException.Code.RANGE, error.code());
        assertEquals(1, error.row().getAsLong());
        assertEquals(GovException.Code.NO_DATA,
                assertThrows(GovException.class, () -> Trend.mannKendall(5, 5, 5, 5)).code());
        assertThrows(GovException.class, () -> Trend.mannKendall(NILE, new boolean[3], Trend.Method.ORIGINAL, 0.05, 0,
                0));
    }

    @Test
    void earsSeesTheJump() {
        double[] y = {3, 5, 4, 6, 5, 4, 3, 40};
        try (Table table = Trend.ears(y, null, Trend.Ears.C1, 7, 0, 0.001)) {
            assertEquals(30.0 / 7, table.doubles("expected")[7], 1e-12);
            assertEquals(1, table.longs("alarm")[7]);
            assertFalse(table.valid("alarm")[0]);
        }
    }

    @Test
    void aPanelCountsByWeek() {
        String[] days = {"2021-06-28", "2021-07-04", "2021-07-05", "2021-07-20"};
        try (Table.Builder builder = Table.builder(); Table events = builder.add("day", days).add("grid", "a", "a", "a",
                "a").build()) {
            Panel panel = Panel.builder(events, "day", Panel.Frequency.WEEK, Panel.Gaps.ZERO).series("grid").build();
            events.close();
            assertEquals(1, panel.series());
            assertEquals(List.of("2021-W26", "2021-W27", "2021-W28", "2021-W29"), panel.periodNames());
            assertArrayEquals(new double[] {2, 1, 0, 1}, panel.values(0));
            try (Table labels = panel.labels(); Table findings = panel.analyze(1, null)) {
                panel.close();
                assertArrayEquals(new String[] {"a"}, labels.texts("grid"));
                assertEquals(1, findings.rows());
            }
            assertThrows(IllegalStateException.class, panel::periods);
        }
    }

    private static Panel days(String csv) {
        try (Table events = Table.parseCsv(csv)) {
            return Panel.builder(events, "day", Panel.Frequency.DAY, Panel.Gaps.ZERO).series("grid").build();
        }
    }

    @Test
    void aStateTakesADayAndIsKept(@org.junit.jupiter.api.io.TempDir java.nio.file.Path folder) {
        java.nio.file.Path file = folder.resolve("town.state");
        try (Panel before = days("grid,day\na,2021-07-01\na,2021-07-02\na,2021-07-02\n");
                Panel today = days("grid,day\nb,2021-07-03\nb,2021-07-03\n");
                TrendState state = TrendState.of(before, Panel.Gaps.ZERO, 1, null)) {
            state.add(today, 1, null);
            state.save(file);
            try (TrendState opened = TrendState.open(file); Table findings = opened.findings(true, 1, null);
                    Table labels = opened.labels(); Panel panel = opened.panel()) {
                assertEquals(2, opened.series());
                assertEquals(3, opened.periods());
                assertEquals(java.time.LocalDate.of(2021, 7, 4), opened.nextDay());
                assertArrayEquals(new String[] {"a", "b"}, labels.texts("grid"));
                assertArrayEquals(new double[] {0, 2}, findings.doubles("observed"));
                assertArrayEquals(new double[] {1, 2, 0}, panel.values(0));
            }
            try (Panel late = days("grid,day\na,2021-07-09\n")) {
                GovException error = assertThrows(GovException.class, () -> state.add(late, 1, null));
                assertEquals(GovException.Code.CONFLICT, error.code());
                assertEquals("2021-07-04", error.name());
            }
        }
    }

    @Test
    void metersTakeReadingsAndAreKept(@org.junit.jupiter.api.io.TempDir java.nio.file.Path folder) {
        java.nio.file.Path file = folder.resolve("town.meters");
        StringBuilder csv = new StringBuilder("meter,time,reading\n");
        for (int hour = 0; hour < 31; hour++) {
            csv.append("home,").append(3600L * hour).append(',').append(10 + 0.02 * Math.min(hour, 16)).append('\n');
        }
        csv.append("home,0,10\n");
        try (Table readings = Table.parseCsv(csv.toString()); Meters meters = Meters.of("jiangsulu", 0, 6);
                Table refused = meters.add(readings, 1, null)) {
            assertArrayEquals(new String[] {"late"}, refused.texts("reason"));
            meters.save(file);
        }
        try (Meters meters = Meters.open(file); Table episodes = meters.episodes(null, null, 1, null)) {
            assertEquals(1, meters.count());
            assertArrayEquals(new String[] {"home"}, episodes.texts("meter"));
            assertArrayEquals(new String[] {"no_use"}, episodes.texts("rule"));
        }
    }

    @Test
    void aMissingColumnIsNamed() {
        try (Table events = Table.parseCsv("day\n2021-07-01\n")) {
            GovException error = assertThrows(GovException.class,
                    () -> Panel.builder(events, "time", Panel.Frequency.DAY, Panel.Gaps.ZERO).build());
            assertEquals(GovException.Code.UNKNOWN_NAME, error.code());
            assertEquals("time", error.name());
        }
    }

    @Test
    void seasonsChangesAndRates() {
        double[] y = new double[70];
        double[] counts = new double[40];
        for (int t = 0; t < y.length; t++) {
            y[t] = 10 + 0.2 * t + 3 * Math.sin(2 * Math.PI * t / 7);
        }
        for (int t = 0; t < counts.length; t++) {
            counts[t] = t < 25 ? 5 + t % 2 : 30 + t % 2;
        }
        Trend.Decomposition parts = Trend.stl(y, 7);
        for (int t = 0; t < y.length; t++) {
            assertEquals(y[t], parts.trend()[t] + parts.seasonal()[t] + parts.remainder()[t], 1e-9);
            assertEquals(10 + 0.2 * t, parts.trend()[t], 1e-6);
        }
        assertArrayEquals(new long[] {25}, Trend.pelt(counts, null, Trend.Cost.POISSON));
        assertArrayEquals(new long[0], Trend.pelt(counts, null, Trend.Cost.POISSON, 1e9));
        Trend.Pettitt change = Trend.pettitt(counts, null);
        assertEquals(25, change.change());
        assertEquals(1, change.direction());
        assertArrayEquals(new double[] {0.03, 0.03, 0.03}, Trend.adjust(0.01, 0.02, 0.03), 1e-15);
    }

    @Test
    void detectorsOfCounts() {
        double[] weeks = new double[52 * 7];
        for (int t = 0; t < weeks.length; t++) {
            weeks[t] = 5 + (t * 7919 % 5);
        }
        weeks[weeks.length - 1] = 60;
        FarringtonOptions options = FarringtonOptions.builder()
                .start(java.time.LocalDate.of(2014, 1, 6), Panel.Frequency.WEEK)
                .range(weeks.length - 1, weeks.length).build();
        try (Table table = Trend.farrington(weeks, null, options);
                Table days = Trend.essence(weeks, null, Trend.Essence.SWITCH)) {
            assertEquals(1, table.longs("alarm")[weeks.length - 1]);
            assertFalse(table.valid("alarm")[weeks.length - 2]);
            assertEquals(1, days.longs("alarm")[weeks.length - 1]);
        }
    }

    @Test
    void aCusumIsItsRecursion() {
        double[] y = {6, 9, 3, 12, 14, 2, 15, 16};
        Chart chart = Chart.cusum(y, null, 6, 1.04, 2.26);
        double total = 0;
        for (int t = 0; t < y.length; t++) {
            total = Math.max(0, total + (y[t] - 6) / Math.sqrt(6) - 1.04);
            assertEquals(total, chart.statistic()[t], 1e-12);
            assertEquals(total >= 2.26, chart.alarm()[t]);
            assertEquals(chart.alarm()[t], y[t] > chart.upper()[t]);
        }
        assertEquals(true, Chart.glr(y, null, 6, 5).alarm()[7]);
    }

    @Test
    void anInterventionWithoutNoiseIsFoundAsItIs() {
        double[] y = new double[48];
        for (int t = 0; t < y.length; t++) {
            y[t] = 100 * Math.pow(1.01, t) * (t >= 24 ? 0.5 : 1);
        }
        Intervention result = Intervention.of(y, null, 24, 0, 0);
        assertEquals(0.5, result.levelRatio(), 1e-6);
        assertEquals(1, result.slopeRatio(), 1e-6);
        assertEquals(2 * result.observed(), result.expected(), 1e-3);
    }

    @Test
    void forecastsOfCountsAndOfALine() {
        double[] counts = new double[60];
        double[] line = new double[40];
        for (int t = 0; t < counts.length; t++) {
            counts[t] = t * 7919 % 5;
        }
        for (int t = 0; t < line.length; t++) {
            line[t] = 100.5 + 2 * t;
        }
        Forecast small = Forecast.of(counts, null, Forecast.Method.AUTO, 3, 0, 9, 0.8, 0.95);
        assertEquals(Forecast.Method.COUNT, small.method());
        assertFalse(small.reason().isEmpty());
        assertEquals(true, small.lower(1)[0] <= small.lower(0)[0] && small.upper(0)[0] <= small.upper(1)[0]);
        assertEquals(true, small.exceed()[0] > 0 && small.exceed()[0] < 0.5);
        assertArrayEquals(new double[] {180.5, 182.5},
                Forecast.of(line, null, Forecast.Method.HOLT, 2, 0, 0).mean(), 1e-3);
        assertThrows(GovException.class, () -> Forecast.of(new double[2], null, Forecast.Method.AUTO, 1, 0, 0));
    }
}
