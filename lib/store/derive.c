/* derive.c - the rules, from the surest to the least sure, applied from the top of the tree down, so that a grid's
 * parent is decided before it:
 *   1 the same name under the same parent (or what that became): a new code
 *   2 the same name but for its kind (乡, 镇, 街道 ...) under the same parent, among the new grids
 *   3 the same name under the parent's parent, found once: moved to a neighbour
 *   4 at least three quarters of its children are found under other grids: it went where they went, in their proportion
 *   5 a grid of the same name but for its kind was there before, under the same parent: it was taken in
 * A rule decides only if it finds exactly one grid. Everything else is left to people. Sorted arrays and binary search:
 * O(n log n). */
#include "store/derive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct entry {
    const char *place, *name; /* code of the parent (or its parent), and the name or its stem */
    int64_t stem;             /* bytes of the name that count */
    int64_t node;
} entry;

typedef struct index {
    entry *list;
    int64_t count;
} index;

typedef struct deriver {
    const gov_tree *before, *after;
    index names, stems, far_names, old_stems; /* of new grids; old_stems: of grids that stayed */
    int64_t *successor;                       /* of each grid before; -1: none or several */
    int64_t *first_child, *next_child;
    gov_derivation out;
} deriver;

/* --- Names ------------------------------------------------------------------------------------------------ */

static int64_t stem_of(const char *name)
{
    static const char *const kinds[] = {
        "街道办事处",     "地区办事处", "办事处",     "街道",   "地区", "民族乡",     "乡",     "镇",
        "社区居民委员会", "社区居委会", "居民委员会", "居委会", "社区", "村民委员会", "村委会", "村"};
    size_t size = strlen(name);
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        size_t tail = strlen(kinds[i]);
        if (size > tail && memcmp(name + size - tail, kinds[i], tail) == 0)
            return (int64_t)(size - tail);
    }
    return (int64_t)size;
}

static int compare(const entry *x, const entry *y)
{
    int order = strcmp(x->place, y->place);
    if (order != 0)
        return order;
    int64_t size = x->stem < y->stem ? x->stem : y->stem;
    order = memcmp(x->name, y->name, (size_t)size);
    return order != 0 ? order : (x->stem > y->stem) - (x->stem < y->stem);
}

static int by_entry(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    int order = compare(x, y);
    return order != 0 ? order : (x->node > y->node) - (x->node < y->node);
}

