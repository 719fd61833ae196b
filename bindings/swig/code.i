// code.i - identifiers, code sets, masks, pseudonyms and the working calendar.
GOV_VALUE(gov_citizen_id, NativeCitizenId)
GOV_VALUE(gov_credit_code, NativeCreditCode)
GOV_VALUE(gov_division, NativeDivision)
GOV_VALUE(gov_grid_code, NativeGridCode)
GOV_VALUE(gov_object_code, NativeObjectCode)
GOV_VALUE(gov_code_item, NativeCodeItem)
GOV_NULLABLE(gov_table *exceptions, NativeTable)
GOV_HANDLE(gov_pseudonym, NativePseudonym, gov_pseudonym_free)
GOV_HANDLE(gov_calendar, NativeCalendar, gov_calendar_free)
GOV_HEADER("govcore/code.h")

%inline %{
static void code_citizen_id(const char *text, int accept_lower_x, int accept_15, const char *born_not_after,
                            const char *born_not_before, gov_citizen_id *out, gov_error *err)
{
    gov_citizen_id_options options = GOV_CITIZEN_ID_OPTIONS_INIT;
    gov_citizen_id id = GOV_CITIZEN_ID_INIT;
    options.accept_lower_x = accept_lower_x;
    options.accept_15 = accept_15;
    options.born_not_after = born_not_after;
    options.born_not_before = born_not_before;
    if (gov_citizen_id_parse(text, -1, &options, &id, err) == GOV_OK)
        *out = id;
}

static int code_citizen_id_age(gov_citizen_id *id, int on, gov_error *err)
{
    int32_t years = 0;
    gov_citizen_id_age(id, on, &years, err);
    return years;
}

static void code_credit_code(const char *text, int accept_lower_case, int skip_inner_check, gov_credit_code *out,
                             gov_error *err)
{
    gov_credit_code_options options = GOV_CREDIT_CODE_OPTIONS_INIT;
    gov_credit_code code = GOV_CREDIT_CODE_INIT;
    options.accept_lower_case = accept_lower_case;
    options.skip_inner_check = skip_inner_check;
    if (gov_credit_code_parse(text, -1, &options, &code, err) == GOV_OK)
        *out = code;
}

static void code_division(const char *text, gov_division *out, gov_error *err)
{
    gov_division division = GOV_DIVISION_INIT;
    if (gov_division_parse(text, -1, &division, err) == GOV_OK)
        *out = division;
}

static void code_grid_code(const char *text, int profile, int sequence_digits, gov_grid_code *out, gov_error *err)
{
    gov_grid_code code = GOV_GRID_CODE_INIT;
    if (gov_grid_code_parse(text, -1, (gov_grid_profile)profile, sequence_digits, &code, err) == GOV_OK)
        *out = code;
}

static void code_component_code(const char *text, int profile, gov_object_code *out, gov_error *err)
{
    gov_object_code code = GOV_OBJECT_CODE_INIT;
    if (gov_component_code_parse(text, -1, (gov_object_profile)profile, &code, err) == GOV_OK)
        *out = code;
}

static void code_event_class(const char *text, int profile, gov_object_code *out, gov_error *err)
{
    gov_object_code code = GOV_OBJECT_CODE_INIT;
    if (gov_event_class_parse(text, -1, (gov_object_profile)profile, &code, err) == GOV_OK)
        *out = code;
}

static void code_grid_code_make(int profile, int sequence_digits, const char *object, const char *community,
                                int64_t sequence, gov_grid_code *out, gov_error *err)
{
    gov_grid_code code = GOV_GRID_CODE_INIT;
    if (gov_grid_code_make((gov_grid_profile)profile, sequence_digits, object, community, sequence, &code, err) ==
        GOV_OK)
        *out = code;
}

static gov_table *code_suppress(gov_table *table, const char *row, const char *column, const char *count,
                                int64_t threshold, gov_run *run, gov_error *err)
{
    gov_suppress_options options = GOV_SUPPRESS_OPTIONS_INIT;
    gov_table *out = NULL;
    options.threshold = threshold;
    options.run = run;
    gov_suppress(table, row, column, count, &options, &out, err);
    return out;
}

static gov_table *code_anonymity(gov_table *table, in_texts names, const char *sensitive, gov_error *err)
{
    gov_table *out = NULL;
    gov_anonymity(table, names.data, names.n, sensitive, &out, err);
    return out;
}

static gov_table *code_check(gov_table *table, const char *column, int kind, int threads, int refused_only,
                             int level, int grid_profile, int sequence_digits, int object_profile, const char *set,
                             gov_run *run, gov_error *err)
{
    gov_code_options options = GOV_CODE_OPTIONS_INIT;
    gov_table *out = NULL;
    options.threads = threads;
    options.refused_only = refused_only;
    options.level = level;
    options.grid_profile = grid_profile;
    options.sequence_digits = sequence_digits;
    options.object_profile = object_profile;
    options.set = set;
    options.run = run;
    gov_code_check(table, column, (gov_code_kind)kind, &options, &out, err);
    return out;
}

static gov_table *code_citizen_ids(gov_table *table, const char *column, int accept_lower_x, int accept_15,
                                   const char *as_of, gov_error *err)
{
    gov_citizen_id_options options = GOV_CITIZEN_ID_OPTIONS_INIT;
    gov_table *out = NULL;
    options.accept_lower_x = accept_lower_x;
    options.accept_15 = accept_15;
    gov_citizen_id_table(table, column, &options, as_of, &out, err);
    return out;
}

static void code_lookup(const char *set, const char *code, gov_code_item *out, gov_error *err)
{
    const gov_code_item *item = NULL;
    if (gov_code_lookup(set, code, &item, err) == GOV_OK)
        *out = *item;
}

static gov_table *code_items(const char *set, gov_error *err)
{
    gov_table *out = NULL;
    gov_code_items(set, &out, err);
    return out;
}

static gov_table *code_sets(gov_error *err)
{
    gov_table *out = NULL;
    gov_code_sets(&out, err);
    return out;
}

static int64_t code_mask(const char *kind, const char *text, int strict, int keep_first, int keep_last,
                         int band_years, out_bytes out, gov_error *err)
{
    gov_mask_options options = GOV_MASK_OPTIONS_INIT;
    gov_mask_kind parsed = GOV_MASK_TEXT;
    int64_t length = 0;
    options.strict = strict;
    options.keep_first = keep_first;
    options.keep_last = keep_last;
    options.band_years = band_years;
    if (gov_mask_kind_parse(kind, &parsed, err) == GOV_OK)
        gov_mask(parsed, text, -1, &options, (char *)out.data, out.n, &length, err);
    return length;
}

static gov_table *code_mask_column(gov_table *table, const char *column, const char *kind, int strict,
                                   int keep_first, int keep_last, int band_years, gov_error *err)
{
    gov_mask_options options = GOV_MASK_OPTIONS_INIT;
    gov_mask_kind parsed = GOV_MASK_TEXT;
    gov_table *out = NULL;
    options.strict = strict;
    options.keep_first = keep_first;
    options.keep_last = keep_last;
    options.band_years = band_years;
    if (gov_mask_kind_parse(kind, &parsed, err) == GOV_OK)
        gov_mask_column(table, column, parsed, &options, &out, err);
    return out;
}

static gov_pseudonym *pseudonym_new(in_bytes key, const char *domain, int algorithm, int encoding, int bytes,
                                    gov_error *err)
{
    gov_pseudonym_options options = GOV_PSEUDONYM_OPTIONS_INIT;
    gov_pseudonym *out = NULL;
    options.algorithm = algorithm;
    options.encoding = encoding;
    options.bytes = bytes;
    gov_pseudonym_new(key.data, key.n, domain, &options, &out, err);
    return out;
}

static int64_t pseudonym_make(gov_pseudonym *pseudonym, const char *text, out_bytes out, gov_error *err)
{
    int64_t length = 0;
    gov_pseudonym_make(pseudonym, text, -1, (char *)out.data, out.n, &length, err);
    return length;
}

static gov_table *pseudonym_column(gov_pseudonym *pseudonym, gov_table *table, const char *column, gov_error *err)
{
    gov_table *out = NULL;
    gov_pseudonym_column(pseudonym, table, column, &out, err);
    return out;
}

static gov_calendar *calendar_new(gov_table *exceptions, int week, const char *hours, const char *urgent_hours,
                                  gov_error *err)
{
    gov_calendar_options options = GOV_CALENDAR_OPTIONS_INIT;
    gov_calendar *out = NULL;
    options.week = week;
    options.hours = hours;
    options.urgent_hours = urgent_hours;
    if (exceptions != NULL)
        gov_calendar_from_table(exceptions, &options, &out, err);
    else
        gov_calendar_new(NULL, NULL, 0, &options, &out, err);
    return out;
}

static int calendar_is_working(gov_calendar *calendar, int day)
{
    return gov_calendar_is_working(calendar, day);
}

static int calendar_add_days(gov_calendar *calendar, int day, int64_t n, gov_error *err)
{
    int32_t out = 0;
    gov_calendar_add_days(calendar, day, n, &out, err);
    return out;
}

static int64_t calendar_days_between(gov_calendar *calendar, int from, int to)
{
    return gov_calendar_days_between(calendar, from, to);
}

static int64_t calendar_deadline(gov_calendar *calendar, int64_t start, double amount, int unit, gov_error *err)
{
    int64_t out = 0;
    gov_calendar_deadline(calendar, start, amount, (gov_limit_unit)unit, &out, err);
    return out;
}

static int64_t calendar_elapsed(gov_calendar *calendar, int64_t from, int64_t to, int unit, gov_error *err)
{
    int64_t out = 0;
    gov_calendar_elapsed(calendar, from, to, (gov_limit_unit)unit, &out, err);
    return out;
}
%}
