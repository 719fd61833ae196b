/* struct.c - copying between structs of different ages. */
#include "base/struct.h"

#include <string.h>

static uint32_t struct_size_of(const void *value)
{
    uint32_t size;
    memcpy(&size, value, sizeof(size));
    return size;
}

gov_status gov_struct_check(const void *out, gov_error *err)
{
    if (out == NULL || struct_size_of(out) > sizeof(uint32_t))
        return GOV_OK;
    return gov_fail(err, GOV_E_ARGUMENT, "struct_size is not set: start from the type's _INIT");
}

void gov_struct_fill(void *out, const void *from, size_t size)
{
    if (out == NULL)
        return;
    size_t given = struct_size_of(out);
    size_t after = sizeof(uint32_t);
    memcpy((char *)out + after, (const char *)from + after, (given < size ? given : size) - after);
}

gov_status gov_struct_read(void *options, size_t size, const void *from, gov_error *err)
{
    memset(options, 0, size);
    if (from == NULL)
        return GOV_OK;
    uint32_t given = struct_size_of(from);
    if (given < sizeof(uint32_t))
        return gov_fail(err, GOV_E_ARGUMENT, "struct_size is not set: start from the type's _OPTIONS_INIT");
    memcpy(options, from, given < size ? given : size);
    return GOV_OK;
}
