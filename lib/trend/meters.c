/* meters.c - many homes: what a table of readings changes is made beside what there is, home by home in parallel, and
 * changes places when nothing can fail any more. */
#include "trend/meters.h"
#include "base/parallel.h"
#include "base/struct.h"
#include "table/frame.h"

#include <math.h>
#include <string.h>

enum { BLOCK = 16 };
static const int64_t MOST_SECONDS = INT64_C(100) * 366 * 86400;

/* --- Life ------------------------------------------------------------------------------------------------------------ */

gov_status gov_meters_new(const gov_meters_options *options, gov_meters **out, gov_error *err)
{
    gov_meters_options o;
    gov_meters m = {.count = 0};
    if (out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "out must not be NULL");
    GOV_TRY(gov_struct_read(&o, sizeof(o), options, err));
    GOV_TRY(gov_watch_settle(o.rules, &m.rules, err));
    if (!(o.register_size >= 0) || !isfinite(o.register_size))
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("register_size"),
                           "register_size must be 0 or more");
    if (o.offline_hours < 0 || o.offline_hours > 100000)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("offline_hours"),
                           "offline_hours must be 1 or more");
    m.register_size = o.register_size;
    m.offline_seconds = (o.offline_hours == 0 ? 6 : o.offline_hours) * 3600;
    gov_meters *made = gov_alloc(1, sizeof(*made));
    if (made == NULL)
        return gov_fail_memory(err);
    *made = m;
    *out = made;
    return GOV_OK;
}

void gov_meters_free(gov_meters *meters)
{
    if (meters == NULL)
        return;
    for (int64_t i = 0; i < meters->count; i++)
        gov_home_clear(&meters->homes[i]);
    gov_free(meters->homes);
    gov_free(meters);
}

int64_t gov_meters_count(const gov_meters *meters)
{
    return meters->count;
}

/* Room for `more` homes, and homes with a name and nothing else in it. */
static gov_status begin_homes(gov_meters *meters, const gov_reading_rows *rows, gov_error *err)
{
    void *items = meters->homes;
    GOV_TRY(gov_grow(&items, &meters->capacity, meters->count + rows->new_count, sizeof(gov_home), err));
    meters->homes = items;
    for (int64_t i = 0; i < rows->new_count; i++) {
        gov_home *h = &meters->homes[meters->count + i];
        *h = (gov_home){.name = gov_copy_text(rows->names[i], -1)};
        gov_watch_begin(&h->carry, 0, NULL);
        if (h->name != NULL)
            continue;
        for (int64_t k = 0; k < i; k++)
            gov_home_clear(&meters->homes[meters->count + k]);
        return gov_fail_memory(err);
    }
    return GOV_OK;
}

/* --- Readings -------------------------------------------------------------------------------------------------------- */

/* The readings of one home. */
typedef struct group {
    int64_t first; /* in the sorted rows */
    int64_t count;
    gov_home made;
} group;

typedef struct addition {
    const gov_meters *meters;
    gov_reading_rows rows;
    const char **reasons; /* by row of the table; NULL: it can be used */
    gov_reading *usable;
    group *groups;
    int64_t group_count;
} addition;

static const char *reason_against(const gov_meters *m, const gov_reading *r, const gov_reading *before)
{
    if (r->meter == INT64_MAX || r->kind == 0)
        return "missing";
    if (!(r->reading >= 0) || !isfinite(r->reading) ||
        (m->register_size > 0 && r->reading >= m->register_size))
        return "number";
    const gov_home *home = r->meter < m->count ? &m->homes[r->meter] : NULL;
    int64_t last = before != NULL                       ? before->time
                   : home != NULL && home->readings > 0 ? home->last_time
                                                        : INT64_MIN;
    return r->time <= last ? "late" : NULL;
}

