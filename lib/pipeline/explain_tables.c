/* explain_tables.c - the tables of an explanation. What is above the shown class keeps its row and loses its values. */
#include "pipeline/explain.h"

#include <math.h>
#include <string.h>

/* --- Cells --------------------------------------------------------------------------------------------- */

static void fail_sheet(gov_need_sheet *s, gov_status status)
{
    if (s->status == GOV_OK)
        s->status = status;
}

/* The buffer's text as a cell; an empty one is missing. */
static void put_buffer(gov_need_sheet *s, gov_buffer *b)
{
    gov_text *text = NULL;
    gov_status status = gov_buffer_finish(b, &text, s->err);
    if (status != GOV_OK) {
        fail_sheet(s, status);
        return;
    }
    gov_need_put_text(s, gov_text_size(text) == 0 ? NULL : gov_text_data(text));
    gov_text_free(text);
}

static void put_sized(gov_need_sheet *s, const char *text, int64_t size)
{
    gov_buffer b = GOV_BUFFER_INIT;
    if (text == NULL) {
        gov_need_put_missing(s);
        return;
    }
    gov_buffer_bytes(&b, text, size);
    put_buffer(s, &b);
}

static void put_day(gov_need_sheet *s, int32_t day)
{
    if (day == GOV_NO_DAY)
        gov_need_put_missing(s);
    else
        gov_need_put_int(s, day);
}

static void put_grounds(gov_need_sheet *s, const gov_grounds *g)
{
    gov_buffer names = GOV_BUFFER_INIT;
    put_day(s, g->oldest);
    put_day(s, g->newest);
    gov_grounds_write(g, &names);
    put_buffer(s, &names);
}

static void put_label(gov_need_sheet *s, const char *id, gov_need_label name)
{
    gov_need_put_text(s, id);
    gov_need_put_text(s, name.zh);
    gov_need_put_text(s, name.en);
}

/* A cell of another table as it is. */
static void put_cell(gov_need_sheet *s, const gov_table *from, const char *name, int64_t row)
{
    int64_t column = 0, size = 0, number = 0;
    uint8_t valid = 0;
    const char *text = NULL;
    gov_status status = gov_table_find(from, name, &column, s->err);
    if (status == GOV_OK && gov_table_type(from, column) == GOV_TYPE_UTF8) {
        status = gov_table_text(from, row, column, &text, &size, s->err);
        if (status == GOV_OK)
            put_sized(s, text, size);
    } else if (status == GOV_OK) {
        status = gov_table_copy_int64s(from, column, row, 1, &number, &valid, s->err);
        if (status == GOV_OK && valid)
            gov_need_put_int(s, number);
        else if (status == GOV_OK)
            gov_need_put_missing(s);
    }
    if (status != GOV_OK)
        fail_sheet(s, status);
}

static int64_t bit_at(gov_need_sheet *s, const gov_table *from, int64_t row)
{
    int64_t column = 0, bit = 0;
    gov_status status = gov_table_find(from, "bit", &column, s->err);
    if (status == GOV_OK)
        status = gov_table_copy_int64s(from, column, row, 1, &bit, NULL, s->err);
    if (status != GOV_OK)
        fail_sheet(s, status);
    return bit;
}

/* --- Lines --------------------------------------------------------------------------------------------- */

static void put_line(gov_need_sheet *s, const gov_household_case *c, const gov_table *from, int64_t row)
{
    static const char *const columns[] = {
        "bit",  "dimension",  "indicator",        "name_zh", "name_en",    "state", "inputs",
        "rule", "weight_num", "contribution_num", "reason",  "on_missing", "source"};
    static const uint8_t hidden[] = {0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0};
    int64_t j = bit_at(s, from, row);
    int shown = c->classes[j] <= (uint8_t)c->shown;
    gov_grounds g = {.oldest = GOV_NO_DAY, .newest = GOV_NO_DAY};
    for (size_t k = 0; k < sizeof(hidden); k++) {
        if (hidden[k] && !shown)
            gov_need_put_missing(s);
        else
            put_cell(s, from, columns[k], row);
    }
    for (int64_t i = 0; i < c->plan->model->input_count; i++)
        if (c->reads[j][i])
            gov_grounds_join(&g, &c->grounds[i]);
    put_grounds(s, &g);
}

