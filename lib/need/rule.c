/* rule.c - a recursive descent that checks types while it reads.
 *
 * Reading and checking in one pass keeps every error at its word. A name that is not known is not yet an
 * error: beside an enum input it may be one of that input's codes (`toilet == none`), so an operand may carry
 * an open name until its neighbour is known. */
#include "need/rule.h"

#include "base/utf8.h"
#include "need/lexer.h"

#include <stdio.h>
#include <string.h>

enum { DEEPEST = 64, LONGEST = 4000 };

typedef struct parser {
    gov_need_model *model;
    const gov_yaml_node *node;
    const char *text;
    gov_need_token token; /* the next one */
    int with_indicators;
    int in_members;
    int depth;
} parser;

typedef struct operand {
    int32_t node; /* -1: an open name */
    gov_need_token at;
} operand;

int gov_need_is_reserved(const char *name)
{
    static const char *const words[] = {"and", "or",  "not", "if",    "then",     "else",      "between",
                                        "in",  "min", "max", "true",  "false",    "as_of",     "abs",
                                        "any", "all", "sum", "count", "coalesce", "is_missing"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcmp(words[i], name) == 0)
            return 1;
    }
    return 0;
}

/* --- Errors at a word ---------------------------------------------------------------------------------- */

/* The column of a byte of the rule. A folded scalar does not tell where its lines broke; only where the
 * source has the same bytes as the rule is the position inside it known. */
static int64_t column_of(const parser *p, int64_t byte)
{
    const char *s = p->model->source;
    for (int64_t line = 1; line < p->node->line && s != NULL; line++) {
        s = strchr(s, '\n');
        s = s == NULL ? NULL : s + 1;
    }
    for (int64_t column = 1; s != NULL && column < p->node->column && *s != '\0'; column++)
        s += gov_utf8_length(s, (int64_t)strlen(s));
    if (s == NULL)
        return p->node->column;
    int64_t quote = *s == '"' || *s == '\'';
    if (strncmp(s + quote, p->text, (size_t)p->node->size) != 0)
        return p->node->column;
    return p->node->column + quote + gov_utf8_count(p->text, byte);
}

static gov_status fail(const parser *p, gov_need_token at, gov_status code, const char *what, gov_error *err)
{
    gov_place place = GOV_NOWHERE;
    place.file = p->model->file;
    place.line = p->node->line;
    place.column = column_of(p, at.start);
    place.name = p->text + at.start;
    place.name_size = at.size;
    if (at.kind == GOV_NEED_END)
        return gov_fail_at(err, code, &place, "the rule ends too early: %s", what);
    return gov_fail_at(err, code, &place, "'%.*s' %s", (int)at.size, p->text + at.start, what);
}

static gov_status fail_type(const parser *p, gov_need_token at, int is, int should, gov_error *err)
{
    static const char *const names[] = {"true or false", "a number", "a date", "a code"};
    char what[80];
    snprintf(what, sizeof(what), "is %s where %s is needed", names[is], names[should]);
    return fail(p, at, GOV_E_TYPE, what, err);
}

/* --- Tokens -------------------------------------------------------------------------------------------- */

static void advance(parser *p)
{
    p->token = gov_need_next_token(p->text, p->token.start + p->token.size);
}

static int next_is(const parser *p, const char *word)
{
    return gov_need_token_is(p->text, p->token, word);
}

static int accept(parser *p, const char *word)
{
    if (!next_is(p, word))
        return 0;
    advance(p);
    return 1;
}

static gov_status expect(parser *p, const char *word, gov_error *err)
{
    if (accept(p, word))
        return GOV_OK;
    char what[48];
    snprintf(what, sizeof(what), "stands where '%s' is expected", word);
    return fail(p, p->token, GOV_E_FORMAT, what, err);
}

/* --- Nodes --------------------------------------------------------------------------------------------- */

