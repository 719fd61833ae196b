/* check.c - a column of codes in one call.
 *
 * First every row gets a verdict of three bytes, by blocks and threads; then the rows to report are laid out.
 * Reasons and messages repeat, so each distinct one is made once and rows refer to it by number. */
#include "code/citizen_id.h"
#include "code/credit_code.h"
#include "code/division.h"
#include "code/grid_code.h"
#include "code/object_code.h"
#include "code/sets.h"
#include "code/text_column.h"

#include "base/parallel.h"
#include "table/frame.h"

#include <string.h>

#define BLOCK_ROWS 8192

/* What a row came to: a gov_refusal, or the cell is missing. */
#define CELL_MISSING 255

typedef struct cell {
    uint8_t reason;
    uint8_t position;
    uint8_t detail;
} cell;

typedef struct judge {
    gov_column_view view;
    gov_code_kind kind;
    gov_code_options options;
    gov_citizen_rules citizen_id;
    gov_credit_code_options credit_code;
    const gov_code_set *set;
    cell *cells;
} judge;

static gov_verdict judge_text(const judge *j, const char *text, int64_t size)
{
    switch (j->kind) {
    case GOV_CODE_CITIZEN_ID:
        return gov_citizen_id_verdict(text, size, &j->citizen_id, NULL);
    case GOV_CODE_CREDIT_CODE:
        return gov_credit_code_verdict(text, size, &j->credit_code, NULL);
    case GOV_CODE_DIVISION:
        return gov_division_verdict(text, size, j->options.level, NULL);
    case GOV_CODE_GRID_CODE:
        return gov_grid_code_verdict(text, size, (gov_grid_profile)j->options.grid_profile,
                                     j->options.sequence_digits, NULL);
    case GOV_CODE_COMPONENT_CODE:
        return gov_component_code_verdict(text, size, (gov_object_profile)j->options.object_profile, NULL);
    case GOV_CODE_EVENT_CLASS:
        return gov_event_class_verdict(text, size, (gov_object_profile)j->options.object_profile, NULL);
    case GOV_CODE_SET:
    default:
        if (size == 0)
            return GOV_REFUSED(GOV_REFUSAL_EMPTY, 1, 0);
        return gov_code_set_item(j->set, text, size) != NULL ? GOV_ACCEPTED
                                                             : GOV_REFUSED(GOV_REFUSAL_UNKNOWN_CODE, 1, 0);
    }
}

static gov_status judge_rows(void *context, int worker, int64_t first, int64_t last, gov_error *err)
{
    const judge *j = context;
    (void)worker;
    (void)err;
    for (int64_t i = first; i < last; i++) {
        int64_t size;
        const char *text = gov_view_text(&j->view, i, &size);
        gov_verdict v = text == NULL ? GOV_REFUSED(CELL_MISSING, 0, 0) : judge_text(j, text, size);
        j->cells[i] = (cell){(uint8_t)v.reason, (uint8_t)v.position, (uint8_t)v.detail};
    }
    return GOV_OK;
}

static gov_status read_set(judge *j, gov_error *err)
{
    if (j->options.set == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "set must name a code set");
    j->set = gov_code_set_find(j->options.set);
    if (j->set == NULL)
        return gov_fail_at(err, GOV_E_UNKNOWN_NAME, GOV_AT_NAME(j->options.set), "there is no such code set");
    return GOV_OK;
}

static gov_status read_options(judge *j, const gov_code_options *options, gov_error *err)
{
    gov_code_options *o = &j->options;
    GOV_TRY(gov_struct_read(o, sizeof(*o), options, err));
    if (o->grid_profile == 0)
        o->grid_profile = GOV_GRID_CELL15;
    if (o->object_profile == 0)
        o->object_profile = GOV_OBJECT_GBT30428;
    if (o->level < 0 || o->level > GOV_LEVEL_COMMUNITY)
        return gov_fail(err, GOV_E_ARGUMENT, "%d is not a level of divisions", (int)o->level);
    if (j->kind < GOV_CODE_CITIZEN_ID || j->kind > GOV_CODE_SET)
        return gov_fail(err, GOV_E_ARGUMENT, "%d is not a kind of code", (int)j->kind);
    GOV_TRY(gov_grid_profile_check((gov_grid_profile)o->grid_profile, o->sequence_digits, err));
    GOV_TRY(gov_object_profile_check((gov_object_profile)o->object_profile, err));
    GOV_TRY(gov_citizen_rules_read(o->citizen_id, &j->citizen_id, err));
    GOV_TRY(gov_struct_read(&j->credit_code, sizeof(j->credit_code), o->credit_code, err));
    return j->kind == GOV_CODE_SET ? read_set(j, err) : GOV_OK;
}

/* The distinct (reason, detail) pairs of the rows to report, numbered in the order of their first row. A kind
 * of code has fewer than 80: 31 + 11 check characters, five lengths, and the rest without detail. */
#define MOST_LABELS 127
#define REASONS (GOV_REFUSAL_UNKNOWN_CODE + 1)

