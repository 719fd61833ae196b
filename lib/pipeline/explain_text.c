/* explain_text.c - an explanation as an officer reads it, made from its tables: what is hidden there is hidden here. */
#include "pipeline/explain.h"

#include <math.h>
#include <string.h>

typedef struct words {
    const char *household, *day, *score, *tier, *verify, *ask, *changes, *flips, *services, *data, *from,
        *missing, *hidden, *colon, *to;
    const char *states[5][2];
    const char *received[4][2];
} words;

static const words zh = {
    "家庭",
    "评估日期",
    "得分",
    "等级",
    "待核查：未知指标可能改变等级",
    "接下来请核实（按权重）",
    "改善下列指标即可降低等级",
    "下列指标如有一项数据有误，等级即会改变",
    "可匹配的服务",
    "数据日期",
    "来源",
    "缺",
    "不在可见范围内",
    "：",
    "至",
    {{"deprived", "存在困难"},
     {"partly", "部分困难"},
     {"missing", "未知"},
     {"not_deprived", "无困难"},
     {"not_applicable", "不适用"}},
    {{"no", "尚未享受"}, {"unknown", "是否享受不详"}, {"yes", "已享受"}, {"", "未登记"}}};
static const words en = {"Household",
                         "day",
                         "Score",
                         "Tier",
                         "to be verified: what is unknown may change the tier",
                         "Ask next, heaviest first",
                         "Improving these would lower the tier",
                         "If one of these were an error of the data, the tier would be another",
                         "Services that fit",
                         "data of",
                         "from",
                         "missing",
                         "not shown",
                         ": ",
                         "to",
                         {{"deprived", "Deprived"},
                          {"partly", "Partly deprived"},
                          {"missing", "Unknown"},
                          {"not_deprived", "Not deprived"},
                          {"not_applicable", "Not applicable"}},
                         {{"no", "not yet received"},
                          {"unknown", "not known whether received"},
                          {"yes", "received"},
                          {"", "not registered"}}};

typedef struct page {
    const gov_household_case *c;
    gov_table *const *tables;
    const char *language;
    const words *w;
    gov_buffer out;
    gov_status status;
    gov_error *err;
} page;

static void cell(page *p, gov_explained part, const char *name, int64_t row, const char **text, int64_t *size)
{
    int64_t column = 0;
    *text = NULL;
    *size = 0;
    gov_status status = gov_table_find(p->tables[part], name, &column, p->err);
    if (status == GOV_OK)
        status = gov_table_text(p->tables[part], row, column, text, size, p->err);
    if (status != GOV_OK && p->status == GOV_OK)
        p->status = status;
}

static void write_cell(page *p, gov_explained part, const char *name, int64_t row)
{
    int64_t size;
    const char *text;
    cell(p, part, name, row, &text, &size);
    gov_buffer_bytes(&p->out, text != NULL ? text : "", size);
}

static void write_name(page *p, gov_explained part, int64_t row)
{
    write_cell(p, part, strcmp(p->language, "zh") == 0 ? "name_zh" : "name_en", row);
}

static int is(page *p, gov_explained part, const char *name, int64_t row, const char *word)
{
    int64_t size;
    const char *text;
    cell(p, part, name, row, &text, &size);
    return size == (int64_t)strlen(word) && (size == 0 || memcmp(text, word, (size_t)size) == 0);
}

/* NaN if the cell is missing. */
static double number(page *p, gov_explained part, const char *name, int64_t row)
{
    int64_t column = 0;
    double value = 0;
    uint8_t valid = 0;
    gov_status status = gov_table_find(p->tables[part], name, &column, p->err);
    if (status == GOV_OK && gov_table_type(p->tables[part], column) == GOV_TYPE_DATE) {
        int64_t day = 0;
        status = gov_table_copy_int64s(p->tables[part], column, row, 1, &day, &valid, p->err);
        value = (double)day;
    } else if (status == GOV_OK) {
        status = gov_table_copy_doubles(p->tables[part], column, row, 1, &value, &valid, p->err);
    }
    if (status != GOV_OK && p->status == GOV_OK)
        p->status = status;
    return valid ? value : (double)NAN;
}