static const gov_need_node *node_of(const parser *p, operand x)
{
    return &p->model->nodes.list[x.node];
}

static gov_status add(parser *p, gov_need_node node, operand *out, gov_error *err)
{
    const int32_t arguments[] = {node.a, node.b, node.c};
    for (int i = 0; i < gov_need_op_arguments(node.op) && !gov_need_op_is_aggregate(node.op); i++)
        node.varies = (uint8_t)(node.varies | p->model->nodes.list[arguments[i]].varies);
    return gov_need_node_add(&p->model->nodes, node, &out->node, err);
}

static gov_status add_op(parser *p, gov_need_op op, gov_need_type type, operand a, operand b, operand *out,
                         gov_error *err)
{
    int two = gov_need_op_arguments((int)op) > 1;
    gov_need_node node = {
        .op = (uint8_t)op, .type = (uint8_t)type, .domain = -1, .a = a.node, .b = two ? b.node : -1, .c = -1};
    return add(p, node, out, err);
}

static gov_status add_constant(parser *p, gov_need_type type, int32_t domain, double value, operand *out,
                               gov_error *err)
{
    gov_need_node node = {.op = GOV_NEED_OP_CONSTANT,
                          .type = (uint8_t)type,
                          .domain = domain,
                          .a = -1,
                          .b = -1,
                          .c = -1,
                          .value = value};
    return add(p, node, out, err);
}

/* Refuses an open name and a value of another type. */
static gov_status need_type(const parser *p, operand x, gov_need_type type, gov_error *err)
{
    if (x.node < 0)
        return fail(p, x.at, GOV_E_UNKNOWN_NAME, "is not an input, a parameter or a code that fits here",
                    err);
    if (node_of(p, x)->type != type)
        return fail_type(p, x.at, node_of(p, x)->type, (int)type, err);
    return GOV_OK;
}

/* Turns an open name into a code of the enum input `domain`. */
static gov_status close_name(parser *p, int32_t domain, operand *x, gov_error *err)
{
    const gov_need_input *input = &p->model->inputs[domain];
    if (x->node >= 0)
        return GOV_OK;
    for (int64_t i = 0; i < input->code_count; i++) {
        const char *name = input->codes[i].name;
        if ((int64_t)strlen(name) == x->at.size &&
            memcmp(name, p->text + x->at.start, (size_t)x->at.size) == 0)
            return add_constant(p, GOV_NEED_T_CODE, domain, (double)i, x, err);
    }
    return fail(p, x->at, GOV_E_UNKNOWN_NAME, "is not a code of the input beside it", err);
}

/* Makes two operands comparable: open names become codes, and both have one type (and one enum). */
static gov_status match(parser *p, operand *a, operand *b, gov_error *err)
{
    if (a->node >= 0 && node_of(p, *a)->type == GOV_NEED_T_CODE)
        GOV_TRY(close_name(p, node_of(p, *a)->domain, b, err));
    else if (b->node >= 0 && node_of(p, *b)->type == GOV_NEED_T_CODE)
        GOV_TRY(close_name(p, node_of(p, *b)->domain, a, err));
    GOV_TRY(need_type(p, *a, a->node < 0 ? GOV_NEED_T_CODE : (gov_need_type)node_of(p, *a)->type, err));
    GOV_TRY(need_type(p, *b, (gov_need_type)node_of(p, *a)->type, err));
    if (node_of(p, *a)->domain != node_of(p, *b)->domain)
        return fail(p, b->at, GOV_E_TYPE, "is a code of another input", err);
    return GOV_OK;
}

/* --- Names and calls ----------------------------------------------------------------------------------- */

static gov_status parse_rule(parser *p, operand *out, gov_error *err);
static gov_status parse_sum(parser *p, operand *out, gov_error *err);

static int named(const parser *p, gov_need_token t, const char *name)
{
    return (int64_t)strlen(name) == t.size && memcmp(name, p->text + t.start, (size_t)t.size) == 0;
}

