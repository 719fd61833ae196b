/* labels.c - distinct values by a hash table, then sorted and renumbered. */
#include "need/labels.h"

#include "base/digest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct label {
    const char *text;
    int64_t size;
    int64_t number;
    int32_t id;
} label;

typedef struct finder {
    gov_column_view view;
    int is_text;
    label *list;
    int64_t count;
    int64_t capacity;
    int32_t *slots; /* id + 1 */
    int64_t slot_count;
} finder;

static uint64_t hash_of(const finder *f, const label *x)
{
    return f->is_text ? gov_hash64(x->text, x->size, 0)
                      : gov_hash64(&x->number, (int64_t)sizeof(x->number), 0);
}

static int same(const finder *f, const label *x, const label *y)
{
    return f->is_text ? x->size == y->size && memcmp(x->text, y->text, (size_t)x->size) == 0
                      : x->number == y->number;
}

static int32_t *slot_of(finder *f, const label *x)
{
    for (uint64_t at = hash_of(f, x);; at++) {
        int32_t *slot = &f->slots[at & (uint64_t)(f->slot_count - 1)];
        if (*slot == 0 || same(f, &f->list[*slot - 1], x))
            return slot;
    }
}

static gov_status widen(finder *f, gov_error *err)
{
    int64_t larger = f->slot_count == 0 ? 256 : f->slot_count * 2;
    int32_t *slots = gov_alloc_zero(larger, sizeof(*slots));
    if (slots == NULL)
        return gov_fail_memory(err);
    gov_free(f->slots);
    f->slots = slots;
    f->slot_count = larger;
    for (int64_t i = 0; i < f->count; i++)
        *slot_of(f, &f->list[i]) = (int32_t)i + 1;
    return GOV_OK;
}

static gov_status id_of(finder *f, const label *x, int32_t *id, gov_error *err)
{
    if (2 * (f->count + 1) > f->slot_count)
        GOV_TRY(widen(f, err));
    int32_t *slot = slot_of(f, x);
    if (*slot == 0) {
        void *list = f->list;
        gov_status status = gov_grow(&list, &f->capacity, f->count + 1, sizeof(*x), err);
        f->list = list;
        GOV_TRY(status);
        f->list[f->count] = *x;
        f->list[f->count].id = (int32_t)f->count;
        *slot = (int32_t)++f->count;
    }
    *id = *slot - 1;
    return GOV_OK;
}

static gov_status read_rows(finder *f, int32_t *ids, gov_error *err)
{
    for (int64_t i = 0; i < f->view.length; i++) {
        label x = {NULL, 0, 0, 0};
        uint8_t valid = 1;
        if (f->is_text)
            x.text = gov_view_text(&f->view, i, &x.size);
        else
            GOV_TRY(gov_column_int64s(&f->view, i, 1, &x.number, &valid, err));
        ids[i] = -1;
        if (f->is_text ? x.text != NULL : valid != 0)
            GOV_TRY(id_of(f, &x, &ids[i], err));
    }
    return GOV_OK;
}

static int by_text(const void *a, const void *b)
{
    const label *x = a;
    const label *y = b;
    int order = memcmp(x->text, y->text, (size_t)(x->size < y->size ? x->size : y->size));
    return order != 0 ? order : (x->size > y->size) - (x->size < y->size);
}

static int by_number(const void *a, const void *b)
{
    const label *x = a;
    const label *y = b;
    return (x->number > y->number) - (x->number < y->number);
}

static const char *name_of(const finder *f, const label *x, gov_arena *arena)
{
    char text[24];
    if (f->is_text)
        return gov_arena_text(arena, x->text, x->size);
    int size = snprintf(text, sizeof(text), "%lld", (long long)x->number);
    return gov_arena_text(arena, text, size);
}

static gov_status renumber(finder *f, gov_need_labels *out, gov_error *err)
{
    int32_t *place = gov_arena_alloc(&out->arena, f->count, sizeof(*place));
    out->names = gov_arena_alloc(&out->arena, f->count, sizeof(*out->names));
    if (place == NULL || out->names == NULL)
        return gov_fail_memory(err);
    if (f->count > 0)
        qsort(f->list, (size_t)f->count, sizeof(*f->list), f->is_text ? by_text : by_number);
    for (int64_t i = 0; i < f->count; i++) {
        place[f->list[i].id] = (int32_t)i;
        out->names[i] = name_of(f, &f->list[i], &out->arena);
        if (out->names[i] == NULL)
            return gov_fail_memory(err);
    }
    for (int64_t i = 0; i < f->view.length; i++)
        out->ids[i] = out->ids[i] < 0 ? -1 : place[out->ids[i]];
    out->count = f->count;
    out->are_numbers = !f->is_text;
    return GOV_OK;
}

static gov_status one_label(gov_need_labels *out, int64_t rows, gov_error *err)
{
    out->names = gov_arena_alloc(&out->arena, 1, sizeof(*out->names));
    if (out->names == NULL)
        return gov_fail_memory(err);
    out->names[0] = "";
    out->count = 1;
    memset(out->ids, 0, (size_t)rows * sizeof(*out->ids));
    return GOV_OK;
}

static gov_status find_labels(const gov_table *table, const char *column, gov_need_labels *out,
                              gov_error *err)
{
    finder f = {.view = GOV_COLUMN_VIEW_INIT};
    GOV_TRY(gov_table_need(table, column, &f.view, err));
    f.is_text = f.view.type == GOV_TYPE_UTF8;
    if (!f.is_text && f.view.type > GOV_TYPE_UINT64)
        return gov_fail_at(err, GOV_E_TYPE, GOV_AT_NAME(column),
                           "groups are whole numbers or texts, the column is of type %s",
                           gov_type_name(f.view.type));
    gov_status status = read_rows(&f, out->ids, err);
    if (status == GOV_OK)
        status = renumber(&f, out, err);
    gov_free(f.list);
    gov_free(f.slots);
    return status;
}

gov_status gov_need_labels_of(const gov_table *table, const char *column, gov_need_labels *out,
                              gov_error *err)
{
    gov_need_labels labels = {.arena = GOV_ARENA_INIT};
    int64_t rows = gov_table_rows(table);
    labels.ids = gov_alloc(rows, sizeof(*labels.ids));
    if (labels.ids == NULL)
        return gov_fail_memory(err);
    gov_status status =
        column == NULL ? one_label(&labels, rows, err) : find_labels(table, column, &labels, err);
    if (status == GOV_OK)
        *out = labels;
    else
        gov_need_labels_clear(&labels);
    return status;
}

void gov_need_labels_clear(gov_need_labels *labels)
{
    gov_free(labels->ids);
    gov_arena_clear(&labels->arena);
    *labels = (gov_need_labels){0};
}
