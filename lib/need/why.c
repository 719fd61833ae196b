/* why.c - what a rule read, and why its result is not known.
 *
 * The nodes of one household still hold their values, so the reason is found by walking from the result to the
 * first argument that is not known: an input that is absent, or an operation on known numbers that gave none. */
#include "need/explain.h"

#include <math.h>
#include <string.h>

static const gov_need_node *node_at(const gov_need_case *c, int32_t n)
{
    return &c->env->model->nodes.list[n];
}

static int arguments(const gov_need_node *node, int32_t list[3])
{
    list[0] = node->a;
    list[1] = node->b;
    list[2] = node->c;
    return gov_need_op_is_aggregate(node->op) ? 0 : gov_need_op_arguments(node->op);
}

/* --- Inputs --------------------------------------------------------------------------------------------- */

static void write_value(const gov_need_case *c, int32_t n, gov_buffer *out)
{
    const gov_need_node *node = node_at(c, n);
    const gov_need_vector *v = &c->scorer.worker.nodes[n];
    char day[11] = "";
    if (!v->known[0]) {
        gov_buffer_char(out, '?');
    } else if (node->type == GOV_NEED_T_BOOL) {
        gov_buffer_text(out, v->bits[0] ? "true" : "false");
    } else if (node->type == GOV_NEED_T_CODE) {
        gov_buffer_text(out, c->env->model->inputs[node->domain].codes[(int64_t)v->numbers[0]].name);
    } else if (node->type == GOV_NEED_T_DATE) {
        gov_date_format((int32_t)v->numbers[0], day, sizeof(day));
        gov_buffer_text(out, day);
    } else {
        gov_buffer_double(out, v->numbers[0]);
    }
}

static const char *name_of(const gov_need_case *c, const gov_need_node *node)
{
    static const char *const aggregates[] = {"any(...)", "all(...)", "count(...)",
                                             "sum(...)", "min(...)", "max(...)"};
    const gov_need_model *m = c->env->model;
    if (node->op == GOV_NEED_OP_INPUT)
        return m->inputs[node->a].id;
    if (node->op == GOV_NEED_OP_PARAM)
        return m->params[node->a].id;
    if (node->op == GOV_NEED_OP_AS_OF)
        return "as_of";
    return gov_need_op_is_aggregate(node->op) ? aggregates[node->op - GOV_NEED_OP_ANY] : NULL;
}

/* Marks the nodes that a rule is made of. */
static void mark(const gov_need_case *c, int32_t root, uint8_t *seen)
{
    int32_t list[3];
    if (root < 0 || seen[root])
        return;
    seen[root] = 1;
    int count = arguments(node_at(c, root), list);
    for (int i = 0; i < count; i++)
        mark(c, list[i], seen);
}

void gov_need_write_inputs(const gov_need_case *c, const gov_need_indicator *x, gov_buffer *out)
{
    int64_t nodes = c->env->model->nodes.count;
    uint8_t *seen = gov_alloc_zero(nodes, 1);
    if (seen == NULL) {
        out->broken = 1;
        return;
    }
    mark(c, x->deprived, seen);
    mark(c, x->partly, seen);
    mark(c, x->applies, seen);
    int first = 1;
    for (int32_t i = 0; i < nodes; i++) {
        const char *name = seen[i] ? name_of(c, node_at(c, i)) : NULL;
        if (name == NULL)
            continue;
        gov_buffer_format(out, "%s%s=", first ? "" : "; ", name);
        write_value(c, i, out);
        first = 0;
    }
    gov_free(seen);
}

/* --- Reasons -------------------------------------------------------------------------------------------- */

/* A leaf that is not known, or an operation on known arguments whose result is not. */
static void write_cause(const gov_need_case *c, int32_t n, gov_buffer *out)
{
    const gov_need_node *node = node_at(c, n);
    const char *name = name_of(c, node);
    if (node->op == GOV_NEED_OP_INPUT || node->op == GOV_NEED_OP_AS_OF)
        gov_buffer_format(out, "absent: %s", name);
    else if (node->op == GOV_NEED_OP_PARAM)
        gov_buffer_format(out, "no_value_on_the_day: %s", name);
    else if (name != NULL)
        gov_buffer_format(out, "members_unknown: %s", name);
    else if (node->op == GOV_NEED_OP_DIVIDE && fabs(c->scorer.worker.nodes[node->b].numbers[0]) <= 0)
        gov_buffer_text(out, "division_by_zero");
    else
        gov_buffer_text(out, "overflow");
}

static void write_why(const gov_need_case *c, int32_t n, gov_buffer *out)
{
    int32_t list[3];
    for (;;) {
        int count = arguments(node_at(c, n), list);
        int k = 0;
        while (k < count && c->scorer.worker.nodes[list[k]].known[0])
            k++;
        if (k == count)
            break;
        n = list[k];
    }
    write_cause(c, n, out);
}

void gov_need_write_reason(const gov_need_case *c, const gov_need_indicator *x, gov_buffer *out)
{
    const gov_need_vector *nodes = c->scorer.worker.nodes;
    write_why(c, !nodes[x->deprived].known[0] || x->partly < 0 ? x->deprived : x->partly, out);
}