static gov_status add_input(parser *p, int64_t i, gov_need_token at, operand *out, gov_error *err)
{
    const gov_need_input *input = &p->model->inputs[i];
    static const gov_need_type types[] = {[GOV_NEED_FLOAT] = GOV_NEED_T_NUMBER,
                                          [GOV_NEED_INT] = GOV_NEED_T_NUMBER,
                                          [GOV_NEED_BOOL] = GOV_NEED_T_BOOL,
                                          [GOV_NEED_DATE] = GOV_NEED_T_DATE,
                                          [GOV_NEED_ENUM] = GOV_NEED_T_CODE};
    if (input->member && !p->in_members)
        return fail(p, at, GOV_E_TYPE,
                    "is of the members: use it in any(), all(), count(), sum(), min(), max()", err);
    if (!input->member && p->in_members)
        return fail(p, at, GOV_E_TYPE, "is of the household, and cannot stand in a rule over its members",
                    err);
    gov_need_node node = {.op = GOV_NEED_OP_INPUT,
                          .type = (uint8_t)types[input->kind],
                          .varies = input->member ? GOV_NEED_BY_MEMBER : GOV_NEED_BY_HOUSEHOLD,
                          .domain = input->kind == GOV_NEED_ENUM ? (int32_t)i : -1,
                          .a = (int32_t)i,
                          .b = -1,
                          .c = -1};
    return add(p, node, out, err);
}

/* A term is the node of its rule. */
static gov_status add_term(parser *p, const gov_need_term *term, gov_need_token at, operand *out,
                           gov_error *err)
{
    if (term->member && !p->in_members)
        return fail(p, at, GOV_E_TYPE,
                    "is of the members: use it in any(), all(), count(), sum(), min(), max()", err);
    if (!term->member && p->in_members)
        return fail(p, at, GOV_E_TYPE, "is of the household, and cannot stand in a rule over its members",
                    err);
    out->node = term->node;
    return GOV_OK;
}

static gov_status add_by_day(parser *p, gov_need_op op, gov_need_type type, int64_t which, int by_day,
                             operand *out, gov_error *err)
{
    gov_need_node node = {.op = (uint8_t)op,
                          .type = (uint8_t)type,
                          .varies = by_day ? GOV_NEED_BY_DAY : 0,
                          .domain = -1,
                          .a = (int32_t)which,
                          .b = -1,
                          .c = -1};
    return add(p, node, out, err);
}

/* An input, a parameter, an indicator where they are allowed, or an open name. */
static gov_status parse_name(parser *p, operand *out, gov_error *err)
{
    gov_need_token at = p->token;
    const gov_need_model *m = p->model;
    *out = (operand){-1, at};
    advance(p);
    for (int64_t i = 0; i < m->input_count; i++) {
        if (named(p, at, m->inputs[i].id))
            return add_input(p, i, at, out, err);
    }
    for (int64_t i = 0; i < m->param_count; i++) {
        if (named(p, at, m->params[i].id))
            return add_by_day(p, GOV_NEED_OP_PARAM, GOV_NEED_T_NUMBER, i,
                              gov_need_param_by_day(&m->params[i]), out, err);
    }
    for (int64_t i = 0; i < m->term_count; i++) {
        if (named(p, at, m->terms[i].id))
            return add_term(p, &m->terms[i], at, out, err);
    }
    for (int64_t i = 0; p->with_indicators && !p->in_members && i < m->indicator_count; i++) {
        if (named(p, at, m->indicators[i].id))
            out->node = m->indicators[i].deprived;
    }
    return GOV_OK;
}

enum { MOST_ARGUMENTS = 16 };

