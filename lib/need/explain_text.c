/* explain_text.c - an explanation as an officer reads it, in Chinese and in English. */
#include "need/explain.h"

#include <string.h>

typedef struct words {
    const char *score; /* "%s %s/%s" is written around it */
    const char *to;
    const char *tier;
    const char *verify;
    const char *refused;
    const char *sections[5]; /* by state */
    const char *unknown;
    const char *services;
    const char *changes;
    const char *flips;
    const char *colon;
} words;

static const words zh = {"得分",
                         "至",
                         "等级",
                         "待核查：未知指标可能改变等级",
                         "不评分：有必填指标缺失",
                         {"存在困难", "部分困难", "无困难", "未知，请核实", "不适用"},
                         "原因",
                         "可匹配的服务",
                         "改善下列指标即可降低等级",
                         "下列指标如有一项数据有误，等级即会改变",
                         "："};
static const words en = {
    "Score",
    "to",
    "Tier",
    "To be verified: what is unknown may change the tier",
    "Not scored: an indicator that must be known is missing",
    {"Deprived", "Partly deprived", "Not deprived", "Unknown, please ask", "Not applicable"},
    "because",
    "Services that fit",
    "Improving these would lower the tier",
    "If one of these were an error of the data, the tier would be another",
    ": "};

typedef struct page {
    const gov_need_case *c;
    const gov_need_changes *changes;
    const words *w;
    const char *language;
    gov_buffer *out;
} page;

static const char *tier_name(const page *p, int8_t rank)
{
    const gov_need_model *m = p->c->env->model;
    gov_need_label label = rank == 0 ? m->none_name : m->tiers[rank - 1].name;
    const char *name = gov_need_label_text(label, p->language);
    return name[0] != '\0' ? name : gov_need_tier_id(m, rank);
}

static const char *indicator_name(const page *p, int64_t j)
{
    const gov_need_indicator *x = &p->c->env->model->indicators[j];
    const char *name = gov_need_label_text(x->name, p->language);
    return name[0] != '\0' ? name : x->id;
}

static void write_head(const page *p)
{
    const gov_need_case *c = p->c;
    const gov_need_model *m = c->env->model;
    long long den = (long long)c->env->weights->denominator;
    const char *title = gov_need_label_text(m->title, p->language);
    gov_buffer_format(p->out, "%s\n", title[0] != '\0' ? title : m->id);
    if (c->tier < 0) {
        gov_buffer_format(p->out, "%s\n", p->w->refused);
        return;
    }
    gov_buffer_format(p->out, "%s%s%lld/%lld", p->w->score, p->w->colon, (long long)c->score, den);
    if (c->high != c->score)
        gov_buffer_format(p->out, " %s %lld/%lld", p->w->to, (long long)c->high, den);
    gov_buffer_format(p->out, "\n%s%s%s", p->w->tier, p->w->colon, tier_name(p, c->tier));
    if (c->tier != c->tier_high)
        gov_buffer_format(p->out, " %s %s\n%s", p->w->to, tier_name(p, c->tier_high), p->w->verify);
    gov_buffer_char(p->out, '\n');
}

static void write_indicator(const page *p, int64_t j)
{
    const gov_need_case *c = p->c;
    const gov_need_indicator *x = &c->env->model->indicators[j];
    const char *reason = gov_need_label_text(x->reason, p->language);
    gov_buffer_format(p->out, "  - %s [%lld/%lld] ", indicator_name(p, j), (long long)c->contributions[j],
                      (long long)c->env->weights->denominator);
    gov_need_write_inputs(c, x, p->out);
    gov_buffer_format(p->out, " (%s)",
                      c->states[j] == GOV_NEED_IS_PARTLY ? x->partly_text : x->deprived_text);
    if (c->states[j] == GOV_NEED_IS_MISSING) {
        gov_buffer_format(p->out, ", %s ", p->w->unknown);
        gov_need_write_reason(c, x, p->out);
    }
    if (reason[0] != '\0' && c->states[j] == GOV_NEED_IS_DEPRIVED)
        gov_buffer_format(p->out, " %s", reason);
    gov_buffer_char(p->out, '\n');
}

static void write_state(const page *p, int state)
{
    const gov_need_case *c = p->c;
    int any = 0;
    for (int64_t j = 0; j < c->env->model->indicator_count; j++) {
        if (c->env->weights->indicators[j] == 0 || c->states[j] != state)
            continue;
        if (!any)
            gov_buffer_format(p->out, "%s%s\n", p->w->sections[state], p->w->colon);
        any = 1;
        write_indicator(p, j);
    }
}

static void write_services(const page *p)
{
    const gov_need_model *m = p->c->env->model;
    int any = 0;
    for (int64_t i = 0; i < m->service_count; i++) {
        if (!(p->c->services >> i & 1u))
            continue;
        const char *name = gov_need_label_text(m->services[i].name, p->language);
        gov_buffer_format(p->out, "%s%s", any ? "; " : p->w->services, any ? "" : p->w->colon);
        gov_buffer_text(p->out, name[0] != '\0' ? name : m->services[i].id);
        any = 1;
    }
    if (any)
        gov_buffer_char(p->out, '\n');
}

static void write_set(const page *p, uint32_t set, const char *head)
{
    int any = 0;
    for (int64_t j = 0; j < p->c->env->model->indicator_count; j++) {
        if (!(set >> j & 1u))
            continue;
        gov_buffer_format(p->out, "%s%s%s", any ? "; " : head, any ? "" : p->w->colon, indicator_name(p, j));
        any = 1;
    }
    if (any)
        gov_buffer_char(p->out, '\n');
}

void gov_need_write_text(const gov_need_case *c, const gov_need_changes *changes, const char *language,
                         gov_buffer *out)
{
    const page p = {c, changes, strcmp(language, "zh") == 0 ? &zh : &en, language, out};
    static const int order[] = {GOV_NEED_IS_DEPRIVED, GOV_NEED_IS_PARTLY, GOV_NEED_IS_MISSING,
                                GOV_NEED_IS_ABSENT, GOV_NEED_IS_NOT_DEPRIVED};
    write_head(&p);
    for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
        write_state(&p, order[i]);
    write_services(&p);
    write_set(&p, changes->set, p.w->changes);
    write_set(&p, changes->flips, p.w->flips);
    const char *notice = gov_need_label_text(c->env->model->notice, language);
    if (notice[0] != '\0')
        gov_buffer_format(out, "%s\n", notice);
}
