/* anonymity.c - how many rows cannot be told apart (k-anonymity, Sweeney 2002) and how many values of a sensitive
 * column they show (distinct l-diversity, Machanavajjhala 2007). */
#include "code/classes.h"

#include "govcore/code.h"
#include "table/frame.h"

#include <string.h>

static gov_status refine(const gov_table *table, const char *name, int64_t *classes, int64_t *count,
                         gov_error *err)
{
    gov_column_view view = GOV_COLUMN_VIEW_INIT;
    if (name == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "a name is NULL");
    GOV_TRY(gov_table_need(table, name, &view, err));
    return gov_classes_refine(&view, classes, count, err);
}

/* out[row]: the rows of the row's class. */
static gov_status add_sizes(gov_frame *frame, const int64_t *classes, int64_t count, gov_error *err)
{
    int64_t *size;
    GOV_TRY(gov_frame_int64s(frame, "size", &size, err));
    int64_t *sizes = gov_alloc_zero(count, sizeof(*sizes));
    if (sizes == NULL)
        return gov_fail_memory(err);
    for (int64_t row = 0; row < frame->rows; row++)
        sizes[classes[row]]++;
    for (int64_t row = 0; row < frame->rows; row++)
        size[row] = sizes[classes[row]];
    gov_free(sizes);
    return GOV_OK;
}

/* out[row]: the distinct values of `sensitive` in the row's class. A row that is the first of its refined class
 * brings its class one more value; refined numbers run in the order of first rows. */
static gov_status add_distinct(gov_frame *frame, const gov_table *table, const char *sensitive,
                               const int64_t *classes, int64_t count, gov_error *err)
{
    int64_t *distinct;
    int64_t refined_count = 0;
    gov_status status = GOV_OK;
    GOV_TRY(gov_frame_int64s(frame, "distinct", &distinct, err));
    int64_t *refined = gov_alloc(frame->rows, sizeof(*refined));
    int64_t *values = gov_alloc_zero(count, sizeof(*values));
    if (refined == NULL || values == NULL) {
        status = gov_fail_memory(err);
        goto out;
    }
    if (frame->rows > 0)
        memcpy(refined, classes, (size_t)frame->rows * sizeof(*refined));
    GOV_TRY_OUT(refine(table, sensitive, refined, &refined_count, err));
    int64_t seen = 0;
    for (int64_t row = 0; row < frame->rows; row++) {
        if (refined[row] == seen) {
            values[classes[row]]++;
            seen++;
        }
    }
    for (int64_t row = 0; row < frame->rows; row++)
        distinct[row] = values[classes[row]];
out:
    gov_free(refined);
    gov_free(values);
    return status;
}

gov_status gov_anonymity(const gov_table *table, const char *const *names, int64_t count,
                         const char *sensitive, gov_table **out, gov_error *err)
{
    void *block;
    int64_t classes = 0;
    gov_status status = GOV_OK;
    if (table == NULL || names == NULL || count < 1 || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "table, at least one name and out must be given");
    gov_frame frame = GOV_FRAME_INIT(gov_table_rows(table));
    GOV_TRY_OUT(gov_frame_add(&frame, "class", GOV_TYPE_INT64, &block, NULL, err));
    for (int64_t i = 0; i < count; i++)
        GOV_TRY_OUT(refine(table, names[i], block, &classes, err));
    GOV_TRY_OUT(add_sizes(&frame, block, classes, err));
    if (sensitive != NULL)
        GOV_TRY_OUT(add_distinct(&frame, table, sensitive, block, classes, err));
    GOV_TRY_OUT(gov_frame_finish(&frame, out, err));
out:
    gov_frame_clear(&frame);
    return status;
}