static gov_status parse_arguments(parser *p, operand *list, int *count, gov_error *err)
{
    GOV_TRY(expect(p, "(", err));
    *count = 0;
    do {
        if (*count == MOST_ARGUMENTS)
            return fail(p, p->token, GOV_E_LIMIT, "is one argument too many", err);
        GOV_TRY(parse_rule(p, &list[*count], err));
        GOV_TRY(list[*count].node < 0 ? need_type(p, list[*count], GOV_NEED_T_CODE, err) : GOV_OK);
        ++*count;
    } while (accept(p, ","));
    return expect(p, ")", err);
}

typedef struct aggregate {
    const char *name;
    gov_need_op op;
    gov_need_type argument;
    gov_need_type result;
} aggregate;

static const aggregate aggregates[] = {
    {"any", GOV_NEED_OP_ANY, GOV_NEED_T_BOOL, GOV_NEED_T_BOOL},
    {"all", GOV_NEED_OP_ALL, GOV_NEED_T_BOOL, GOV_NEED_T_BOOL},
    {"count", GOV_NEED_OP_COUNT, GOV_NEED_T_BOOL, GOV_NEED_T_NUMBER},
    {"sum", GOV_NEED_OP_SUM, GOV_NEED_T_NUMBER, GOV_NEED_T_NUMBER},
    {"min", GOV_NEED_OP_LEAST, GOV_NEED_T_NUMBER, GOV_NEED_T_NUMBER},
    {"max", GOV_NEED_OP_GREATEST, GOV_NEED_T_NUMBER, GOV_NEED_T_NUMBER},
};

/* The aggregate that a call is: min and max only with a single argument, which the text tells: no comma
 * before the bracket closes. NULL if it is none. */
static const aggregate *aggregate_at(const parser *p)
{
    size_t i = 0;
    while (i < sizeof(aggregates) / sizeof(aggregates[0]) && !next_is(p, aggregates[i].name))
        i++;
    if (i == sizeof(aggregates) / sizeof(aggregates[0]))
        return NULL;
    gov_need_token t = p->token;
    int depth = 0;
    do {
        t = gov_need_next_token(p->text, t.start + t.size);
        depth += gov_need_token_is(p->text, t, "(") - gov_need_token_is(p->text, t, ")");
        if (depth == 1 && gov_need_token_is(p->text, t, ",") &&
            (aggregates[i].op == GOV_NEED_OP_LEAST || aggregates[i].op == GOV_NEED_OP_GREATEST))
            return NULL;
    } while (depth > 0 && t.kind != GOV_NEED_END);
    return &aggregates[i];
}

static gov_status parse_aggregate(parser *p, const aggregate *g, operand *out, gov_error *err)
{
    gov_need_token at = p->token;
    operand x;
    if (p->model->member_key == NULL)
        return fail(p, at, GOV_E_REFERENCE, "needs the members' table, which this model does not declare",
                    err);
    if (p->in_members)
        return fail(p, at, GOV_E_TYPE, "cannot stand inside another rule over the members", err);
    advance(p);
    p->in_members = 1;
    GOV_TRY(expect(p, "(", err));
    GOV_TRY(parse_rule(p, &x, err));
    GOV_TRY(need_type(p, x, g->argument, err));
    GOV_TRY(expect(p, ")", err));
    p->in_members = 0;
    gov_need_node node = {.op = (uint8_t)g->op,
                          .type = (uint8_t)g->result,
                          .varies = GOV_NEED_BY_HOUSEHOLD,
                          .domain = -1,
                          .a = x.node,
                          .b = -1,
                          .c = -1};
    out->at = at;
    return add(p, node, out, err);
}

static gov_status fold(parser *p, gov_need_op op, gov_need_type type, const operand *list, int count,
                       operand *out, gov_error *err)
{
    *out = list[count - 1];
    GOV_TRY(need_type(p, list[count - 1], type, err));
    for (int i = count - 2; i >= 0; i--) {
        GOV_TRY(need_type(p, list[i], type, err));
        GOV_TRY(add_op(p, op, type, list[i], *out, out, err));
    }
    return GOV_OK;
}

