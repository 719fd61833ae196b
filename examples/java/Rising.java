import java.nio.file.Path;
import java.util.stream.IntStream;
import org.govcore.ColumnType;
import org.govcore.CsvOptions;
import org.govcore.Panel;
import org.govcore.Table;
import org.govcore.Trend;

/**
 * Is a series going up? The Mann-Kendall test and Sen's slope on weekly counts of one county, then of all at once.
 *
 * <pre>java -cp govcore.jar Rising.java [counts.csv] [county]</pre>
 */
public final class Rising {
    public static void main(String[] args) {
        Path path = Path.of(args.length > 0 ? args[0] : "examples/data/nyc-vehicle-thefts-weekly.csv");
        String county = args.length > 1 ? args[1] : "36005";
        try (Table table = Table.readCsv(path, CsvOptions.builder().type("county", ColumnType.UTF8).build())) {
            String[] places = table.texts("county");
            double[] thefts = table.doubles("thefts");
            double[] weeks = IntStream.range(0, places.length).filter(row -> places[row].equals(county))
                    .mapToDouble(row -> thefts[row]).toArray();
            Trend.MannKendall result = Trend.mannKendall(weeks);
            System.out.printf("%s: %d weeks, trend %+d, p = %.3g, %+.3f a week%n", county, result.n(), result.trend(),
                    result.p(), result.slope());

            try (Panel panel = Panel.builder(table, "week_start", Panel.Frequency.WEEK, Panel.Gaps.ZERO)
                    .series("county").value("thefts").build();
                    Table findings = panel.analyze(1, null)) {
                String[] names = findings.texts("county");
                String[] sentences = findings.texts("text_zh");
                for (int row = 0; row < names.length; row++) {
                    System.out.println(names[row] + ": " + sentences[row]);
                }
            }
        }
    }
}
