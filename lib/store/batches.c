/* batches.c - what files of records have in common as sources. */
#include "store/batches.h"

#include <stdio.h>
#include <string.h>

static int64_t line_of(const gov_source *source, int64_t row_of_batch)
{
    return ((const gov_batches *)source)->lines[row_of_batch];
}

void gov_batches_row(gov_batches *b, int64_t line)
{
    b->lines[b->rows++] = line;
}

void gov_batches_refuse(gov_batches *b, gov_status code, int64_t line)
{
    b->fault.code = code;
    b->fault.zh = b->fault.sentence[0];
    b->fault.en = b->fault.sentence[1];
    b->fault.expected[0] = '\0';
    b->fault_line = line;
}

int gov_batches_can_go_on(gov_status status)
{
    return status == GOV_E_FORMAT || status == GOV_E_ENCODING || status == GOV_E_LIMIT ||
           status == GOV_E_UNSUPPORTED || status == GOV_E_DUPLICATE;
}

void gov_batches_refuse_for(gov_batches *b, gov_status code, const gov_error *why, const char *zh,
                            const char *en)
{
    gov_batches_refuse(b, code, why->line);
    snprintf(b->fault.sentence[0], sizeof(b->fault.sentence[0]), "%.120s（第 %lld 个字符）", zh,
             (long long)why->column);
    snprintf(b->fault.sentence[1], sizeof(b->fault.sentence[1]), "%.120s (character %lld)", en,
             (long long)why->column);
}

static gov_status add_columns(gov_batches *b, gov_error *err)
{
    for (int64_t i = 0; i < gov_table_columns(b->header); i++)
        GOV_TRY(gov_table_builder_add(b->builder, gov_table_name(b->header, i), gov_table_type(b->header, i),
                                      NULL, err));
    return GOV_OK;
}

static gov_status read_batch(gov_batches *b, gov_error *err)
{
    int more = 1;
    b->rows = 0;
    GOV_TRY(add_columns(b, err));
    while (more && b->rows < GOV_BATCH_ROWS && b->fault.code == GOV_OK)
        GOV_TRY(b->read(b, &more, err));
    gov_table_free(b->batch);
    b->batch = NULL;
    return gov_table_builder_finish(b->builder, &b->batch, err);
}

/* An empty batch is the end of the file, unless a record that cannot be read stands there. */
static gov_status next(gov_source *source, const gov_table **batch, gov_error *err)
{
    gov_batches *b = (gov_batches *)source;
    do {
        if (b->fault.code != GOV_OK)
            GOV_TRY(source->unreadable(source->importer, b->fault_line, &b->fault, err));
        b->fault.code = GOV_OK;
        GOV_TRY(read_batch(b, err));
    } while (b->rows == 0 && b->fault.code != GOV_OK);
    *batch = b->batch;
    return GOV_OK;
}

gov_status gov_batches_init(gov_batches *b, const char *path,
                            gov_status (*read)(gov_batches *batches, int *more, gov_error *err),
                            gov_status (*rewind)(gov_source *source, gov_error *err), gov_error *err)
{
    const char *slash = strrchr(path, '/');
    b->base = (gov_source){.name = slash != NULL ? slash + 1 : path,
                           .next = next,
                           .rewind = rewind,
                           .line = line_of,
                           .total = -1};
    b->path = path;
    b->read = read;
    return gov_table_builder_new(&b->builder, err);
}

void gov_batches_clear(gov_batches *b)
{
    gov_table_builder_free(b->builder);
    gov_table_free(b->header);
    gov_table_free(b->batch);
}