static gov_status need_count(const parser *p, gov_need_token at, int count, int least, int most,
                             gov_error *err)
{
    if (count >= least && count <= most)
        return GOV_OK;
    char what[64];
    snprintf(what, sizeof(what), "takes %d to %d arguments, here are %d", least, most, count);
    return fail(p, at, GOV_E_FORMAT, what, err);
}

static gov_status call_dates(parser *p, gov_need_op op, gov_need_token at, const operand *list, int count,
                             operand *out, gov_error *err)
{
    GOV_TRY(need_count(p, at, count, 2, 2, err));
    GOV_TRY(need_type(p, list[0], GOV_NEED_T_DATE, err));
    GOV_TRY(need_type(p, list[1], GOV_NEED_T_DATE, err));
    return add_op(p, op, GOV_NEED_T_NUMBER, list[0], list[1], out, err);
}

static gov_status call_coalesce(parser *p, gov_need_token at, const operand *list, int count, operand *out,
                                gov_error *err)
{
    GOV_TRY(need_count(p, at, count, 2, MOST_ARGUMENTS, err));
    gov_need_type type = (gov_need_type)node_of(p, list[0])->type;
    if (type == GOV_NEED_T_CODE)
        return fail_type(p, list[0].at, GOV_NEED_T_CODE, GOV_NEED_T_NUMBER, err);
    return fold(p, GOV_NEED_OP_COALESCE, type, list, count, out, err);
}

static gov_status parse_call(parser *p, operand *out, gov_error *err)
{
    gov_need_token at = p->token;
    operand list[MOST_ARGUMENTS];
    int count = 0;
    const aggregate *g = aggregate_at(p);
    if (g != NULL)
        return parse_aggregate(p, g, out, err);
    advance(p);
    GOV_TRY(parse_arguments(p, list, &count, err));
    out->at = at;
    if (named(p, at, "age_years"))
        return call_dates(p, GOV_NEED_OP_AGE_YEARS, at, list, count, out, err);
    if (named(p, at, "months_between"))
        return call_dates(p, GOV_NEED_OP_MONTHS_BETWEEN, at, list, count, out, err);
    if (named(p, at, "days_between"))
        return call_dates(p, GOV_NEED_OP_DAYS_BETWEEN, at, list, count, out, err);
    if (named(p, at, "coalesce"))
        return call_coalesce(p, at, list, count, out, err);
    gov_status status = GOV_OK;
    if (named(p, at, "min") || named(p, at, "max")) {
        gov_need_op op = named(p, at, "min") ? GOV_NEED_OP_MIN : GOV_NEED_OP_MAX;
        status = fold(p, op, GOV_NEED_T_NUMBER, list, count, out, err);
    } else if (named(p, at, "abs")) {
        GOV_TRY(need_count(p, at, count, 1, 1, err));
        GOV_TRY(need_type(p, list[0], GOV_NEED_T_NUMBER, err));
        status = add_op(p, GOV_NEED_OP_ABS, GOV_NEED_T_NUMBER, list[0], list[0], out, err);
    } else if (named(p, at, "is_missing")) {
        GOV_TRY(need_count(p, at, count, 1, 1, err));
        status = add_op(p, GOV_NEED_OP_IS_MISSING, GOV_NEED_T_BOOL, list[0], list[0], out, err);
    } else {
        status = fail(p, at, GOV_E_UNKNOWN_NAME, "is not a function", err);
    }
    out->at = at;
    return status;
}

/* --- Grammar, from the tightest binding up ------------------------------------------------------------- */

static int call_follows(const parser *p)
{
    gov_need_token next = gov_need_next_token(p->text, p->token.start + p->token.size);
    return gov_need_token_is(p->text, next, "(");
}