static void write_day(page *p, double day)
{
    char text[11] = "";
    gov_date_format((int32_t)day, text, sizeof(text));
    gov_buffer_text(&p->out, text);
}

/* --- Head ---------------------------------------------------------------------------------------------- */

static const char *tier_label(const page *p, const char *column)
{
    const gov_need_model *m = p->c->plan->model;
    for (int64_t i = 0; i < m->tier_count; i++)
        if (is((page *)(uintptr_t)p, GOV_EXPLAINED_SCORE, column, 0, m->tiers[i].id))
            return gov_need_label_text(m->tiers[i].name, p->language);
    return gov_need_label_text(m->none_name, p->language);
}

static void write_score(page *p)
{
    double low = number(p, GOV_EXPLAINED_SCORE, "score", 0);
    double high = number(p, GOV_EXPLAINED_SCORE, "score_high", 0);
    gov_buffer_format(&p->out, "%s%s", p->w->score, p->w->colon);
    if (isnan(low)) {
        gov_buffer_format(&p->out, "%s\n", p->w->hidden);
        return;
    }
    gov_buffer_format(&p->out, "%.0f‰", 1000 * low);
    if (high > low)
        gov_buffer_format(&p->out, " %s %.0f‰", p->w->to, 1000 * high);
    gov_buffer_format(&p->out, "    %s%s%s", p->w->tier, p->w->colon, tier_label(p, "tier"));
    if (strcmp(tier_label(p, "tier"), tier_label(p, "tier_high")) != 0)
        gov_buffer_format(&p->out, " %s %s (%s)", p->w->to, tier_label(p, "tier_high"), p->w->verify);
    gov_buffer_char(&p->out, '\n');
}

static void write_head(page *p)
{
    const gov_feature_plan *plan = p->c->plan;
    gov_buffer_format(&p->out, "%s ", p->w->household);
    write_cell(p, GOV_EXPLAINED_SCORE, "household", 0);
    gov_buffer_format(&p->out, "    %s ", p->w->day);
    write_day(p, plan->day);
    gov_buffer_format(&p->out, "    %s\n", gov_need_model_title(plan->model, p->language));
    write_score(p);
}

/* --- Lines --------------------------------------------------------------------------------------------- */

static void write_grounds(page *p, int64_t row)
{
    double oldest = number(p, GOV_EXPLAINED_LINES, "oldest", row);
    double newest = number(p, GOV_EXPLAINED_LINES, "newest", row);
    if (!isnan(newest)) {
        gov_buffer_format(&p->out, "    %s ", p->w->data);
        write_day(p, oldest);
        if (newest > oldest) {
            gov_buffer_format(&p->out, " %s ", p->w->to);
            write_day(p, newest);
        }
    }
    if (!is(p, GOV_EXPLAINED_LINES, "sources", row, "")) {
        gov_buffer_format(&p->out, "    %s ", p->w->from);
        write_cell(p, GOV_EXPLAINED_LINES, "sources", row);
    }
}

static void write_line(page *p, int64_t row, int64_t denominator)
{
    gov_buffer_text(&p->out, "  - ");
    write_name(p, GOV_EXPLAINED_LINES, row);
    double points = number(p, GOV_EXPLAINED_LINES, "contribution_num", row);
    if (points > 0)
        gov_buffer_format(&p->out, " +%.0f‰", 1000 * points / (double)denominator);
    gov_buffer_text(&p->out, "    ");
    write_cell(p, GOV_EXPLAINED_LINES, "inputs", row);
    gov_buffer_text(&p->out, "    [");
    write_cell(p, GOV_EXPLAINED_LINES, "rule", row);
    gov_buffer_char(&p->out, ']');
    write_grounds(p, row);
    gov_buffer_char(&p->out, '\n');
}

static void write_lines(page *p, const char *state, const char *title, int64_t denominator)
{
    int any = 0;
    for (int64_t row = 0; row < gov_table_rows(p->tables[GOV_EXPLAINED_LINES]); row++) {
        if (!is(p, GOV_EXPLAINED_LINES, "state", row, state))
            continue;
        if (any++ == 0)
            gov_buffer_format(&p->out, "\n%s%s\n", title, p->w->colon);
        write_line(p, row, denominator);
    }
}

