// base.i - version, statuses, dates, runs.
%ignore gov_error;
%ignore GOV_ERROR_INIT;
%ignore gov_text;
GOV_HANDLE(gov_run, NativeRun, gov_run_free)
GOV_HEADER("govcore/base.h")
GOV_NULLABLE(gov_run *run, NativeRun)

const char *gov_version(void);
int gov_abi(void);
const char *gov_status_name(gov_status code);
const char *gov_status_text(gov_status code, const char *language);

%inline %{
static gov_run *run_new(gov_error *err)
{
    gov_run *run = NULL;
    gov_run_new(&run, err);
    return run;
}

static void run_cancel(gov_run *handle)
{
    gov_run_cancel(handle);
}

static int run_cancelled(gov_run *handle)
{
    return gov_run_cancelled(handle);
}

static int64_t run_done(gov_run *handle)
{
    int64_t done = 0, total = 0;
    gov_run_progress(handle, &done, &total);
    return done;
}

static int64_t run_total(gov_run *handle)
{
    int64_t done = 0, total = 0;
    gov_run_progress(handle, &done, &total);
    return total;
}

static int date_parse(const char *text, gov_error *err)
{
    int32_t days = 0;
    gov_date_parse(text, -1, &days, err);
    return days;
}
%}