static gov_status parse_word(parser *p, operand *out, gov_error *err)
{
    gov_need_token at = p->token;
    if (call_follows(p) && !next_is(p, "and") && !next_is(p, "or") && !next_is(p, "not") && !next_is(p, "in"))
        return parse_call(p, out, err);
    *out = (operand){-1, at};
    if (next_is(p, "true") || next_is(p, "false")) {
        double value = next_is(p, "true");
        advance(p);
        return add_constant(p, GOV_NEED_T_BOOL, -1, value, out, err);
    }
    if (accept(p, "as_of"))
        return add_by_day(p, GOV_NEED_OP_AS_OF, GOV_NEED_T_DATE, -1, 1, out, err);
    char word[64] = "";
    if (at.size < (int64_t)sizeof(word))
        memcpy(word, p->text + at.start, (size_t)at.size);
    if (gov_need_is_reserved(word))
        return fail(p, at, GOV_E_FORMAT, "stands where a value is expected", err);
    return parse_name(p, out, err);
}

static gov_status parse_unary(parser *p, operand *out, gov_error *err)
{
    gov_need_token at = p->token;
    out->at = at;
    if (at.kind == GOV_NEED_NUMBER || at.kind == GOV_NEED_DAY) {
        advance(p);
        gov_need_type type = at.kind == GOV_NEED_NUMBER ? GOV_NEED_T_NUMBER : GOV_NEED_T_DATE;
        return add_constant(p, type, -1, at.number, out, err);
    }
    if (at.kind == GOV_NEED_NAME)
        return parse_word(p, out, err);
    if (accept(p, "(")) {
        GOV_TRY(parse_rule(p, out, err));
        return expect(p, ")", err);
    }
    if (!next_is(p, "-"))
        return fail(p, at, GOV_E_FORMAT, "stands where a value is expected", err);
    if (++p->depth > DEEPEST)
        return fail(p, at, GOV_E_LIMIT, "makes the rule too deep", err);
    advance(p);
    GOV_TRY(parse_unary(p, out, err));
    p->depth--;
    GOV_TRY(need_type(p, *out, GOV_NEED_T_NUMBER, err));
    return add_op(p, GOV_NEED_OP_NEGATE, GOV_NEED_T_NUMBER, *out, *out, out, err);
}

/* One level of left-associative operators on numbers: the two signs and their operations. */
static gov_status parse_numbers(parser *p, const char *const signs[2], const gov_need_op ops[2],
                                gov_status (*tighter)(parser *, operand *, gov_error *), operand *out,
                                gov_error *err)
{
    GOV_TRY(tighter(p, out, err));
    for (;;) {
        int which = next_is(p, signs[0]) ? 0 : next_is(p, signs[1]) ? 1 : -1;
        if (which < 0)
            return GOV_OK;
        operand right;
        advance(p);
        GOV_TRY(need_type(p, *out, GOV_NEED_T_NUMBER, err));
        GOV_TRY(tighter(p, &right, err));
        GOV_TRY(need_type(p, right, GOV_NEED_T_NUMBER, err));
        GOV_TRY(add_op(p, ops[which], GOV_NEED_T_NUMBER, *out, right, out, err));
    }
}

static gov_status parse_product(parser *p, operand *out, gov_error *err)
{
    static const char *const signs[] = {"*", "/"};
    static const gov_need_op ops[] = {GOV_NEED_OP_MULTIPLY, GOV_NEED_OP_DIVIDE};
    return parse_numbers(p, signs, ops, parse_unary, out, err);
}

static gov_status parse_sum(parser *p, operand *out, gov_error *err)
{
    static const char *const signs[] = {"+", "-"};
    static const gov_need_op ops[] = {GOV_NEED_OP_ADD, GOV_NEED_OP_SUBTRACT};
    return parse_numbers(p, signs, ops, parse_product, out, err);
}

