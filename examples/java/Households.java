import java.nio.file.Path;
import java.util.Arrays;
import org.govcore.NeedModel;
import org.govcore.NeedOptions;
import org.govcore.Table;

/**
 * Scores a CSV file of households with the built-in model and explains one of them.
 *
 * <pre>java -cp govcore.jar Households.java [households.csv]</pre>
 *
 * A score helps to find people to help; it is not a decision on eligibility. The households here are synthetic (合成数据).
 */
public final class Households {
    public static void main(String[] args) {
        Path path = Path.of(args.length > 0 ? args[0] : "examples/data/households-synthetic.csv");
        NeedOptions options = NeedOptions.builder().asOf("2021-08-01").build();
        try (Table households = Table.readCsv(path);
                NeedModel model = NeedModel.builtin();
                Table scores = model.score(households, options)) {
            System.out.printf("%d households, model %s %s%n", scores.rows(), model.id(), model.fingerprint());
            System.out.println(model.notice("zh"));

            String[] tiers = scores.texts("tier");
            for (String tier : new String[] {"high", "medium", "low", "none"}) {
                System.out.printf("%-7s %d%n", tier, Arrays.stream(tiers).filter(tier::equals).count());
            }

            long[] numbers = scores.longs("score_num");
            int highest = 0;
            for (int row = 1; row < numbers.length; row++) {
                highest = numbers[row] > numbers[highest] ? row : highest;
            }
            try (NeedModel.Explanation why = model.explain(households, highest, options)) {
                System.out.println(why.text("zh"));
            }
        }
    }
}
