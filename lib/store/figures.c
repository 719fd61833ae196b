/* figures.c - carrying numbers over a change of the grids.
 *
 * Forward: all descents of one date happen at once, on the values before it. Of a grid's value each part takes its
 * share; the last part takes what is left if the shares make up one, so that nothing is lost to rounding; if they make
 * up less, the rest stays with the grid (a part of it was given away).
 * Backward: what went to a grid that came of one other goes back whole. What came of several cannot be told apart
 * afterwards: it stays, and the caller finds it under a code that the earlier tree does not have. */
#include "store/figures.h"
#include "base/digest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void gov_figures_clear(gov_figures *figures)
{
    gov_arena_clear(&figures->arena);
    gov_free(figures->list);
    gov_free(figures->slots);
}

static int64_t *slot_of(const gov_figures *f, const char *code, int64_t size)
{
    uint64_t at = gov_hash64(code, size, 0);
    for (;; at++) {
        int64_t *slot = &f->slots[at & (uint64_t)(f->slot_count - 1)];
        if (*slot == 0)
            return slot;
        const char *there = f->list[*slot - 1].code;
        if ((int64_t)strlen(there) == size && memcmp(there, code, (size_t)size) == 0)
            return slot;
    }
}

/* Doubles the table when it is half full. */
static gov_status make_room(gov_figures *f, gov_error *err)
{
    if (f->slot_count > 2 * f->count)
        return GOV_OK;
    int64_t wanted = f->slot_count == 0 ? 256 : f->slot_count * 2;
    int64_t *slots = gov_alloc_zero(wanted, sizeof(*slots));
    if (slots == NULL)
        return gov_fail_memory(err);
    gov_free(f->slots);
    f->slots = slots;
    f->slot_count = wanted;
    for (int64_t i = 0; i < f->count; i++)
        *slot_of(f, f->list[i].code, (int64_t)strlen(f->list[i].code)) = i + 1;
    return GOV_OK;
}

gov_status gov_figures_at(gov_figures *f, const char *code, int64_t size, gov_figure **out, gov_error *err)
{
    size = size < 0 ? (int64_t)strlen(code) : size;
    GOV_TRY(make_room(f, err));
    int64_t *slot = slot_of(f, code, size);
    if (*slot == 0) {
        GOV_TRY(gov_grow((void **)&f->list, &f->capacity, f->count + 1, sizeof(gov_figure), err));
        const char *copy = gov_arena_text(&f->arena, code, size);
        if (copy == NULL)
            return gov_fail_memory(err);
        f->list[f->count++] = (gov_figure){.code = copy};
        *slot = f->count;
    }
    *out = &f->list[*slot - 1];
    return GOV_OK;
}

/* The parts of one grid are neighbours in the list. */
static int64_t parts_of(const gov_descent *list, int64_t count, int64_t first)
{
    int64_t end = first + 1;
    while (end < count && strcmp(list[end].from, list[first].from) == 0)
        end++;
    return end;
}

static gov_status give(gov_figures *f, const char *code, double value, gov_error *err)
{
    gov_figure *to = NULL;
    GOV_TRY(gov_figures_at(f, code, -1, &to, err));
    to->moved += value;
    return GOV_OK;
}

static gov_status part(gov_figures *f, const gov_descent *list, int64_t first, int64_t end, gov_error *err)
{
    gov_figure *from = NULL;
    double shares = 0, given = 0;
    GOV_TRY(gov_figures_at(f, list[first].from, -1, &from, err));
    double value = from->value;
    for (int64_t i = first; i < end; i++)
        shares += list[i].share;
    int whole = fabs(shares - 1) < 1e-9;
    from->moved -= value;
    for (int64_t i = first; i < end; i++) {
        double part = whole && i == end - 1 ? value - given : value * list[i].share;
        given += part;
        GOV_TRY(give(f, list[i].to, part, err));
    }
    return whole ? GOV_OK : give(f, list[first].from, value - given, err);
}

/* Only the grids of these descents have moved anything. */
gov_status gov_figures_settle(gov_figures *f, const gov_descent *list, int64_t count, gov_error *err)
{
    for (int64_t i = 0; i < 2 * count; i++) {
        gov_figure *figure = NULL;
        GOV_TRY(gov_figures_at(f, i % 2 ? list[i / 2].to : list[i / 2].from, -1, &figure, err));
        figure->value += figure->moved;
        figure->moved = 0;
    }
    return GOV_OK;
}

gov_status gov_figures_forward(gov_figures *f, const gov_descent *list, int64_t count, gov_error *err)
{
    for (int64_t i = 0, end; i < count; i = end) {
        end = parts_of(list, count, i);
        GOV_TRY(part(f, list, i, end, err));
    }
    return gov_figures_settle(f, list, count, err);
}

static int by_target(const void *a, const void *b)
{
    return strcmp(((const gov_descent *)a)->to, ((const gov_descent *)b)->to);
}

static gov_status give_back(gov_figures *f, const gov_descent *d, gov_error *err)
{
    gov_figure *to = NULL;
    GOV_TRY(gov_figures_at(f, d->to, -1, &to, err));
    double value = to->value;
    to->moved -= value;
    return give(f, d->from, value, err);
}

gov_status gov_figures_backward(gov_figures *f, const gov_descent *list, int64_t count, gov_error *err)
{
    gov_status status = GOV_OK;
    gov_descent *sorted = gov_alloc(count, sizeof(*sorted));
    if (sorted == NULL)
        return gov_fail_memory(err);
    memcpy(sorted, list, (size_t)count * sizeof(*sorted));
    qsort(sorted, (size_t)count, sizeof(*sorted), by_target);
    for (int64_t i = 0, end; i < count && status == GOV_OK; i = end) {
        for (end = i + 1; end < count && strcmp(sorted[end].to, sorted[i].to) == 0;)
            end++;
        if (end == i + 1 && !sorted[i].to_lived)
            status = give_back(f, &sorted[i], err);
    }
    gov_free(sorted);
    return status == GOV_OK ? gov_figures_settle(f, list, count, err) : status;
}