/* a < b and the like; a code has no order, and neither has true or false. */
static gov_status compare(parser *p, const char *sign, operand a, operand b, operand *out, gov_error *err)
{
    GOV_TRY(match(p, &a, &b, err));
    int type = node_of(p, a)->type;
    int ordered = sign[0] == '<' || sign[0] == '>';
    if (ordered && (type == GOV_NEED_T_CODE || type == GOV_NEED_T_BOOL))
        return fail_type(p, a.at, type, GOV_NEED_T_NUMBER, err);
    if (!ordered) {
        GOV_TRY(add_op(p, GOV_NEED_OP_EQUAL, GOV_NEED_T_BOOL, a, b, out, err));
        return sign[0] == '=' ? GOV_OK : add_op(p, GOV_NEED_OP_NOT, GOV_NEED_T_BOOL, *out, *out, out, err);
    }
    gov_need_op op = sign[1] == '=' ? GOV_NEED_OP_LESS_EQUAL : GOV_NEED_OP_LESS;
    return sign[0] == '<' ? add_op(p, op, GOV_NEED_T_BOOL, a, b, out, err)
                          : add_op(p, op, GOV_NEED_T_BOOL, b, a, out, err);
}

static gov_status parse_between(parser *p, operand x, operand *out, gov_error *err)
{
    operand low;
    operand high;
    GOV_TRY(parse_sum(p, &low, err));
    GOV_TRY(expect(p, "and", err));
    GOV_TRY(parse_sum(p, &high, err));
    GOV_TRY(compare(p, ">=", x, low, &low, err));
    GOV_TRY(compare(p, "<=", x, high, &high, err));
    return add_op(p, GOV_NEED_OP_AND, GOV_NEED_T_BOOL, low, high, out, err);
}

static gov_status parse_in(parser *p, operand x, operand *out, gov_error *err)
{
    operand any = {-1, p->token};
    GOV_TRY(expect(p, "[", err));
    do {
        operand item;
        GOV_TRY(parse_sum(p, &item, err));
        GOV_TRY(compare(p, "==", x, item, &item, err));
        if (any.node < 0)
            any = item;
        else
            GOV_TRY(add_op(p, GOV_NEED_OP_OR, GOV_NEED_T_BOOL, any, item, &any, err));
    } while (accept(p, ","));
    out->node = any.node;
    return expect(p, "]", err);
}

static gov_status parse_compare(parser *p, operand *out, gov_error *err)
{
    static const char *const signs[] = {"<", "<=", ">", ">=", "==", "!="};
    operand left;
    GOV_TRY(parse_sum(p, &left, err));
    *out = left;
    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
        if (!accept(p, signs[i]))
            continue;
        operand right;
        GOV_TRY(parse_sum(p, &right, err));
        return compare(p, signs[i], left, right, out, err);
    }
    gov_need_token next = gov_need_next_token(p->text, p->token.start + p->token.size);
    int negated = next_is(p, "not") &&
                  (gov_need_token_is(p->text, next, "in") || gov_need_token_is(p->text, next, "between"));
    if (negated)
        advance(p);
    if (accept(p, "between"))
        GOV_TRY(parse_between(p, left, out, err));
    else if (accept(p, "in"))
        GOV_TRY(parse_in(p, left, out, err));
    return negated ? add_op(p, GOV_NEED_OP_NOT, GOV_NEED_T_BOOL, *out, *out, out, err) : GOV_OK;
}

static gov_status parse_not(parser *p, operand *out, gov_error *err)
{
    gov_need_token at = p->token;
    if (!accept(p, "not"))
        return parse_compare(p, out, err);
    if (++p->depth > DEEPEST)
        return fail(p, at, GOV_E_LIMIT, "makes the rule too deep", err);
    GOV_TRY(parse_not(p, out, err));
    p->depth--;
    GOV_TRY(need_type(p, *out, GOV_NEED_T_BOOL, err));
    out->at = at;
    return add_op(p, GOV_NEED_OP_NOT, GOV_NEED_T_BOOL, *out, *out, out, err);
}

