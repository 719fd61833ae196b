/* describe.c - what a model consists of, as tables. */
#include "need/model.h"
#include "need/rows.h"

#include "base/buffer.h"
#include "base/yaml.h"

#include <math.h>
#include <string.h>

static const char *const on_missing_names[] = {"bounds", "not_deprived", "deprived", "refuse", "renormalise"};

static void put_names(gov_need_sheet *s, const char *id, gov_need_label name)
{
    gov_need_put_text(s, id);
    gov_need_put_text(s, name.zh);
    gov_need_put_text(s, name.en);
}

static void put_dimensions(gov_need_sheet *s, const gov_need_model *m, const gov_need_weights *w)
{
    for (int64_t i = 0; i < m->dimension_count; i++) {
        const gov_need_dimension *d = &m->dimensions[i];
        put_names(s, d->id, d->name);
        gov_need_put_fraction(s, w->dimensions[i], w->denominator);
        gov_need_put_int(s, w->dimensions[i]);
        gov_need_put_int(s, d->count);
    }
}

/* The ids of services as one text, or a note of memory that could not be had in the sheet. */
static void put_services(gov_need_sheet *s, const gov_need_model *m, uint32_t mask)
{
    gov_buffer ids = GOV_BUFFER_INIT;
    gov_text *text = NULL;
    for (int64_t i = 0; i < m->service_count; i++) {
        if (mask >> i & 1u)
            gov_buffer_format(&ids, "%s%s", ids.size == 0 ? "" : " ", m->services[i].id);
    }
    gov_status status = gov_buffer_finish(&ids, &text, s->err);
    if (status == GOV_OK)
        gov_need_put_text(s, gov_text_data(text));
    else if (s->status == GOV_OK)
        s->status = status;
    gov_text_free(text);
}

static void put_indicators(gov_need_sheet *s, const gov_need_model *m, const gov_need_weights *w)
{
    for (int64_t i = 0; i < m->indicator_count; i++) {
        const gov_need_indicator *x = &m->indicators[i];
        gov_need_put_int(s, i);
        gov_need_put_text(s, x->id);
        gov_need_put_text(s, m->dimensions[x->dimension].id);
        gov_need_put_text(s, x->name.zh);
        gov_need_put_text(s, x->name.en);
        gov_need_put_fraction(s, w->indicators[i], w->denominator);
        gov_need_put_int(s, w->indicators[i]);
        gov_need_put_text(s, x->deprived_text);
        gov_need_put_text(s, x->partly_text);
        gov_need_put_text(s, x->applies_text);
        gov_need_put_text(s, on_missing_names[x->on_missing]);
        gov_need_put_bool(s, x->is_mutable);
        gov_need_put_text(s, x->unit);
        gov_need_put_text(s, x->source);
        put_services(s, m, x->services | x->services_partly);
    }
}

static void put_codes(gov_need_sheet *s, const gov_need_input *input)
{
    gov_buffer codes = GOV_BUFFER_INIT;
    gov_text *text = NULL;
    for (int64_t i = 0; i < input->code_count; i++)
        gov_buffer_format(&codes, "%s%s=%s", i == 0 ? "" : " ", input->codes[i].value, input->codes[i].name);
    gov_status status = gov_buffer_finish(&codes, &text, s->err);
    if (status == GOV_OK)
        gov_need_put_text(s, input->code_count == 0 ? NULL : gov_text_data(text));
    else if (s->status == GOV_OK)
        s->status = status;
    gov_text_free(text);
}

static void put_inputs(gov_need_sheet *s, const gov_need_model *m)
{
    static const char *const kinds[] = {"float", "int", "bool", "date", "enum"};
    for (int64_t i = 0; i < m->input_count; i++) {
        const gov_need_input *input = &m->inputs[i];
        gov_need_put_text(s, input->id);
        gov_need_put_text(s, input->column);
        gov_need_put_text(s, input->member ? "member" : "household");
        gov_need_put_text(s, kinds[input->kind]);
        gov_need_put_text(s, input->unit);
        gov_need_put_number(s, input->low);
        gov_need_put_number(s, input->high);
        gov_need_put_bool(s, input->optional);
        put_codes(s, input);
        gov_need_put_text(s, input->name.zh);
        gov_need_put_text(s, input->name.en);
    }
}

static void put_tiers(gov_need_sheet *s, const gov_need_model *m, const gov_need_weights *w)
{
    gov_need_put_int(s, 0);
    put_names(s, "none", m->none_name);
    gov_need_put_text(s, "0");
    gov_need_put_int(s, 0);
    for (int64_t i = 0; i < m->tier_count; i++) {
        const gov_need_tier *t = &m->tiers[i];
        gov_need_put_int(s, i + 1);
        put_names(s, t->id, t->name);
        gov_need_put_fraction(s, t->at.num, t->at.den);
        gov_need_put_int(s, gov_rational_ceil_over(t->at, w->denominator));
    }
}