/* Sorts out what cannot be used, and the rest by homes. */
static gov_status sort_out(addition *a, gov_error *err)
{
    int64_t usable = 0;
    for (int64_t i = 0; i < a->rows.count; i++) {
        const gov_reading *r = &a->rows.items[i];
        group *g = a->group_count > 0 ? &a->groups[a->group_count - 1] : NULL;
        int same = g != NULL && a->usable[g->first].meter == r->meter;
        const gov_reading *before = same ? &a->usable[usable - 1] : NULL;
        a->reasons[r->row] = reason_against(a->meters, r, before);
        if (a->reasons[r->row] != NULL)
            continue;
        const gov_home *home = r->meter < a->meters->count ? &a->meters->homes[r->meter] : NULL;
        int64_t last = before != NULL                       ? before->time
                       : home != NULL && home->readings > 0 ? home->last_time
                                                            : r->time;
        if (r->time - last > MOST_SECONDS)
            return gov_fail_at(err, GOV_E_LIMIT, GOV_AT_ROW(r->row, "time"),
                               "more than 100 years between readings");
        a->usable[usable] = *r;
        if (same)
            g->count++;
        else
            a->groups[a->group_count++] = (group){usable, 1, {.name = NULL}};
        usable++;
    }
    return GOV_OK;
}

static gov_status take_some(void *context, int worker, int64_t first, int64_t last, gov_error *err)
{
    const addition *a = context;
    (void)worker;
    for (int64_t i = first; i < last; i++) {
        group *g = &a->groups[i];
        const gov_reading *r = &a->usable[g->first];
        GOV_TRY(gov_home_take(a->meters, &a->meters->homes[r->meter], r, g->count, &g->made, err));
    }
    return GOV_OK;
}

static gov_status refusals(const addition *a, const gov_table *table, gov_table **out, gov_error *err)
{
    int64_t count = 0;
    for (int64_t i = 0; i < a->rows.count; i++)
        count += a->reasons[i] != NULL;
    gov_frame frame = GOV_FRAME_INIT(count);
    int64_t *rows = NULL;
    int64_t meter = 0;
    const char **texts = gov_alloc(count, sizeof(char *));
    gov_status status = texts == NULL ? gov_fail_memory(err) : gov_frame_int64s(&frame, "row", &rows, err);
    for (int64_t i = 0, at = 0; status == GOV_OK && i < a->rows.count; i++) {
        if (a->reasons[i] == NULL)
            continue;
        texts[at] = a->reasons[i];
        rows[at++] = i;
    }
    if (status == GOV_OK)
        status = gov_table_find(table, "meter", &meter, err);
    if (status == GOV_OK)
        status = gov_frame_take(&frame, table, meter, NULL, rows, err);
    if (status == GOV_OK)
        status = gov_frame_texts(&frame, "reason", texts, NULL, err);
    if (status == GOV_OK)
        status = gov_frame_finish(&frame, out, err);
    gov_frame_clear(&frame);
    gov_free(texts);
    return status;
}

static gov_status refuse_first(const addition *a, gov_error *err)
{
    for (int64_t i = 0; i < a->rows.count; i++)
        if (a->reasons[i] != NULL)
            return gov_fail_at(
                err, GOV_E_RANGE, GOV_AT_ROW(i, "reading"),
                "a reading cannot be used (%s): ask for the table of refused rows to go on without it",
                a->reasons[i]);
    return GOV_OK;
}

static gov_status prepare(addition *a, const gov_table *readings, gov_error *err)
{
    GOV_TRY(gov_reading_rows_of(a->meters, readings, 0, &a->rows, err));
    a->reasons = gov_alloc_zero(a->rows.count, sizeof(char *));
    a->usable = gov_alloc(a->rows.count, sizeof(gov_reading));
    a->groups = gov_alloc_zero(a->rows.count, sizeof(group));
    if (a->reasons == NULL || a->usable == NULL || a->groups == NULL)
        return gov_fail_memory(err);
    return sort_out(a, err);
}

static void addition_clear(addition *a)
{
    for (int64_t i = 0; i < a->group_count; i++)
        gov_home_clear(&a->groups[i].made);
    gov_free(a->reasons);
    gov_free(a->usable);
    gov_free(a->groups);
    gov_reading_rows_free(&a->rows);
}

