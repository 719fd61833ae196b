// trend_seasonal.i - a series as trend, seasons and remainder.
%{
#include "govcore/trend/seasonal.h"

// Windows, jumps and degrees, each in the order seasonal, trend, low pass; 0 is the default.
static gov_stl_options stl_options(int robust, int periodic, int64_t period, in_int64s windows, in_int64s jumps,
                                   in_int64s degrees, int64_t inner, int64_t outer, int gaps)
{
    gov_stl_options options = GOV_STL_OPTIONS_INIT;
    options.gaps = (gov_stl_gaps)gaps;
    options.robust = robust;
    options.periodic = periodic;
    options.period = period;
    options.inner = inner;
    options.outer = outer;
    if (windows.n == 3) {
        options.seasonal = windows.data[0];
        options.trend = windows.data[1];
        options.low_pass = windows.data[2];
    }
    if (jumps.n == 3) {
        options.seasonal_jump = jumps.data[0];
        options.trend_jump = jumps.data[1];
        options.low_pass_jump = jumps.data[2];
    }
    if (degrees.n == 3) {
        options.seasonal_degree = (gov_stl_degree)degrees.data[0];
        options.trend_degree = (gov_stl_degree)degrees.data[1];
        options.low_pass_degree = (gov_stl_degree)degrees.data[2];
    }
    return options;
}
%}
GOV_HEADER("govcore/trend/seasonal.h")

%inline %{
// The parts are filled, each as long as y.
static void trend_stl(in_doubles y, in_bytes valid, int robust, int periodic, int64_t period, in_int64s windows,
                      in_int64s jumps, in_int64s degrees, int64_t inner, int64_t outer, int gaps, out_doubles trend,
                      out_doubles seasonal, out_doubles remainder, out_doubles weights, gov_error *err)
{
    gov_stl_options options = stl_options(robust, periodic, period, windows, jumps, degrees, inner, outer, gaps);
    gov_stl_parts parts = GOV_STL_PARTS_INIT;
    parts.trend = trend.data;
    parts.seasonal = seasonal.data;
    parts.remainder = remainder.data;
    parts.weights = weights.data;
    if (trend.n != y.n || seasonal.n != y.n || remainder.n != y.n || weights.n != y.n)
        refuse(err, "the parts must be as long as the series");
    else if (one_length(y, valid, err) == GOV_OK)
        gov_stl(y.data, valid.data, y.n, &options, &parts, err);
}

// `seasons` holds one stretch as long as y for each period.
static void trend_mstl(in_doubles y, in_bytes valid, in_int64s periods, in_int64s windows, int64_t iterate,
                       int robust, in_int64s jumps, in_int64s degrees, int gaps, out_doubles seasons, out_doubles trend,
                       out_doubles remainder, out_doubles weights, gov_error *err)
{
    in_int64s none = {NULL, 0};
    gov_stl_options options = stl_options(robust, 0, 0, none, jumps, degrees, 0, 0, gaps);
    gov_stl_parts parts = GOV_STL_PARTS_INIT;
    parts.trend = trend.data;
    parts.remainder = remainder.data;
    parts.weights = weights.data;
    if (trend.n != y.n || remainder.n != y.n || weights.n != y.n || seasons.n != y.n * periods.n ||
        (windows.data != NULL && windows.n != periods.n))
        refuse(err, "the parts must be as long as the series, and windows as many as periods");
    else if (one_length(y, valid, err) == GOV_OK)
        gov_mstl(y.data, valid.data, y.n, periods.data, windows.data, periods.n, iterate, &options, seasons.data,
                 &parts, err);
}
%}