static void put_day(gov_need_sheet *s, int32_t day)
{
    if (day == INT32_MIN || day == INT32_MAX)
        gov_need_put_missing(s);
    else
        gov_need_put_int(s, day);
}

static void put_params(gov_need_sheet *s, const gov_need_model *m)
{
    for (int64_t i = 0; i < m->param_count; i++) {
        const gov_need_param *p = &m->params[i];
        for (int64_t k = 0; k < p->count; k++) {
            put_names(s, p->id, p->name);
            put_day(s, p->values[k].from);
            put_day(s, p->values[k].to);
            gov_need_put_number(s, p->values[k].value);
            gov_need_put_text(s, p->unit);
            gov_need_put_text(s, p->values[k].source);
        }
    }
}

static void put_service_list(gov_need_sheet *s, const gov_need_model *m)
{
    for (int64_t i = 0; i < m->service_count; i++) {
        const gov_need_service *service = &m->services[i];
        gov_need_put_int(s, i);
        put_names(s, service->id, service->name);
        gov_need_put_text(s, service->received < 0 ? NULL : m->inputs[service->received].id);
    }
}

static void put_presets(gov_need_sheet *s, const gov_need_model *m)
{
    for (int64_t i = 1; i < m->weights_count; i++) {
        const gov_need_weights *w = &m->weights[i];
        int64_t used = 0;
        for (int64_t j = 0; j < m->indicator_count; j++)
            used += w->indicators[j] > 0;
        put_names(s, w->id, w->name);
        gov_need_put_int(s, w->denominator);
        gov_need_put_int(s, used);
    }
}

static void put_tests(gov_need_sheet *s, const gov_need_model *m)
{
    for (int64_t i = 0; i < m->test_count; i++) {
        gov_need_put_text(s, m->tests[i].name);
        gov_need_put_int(s, m->tests[i].node->line);
    }
}

static const char *const columns[] = {
    [GOV_NEED_DIMENSIONS] = "id:text,name_zh:text,name_en:text,weight:text,weight_num:int,indicators:int",
    [GOV_NEED_INDICATORS] =
        "bit:int,id:text,dimension:text,name_zh:text,name_en:text,weight:text,weight_num:int,"
        "deprived:text,partly:text,applies:text,on_missing:text,mutable:bool,unit:text,"
        "source:text,services:text",
    [GOV_NEED_INPUTS] =
        "id:text,column:text,of:text,type:text,unit:text,low:num,high:num,optional:bool,codes:text,"
        "name_zh:text,name_en:text",
    [GOV_NEED_TIERS] = "rank:int,id:text,name_zh:text,name_en:text,at:text,at_num:int",
    [GOV_NEED_PARAMS] = "id:text,name_zh:text,name_en:text,from:date,to:date,value:num,unit:text,source:text",
    [GOV_NEED_SERVICES] = "bit:int,id:text,name_zh:text,name_en:text,received:text",
    [GOV_NEED_PRESETS] = "id:text,name_zh:text,name_en:text,denominator:int,indicators:int",
    [GOV_NEED_TESTS] = "name:text,line:int",
};

gov_status gov_need_model_table(const gov_need_model *model, gov_need_part part, const char *preset,
                                gov_table **out, gov_error *err)
{
    const gov_need_weights *weights = NULL;
    gov_need_sheet s;
    if (model == NULL || out == NULL || (unsigned)part >= sizeof(columns) / sizeof(columns[0]))
        return gov_fail(err, GOV_E_ARGUMENT, "model and out must be given, and part be one of gov_need_part");
    GOV_TRY(gov_need_weights_of(model, preset, &weights, err));
    gov_need_sheet_open(&s, columns[part], err);
    if (part == GOV_NEED_DIMENSIONS)
        put_dimensions(&s, model, weights);
    else if (part == GOV_NEED_INDICATORS)
        put_indicators(&s, model, weights);
    else if (part == GOV_NEED_INPUTS)
        put_inputs(&s, model);
    else if (part == GOV_NEED_TIERS)
        put_tiers(&s, model, weights);
    else if (part == GOV_NEED_PARAMS)
        put_params(&s, model);
    else if (part == GOV_NEED_SERVICES)
        put_service_list(&s, model);
    else if (part == GOV_NEED_PRESETS)
        put_presets(&s, model);
    else
        put_tests(&s, model);
    return gov_need_sheet_close(&s, out);
}