/* Puts what was made in the place of what there was; cannot fail. */
static void take_over(gov_meters *meters, addition *a)
{
    meters->count += a->rows.new_count;
    for (int64_t i = 0; i < a->group_count; i++) {
        gov_home *home = &meters->homes[a->usable[a->groups[i].first].meter];
        gov_home_clear(home);
        *home = a->groups[i].made;
        a->groups[i].made = (gov_home){.name = NULL};
    }
}

gov_status gov_meters_add(gov_meters *meters, const gov_table *readings, const gov_meters_run *run,
                          gov_table **refused, gov_error *err)
{
    gov_meters_run o;
    addition a = {.meters = meters};
    gov_table *list = NULL;
    if (meters == NULL || readings == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "meters and readings must not be NULL");
    GOV_TRY(gov_struct_read(&o, sizeof(o), run, err));
    gov_status status = prepare(&a, readings, err);
    if (status == GOV_OK)
        status = refused == NULL ? refuse_first(&a, err) : refusals(&a, readings, &list, err);
    int begun = status == GOV_OK;
    if (status == GOV_OK)
        status = begin_homes(meters, &a.rows, err);
    begun = begun && status == GOV_OK;
    if (status == GOV_OK)
        status = gov_parallel(o.threads, a.group_count, BLOCK, take_some, &a, o.run, err);
    for (int64_t i = 0; begun && status != GOV_OK && i < a.rows.new_count; i++)
        gov_home_clear(&meters->homes[meters->count + i]);
    if (status == GOV_OK) {
        take_over(meters, &a);
        if (refused != NULL)
            *refused = list;
    } else {
        gov_table_free(list);
    }
    addition_clear(&a);
    return status;
}

/* --- Exemptions ------------------------------------------------------------------------------------------------------ */

static gov_status check_exempts(const gov_reading_rows *rows, gov_error *err)
{
    for (int64_t i = 0; i < rows->count; i++) {
        const gov_reading *r = &rows->items[i];
        if (r->meter == INT64_MAX || r->until == INT64_MIN)
            return gov_fail_at(err, GOV_E_MISSING, GOV_AT_ROW(r->row, "meter"),
                               "an exemption needs its meter, its beginning and its end");
        if (r->until <= r->time)
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(r->row, "to"),
                               "an exemption ends after it begins");
    }
    return GOV_OK;
}

static int64_t run_of(const gov_reading_rows *rows, int64_t first)
{
    int64_t count = 1;
    while (first + count < rows->count && rows->items[first + count].meter == rows->items[first].meter)
        count++;
    return count;
}

/* Room in every home first, so that nothing is half done. */
static gov_status grow_exempts(gov_meters *meters, const gov_reading_rows *rows, gov_error *err)
{
    for (int64_t first = 0; first < rows->count; first += run_of(rows, first)) {
        gov_home *home = &meters->homes[rows->items[first].meter];
        int64_t count = home->exempt_count + run_of(rows, first);
        gov_exempt *more = gov_resize(home->exempts, count, sizeof(gov_exempt));
        if (more == NULL)
            return gov_fail_memory(err);
        home->exempts = more;
    }
    return GOV_OK;
}

gov_status gov_meters_exempt(gov_meters *meters, const gov_table *exempts, gov_error *err)
{
    gov_reading_rows rows = {.count = 0};
    if (meters == NULL || exempts == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "meters and exempts must not be NULL");
    GOV_TRY(gov_reading_rows_of(meters, exempts, 1, &rows, err));
    gov_status status = check_exempts(&rows, err);
    if (status == GOV_OK)
        status = begin_homes(meters, &rows, err);
    int begun = status == GOV_OK;
    if (status == GOV_OK)
        status = grow_exempts(meters, &rows, err);
    for (int64_t i = 0; begun && status != GOV_OK && i < rows.new_count; i++)
        gov_home_clear(&meters->homes[meters->count + i]);
    for (int64_t i = 0; status == GOV_OK && i < rows.count; i++) {
        const gov_reading *r = &rows.items[i];
        gov_home *home = &meters->homes[r->meter];
        home->exempts[home->exempt_count++] = (gov_exempt){r->time, r->until, r->kind};
    }
    if (status == GOV_OK)
        meters->count += rows.new_count;
    gov_reading_rows_free(&rows);
    return status;
}

