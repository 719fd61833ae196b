/* fuzz/arrow: Arrow streams whose every number is drawn from the input: lengths, offsets, counts, indices, views.
 *
 * The C data interface does not tell the sizes of buffers, so the harness keeps to one promise, as a producer must:
 * a buffer is as long as the offset and length of its array demand, and text offsets stay within the bytes. All
 * else may be a lie. Whatever is imported is exported in small batches and imported again. */
#include "govcore/table.h"
#include "table/fake_arrow.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Reads of the input; zeros when it is used up. */
typedef struct input {
    const uint8_t *data;
    size_t left;
} input;

static uint8_t draw(input *in)
{
    if (in->left == 0)
        return 0;
    in->left--;
    return *in->data++;
}

/* Mostly small, sometimes negative or huge. */
static int64_t draw_count(input *in)
{
    static const int64_t odd[] = {-1, INT64_MAX, INT64_MIN, INT64_MAX / 8, INT32_MIN, -2};
    uint8_t b = draw(in);
    return b < 250 ? b % 20 : odd[b - 250];
}

enum { MOST_ROWS = 64, TEXT_BYTES = 256 };

static void fill(input *in, struct ArrowArray *a, int i, size_t size)
{
    uint8_t bytes[4096] = {0};
    for (size_t k = 0; k < size && in->left > 0; k++)
        bytes[k] = draw(in);
    fake_buffer(a, i, bytes, size);
}

/* Offsets within the bytes, or below zero, or backwards. */
static void fill_offsets(input *in, struct ArrowArray *a, int wide)
{
    int64_t offsets[MOST_ROWS + 1];
    int32_t narrow[MOST_ROWS + 1];
    int64_t sum = 0;
    for (int i = 0; i <= MOST_ROWS; i++) {
        int64_t step = (int64_t)(draw(in) % 8) - (draw(in) == 255 ? 20 : 0);
        sum = sum + step < TEXT_BYTES ? sum + step : TEXT_BYTES;
        offsets[i] = sum;
        narrow[i] = (int32_t)sum;
    }
    if (wide)
        fake_buffer(a, 1, offsets, sizeof(offsets));
    else
        fake_buffer(a, 1, narrow, sizeof(narrow));
    fill(in, a, 2, TEXT_BYTES);
}

static void fill_views(input *in, struct ArrowArray *a)
{
    int32_t views[MOST_ROWS][4];
    for (int i = 0; i < MOST_ROWS; i++) {
        views[i][0] = (int32_t)(int8_t)draw(in);
        views[i][1] = 0;
        views[i][2] = (int32_t)(draw(in) % 4) - 1;
        views[i][3] = (int32_t)(int8_t)draw(in) * 2;
    }
    int64_t sizes[2] = {TEXT_BYTES, 100};
    fake_buffer(a, 1, views, sizeof(views));
    fill(in, a, 2, TEXT_BYTES);
    fill(in, a, 3, 100);
    fake_buffer(a, 4, sizes, sizeof(sizes));
}

static struct ArrowArray *draw_array(input *in, const char *format)
{
    static const int64_t usual[] = {0, 2, 3, 5};
    int64_t length = draw_count(in);
    int64_t offset = draw_count(in);
    if (length > 0 && offset > 0 && length <= 20 && offset <= 20 && length + offset > MOST_ROWS)
        offset = 0;
    int layout = *format == 'n' ? 0 : *format == 'u' || *format == 'U' ? 2 : *format == 'v' ? 3 : 1;
    struct ArrowArray *a = fake_array(length, draw_count(in) % 21 - 1, offset, usual[layout]);
    if (draw(in) > 128)
        fill(in, a, 0, MOST_ROWS / 8);
    if (layout == 1)
        fill(in, a, 1, MOST_ROWS * 8);
    else if (layout == 2)
        fill_offsets(in, a, *format == 'U');
    else if (layout == 3)
        fill_views(in, a);
    if (draw(in) == 255)
        a->n_buffers = draw_count(in) % 6;
    return a;
}

static void export_and_import(const gov_table *table, int64_t batch)
{
    struct ArrowArrayStream stream;
    gov_table *back = NULL;
    if (gov_table_export_arrow(table, batch, &stream, NULL) != GOV_OK ||
        gov_table_import_arrow(&stream, NULL, &back, NULL) != GOV_OK)
        abort();
    gov_text *first = NULL;
    gov_text *second = NULL;
    if (gov_table_format_csv(table, &first, NULL) == GOV_OK) {
        if (gov_table_format_csv(back, &second, NULL) != GOV_OK ||
            strcmp(gov_text_data(first), gov_text_data(second)) != 0)
            abort();
        gov_text_free(second);
    }
    gov_text_free(first);
    gov_table_free(back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const formats[] = {"n", "b",       "c", "s", "i", "l",  "C",    "S",
                                          "I", "L",       "f", "g", "u", "U",  "vu",   "tdD",
                                          "z", "tsn:UTC", "u", "c", "U", "vu", "tsu:", "tss:"};
    static const char *const names[] = {"a", "b", "c", "d"};
    enum { FORMATS = sizeof(formats) / sizeof(formats[0]) };
    input in = {data, size};
    fake_field fields[4];
    struct ArrowArray *batches[3];
    int columns = draw(&in) % 5;
    int count = draw(&in) % 4;
    for (int i = 0; i < columns; i++) {
        const char *format = formats[draw(&in) % FORMATS];
        const char *dictionary = draw(&in) > 180 ? formats[draw(&in) % FORMATS] : NULL;
        fields[i] = (fake_field){format, draw(&in) == 255 ? "\xFF" : names[i], dictionary};
    }
    for (int b = 0; b < count; b++) {
        struct ArrowArray *children[4];
        for (int i = 0; i < columns; i++) {
            children[i] = draw_array(&in, fields[i].format);
            if (fields[i].dictionary != NULL && draw(&in) != 255)
                children[i]->dictionary = draw_array(&in, fields[i].dictionary);
        }
        int64_t rows = draw(&in) < 200 && columns > 0 ? children[0]->length : draw_count(&in);
        batches[b] = fake_batch(rows, draw(&in) > 200 ? draw_count(&in) : 0, columns, children);
    }
    struct ArrowArrayStream stream = fake_open(fields, columns, batches, count);
    gov_table *table = NULL;
    if (gov_table_import_arrow(&stream, NULL, &table, NULL) == GOV_OK) {
        export_and_import(table, 1 + draw(&in) % 8);
        gov_table_free(table);
    }
    if (fake_live != 0 || stream.release != NULL)
        abort();
    return 0;
}
