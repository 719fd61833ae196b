import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.govcore.ImportOptions;
import org.govcore.ImportReport;
import org.govcore.QueryOptions;
import org.govcore.Store;
import org.govcore.Table;

/**
 * Puts what has coordinates into grids: a boundary from GeoJSON, cameras by their place, and what the boundary leaves out.
 *
 * <pre>java -cp govcore.jar Places.java</pre>
 */
public final class Places {
    private static final String STREET = "{\"type\":\"Feature\",\"properties\":{\"code\":\"310104003\",\"name\":\"street\","
            + "\"level\":\"street\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[121.43,31.19],[121.44,31.19],"
            + "[121.44,31.21],[121.43,31.21],[121.43,31.19]]]}}";

    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("places");
        Path file = Files.writeString(folder.resolve("street.geojson"), STREET);
        ImportOptions place = ImportOptions.builder().place("street").build();
        try (Store store = Store.builder(folder.resolve("district.gov"), "example").create(true).open();
                ImportReport grids = store.importGeoJson("grid", file, ImportOptions.builder().build());
                Table.Builder builder = Table.builder();
                Table cameras = builder.add("id", "C1", "C2").add("lon", 121.435, 121.5).add("lat", 31.2, 31.2).build();
                ImportReport done = store.importTable("thing", cameras, place);
                Table faults = store.cover("street", "thing", QueryOptions.builder().build())) {
            System.out.printf("%d grid, %d camera placed, %d not%n", grids.added(), done.placed(), done.unplaced());
            System.out.printf("%s %s: %s%n", faults.texts("fault")[0], faults.texts("record")[0], faults.texts("wkt")[0]);
        }
    }
}