static gov_status parse_logic(parser *p, const char *word, gov_need_op op,
                              gov_status (*tighter)(parser *, operand *, gov_error *), operand *out,
                              gov_error *err)
{
    GOV_TRY(tighter(p, out, err));
    while (accept(p, word)) {
        operand right;
        GOV_TRY(need_type(p, *out, GOV_NEED_T_BOOL, err));
        GOV_TRY(tighter(p, &right, err));
        GOV_TRY(need_type(p, right, GOV_NEED_T_BOOL, err));
        GOV_TRY(add_op(p, op, GOV_NEED_T_BOOL, *out, right, out, err));
    }
    return GOV_OK;
}

static gov_status parse_and(parser *p, operand *out, gov_error *err)
{
    return parse_logic(p, "and", GOV_NEED_OP_AND, parse_not, out, err);
}

static gov_status parse_if(parser *p, operand *out, gov_error *err)
{
    operand when;
    operand yes;
    operand no;
    GOV_TRY(parse_rule(p, &when, err));
    GOV_TRY(need_type(p, when, GOV_NEED_T_BOOL, err));
    GOV_TRY(expect(p, "then", err));
    GOV_TRY(parse_rule(p, &yes, err));
    GOV_TRY(expect(p, "else", err));
    GOV_TRY(parse_rule(p, &no, err));
    GOV_TRY(match(p, &yes, &no, err));
    int type = node_of(p, yes)->type;
    gov_need_node node = {.op = GOV_NEED_OP_IF,
                          .type = (uint8_t)type,
                          .domain = node_of(p, yes)->domain,
                          .a = when.node,
                          .b = yes.node,
                          .c = no.node};
    return add(p, node, out, err);
}

static gov_status parse_rule(parser *p, operand *out, gov_error *err)
{
    gov_need_token at = p->token;
    if (++p->depth > DEEPEST)
        return fail(p, at, GOV_E_LIMIT, "makes the rule too deep", err);
    gov_status status =
        accept(p, "if") ? parse_if(p, out, err) : parse_logic(p, "or", GOV_NEED_OP_OR, parse_and, out, err);
    p->depth--;
    out->at = at;
    return status;
}

/* Reads the scalar `node` as a rule of any type. */
static gov_status read_any(parser *p, operand *root, gov_error *err)
{
    const gov_need_model *model = p->model;
    if (p->node->kind != GOV_YAML_SCALAR || p->node->size == 0)
        return gov_yaml_fail(err, GOV_E_TYPE, model->file, p->node, NULL, "a rule must stand here, as text");
    if (p->node->size > LONGEST)
        return gov_yaml_fail(err, GOV_E_LIMIT, model->file, p->node, NULL, "a rule has at most %d bytes",
                             LONGEST);
    advance(p);
    GOV_TRY(parse_rule(p, root, err));
    if (p->token.kind != GOV_NEED_END)
        return fail(p, p->token, GOV_E_FORMAT, "is not expected here", err);
    return GOV_OK;
}

gov_status gov_need_rule_read(gov_need_model *model, const gov_yaml_node *node, int with_indicators,
                              int32_t *out, gov_error *err)
{
    parser p = {.model = model, .node = node, .text = node->text, .with_indicators = with_indicators};
    operand root;
    GOV_TRY(read_any(&p, &root, err));
    GOV_TRY(need_type(&p, root, GOV_NEED_T_BOOL, err));
    *out = root.node;
    return GOV_OK;
}

gov_status gov_need_term_read(gov_need_model *model, const gov_yaml_node *node, int member, int32_t *out,
                              gov_error *err)
{
    parser p = {.model = model, .node = node, .text = node->text, .in_members = member};
    operand root;
    GOV_TRY(read_any(&p, &root, err));
    GOV_TRY(
        need_type(&p, root, root.node < 0 ? GOV_NEED_T_NUMBER : (gov_need_type)node_of(&p, root)->type, err));
    *out = root.node;
    return GOV_OK;
}
