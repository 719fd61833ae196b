import java.nio.file.Path;
import java.util.Arrays;
import org.govcore.AnalyzeOptions;
import org.govcore.ColumnType;
import org.govcore.CsvOptions;
import org.govcore.FarringtonOptions;
import org.govcore.Panel;
import org.govcore.Rows;
import org.govcore.Table;

/** Which counties have more thefts than their past lets expect? java Panels.java [counts.csv] */
public final class Panels {
    public static void main(String[] arguments) {
        Path path = Path.of(arguments.length > 0 ? arguments[0] : "examples/data/nyc-vehicle-thefts-weekly.csv");
        try (Table table = Table.readCsv(path, CsvOptions.builder().type("county", ColumnType.UTF8).build());
                Panel panel = Panel.builder(table, "week_start", Panel.Frequency.WEEK, Panel.Gaps.ZERO).series("county")
                        .value("thefts").build();
                Table judged = panel.farrington(FarringtonOptions.builder().b(3).build(), null, Rows.all().last(4).threads(2));
                Table found = panel.analyze(AnalyzeOptions.builder().detector(AnalyzeOptions.Detector.AUTO).wide(true).build())) {
            System.out.println(panel.series() + " counties, " + judged.rows() + " county-weeks judged, "
                    + Arrays.stream(judged.longs("alarm")).sum() + " alarms");
            for (int i = 0; i < found.rows(); i++) {
                System.out.printf("%s: %.2f x expected, q = %.2g%n", found.texts("county")[i], found.doubles("ratio")[i],
                        found.doubles("alarm_q")[i]);
            }
        }
    }
}
