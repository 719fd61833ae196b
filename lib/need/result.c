/* result.c - all columns of numbers lie in one block that is not zeroed first: making and clearing them one by one
 * took longer than the rules. Only tiers and statuses as texts are written when all rows are known. */
#include "need/result.h"

#include <stdio.h>
#include <string.h>

enum { NAME_SIZE = 80, TEXTS = 3 };

static int is_text(const gov_need_result *r, int c)
{
    return !r->as_codes && c >= GOV_NEED_TIER && c <= GOV_NEED_STATUS;
}

static gov_type type_of(int c)
{
    if (c == GOV_NEED_SCORE_NUM)
        return GOV_TYPE_INT64;
    if (c >= GOV_NEED_TIER && c <= GOV_NEED_STATUS)
        return GOV_TYPE_UINT8;
    if ((c >= GOV_NEED_DEPRIVED_MASK && c <= GOV_NEED_ABSENT_MASK) || c == GOV_NEED_SERVICE_MASK)
        return GOV_TYPE_UINT32;
    return GOV_TYPE_FLOAT64;
}

static void name_of(const gov_need_model *m, int c, char name[NAME_SIZE])
{
    static const char *const names[] = {"score_num",   "score",        "score_high", "coverage",
                                        "tier",        "tier_high",    "status",     "deprived_mask",
                                        "partly_mask", "missing_mask", "na_mask"};
    if (c < GOV_NEED_DIMENSION)
        snprintf(name, NAME_SIZE, "%s", names[c]);
    else if (c == GOV_NEED_SERVICE_MASK)
        snprintf(name, NAME_SIZE, "service_mask");
    else
        snprintf(name, NAME_SIZE, "dim_%s", m->dimensions[c - GOV_NEED_DIMENSION].id);
}

/* --- Which columns -------------------------------------------------------------------------------------------- */

static int exists(const gov_need_model *m, int c)
{
    return c < GOV_NEED_DIMENSION + m->dimension_count || c == GOV_NEED_SERVICE_MASK;
}

static gov_status choose_column(gov_need_result *r, const char *text, int64_t size, gov_error *err)
{
    char name[NAME_SIZE];
    for (int c = 0; c < GOV_NEED_SCORE_COLUMNS; c++) {
        if (!exists(r->env->model, c))
            continue;
        name_of(r->env->model, c, name);
        if ((int64_t)strlen(name) == size && memcmp(name, text, (size_t)size) == 0) {
            r->wanted |= UINT64_C(1) << c;
            return GOV_OK;
        }
    }
    gov_place place = {.name = text, .name_size = size, .row = -1};
    return gov_fail_at(err, GOV_E_UNKNOWN_NAME, &place, "columns: '%.*s' is not a column of the scores",
                       (int)size, text);
}

static gov_status choose_columns(gov_need_result *r, const char *columns, gov_error *err)
{
    for (int c = 0; c < GOV_NEED_SCORE_COLUMNS && columns == NULL; c++)
        r->wanted |= (uint64_t)exists(r->env->model, c) << c;
    while (columns != NULL && *columns != '\0') {
        int64_t size = (int64_t)strcspn(columns, ",");
        GOV_TRY(choose_column(r, columns, size, err));
        columns += size + (columns[size] == ',');
    }
    return GOV_OK;
}

/* --- Making them ---------------------------------------------------------------------------------------------- */

static gov_status pass_ids(gov_need_result *r, const gov_table *households, gov_error *err)
{
    const gov_need_model *m = r->env->model;
    for (int64_t i = 0; i < m->id_count; i++) {
        int64_t at = 0;
        if (gov_table_find(households, m->ids[i], &at, NULL) == GOV_OK)
            GOV_TRY(gov_frame_pass(&r->frame, households, at, NULL, err));
    }
    return GOV_OK;
}

static gov_status make_texts(gov_need_result *r, gov_error *err)
{
    for (int c = GOV_NEED_TIER; c <= GOV_NEED_STATUS; c++) {
        if (!is_text(r, c) || !(r->wanted >> c & 1))
            continue;
        r->values[c] = gov_alloc(r->env->rows, 1);
        if (r->values[c] == NULL)
            return gov_fail_memory(err);
    }
    return GOV_OK;
}

static gov_status make_numbers(gov_need_result *r, gov_error *err)
{
    gov_frame_field fields[GOV_NEED_SCORE_COLUMNS];
    char names[GOV_NEED_SCORE_COLUMNS][NAME_SIZE];
    int64_t count = 0;
    for (int c = 0; c < GOV_NEED_SCORE_COLUMNS; c++) {
        if (c == GOV_NEED_TIER)
            r->codes_at = r->frame.count + count;
        if (is_text(r, c) || !(r->wanted >> c & 1))
            continue;
        name_of(r->env->model, c, names[count]);
        fields[count] = (gov_frame_field){names[count], type_of(c), &r->values[c]};
        count++;
    }
    return gov_frame_block(&r->frame, fields, count, err);
}

/* What a refused row does not have: its scores and its tiers. */
static gov_status make_validity(gov_need_result *r, int64_t first, gov_error *err)
{
    int64_t field = first;
    for (int c = 0; c < GOV_NEED_STATUS; c++) {
        if (is_text(r, c) || !(r->wanted >> c & 1))
            continue;
        if (c != GOV_NEED_COVERAGE)
            GOV_TRY(gov_frame_validity(&r->frame, field, &r->valid[c], err));
        field++;
    }
    return GOV_OK;
}

