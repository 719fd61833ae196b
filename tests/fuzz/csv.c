/* fuzz/csv: any bytes as a CSV file. What is read must write and read back as the same text. */
#include "govcore/table.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int claim)
{
    if (!claim)
        abort();
}

/* What was written must be readable, and writing it again must give the same bytes. */
static void check_round_trip(const gov_table *table)
{
    gov_text *first = NULL;
    gov_text *second = NULL;
    gov_table *back = NULL;
    gov_csv_options options = GOV_CSV_OPTIONS_INIT;
    options.encoding = "utf-8";
    if (gov_table_format_csv(table, &first, NULL) != GOV_OK)
        return;
    require(gov_table_parse_csv(gov_text_data(first), gov_text_size(first), NULL, &options, &back, NULL) ==
            GOV_OK);
    require(gov_table_rows(back) == gov_table_rows(table));
    require(gov_table_format_csv(back, &second, NULL) == GOV_OK);
    require(strcmp(gov_text_data(first), gov_text_data(second)) == 0);
    gov_text_free(second);
    gov_table_free(back);
    gov_text_free(first);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const encodings[] = {NULL, "utf-8", "gb18030", "auto"};
    static const char *const types[] = {NULL, "a:int8,b:date", "a:timestamp,b:uint64", "a:float32,b:bool"};
    gov_table *table = NULL;
    gov_error err = GOV_ERROR_INIT;
    gov_csv_options options = GOV_CSV_OPTIONS_INIT;
    if (size < 1)
        return 0;
    options.encoding = encodings[data[0] & 3];
    options.types = types[data[0] >> 2 & 3];
    options.delimiter = data[0] & 16 ? ';' : 0;
    char *text = malloc(size); /* of exactly the size, so that reading behind it is seen */
    if (text == NULL)
        return 0;
    memcpy(text, data + 1, size - 1);
    if (gov_table_parse_csv(text, (int64_t)size - 1, "fuzz.csv", &options, &table, &err) == GOV_OK) {
        gov_text *json = NULL;
        check_round_trip(table);
        if (gov_table_format_json(table, &json, NULL) == GOV_OK)
            gov_text_free(json);
        gov_table_free(table);
    } else {
        require(err.code != GOV_OK && err.code != GOV_E_INTERNAL && err.message[0] != '\0');
    }
    free(text);
    return 0;
}
