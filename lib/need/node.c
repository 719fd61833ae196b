/* node.c - the graph of a model's rules; equal nodes are found by looking, there are a few hundred. */
#include "need/node.h"

#include "base/alloc.h"

enum { MOST_NODES = 4096 };

static int same(const gov_need_node *x, const gov_need_node *y)
{
    return x->op == y->op && x->type == y->type && x->domain == y->domain && x->a == y->a && x->b == y->b &&
           x->c == y->c && !(x->value < y->value) && !(x->value > y->value);
}

gov_status gov_need_node_add(gov_need_nodes *nodes, gov_need_node node, int32_t *out, gov_error *err)
{
    for (int64_t i = 0; i < nodes->count; i++) {
        if (same(&nodes->list[i], &node)) {
            *out = (int32_t)i;
            return GOV_OK;
        }
    }
    if (nodes->count == MOST_NODES)
        return gov_fail(err, GOV_E_LIMIT, "the rules have more than %d distinct parts", MOST_NODES);
    void *list = nodes->list;
    gov_status status = gov_grow(&list, &nodes->capacity, nodes->count + 1, sizeof(node), err);
    nodes->list = list;
    GOV_TRY(status);
    nodes->list[nodes->count] = node;
    *out = (int32_t)nodes->count++;
    return GOV_OK;
}

int gov_need_op_is_aggregate(int op)
{
    return op >= GOV_NEED_OP_ANY;
}

int gov_need_op_arguments(int op)
{
    switch (op) {
    case GOV_NEED_OP_CONSTANT:
    case GOV_NEED_OP_INPUT:
    case GOV_NEED_OP_PARAM:
    case GOV_NEED_OP_AS_OF:
        return 0;
    case GOV_NEED_OP_IF:
        return 3;
    case GOV_NEED_OP_NEGATE:
    case GOV_NEED_OP_ABS:
    case GOV_NEED_OP_NOT:
    case GOV_NEED_OP_IS_MISSING:
        return 1;
    default:
        return gov_need_op_is_aggregate(op) ? 1 : 2;
    }
}