static gov_status make_lines(const gov_household_case *c, gov_table **out, gov_error *err)
{
    const gov_table *from = gov_need_explanation_lines(c->need);
    gov_need_sheet s;
    gov_need_sheet_open(
        &s,
        "bit:int,dimension:text,indicator:text,name_zh:text,name_en:text,state:text,inputs:text,"
        "rule:text,weight_num:int,contribution_num:int,reason:text,on_missing:text,source:text,"
        "oldest:date,newest:date,sources:text",
        err);
    for (int64_t row = 0; row < gov_table_rows(from) && s.status == GOV_OK; row++)
        put_line(&s, c, from, row);
    return gov_need_sheet_close(&s, out);
}

/* --- Inputs -------------------------------------------------------------------------------------------- */

static void put_value(gov_need_sheet *s, const gov_need_input *input, double value, int shown)
{
    gov_buffer b = GOV_BUFFER_INIT;
    if (isnan(value)) {
        gov_need_put_missing(s);
        return;
    }
    if (shown)
        gov_feature_show(input, value, &b);
    else
        gov_buffer_text(&b, "***");
    put_buffer(s, &b);
}

static void put_input(gov_need_sheet *s, const gov_household_case *c, int64_t i)
{
    static const char *const origins[] = {"unknown", "recorded", "derived", "out_of_range"};
    const gov_need_input *input = &c->plan->model->inputs[i];
    int64_t term = c->plan->terms[i];
    gov_feature_origin origin = (gov_feature_origin)c->batch->origins[i][0];
    gov_buffer missing = GOV_BUFFER_INIT;
    put_label(s, input->id, input->name);
    gov_need_put_text(s, input->unit);
    put_value(s, input, c->batch->values[i][0], gov_input_class(c, i) <= c->shown);
    gov_need_put_text(s, origins[origin]);
    gov_need_put_text(s, term < 0 ? NULL : c->plan->features->rules->terms[term].text);
    put_grounds(s, &c->grounds[i]);
    if (origin == GOV_FEATURE_UNKNOWN)
        gov_missing_write(c, i, NULL, &missing);
    put_buffer(s, &missing);
}

static gov_status make_inputs(const gov_household_case *c, gov_table **out, gov_error *err)
{
    gov_need_sheet s;
    gov_need_sheet_open(
        &s,
        "id:text,name_zh:text,name_en:text,unit:text,value:text,origin:text,rule:text,oldest:date,"
        "newest:date,sources:text,missing:text",
        err);
    for (int64_t i = 0; i < c->plan->model->input_count && s.status == GOV_OK; i++)
        if (!c->plan->model->inputs[i].member)
            put_input(&s, c, i);
    return gov_need_sheet_close(&s, out);
}

static void put_reading(gov_need_sheet *s, const gov_household_case *c, int64_t source, int64_t row)
{
    const gov_need_input *input = &c->plan->features->rules->inputs[source];
    int64_t at = gov_feature_source_row(c->plan, c->batch, source, row), size = 0;
    const char *person = NULL;
    gov_buffer from = GOV_BUFFER_INIT;
    gov_trace t = gov_trace_of(c->plan, c->batch, c->traces, source, row);
    put_label(s, input->id, input->name);
    gov_need_put_text(s, input->unit);
    if (input->member)
        fail_sheet(
            s, gov_table_text(c->batch->persons, c->batch->person_rows_of[row], 0, &person, &size, s->err));
    put_sized(s, person, size);
    put_value(s, input, c->batch->sources[source][at], c->plan->source_classes[source] <= (uint8_t)c->shown);
    gov_from_write(&c->plan->features->sources[source], &from);
    put_buffer(s, &from);
    put_day(s, t.day);
    put_sized(s, t.source, t.size);
}

static gov_status make_readings(const gov_household_case *c, gov_table **out, gov_error *err)
{
    const gov_need_model *rules = c->plan->features->rules;
    gov_need_sheet s;
    gov_need_sheet_open(
        &s,
        "id:text,name_zh:text,name_en:text,unit:text,person:text,value:text,from:text,date:date,"
        "source:text",
        err);
    for (int64_t i = 0; i < rules->input_count; i++)
        for (int64_t row = 0; c->plan->wanted[i] && s.status == GOV_OK &&
                              row < (rules->inputs[i].member ? c->batch->member_rows : 1);
             row++)
            put_reading(&s, c, i, row);
    return gov_need_sheet_close(&s, out);
}

/* --- What to ask, what would change, what fits --------------------------------------------------------- */

