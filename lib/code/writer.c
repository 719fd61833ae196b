/* writer.c - a text that is cut short could show what should be hidden, so one that does not fit is dropped. */
#include "code/writer.h"

#include <string.h>

gov_status gov_writer_start(gov_writer *writer, char *out, int64_t out_size, const int64_t *length,
                            gov_error *err)
{
    if (out_size < 0 || (out == NULL && out_size > 0))
        return gov_fail(err, GOV_E_ARGUMENT, "out must have out_size bytes");
    if (length == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "length must be given");
    *writer = (gov_writer){out, out == NULL ? 0 : out_size, 0};
    return GOV_OK;
}

void gov_writer_bytes(gov_writer *writer, const char *text, int64_t size)
{
    if (size > 0 && writer->length + size < writer->room)
        memcpy(writer->out + writer->length, text, (size_t)size);
    writer->length += size;
}

void gov_writer_stars(gov_writer *writer, int64_t count)
{
    for (int64_t i = 0; i < count; i++)
        gov_writer_bytes(writer, "*", 1);
}

void gov_writer_end(gov_writer *writer, int64_t *length)
{
    if (writer->room > 0)
        writer->out[writer->length < writer->room ? writer->length : 0] = '\0';
    *length = writer->length;
}