gov_status gov_need_result_open(const gov_need_env *env, const gov_table *households,
                                const gov_need_options *options, gov_need_result *r, gov_error *err)
{
    *r = (gov_need_result){.env = env, .frame = GOV_FRAME_INIT(env->rows), .as_codes = options->codes};
    for (int64_t j = 0; j < env->model->indicator_count; j++)
        r->may_refuse |=
            env->weights->indicators[j] > 0 && env->model->indicators[j].on_missing == GOV_NEED_REFUSE;
    GOV_TRY(choose_columns(r, options->columns, err));
    GOV_TRY(pass_ids(r, households, err));
    int64_t first = r->frame.count;
    GOV_TRY(make_texts(r, err));
    GOV_TRY(make_numbers(r, err));
    return r->may_refuse ? make_validity(r, first, err) : GOV_OK;
}

/* --- Rows ----------------------------------------------------------------------------------------------------- */

/* A list of the scorer that it always needs: it keeps its own if the column is not wanted. */
#define AIM(list, c)                                \
    do {                                            \
        if (r->values[c] != NULL)                   \
            (list) = r->values[c], (list) += first; \
    } while (0)

/* One that it does without. */
#define AIM_OR_NULL(list, c)                             \
    do {                                                 \
        (list) = r->values[c];                           \
        (list) = (list) == NULL ? NULL : (list) + first; \
    } while (0)

void gov_need_result_aim(const gov_need_result *r, int64_t first, gov_need_rows *rows, double **dimensions)
{
    AIM(rows->low, GOV_NEED_SCORE_NUM);
    AIM(rows->tier, GOV_NEED_TIER);
    AIM(rows->tier_high, GOV_NEED_TIER_HIGH);
    AIM(rows->status, GOV_NEED_STATUS);
    AIM(rows->deprived, GOV_NEED_DEPRIVED_MASK);
    AIM(rows->partly, GOV_NEED_PARTLY_MASK);
    AIM(rows->missing, GOV_NEED_MISSING_MASK);
    AIM(rows->absent, GOV_NEED_ABSENT_MASK);
    AIM_OR_NULL(rows->score, GOV_NEED_SCORE);
    AIM_OR_NULL(rows->score_high, GOV_NEED_SCORE_HIGH);
    AIM_OR_NULL(rows->coverage, GOV_NEED_COVERAGE);
    AIM_OR_NULL(rows->services, GOV_NEED_SERVICE_MASK);
    rows->dimensions = NULL;
    for (int64_t d = 0; d < r->env->model->dimension_count; d++) {
        AIM_OR_NULL(dimensions[d], GOV_NEED_DIMENSION + d);
        if (dimensions[d] != NULL)
            rows->dimensions = dimensions;
    }
}

/* Zeroes a value and, where the column has a bitmap, says that it is missing. */
static void take_away(const gov_need_result *r, int c, int64_t row)
{
    size_t width = gov_type_width(type_of(c));
    if (r->values[c] == NULL || is_text(r, c))
        return; /* the tier -1 is no text */
    memset((char *)r->values[c] + (size_t)row * width, 0, width);
    if (r->valid[c] != NULL)
        gov_bit_clear(r->valid[c], row);
}

void gov_need_result_refuse(const gov_need_result *r, const gov_need_rows *rows, int64_t first, int64_t count)
{
    for (int64_t i = 0; i < count && r->may_refuse; i++) {
        if (rows->status[i] != GOV_NEED_REFUSED)
            continue;
        take_away(r, GOV_NEED_SCORE_NUM, first + i);
        take_away(r, GOV_NEED_SCORE, first + i);
        take_away(r, GOV_NEED_SCORE_HIGH, first + i);
        take_away(r, GOV_NEED_TIER, first + i);
        take_away(r, GOV_NEED_TIER_HIGH, first + i);
        for (int64_t d = 0; d < r->env->model->dimension_count; d++)
            take_away(r, (int)(GOV_NEED_DIMENSION + d), first + i);
    }
}

/* --- The table ------------------------------------------------------------------------------------------------ */

static gov_status add_text(gov_need_result *r, int c, gov_error *err)
{
    static const char *const statuses[] = {"scored", "bounded", "refused"};
    const char *tiers[GOV_NEED_MOST_TIERS + 1];
    const gov_need_model *m = r->env->model;
    char name[NAME_SIZE];
    name_of(m, c, name);
    for (int64_t t = 0; t <= m->tier_count; t++)
        tiers[t] = gov_need_tier_id(m, t);
    if (c == GOV_NEED_STATUS)
        return gov_frame_labels(&r->frame, name, r->values[c], statuses, 3, err);
    return gov_frame_labels(&r->frame, name, r->values[c], tiers, m->tier_count + 1, err);
}

/* Moves the last `count` columns of the frame to where the header promises them: before the masks. */
static void move_texts(gov_frame *f, int64_t to, int64_t count)
{
    gov_named_column texts[TEXTS];
    size_t size = sizeof(gov_named_column);
    memcpy(texts, f->fields + f->count - count, (size_t)count * size);
    memmove(f->fields + to + count, f->fields + to, (size_t)(f->count - count - to) * size);
    memcpy(f->fields + to, texts, (size_t)count * size);
}

gov_status gov_need_result_finish(gov_need_result *r, gov_table **out, gov_error *err)
{
    int64_t numbers = r->frame.count;
    for (int c = GOV_NEED_TIER; c <= GOV_NEED_STATUS; c++) {
        if (is_text(r, c) && r->values[c] != NULL)
            GOV_TRY(add_text(r, c, err));
    }
    if (r->frame.count > numbers)
        move_texts(&r->frame, r->codes_at, r->frame.count - numbers);
    return gov_frame_finish(&r->frame, out, err);
}

void gov_need_result_close(gov_need_result *r)
{
    for (int c = GOV_NEED_TIER; c <= GOV_NEED_STATUS; c++) {
        if (is_text(r, c))
            gov_free(r->values[c]);
    }
    gov_frame_clear(&r->frame);
}
