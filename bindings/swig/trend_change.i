// trend_change.i - change points: PELT, binary segmentation, Pettitt, online run lengths.
%{
#include "govcore/trend/change.h"
%}
GOV_VALUE(gov_change_result, NativeChanges)
GOV_VALUE(gov_pettitt_result, NativePettitt)
GOV_HEADER("govcore/trend/change.h")

%inline %{
// `changes` has room for as many items as y; result.count of them are filled. `binary`: by binary segmentation.
static void trend_changes(in_doubles y, in_bytes valid, int binary, int exact, int cost, int penalty,
                          double penalty_value, double sd, int64_t min_segment, int64_t max_changes,
                          out_int64s changes, gov_change_result *result, gov_error *err)
{
    gov_change_options options = GOV_CHANGE_OPTIONS_INIT;
    gov_change_result filled = GOV_CHANGE_RESULT_INIT;
    options.exact = exact;
    options.cost = (gov_change_cost)cost;
    options.penalty = (gov_change_penalty)penalty;
    options.penalty_value = penalty_value;
    options.sd = sd;
    options.min_segment = min_segment;
    options.max_changes = max_changes;
    if (one_length(y, valid, err) != GOV_OK)
        return;
    if (changes.n != y.n) {
        refuse(err, "there must be room for as many changes as values");
        return;
    }
    gov_status status = (binary ? gov_binary_segmentation : gov_pelt)(y.data, valid.data, y.n, &options,
                                                                     changes.data, &filled, err);
    if (status == GOV_OK)
        *result = filled;
}

static void trend_pettitt(in_doubles y, in_bytes valid, gov_pettitt_result *result, gov_error *err)
{
    gov_pettitt_result filled = GOV_PETTITT_RESULT_INIT;
    if (one_length(y, valid, err) == GOV_OK && gov_pettitt(y.data, valid.data, y.n, &filled, err) == GOV_OK)
        *result = filled;
}

static void trend_bocpd(in_doubles y, in_bytes valid, int model, double expected_run, double alpha, double beta,
                        double kappa, double mu, out_int64s run, out_doubles first, out_doubles mean_run,
                        gov_error *err)
{
    gov_bocpd_options options = bocpd_options(model, expected_run, alpha, beta, kappa, mu);
    if (run.n != y.n || first.n != y.n || mean_run.n != y.n)
        refuse(err, "the results must be as long as the series");
    else if (one_length(y, valid, err) == GOV_OK)
        gov_bocpd(y.data, valid.data, y.n, &options, run.data, first.data, mean_run.data, err);
}
%}
