import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.govcore.HouseholdExplanation;
import org.govcore.HouseholdOptions;
import org.govcore.ImportOptions;
import org.govcore.ImportReport;
import org.govcore.NeedModel;
import org.govcore.Store;
import org.govcore.Table;

/**
 * Scores a village from its people: no figure of a household is filled in, all follow from persons, who lives with whom, and
 * what was observed.
 *
 * <pre>java -cp govcore.jar Village.java</pre>
 */
public final class Village {
    private static final String[][] RECORDS = {
        {"grid", "code,name,level,parent\n3101,某区,county,\n310101,某村,community,3101\n"},
        {"person", "id,grid,birth_date,health,disability_grade\nli,310101,1980-05-01,61,2\nwang,310101,1982-11-20,10,\n"
                + "xiaojie,310101,2012-02-29,10,\n"},
        {"household", "id,grid\nH1,310101\n"},
        {"membership", "household,person,relation\nH1,li,02\nH1,wang,10\nH1,xiaojie,20\n"},
        {"observation", "subject_kind,subject,variable,time,source,value\n"
                + "household,H1,disposable_income,2021-06-30T12:00:00,街道,1900\n"
                + "household,H1,receives_dibao,2021-07-01T12:00:00,街道,0\n"
                + "person,wang,employment,2020-06-01T12:00:00,街道,70\n"},
    };

    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("village");
        HouseholdOptions options = HouseholdOptions.builder(LocalDate.of(2021, 8, 1)).build();
        try (NeedModel model = NeedModel.builtin();
                Store store = Store.builder(folder.resolve("village.gov"), "example").create(true)
                        .fields(Store.Fields.SENSITIVE).open()) {
            for (String[] kind : RECORDS) {
                Path file = folder.resolve(kind[0] + ".csv");
                Files.write(file, kind[1].getBytes(StandardCharsets.UTF_8));
                try (ImportReport done = store.importCsv(kind[0], file, ImportOptions.builder().strict(true).build())) {
                    System.out.println(kind[0] + ": " + done.added() + " added");
                }
            }
            try (Table scores = store.score(model, options);
                    HouseholdExplanation why = store.explain(model, "H1", options);
                    Table ask = why.table(HouseholdExplanation.Part.ASK)) {
                System.out.printf("H1: %.3f to %.3f%n", scores.doubles("score")[0], scores.doubles("score_high")[0]);
                System.out.println("ask next: " + ask.texts("name_en")[0] + ", " + ask.texts("name_en")[1]);
            }
        }
    }
}