typedef struct labels {
    int8_t number[REASONS][256]; /* plus one; 0: not yet seen */
    int64_t count;
    const char *reason[MOST_LABELS];
    const char *zh[MOST_LABELS];
    const char *en[MOST_LABELS];
    char texts[MOST_LABELS][2][GOV_VERDICT_MESSAGE];
} labels;

/* The number of the cell's label; -1: none (accepted or missing). */
static int8_t label_of(labels *l, cell c)
{
    if (c.reason == GOV_REFUSAL_NONE || c.reason == CELL_MISSING)
        return -1;
    int8_t *number = &l->number[c.reason][c.detail];
    if (*number == 0 && l->count < MOST_LABELS) {
        int64_t k = l->count++;
        gov_verdict verdict = GOV_REFUSED((gov_refusal)c.reason, c.position, c.detail);
        gov_verdict_message(verdict, "zh", l->texts[k][0]);
        gov_verdict_message(verdict, "en", l->texts[k][1]);
        l->reason[k] = gov_refusal_name(verdict.reason);
        l->zh[k] = l->texts[k][0];
        l->en[k] = l->texts[k][1];
        *number = (int8_t)l->count;
    }
    return (int8_t)(*number - 1);
}

static int is_reported(const judge *j, cell c)
{
    return !j->options.refused_only || (c.reason != GOV_REFUSAL_NONE && c.reason != CELL_MISSING);
}

/* Fills `row` and `valid`, and the label number of every reported row. */
static gov_status fill_rows(const judge *j, gov_frame *frame, labels *l, int8_t *numbers, gov_error *err)
{
    int64_t *row;
    void *valid;
    uint8_t *known;
    GOV_TRY(gov_frame_int64s(frame, "row", &row, err));
    GOV_TRY(gov_frame_add(frame, "valid", GOV_TYPE_BOOL, &valid, &known, err));
    int64_t k = 0;
    for (int64_t i = 0; i < j->view.length; i++) {
        cell c = j->cells[i];
        if (!is_reported(j, c))
            continue;
        row[k] = i;
        numbers[k] = label_of(l, c);
        if (c.reason == GOV_REFUSAL_NONE)
            gov_bit_set(valid, k);
        if (c.reason == CELL_MISSING)
            gov_bit_clear(known, k);
        k++;
    }
    return GOV_OK;
}

static gov_status fill_positions(const judge *j, gov_frame *frame, const int8_t *numbers, gov_error *err)
{
    void *block;
    uint8_t *known;
    GOV_TRY(gov_frame_add(frame, "position", GOV_TYPE_INT64, &block, &known, err));
    int64_t *position = block;
    int64_t k = 0;
    for (int64_t i = 0; i < j->view.length; i++) {
        if (!is_reported(j, j->cells[i]))
            continue;
        if (numbers[k] < 0)
            gov_bit_clear(known, k);
        else
            position[k] = j->cells[i].position;
        k++;
    }
    return GOV_OK;
}

static gov_status report(const judge *j, gov_table **out, gov_error *err)
{
    gov_status status = GOV_OK;
    int64_t rows = 0;
    for (int64_t i = 0; i < j->view.length; i++)
        rows += is_reported(j, j->cells[i]);
    gov_frame frame = GOV_FRAME_INIT(rows);
    int8_t *numbers = gov_alloc(rows, sizeof(*numbers));
    labels *l = gov_alloc_zero(1, sizeof(*l));
    if (numbers == NULL || l == NULL) {
        status = gov_fail_memory(err);
        goto out;
    }
    GOV_TRY_OUT(fill_rows(j, &frame, l, numbers, err));
    GOV_TRY_OUT(gov_frame_labels(&frame, "reason", numbers, l->reason, l->count, err));
    GOV_TRY_OUT(fill_positions(j, &frame, numbers, err));
    GOV_TRY_OUT(gov_frame_labels(&frame, "message_zh", numbers, l->zh, l->count, err));
    GOV_TRY_OUT(gov_frame_labels(&frame, "message_en", numbers, l->en, l->count, err));
    GOV_TRY_OUT(gov_frame_finish(&frame, out, err));
out:
    gov_frame_clear(&frame);
    gov_free(numbers);
    gov_free(l);
    return status;
}

gov_status gov_code_check(const gov_table *table, const char *column, gov_code_kind kind,
                          const gov_code_options *options, gov_table **out, gov_error *err)
{
    judge j = {.view = GOV_COLUMN_VIEW_INIT, .kind = kind};
    gov_status status = GOV_OK;
    if (table == NULL || column == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "table, column and out must be given");
    GOV_TRY(read_options(&j, options, err));
    GOV_TRY(gov_code_column(table, column, &j.view, err));
    j.cells = gov_alloc(j.view.length, sizeof(*j.cells));
    if (j.cells == NULL)
        return gov_fail_memory(err);
    GOV_TRY_OUT(
        gov_parallel(j.options.threads, j.view.length, BLOCK_ROWS, judge_rows, &j, j.options.run, err));
    GOV_TRY_OUT(report(&j, out, err));
out:
    gov_free(j.cells);
    return status;
}
