import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.govcore.Panel;
import org.govcore.Table;
import org.govcore.TrendState;

/** A panel that is kept from day to day: each morning it is opened, given the day before, and saved. */
public final class Daily {
    private static final LocalDate FIRST = LocalDate.of(2021, 4, 1);

    private Daily() {
    }

    /** Three or four calls a day in each of two grids, and a burst in the second on day 69. */
    private static Panel tickets(int from, int to) {
        List<String> grids = new ArrayList<>();
        List<String> days = new ArrayList<>();
        for (int day = from; day < to; day++) {
            for (int grid = 1; grid <= 2; grid++) {
                int calls = 3 + (day * grid) % 2 + (grid == 2 && day == 69 ? 15 : 0);
                for (int i = 0; i < calls; i++) {
                    grids.add("31010400" + grid);
                    days.add(FIRST.plusDays(day).toString());
                }
            }
        }
        try (Table.Builder builder = Table.builder();
                Table rows = builder.add("grid", grids.toArray(new String[0])).add("day", days.toArray(new String[0]))
                        .build()) {
            return Panel.builder(rows, "day", Panel.Frequency.DAY, Panel.Gaps.ZERO).series("grid")
                    .window(FIRST.plusDays(from), FIRST.plusDays(to - 1)).build();
        }
    }

    public static void main(String[] args) throws Exception {
        Path file = Files.createTempFile("town", ".state");
        try (Panel past = tickets(0, 60); TrendState state = TrendState.of(past, Panel.Gaps.ZERO, 1, null)) {
            state.save(file);
        }
        for (int day = 60; day < 70; day++) {
            try (TrendState state = TrendState.open(file); Panel today = tickets(day, day + 1)) {
                state.add(today, 1, null);
                state.save(file);
            }
        }
        try (TrendState state = TrendState.open(file); Table found = state.findings(false, 1, null)) {
            String[] grids = found.texts("grid");
            for (int i = 0; i < grids.length; i++) {
                System.out.printf("%s: %.0f calls, bound %.1f%s%n", grids[i], found.doubles("observed")[i],
                        found.doubles("ears_upper")[i], found.longs("ears_alarm")[i] == 1 ? " - please check" : "");
            }
        } finally {
            Files.delete(file);
        }
    }
}