static void put_missing(gov_need_sheet *s, const gov_household_case *c, int64_t j)
{
    gov_buffer missing = GOV_BUFFER_INIT;
    for (int64_t i = 0; i < c->plan->model->input_count; i++) {
        if (!c->reads[j][i] || c->plan->model->inputs[i].member || !isnan(c->batch->values[i][0]))
            continue;
        gov_buffer_format(&missing, "%s%s: ", missing.size > 0 ? " | " : "", c->plan->model->inputs[i].id);
        if (c->batch->origins[i][0] == GOV_FEATURE_OUT_OF_RANGE)
            gov_buffer_text(&missing, "out_of_range");
        else
            gov_missing_write(c, i, NULL, &missing);
    }
    put_buffer(s, &missing);
}

static gov_status make_ask(const gov_household_case *c, gov_table **out, gov_error *err)
{
    static const char *const columns[] = {"bit", "indicator", "name_zh", "name_en", "weight_num", "reason"};
    const gov_table *from = gov_need_explanation_ask(c->need);
    gov_need_sheet s;
    gov_need_sheet_open(
        &s, "bit:int,indicator:text,name_zh:text,name_en:text,weight_num:int,reason:text,missing:text", err);
    for (int64_t row = 0; row < gov_table_rows(from) && s.status == GOV_OK; row++) {
        int64_t j = bit_at(&s, from, row);
        for (int k = 0; k < 6; k++)
            put_cell(&s, from, columns[k], row);
        put_missing(&s, c, j);
    }
    return gov_need_sheet_close(&s, out);
}

/* Without the indicators that are not shown. */
static gov_status make_changes(const gov_household_case *c, const gov_table *from, gov_table **out,
                               gov_error *err)
{
    static const char *const columns[] = {"bit",   "indicator",        "name_zh", "name_en",
                                          "state", "contribution_num", "tier"};
    gov_need_sheet s;
    gov_need_sheet_open(
        &s, "bit:int,indicator:text,name_zh:text,name_en:text,state:text,contribution_num:int,tier:text",
        err);
    for (int64_t row = 0; row < gov_table_rows(from) && s.status == GOV_OK; row++) {
        if (c->classes[bit_at(&s, from, row)] > (uint8_t)c->shown)
            continue;
        for (int k = 0; k < 7; k++)
            put_cell(&s, from, columns[k], row);
    }
    return gov_need_sheet_close(&s, out);
}

static void put_service(gov_need_sheet *s, const gov_household_case *c, const gov_need_service *service)
{
    int64_t i = service->received;
    put_label(s, service->id, service->name);
    if (i < 0) {
        for (int k = 0; k < 3; k++)
            gov_need_put_missing(s);
        return;
    }
    double value = c->batch->values[i][0];
    gov_buffer names = GOV_BUFFER_INIT;
    gov_need_put_text(s, isnan(value) ? "unknown" : value > 0 ? "yes" : "no");
    put_day(s, c->grounds[i].newest);
    gov_grounds_write(&c->grounds[i], &names);
    put_buffer(s, &names);
}

static gov_status make_services(const gov_household_case *c, gov_table **out, gov_error *err)
{
    const gov_need_model *m = c->plan->model;
    gov_need_sheet s;
    gov_need_sheet_open(&s, "service:text,name_zh:text,name_en:text,received:text,date:date,source:text",
                        err);
    int shown = gov_model_class(c->plan) <= c->shown;
    for (int64_t i = 0; i < m->service_count && shown; i++)
        if (c->services >> i & 1u)
            put_service(&s, c, &m->services[i]);
    return gov_need_sheet_close(&s, out);
}

gov_status gov_explain_tables(const gov_household_case *c, gov_table *scores, gov_table **tables,
                              gov_error *err)
{
    GOV_TRY(gov_scores_show(c->plan, scores, &tables[GOV_EXPLAINED_SCORE], err));
    GOV_TRY(make_lines(c, &tables[GOV_EXPLAINED_LINES], err));
    GOV_TRY(make_inputs(c, &tables[GOV_EXPLAINED_INPUTS], err));
    GOV_TRY(make_readings(c, &tables[GOV_EXPLAINED_READINGS], err));
    GOV_TRY(make_ask(c, &tables[GOV_EXPLAINED_ASK], err));
    GOV_TRY(make_changes(c, gov_need_explanation_changes(c->need), &tables[GOV_EXPLAINED_CHANGES], err));
    GOV_TRY(make_changes(c, gov_need_explanation_flips(c->need), &tables[GOV_EXPLAINED_FLIPS], err));
    return make_services(c, &tables[GOV_EXPLAINED_SERVICES], err);
}
