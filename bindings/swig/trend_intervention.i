// trend_intervention.i - did the intervention work?
%{
#include "govcore/trend/intervention.h"
%}
GOV_VALUE(gov_its_result, NativeIntervention)
GOV_HEADER("govcore/trend/intervention.h")

%inline %{
static void trend_its(in_doubles y, in_bytes valid, in_doubles population, int family, int64_t change, int64_t period,
                      int harmonics, int level_only, double alpha, gov_its_result *result, out_doubles fitted,
                      out_doubles counterfactual, gov_error *err)
{
    gov_its_options options = GOV_ITS_OPTIONS_INIT;
    gov_its_result filled = GOV_ITS_RESULT_INIT;
    options.family = (gov_its_family)family;
    options.change = change;
    options.period = period;
    options.harmonics = harmonics;
    options.level_only = level_only;
    options.alpha = alpha;
    if (one_length(y, valid, err) != GOV_OK)
        return;
    if (fitted.n != y.n || counterfactual.n != y.n || (population.data != NULL && population.n != y.n))
        refuse(err, "population and results must be as long as the series");
    else if (gov_its(y.data, valid.data, population.data, y.n, &options, &filled, fitted.data,
                     counterfactual.data, err) == GOV_OK)
        *result = filled;
}
%}