/* --- The rest ------------------------------------------------------------------------------------------ */

static void write_asked(page *p, int64_t row)
{
    const gov_household_case *c = p->c;
    int64_t j = (int64_t)number(p, GOV_EXPLAINED_ASK, "bit", row);
    int any = 0;
    for (int64_t i = 0; i < c->plan->model->input_count; i++) {
        const gov_need_input *input = &c->plan->model->inputs[i];
        if (!c->reads[j][i] || input->member || !isnan(c->batch->values[i][0]))
            continue;
        const char *name = gov_need_label_text(input->name, p->language);
        gov_buffer_format(&p->out, "%s%s (%s%s", any++ > 0 ? "; " : "    ",
                          name[0] != '\0' ? name : input->id, p->w->missing, p->w->colon);
        gov_missing_write(c, i, p->language, &p->out);
        gov_buffer_char(&p->out, ')');
    }
}

static void write_ask(page *p, int64_t denominator)
{
    int64_t rows = gov_table_rows(p->tables[GOV_EXPLAINED_ASK]);
    if (rows > 0)
        gov_buffer_format(&p->out, "\n%s%s\n", p->w->ask, p->w->colon);
    for (int64_t row = 0; row < rows; row++) {
        gov_buffer_text(&p->out, "  - ");
        write_name(p, GOV_EXPLAINED_ASK, row);
        gov_buffer_format(&p->out, " ?%.0f‰",
                          1000 * number(p, GOV_EXPLAINED_ASK, "weight_num", row) / (double)denominator);
        write_asked(p, row);
        gov_buffer_char(&p->out, '\n');
    }
}

static void write_names(page *p, gov_explained part, const char *title)
{
    int64_t rows = gov_table_rows(p->tables[part]);
    if (rows > 0)
        gov_buffer_format(&p->out, "\n%s%s\n", title, p->w->colon);
    for (int64_t row = 0; row < rows; row++) {
        gov_buffer_text(&p->out, "  - ");
        write_name(p, part, row);
        gov_buffer_char(&p->out, '\n');
    }
}

static void write_services(page *p)
{
    int64_t rows = gov_table_rows(p->tables[GOV_EXPLAINED_SERVICES]);
    if (rows > 0)
        gov_buffer_format(&p->out, "\n%s%s\n", p->w->services, p->w->colon);
    for (int64_t row = 0; row < rows; row++) {
        gov_buffer_text(&p->out, "  - ");
        write_name(p, GOV_EXPLAINED_SERVICES, row);
        for (int i = 0; i < 4; i++)
            if (is(p, GOV_EXPLAINED_SERVICES, "received", row, p->w->received[i][0]))
                gov_buffer_format(&p->out, "    %s", p->w->received[i][1]);
        gov_buffer_char(&p->out, '\n');
    }
}

static void write_page(page *p, int64_t denominator)
{
    write_head(p);
    for (int i = 0; i < 5; i++)
        write_lines(p, p->w->states[i][0], p->w->states[i][1], denominator);
    write_lines(p, "", p->w->hidden, denominator);
    write_ask(p, denominator);
    write_names(p, GOV_EXPLAINED_CHANGES, p->w->changes);
    write_names(p, GOV_EXPLAINED_FLIPS, p->w->flips);
    write_services(p);
    gov_buffer_format(&p->out, "\n%s\n%s\n", gov_need_model_notice(p->c->plan->model, p->language),
                      gov_need_features_notice(p->c->plan->features, p->language));
}

gov_status gov_explain_text(const gov_household_case *c, gov_table *const *tables, const char *language,
                            gov_text **out, gov_error *err)
{
    page p = {.c = c, .tables = tables, .language = language, .out = GOV_BUFFER_INIT, .err = err};
    int64_t denominator = 1;
    p.w = strcmp(language, "zh") == 0 ? &zh : &en;
    GOV_TRY(gov_need_model_denominator(c->plan->model, NULL, &denominator, err));
    write_page(&p, denominator);
    if (p.status != GOV_OK) {
        gov_buffer_clear(&p.out);
        return p.status;
    }
    return gov_buffer_finish(&p.out, out, err);
}
