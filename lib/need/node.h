/* node.h - rules as a graph of typed nodes.
 *
 * A rule is small and total: nothing in it can loop, read a clock or fail half-way. Every node has a type and
 * one value a row, which may be missing. Equal nodes are kept once, so that "2 * B" in five rules is computed
 * once a batch. Arguments stand before the nodes that use them: computing in order is computing in time. */
#ifndef GOVCORE_NEED_NODE_H
#define GOVCORE_NEED_NODE_H

#include "base/error.h"

typedef enum gov_need_type {
    GOV_NEED_T_BOOL,
    GOV_NEED_T_NUMBER,
    GOV_NEED_T_DATE,
    GOV_NEED_T_CODE /* of the enum input `domain` */
} gov_need_type;

typedef enum gov_need_op {
    GOV_NEED_OP_CONSTANT, /* value */
    GOV_NEED_OP_INPUT,    /* a: the input */
    GOV_NEED_OP_PARAM,    /* a: the parameter, on the day of as_of */
    GOV_NEED_OP_AS_OF,
    GOV_NEED_OP_NEGATE,
    GOV_NEED_OP_ABS,
    GOV_NEED_OP_ADD,
    GOV_NEED_OP_SUBTRACT,
    GOV_NEED_OP_MULTIPLY,
    GOV_NEED_OP_DIVIDE,
    GOV_NEED_OP_MIN,
    GOV_NEED_OP_MAX,
    GOV_NEED_OP_AGE_YEARS,
    GOV_NEED_OP_MONTHS_BETWEEN,
    GOV_NEED_OP_DAYS_BETWEEN,
    GOV_NEED_OP_LESS,
    GOV_NEED_OP_LESS_EQUAL,
    GOV_NEED_OP_EQUAL, /* a > b is b < a; a != b is not (a == b) */
    GOV_NEED_OP_NOT,
    GOV_NEED_OP_AND,
    GOV_NEED_OP_OR,
    GOV_NEED_OP_IF, /* a ? b : c; missing if a is */
    GOV_NEED_OP_IS_MISSING,
    GOV_NEED_OP_COALESCE,
    GOV_NEED_OP_ANY, /* aggregates of a over the members of a household; value is their number */
    GOV_NEED_OP_ALL,
    GOV_NEED_OP_COUNT,
    GOV_NEED_OP_SUM,
    GOV_NEED_OP_LEAST,
    GOV_NEED_OP_GREATEST
} gov_need_op;

/* What a node's value varies with. */
enum { GOV_NEED_BY_HOUSEHOLD = 1, GOV_NEED_BY_MEMBER = 2, GOV_NEED_BY_DAY = 4 };

typedef struct gov_need_node {
    uint8_t op;
    uint8_t type;
    uint8_t varies;
    int32_t domain; /* of a code: the input; else -1 */
    int32_t a;      /* arguments, or what the op says; -1: none */
    int32_t b;
    int32_t c;
    double value;
} gov_need_node;

typedef struct gov_need_nodes {
    gov_need_node *list;
    int64_t count;
    int64_t capacity;
} gov_need_nodes;

/* The index of a node equal to `node`, added if it is not there yet. GOV_E_LIMIT beyond 4 096 nodes. */
gov_status gov_need_node_add(gov_need_nodes *nodes, gov_need_node node, int32_t *out, gov_error *err);
/* The number of arguments that are nodes: 0 to 3, in a, b, c. An aggregate has one. */
int gov_need_op_arguments(int op);
int gov_need_op_is_aggregate(int op);

#endif
