import java.nio.file.Path;
import java.util.Arrays;
import org.govcore.Lines;
import org.govcore.NeedModel;
import org.govcore.NeedOptions;
import org.govcore.Sensitivity;
import org.govcore.SensitivityOptions;
import org.govcore.Table;
import org.govcore.Weights;

/**
 * What a wider line would cost, how firmly tiers stand under other weights, and how scarce places are shared.
 *
 * <pre>java -cp govcore.jar Plan.java [households.csv]</pre>
 *
 * A budget helps to plan; it decides on nobody's eligibility. The households here are synthetic (合成数据).
 */
public final class Plan {
    public static void main(String[] args) {
        Path path = Path.of(args.length > 0 ? args[0] : "examples/data/households-synthetic.csv");
        NeedOptions options = NeedOptions.builder().asOf("2021-08-01").build();
        try (Table households = Table.readCsv(path);
                NeedModel model = NeedModel.builtin();
                Table budget = NeedModel.budget(Lines.builder(model).line("B").build(),
                        Lines.builder(model).line("3/2*B").build(), households, options, "grid_code",
                        "income_per_head", "members");
                Sensitivity sensitivity = model.sensitivity(households, options,
                        SensitivityOptions.builder().draws(200).build());
                Table tiers = sensitivity.tiers()) {
            System.out.printf("%.0f to %.0f more a month for %d to %d households%n",
                    budget.doubles("change_money_low")[0], budget.doubles("change_money_high")[0],
                    budget.longs("next_low")[0], budget.longs("next_high")[0]);
            System.out.printf("%.1f %% of the households keep their tier under other weights%n",
                    100 * tiers.doubles("keep")[0]);
            System.out.println("10 places for 12, 3 and 7 households: "
                    + Arrays.toString(Weights.allocate(new long[] {12, 3, 7}, 10)));
        }
    }
}