/* --- Episodes -------------------------------------------------------------------------------------------------------- */

typedef struct asking {
    const gov_meters *meters;
    int64_t now;
    gov_episodes *by_home;
} asking;

static gov_status ask_some(void *context, int worker, int64_t first, int64_t last, gov_error *err)
{
    const asking *a = context;
    (void)worker;
    for (int64_t i = first; i < last; i++)
        GOV_TRY(gov_home_episodes(a->meters, &a->meters->homes[i], a->now, &a->by_home[i], err));
    return GOV_OK;
}

/* Those that last or ended after `since`, with the names of their meters. */
static gov_status collect(const asking *a, int64_t since, gov_table **out, gov_error *err)
{
    gov_episodes all = {NULL, 0, 0};
    int64_t most = 0;
    for (int64_t i = 0; i < a->meters->count; i++)
        most += a->by_home[i].count;
    const char **names = gov_alloc(most, sizeof(char *));
    all.items = gov_alloc(most, sizeof(gov_episode));
    gov_status status = names == NULL || all.items == NULL ? gov_fail_memory(err) : GOV_OK;
    for (int64_t i = 0; status == GOV_OK && i < a->meters->count; i++)
        for (int64_t k = 0; k < a->by_home[i].count; k++) {
            const gov_episode *e = &a->by_home[i].items[k];
            if (since != 0 && e->ended != INT64_MAX && e->ended * GOV_SLOT_SECONDS <= since)
                continue;
            names[all.count] = a->meters->homes[i].name;
            all.items[all.count++] = *e;
        }
    if (status == GOV_OK)
        status = gov_episodes_table(&all, names, out, err);
    gov_free(names);
    gov_free(all.items);
    return status;
}

gov_status gov_meters_episodes(const gov_meters *meters, int64_t now, int64_t since,
                               const gov_meters_run *run, gov_table **out, gov_error *err)
{
    gov_meters_run o;
    if (meters == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "meters and out must not be NULL");
    GOV_TRY(gov_struct_read(&o, sizeof(o), run, err));
    if (now > INT64_C(253402300799) || now < -INT64_C(62135596800))
        return gov_fail_at(err, GOV_E_RANGE, GOV_AT_NAME("now"), "now lies outside the years 0001 to 9999");
    asking a = {meters, now == 0 ? INT64_MIN : now, gov_alloc_zero(meters->count, sizeof(gov_episodes))};
    if (a.by_home == NULL)
        return gov_fail_memory(err);
    gov_status status = gov_parallel(o.threads, meters->count, BLOCK, ask_some, &a, o.run, err);
    if (status == GOV_OK)
        status = collect(&a, since, out, err);
    for (int64_t i = 0; i < meters->count; i++)
        gov_free(a.by_home[i].items);
    gov_free(a.by_home);
    return status;
}

void gov_meters_forget(gov_meters *meters, int64_t before)
{
    for (int64_t i = 0; i < meters->count; i++) {
        gov_watch_carry *c = &meters->homes[i].carry;
        int64_t kept = 0;
        for (int64_t k = 0; k < c->episodes.count; k++) {
            gov_episode e = c->episodes.items[k];
            if (e.ended != INT64_MAX && e.ended * GOV_SLOT_SECONDS <= before)
                continue;
            if (e.ended == INT64_MAX && c->open[e.rule] == k)
                c->open[e.rule] = kept;
            c->episodes.items[kept++] = e;
        }
        c->episodes.count = kept;
    }
}
