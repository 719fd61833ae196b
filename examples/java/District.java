import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.govcore.ImportOptions;
import org.govcore.ImportReport;
import org.govcore.QueryOptions;
import org.govcore.Store;
import org.govcore.Table;

/**
 * Keeps a district's grids through the years: imports two editions of a tree, asks for any day, checks the log.
 *
 * <pre>java -cp govcore.jar District.java [older.csv newer.csv]</pre>
 */
public final class District {
    public static void main(String[] args) throws IOException {
        String[] paths = args.length > 1 ? args
                : new String[] {"examples/data/xuhui-grids-2016.csv", "examples/data/xuhui-grids-2023.csv"};
        LocalDate[] days = {LocalDate.of(2016, 1, 1), LocalDate.of(2023, 1, 1)};
        Path file = Files.createTempDirectory("district").resolve("district.gov");
        try (Store store = Store.builder(file, "example").create(true).open()) {
            for (int i = 0; i < days.length; i++) {
                ImportOptions options = ImportOptions.builder().asOf(days[i]).complete(true).strict(true).build();
                try (ImportReport done = store.importCsv("grid", Path.of(paths[i]), options)) {
                    System.out.printf("%s: %d grids read, %d added, %d changed, %d ended%n", days[i], done.rows(),
                            done.added(), done.changed(), done.ended());
                }
            }
            for (LocalDate day : days) {
                QueryOptions then = QueryOptions.builder().asOf(day.plusMonths(5)).build();
                try (Table streets = store.count("grid", "street", then)) {
                    System.out.printf("%s: %d streets%n", day.plusMonths(5), streets.rows());
                }
            }
            System.out.println("log: " + store.verify());
        }
    }
}