/* The only node of this name in this place, or -1. */
static int64_t only(const index *list, const char *place, const char *name, int64_t stem)
{
    entry wanted = {place, name, stem, 0};
    int64_t low = 0, high = list->count;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (compare(&list->list[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == list->count || compare(&list->list[low], &wanted) != 0)
        return -1;
    if (low + 1 < list->count && compare(&list->list[low + 1], &wanted) == 0)
        return -1;
    return list->list[low].node;
}

static const char *place_of(const gov_tree *tree, int64_t node, int up)
{
    for (; up > 1 && node >= 0; up--)
        node = tree->nodes[node].parent;
    if (node < 0)
        return NULL;
    return tree->nodes[node].parent_code != NULL ? tree->nodes[node].parent_code : "";
}

static gov_status make_index(deriver *d, int is_new, int up, int stem, index *out, gov_error *err)
{
    const gov_tree *tree = d->after;
    out->list = gov_alloc(tree->count, sizeof(entry));
    if (out->list == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < tree->count; i++) {
        const gov_grid_node *node = &tree->nodes[i];
        const char *place = place_of(tree, i, up);
        if (place == NULL || node->name == NULL || (gov_tree_find(d->before, node->code) < 0) != is_new)
            continue;
        int64_t size = stem ? stem_of(node->name) : (int64_t)strlen(node->name);
        out->list[out->count++] = (entry){place, node->name, size, i};
    }
    qsort(out->list, (size_t)out->count, sizeof(entry), by_entry);
    return GOV_OK;
}

/* --- Deciding --------------------------------------------------------------------------------------------- */

static gov_status note(deriver *d, int64_t from, int64_t to, double share, const char *evidence,
                       gov_error *err)
{
    gov_derivation *out = &d->out;
    GOV_TRY(gov_grow((void **)&out->list, &out->capacity, out->count + 1, sizeof(gov_derived), err));
    gov_derived *row = &out->list[out->count++];
    *row = (gov_derived){.from = from, .to = to, .share = share};
    snprintf(row->evidence, sizeof(row->evidence), "%s", evidence);
    return GOV_OK;
}

/* The code of what the `up`-th ancestor became, "" above a root, NULL if that is not known. */
static const char *place_after(const deriver *d, int64_t node, int up)
{
    for (; up > 0 && node >= 0; up--)
        node = d->before->nodes[node].parent;
    if (node < 0)
        return up == 0 ? "" : NULL;
    return d->successor[node] >= 0 ? d->after->nodes[d->successor[node]].code : NULL;
}

static int64_t by_name(const deriver *d, int64_t node, const char **evidence)
{
    const char *name = d->before->nodes[node].name, *near = place_after(d, node, 1),
               *far = place_after(d, node, 2);
    int64_t to = -1;
    if (name == NULL)
        return -1;
    if (near != NULL) {
        *evidence = "same name, same parent";
        to = only(&d->names, near, name, (int64_t)strlen(name));
    }
    if (to < 0 && near != NULL) {
        *evidence = "same name but for its kind, same parent";
        to = only(&d->stems, near, name, stem_of(name));
    }
    if (to < 0 && far != NULL && far[0] != '\0') {
        *evidence = "same name, parent's parent";
        to = only(&d->far_names, far, name, (int64_t)strlen(name));
    }
    return to;
}

/* Where a child is afterwards: under which grid; -1: not found. */
static int64_t new_parent_of(const deriver *d, int64_t child)
{
    const gov_grid_node *node = &d->before->nodes[child];
    int64_t there = gov_tree_find(d->after, node->code);
    const char *place = place_after(d, child, 2);
    if (there < 0 && place != NULL && node->name != NULL)
        there = only(&d->far_names, place, node->name, (int64_t)strlen(node->name));
    return there < 0 ? -1 : d->after->nodes[there].parent;
}

typedef struct vote {
    int64_t parent, votes;
} vote;

static gov_status add_vote(vote **votes, int64_t *count, int64_t *capacity, int64_t parent, gov_error *err)
{
    for (int64_t i = 0; i < *count; i++)
        if ((*votes)[i].parent == parent) {
            (*votes)[i].votes++;
            return GOV_OK;
        }
    GOV_TRY(gov_grow((void **)votes, capacity, *count + 1, sizeof(vote), err));
    (*votes)[(*count)++] = (vote){parent, 1};
    return GOV_OK;
}

static gov_status note_votes(deriver *d, int64_t node, const vote *votes, int64_t count, int64_t found,
                             int64_t children, gov_error *err)
{
    char evidence[96];
    for (int64_t i = 0; i < count; i++) {
        snprintf(evidence, sizeof(evidence), "%lld of %lld children are there", (long long)votes[i].votes,
                 (long long)children);
        GOV_TRY(note(d, node, votes[i].parent, (double)votes[i].votes / (double)found, evidence, err));
    }
    if (count == 1)
        d->successor[node] = votes[0].parent;
    return GOV_OK;
}

static gov_status by_children(deriver *d, int64_t node, int *decided, gov_error *err)
{
    vote *votes = NULL;
    int64_t count = 0, capacity = 0, children = 0, found = 0;
    gov_status status = GOV_OK;
    for (int64_t c = d->first_child[node]; c >= 0 && status == GOV_OK; c = d->next_child[c]) {
        int64_t parent = new_parent_of(d, c);
        children++;
        found += parent >= 0;
        if (parent >= 0)
            status = add_vote(&votes, &count, &capacity, parent, err);
    }
    *decided = found > 0 && 4 * found >= 3 * children;
    if (status == GOV_OK && *decided)
        status = note_votes(d, node, votes, count, found, children, err);
    gov_free(votes);
    return status;
}

static gov_status decide(deriver *d, int64_t node, gov_error *err)
{
    const char *evidence = NULL, *near = place_after(d, node, 1), *name = d->before->nodes[node].name;
    int decided = 0;
    int64_t to = by_name(d, node, &evidence);
    if (to < 0)
        GOV_TRY(by_children(d, node, &decided, err));
    if (decided)
        return GOV_OK;
    if (to < 0 && near != NULL && name != NULL) {
        evidence = "a grid of the same name but for its kind was there";
        to = only(&d->old_stems, near, name, stem_of(name));
    }
    d->successor[node] = to;
    return note(d, node, to, 1, to >= 0 ? evidence : "", err);
}

static gov_status prepare(deriver *d, gov_error *err)
{
    int64_t n = d->before->count;
    GOV_TRY(make_index(d, 1, 1, 0, &d->names, err));
    GOV_TRY(make_index(d, 1, 1, 1, &d->stems, err));
    GOV_TRY(make_index(d, 1, 2, 0, &d->far_names, err));
    GOV_TRY(make_index(d, 0, 1, 1, &d->old_stems, err));
    d->successor = gov_alloc(n, sizeof(int64_t));
    d->first_child = gov_alloc(n, sizeof(int64_t));
    d->next_child = gov_alloc(n, sizeof(int64_t));
    if (d->successor == NULL || d->first_child == NULL || d->next_child == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < n; i++)
        d->first_child[i] = -1;
    for (int64_t i = n - 1; i >= 0; i--) {
        int64_t parent = d->before->nodes[i].parent;
        d->next_child[i] = parent >= 0 ? d->first_child[parent] : -1;
        if (parent >= 0)
            d->first_child[parent] = i;
    }
    return GOV_OK;
}

/* New grids that nothing became. */
static gov_status note_new(deriver *d, gov_error *err)
{
    char *explained = gov_alloc_zero(d->after->count, 1);
    gov_status status = explained == NULL ? gov_fail_memory(err) : GOV_OK;
    for (int64_t i = 0; status == GOV_OK && i < d->out.count; i++)
        if (d->out.list[i].to >= 0)
            explained[d->out.list[i].to] = 1;
    for (int64_t i = 0; i < d->after->count && status == GOV_OK; i++)
        if (!explained[i] && gov_tree_find(d->before, d->after->nodes[i].code) < 0)
            status = note(d, -1, i, 0, "", err);
    gov_free(explained);
    return status;
}

static gov_status work(deriver *d, gov_error *err)
{
    GOV_TRY(prepare(d, err));
    for (int64_t i = d->before->count - 1; i >= 0; i--) {
        int64_t node = d->before->order[i];
        d->successor[node] = gov_tree_find(d->after, d->before->nodes[node].code);
        if (d->successor[node] < 0)
            GOV_TRY(decide(d, node, err));
    }
    return note_new(d, err);
}

gov_status gov_derive(const gov_tree *before, const gov_tree *after, gov_derivation *out, gov_error *err)
{
    deriver d = {.before = before, .after = after, .out = {.before = before, .after = after}};
    gov_status status = work(&d, err);
    gov_free(d.names.list);
    gov_free(d.stems.list);
    gov_free(d.far_names.list);
    gov_free(d.old_stems.list);
    gov_free(d.successor);
    gov_free(d.first_child);
    gov_free(d.next_child);
    if (status != GOV_OK) {
        gov_derivation_clear(&d.out);
        return status;
    }
    *out = d.out;
    return GOV_OK;
}

void gov_derivation_clear(gov_derivation *d)
{
    gov_free(d->list);
    d->list = NULL;
    d->count = 0;
}

const char *gov_derived_change(const gov_derivation *d, int64_t i)
{
    const gov_derived *row = &d->list[i];
    if (row->from < 0)
        return "new";
    if (row->to < 0)
        return "";
    if (row->share < 1)
        return "split";
    return gov_tree_find(d->before, d->after->nodes[row->to].code) >= 0 ? "absorbed" : "became";
}
