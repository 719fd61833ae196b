// trend_alarms.i - detectors for counts: EARS, Farrington, ESSENCE; how good a detector is.
GOV_VALUE(gov_alarm_quality, NativeAlarmQuality)
GOV_HEADER("govcore/trend/alarms.h")

%inline %{
static gov_table *trend_ears(in_doubles y, in_bytes valid, int method, int64_t baseline, double min_sigma,
                             double alpha, gov_error *err)
{
    gov_ears_options options = ears_options(method, baseline, min_sigma, alpha);
    gov_table *out = NULL;
    if (one_length(y, valid, err) == GOV_OK)
        gov_ears_table(y.data, valid.data, y.n, &options, &out, err);
    return out;
}

// counts, levels: see farrington_options. `range` may be absent, or hold the first period to judge and the one past the
// last.
static gov_table *trend_farrington(in_doubles y, in_bytes valid, in_doubles population, int version, int threshold,
                                   int power, int frequency, int start, in_int64s counts, in_doubles levels,
                                   int without_trend, int without_weights, in_int64s range, gov_error *err)
{
    gov_farrington_options options =
        farrington_options(version, threshold, power, counts, levels, without_trend, without_weights, err);
    gov_table *out = NULL;
    options.frequency = (gov_frequency)frequency;
    options.start = start;
    if (range.n == 2) {
        options.from = range.data[0];
        options.to = range.data[1];
    }
    if (err->code != GOV_OK)
        return NULL;
    if (range.data != NULL && range.n != 2)
        refuse(err, "a range is its first period and the one past the last");
    else if (population.data != NULL && population.n != y.n)
        refuse(err, "values and population must be of one length");
    else if (one_length(y, valid, err) == GOV_OK)
        gov_farrington_table(y.data, valid.data, population.data, y.n, &options, &out, err);
    return out;
}

static gov_table *trend_essence(in_doubles y, in_bytes valid, int method, int64_t baseline, int64_t guard, double w1,
                                double w2, gov_error *err)
{
    gov_essence_options options = essence_options(method, baseline, guard, w1, w2);
    gov_table *out = NULL;
    if (one_length(y, valid, err) == GOV_OK)
        gov_essence_table(y.data, valid.data, y.n, &options, &out, err);
    return out;
}

static void trend_alarm_evaluate(in_bytes alarm, in_bytes judged, in_bytes truth, gov_alarm_quality *quality,
                                 gov_error *err)
{
    gov_alarm_quality filled = GOV_ALARM_QUALITY_INIT;
    if (truth.n != alarm.n || (judged.data != NULL && judged.n != alarm.n))
        refuse(err, "alarm, judged and truth must be of one length");
    else if (gov_alarm_evaluate(alarm.data, judged.data, truth.data, alarm.n, &filled, err) == GOV_OK)
        *quality = filled;
}
%}
