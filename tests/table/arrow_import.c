/* Arrow streams made by hand become tables: every layout, offset and encoding, and every lie is refused. */
#include "gov_check.h"
#include "table_check.h"
#include "table/column.h"
#include "table/fake_arrow.h"

#include <errno.h>

static gov_error err = GOV_ERROR_INIT;

#define BYTES(...) ((const uint8_t[]){__VA_ARGS__}), sizeof((const uint8_t[]){__VA_ARGS__})
#define INTS(...) ((const int32_t[]){__VA_ARGS__}), sizeof((const int32_t[]){__VA_ARGS__})
#define LONGS(...) ((const int64_t[]){__VA_ARGS__}), sizeof((const int64_t[]){__VA_ARGS__})

static struct ArrowArrayStream stream_of_one(const fake_field *field, struct ArrowArray *child)
{
    struct ArrowArray *batch = fake_batch(child->length, 0, 1, &child);
    return fake_open(field, 1, &batch, 1);
}

static gov_table *import_ok(struct ArrowArrayStream stream)
{
    gov_table *t = NULL;
    ck_ok(gov_table_import_arrow(&stream, NULL, &t, &err));
    ck_assert_ptr_null((void *)(uintptr_t)stream.release);
    return t;
}

static void import_fails(struct ArrowArrayStream stream, gov_status expected)
{
    gov_table *t = NULL;
    ck_fails(gov_table_import_arrow(&stream, NULL, &t, &err), expected);
    ck_assert_ptr_null(t);
    ck_assert_ptr_null((void *)(uintptr_t)stream.release);
    ck_assert_int_eq(fake_live, 0);
    ck_assert_int_eq(gov_alloc_live(), 0);
}

static void free_all(gov_table *t)
{
    gov_table_free(t);
    ck_assert_int_eq(fake_live, 0);
    ck_assert_int_eq(gov_alloc_live(), 0);
}

START_TEST(one_batch_is_read_in_place_and_kept_alive)
{
    static const fake_field fields[] = {{"l", "n", NULL}, {"U", "t", NULL}, {"b", "f", NULL}};
    struct ArrowArray *children[3] = {
        fake_buffer(fake_array(3, -1, 1, 2), 1, LONGS(9, 1, 2, 3)),
        fake_buffer(fake_buffer(fake_array(3, 0, 0, 3), 1, LONGS(0, 1, 1, 4)), 2, "abcd", 4),
        fake_buffer(fake_buffer(fake_array(3, 1, 6, 2), 0, BYTES(0xFF, 0x00)), 1, BYTES(0x40, 0x01)),
    };
    const void *values = children[0]->buffers[1];
    const void *bytes = children[1]->buffers[2];
    const void *offsets = children[1]->buffers[1];
    struct ArrowArray *batch = fake_batch(3, 0, 3, children);
    gov_table *t = import_ok(fake_open(fields, 3, &batch, 1));
    gov_column_view v = GOV_COLUMN_VIEW_INIT;
    ck_ok(gov_table_view(t, 0, &v, &err));
    ck_assert_ptr_eq(v.values, values);
    ck_assert_int_eq(v.offset, 1);
    ck_assert_int_eq(v.null_count, 0);
    ck_ok(gov_table_view(t, 1, &v, &err));
    ck_assert_ptr_eq(v.values, bytes);
    ck_assert_ptr_eq(v.offsets, offsets);
    ck_text_at(t, 0, 1, "a");
    ck_text_at(t, 1, 1, "");
    ck_text_at(t, 2, 1, "bcd");
    double d[3];
    uint8_t valid[3];
    ck_ok(gov_table_copy_doubles(t, 2, 0, 3, d, valid, &err));
    ck_assert(d[0] == 1.0 && d[1] == 0.0 && valid[0] && valid[1] && !valid[2]);
    ck_ok(gov_table_view(t, 2, &v, &err));
    ck_assert_int_eq(v.null_count, 1);
    gov_table *slice = NULL;
    ck_ok(gov_table_slice(t, 1, 2, &slice, &err));
    gov_table_free(t);
    ck_assert_int_gt(fake_live, 0);
    ck_text_at(slice, 1, 1, "bcd");
    free_all(slice);
}
END_TEST

/* The batch itself may be sliced: its offset adds to each child's. */
START_TEST(offsets_of_the_batch_and_of_the_child_add_up)
{
    static const fake_field field = {"i", "n", NULL};
    struct ArrowArray *child =
        fake_buffer(fake_buffer(fake_array(4, -1, 1, 2), 0, BYTES(0x17)), 1, INTS(10, 11, 12, 13, 14));
    struct ArrowArray *batch = fake_batch(3, 1, 1, &child);
    gov_table *t = import_ok(fake_open(&field, 1, &batch, 1));
    int64_t values[3];
    uint8_t valid[3];
    ck_ok(gov_table_copy_int64s(t, 0, 0, 3, values, valid, &err));
    ck_assert(values[0] == 12 && valid[0] && !valid[1] && values[2] == 14 && valid[2]);
    free_all(t);
}
END_TEST

static struct ArrowArray *small_texts(int64_t length, int64_t offset)
{
    return fake_buffer(fake_buffer(fake_buffer(fake_array(length, -1, offset, 3), 0, BYTES(0x1D)), 1,
                                   INTS(0, 3, 3, 3, 4, 7)),
                       2, "徐x汇", 7);
}

START_TEST(batches_are_joined_whatever_their_offsets)
{
    static const fake_field field = {"u", "t", NULL};
    struct ArrowArray *batches[4];
    for (int i = 0; i < 4; i++) {
        struct ArrowArray *child = i == 1 ? fake_array(0, 0, 0, 3) : small_texts(5 - i, i);
        batches[i] = fake_batch(child->length, 0, 1, &child);
    }
    gov_table *t = import_ok(fake_open(&field, 1, batches, 4));
    static const char *const expected[] = {"徐", NULL, "", "x", "汇", "", "x", "汇", "x", "汇"};
    ck_assert_int_eq(gov_table_rows(t), 10);
    for (int64_t i = 0; i < 10; i++)
        ck_text_at(t, i, 0, expected[i]);
    free_all(t);
}
END_TEST

/* The specification's "Variable-size Binary View": up to 12 bytes in the view, longer ones in a block. */
START_TEST(text_views_are_decoded)
{
    static const fake_field field = {"vu", "t", NULL};
    uint8_t views[4 * 16] = {0};
    int32_t words[4] = {12, 0, 0, 0};
    memcpy(views, words, 4);
    memcpy(views + 4, "twelve bytes", 12);
    words[0] = 15;
    words[2] = 1;
    words[3] = 3;
    memcpy(words + 1, "this", 4);
    memcpy(views + 32, words, 16);
    words[0] = -1;
    memcpy(views + 48, words, 16);
    struct ArrowArray *child = fake_array(4, -1, 0, 5);
    fake_buffer(child, 0, BYTES(0x07));
    fake_buffer(child, 1, views, sizeof(views));
    fake_buffer(child, 2, "", 0);
    fake_buffer(child, 3, "...this is longer.", 18);
    fake_buffer(child, 4, LONGS(0, 18));
    gov_table *t = import_ok(stream_of_one(&field, child));
    ck_text_at(t, 0, 0, "twelve bytes");
    ck_text_at(t, 1, 0, "");
    ck_text_at(t, 2, 0, "this is longer.");
    ck_text_at(t, 3, 0, NULL);
    free_all(t);
}
END_TEST

static struct ArrowArray *indices(gov_type type, const int *values, int64_t count, int valid_bits)
{
    uint8_t bytes[FAKE_MOST * 8] = {0};
    uint8_t bits = (uint8_t)valid_bits;
    size_t width = gov_type_width(type);
    for (int64_t i = 0; i < count; i++) {
        int64_t wide = values[i];
        memcpy(bytes + (size_t)i * width, &wide, width);
    }
    struct ArrowArray *a = fake_array(count, -1, 0, 2);
    fake_buffer(a, 0, &bits, 1);
    return fake_buffer(a, 1, bytes, (size_t)count * width);
}

START_TEST(dictionaries_of_every_index_type_are_decoded)
{
    static const char *const formats[] = {"c", "s", "i", "l", "C", "S", "I", "L"};
    for (int i = 0; i < 8; i++) {
        gov_type type = (gov_type)(GOV_TYPE_INT8 + i);
        fake_field field = {formats[i], "t", "u"};
        struct ArrowArray *child = indices(type, (const int[]){4, 1, 77, 0}, 4, 0x0B);
        child->dictionary = small_texts(5, 0);
        gov_table *t = import_ok(stream_of_one(&field, child));
        ck_assert_int_eq(gov_table_type(t, 0), GOV_TYPE_UTF8);
        ck_text_at(t, 0, 0, "汇");
        ck_text_at(t, 1, 0, NULL); /* missing in the dictionary */
        ck_text_at(t, 2, 0, NULL); /* missing as an index: 77 does not count */
        ck_text_at(t, 3, 0, "徐");
        free_all(t);
        child = indices(type, (const int[]){5, 0}, 2, 0xFF);
        child->dictionary = small_texts(5, 0);
        import_fails(stream_of_one(&field, child), GOV_E_CORRUPT);
        ck_assert_int_eq(err.row, 0);
        if (i < 4) {
            child = indices(type, (const int[]){0, -1}, 2, 0xFF);
            child->dictionary = small_texts(5, 0);
            import_fails(stream_of_one(&field, child), GOV_E_CORRUPT);
            ck_assert_int_eq(err.row, 1);
        }
    }
}
END_TEST

START_TEST(dictionaries_of_numbers_bools_and_nothing_are_decoded)
{
    fake_field field = {"c", "d", "g"};
    struct ArrowArray *child = indices(GOV_TYPE_INT8, (const int[]){1, 0, 1}, 3, 0xFF);
    double halves[] = {9.0, 0.5, 1.5};
    child->dictionary = fake_buffer(fake_array(2, 0, 1, 2), 1, halves, sizeof(halves));
    gov_table *t = import_ok(stream_of_one(&field, child));
    double d[3];
    ck_ok(gov_table_copy_doubles(t, 0, 0, 3, d, NULL, &err));
    ck_assert(d[0] == 1.5 && d[1] == 0.5 && d[2] == 1.5);
    free_all(t);
    field.dictionary = "b";
    child = indices(GOV_TYPE_INT8, (const int[]){1, 0, 1}, 3, 0xFF);
    child->dictionary = fake_buffer(fake_array(2, 0, 3, 2), 1, BYTES(0x08));
    t = import_ok(stream_of_one(&field, child));
    ck_ok(gov_table_copy_doubles(t, 0, 0, 3, d, NULL, &err));
    ck_assert(d[0] == 0.0 && d[1] == 1.0 && d[2] == 0.0);
    free_all(t);
    field.dictionary = "n";
    child = indices(GOV_TYPE_INT8, (const int[]){1, 0}, 2, 0xFF);
    child->dictionary = fake_array(2, 2, 0, 0);
    t = import_ok(stream_of_one(&field, child));
    ck_assert_int_eq(gov_table_type(t, 0), GOV_TYPE_NULL);
    free_all(t);
}
END_TEST

START_TEST(dates_timestamps_and_nulls_keep_their_type)
{
    static const fake_field fields[] = {
        {"tdD", "day", NULL}, {"tsn:Asia/Shanghai", "at", NULL}, {"n", "none", NULL}, {"tss:", "s", NULL}};
    struct ArrowArray *children[4] = {
        fake_buffer(fake_array(2, 0, 0, 2), 1, INTS(18809, -1)),
        fake_buffer(fake_array(2, 0, 0, 2), 1, LONGS(1, 2)),
        fake_array(2, 2, 0, 0),
        fake_buffer(fake_array(2, 0, 0, 2), 1, LONGS(3, 4)),
    };
    struct ArrowArray *batch = fake_batch(2, 0, 4, children);
    gov_table *t = import_ok(fake_open(fields, 4, &batch, 1));
    gov_column_view v = GOV_COLUMN_VIEW_INIT;
    ck_ok(gov_table_need(t, "at", &v, &err));
    ck_assert_int_eq(v.type, GOV_TYPE_TIMESTAMP);
    ck_assert_int_eq(v.unit, 'n');
    ck_assert_str_eq(v.timezone, "Asia/Shanghai");
    ck_ok(gov_table_need(t, "none", &v, &err));
    ck_assert_int_eq(v.null_count, 2);
    ck_ok(gov_table_need(t, "s", &v, &err));
    ck_assert_str_eq(v.timezone, "");
    ck_assert_int_eq(gov_table_type(t, 0), GOV_TYPE_DATE);
    free_all(t);
}
END_TEST

START_TEST(empty_streams_and_streams_without_columns_are_tables)
{
    static const fake_field field = {"tsu:UTC", "at", NULL};
    gov_table *t = import_ok(fake_open(&field, 1, NULL, 0));
    ck_assert_int_eq(gov_table_rows(t), 0);
    ck_assert_int_eq(gov_table_type(t, 0), GOV_TYPE_TIMESTAMP);
    free_all(t);
    struct ArrowArray *batches[2] = {fake_batch(3, 0, 0, NULL), fake_batch(4, 0, 0, NULL)};
    t = import_ok(fake_open(NULL, 0, batches, 2));
    ck_assert_int_eq(gov_table_rows(t), 7);
    ck_assert_int_eq(gov_table_columns(t), 0);
    free_all(t);
    struct ArrowArray *child = fake_array(0, 0, 0, 2); /* no buffers at all for no rows */
    free_all(import_ok(stream_of_one(&field, child)));
}
END_TEST

START_TEST(unaligned_buffers_are_copied)
{
    static const fake_field field = {"l", "n", NULL};
    uint8_t raw[25];
    int64_t values[3] = {1, -2, 3};
    memcpy(raw + 1, values, sizeof(values));
    struct ArrowArray *child = fake_array(3, 0, 0, 2);
    const void *buffers[2] = {NULL, raw + 1};
    child->buffers = buffers;
    gov_table *t = import_ok(stream_of_one(&field, child));
    int64_t got[3];
    ck_ok(gov_table_copy_int64s(t, 0, 0, 3, got, NULL, &err));
    ck_assert_int_eq(memcmp(got, values, sizeof(values)), 0);
    free_all(t);
}
END_TEST

START_TEST(text_that_is_not_utf8_is_named_with_its_row)
{
    static const fake_field field = {"u", "t", NULL};
    /* The second row begins within a character; together the bytes are valid. */
    struct ArrowArray *child =
        fake_buffer(fake_buffer(fake_array(3, 0, 0, 3), 1, INTS(0, 1, 2, 4)), 2, "a\xC3\xA9z", 4);
    import_fails(stream_of_one(&field, child), GOV_E_ENCODING);
    ck_assert_int_eq(err.row, 1);
    ck_assert_str_eq(err.name, "t");
    /* The bytes of a missing row may be anything. */
    child = fake_buffer(fake_buffer(fake_buffer(fake_array(2, 1, 0, 3), 0, BYTES(0x01)), 1, INTS(0, 1, 2)), 2,
                        "a\xFF", 2);
    gov_table *t = import_ok(stream_of_one(&field, child));
    ck_text_at(t, 1, 0, NULL);
    free_all(t);
}
END_TEST

START_TEST(types_that_are_not_kept_are_named)
{
    static const char *const formats[] = {"z",    "e",  "d:38,2", "+l", "tdm", "tts",
                                          "tsx:", "ts", "w:3",    "vz", ""};
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        fake_field field = {formats[i], "amount", NULL};
        import_fails(stream_of_one(&field, fake_array(0, 0, 0, 2)), GOV_E_UNSUPPORTED);
        ck_assert_str_eq(err.name, "amount");
    }
    static const fake_field nested = {"u", "d", "u"};
    import_fails(stream_of_one(&nested, fake_array(0, 0, 0, 2)), GOV_E_CORRUPT);
    static const fake_field twice[] = {{"n", "a", NULL}, {"n", "a", NULL}};
    import_fails(fake_open(twice, 2, NULL, 0), GOV_E_DUPLICATE);
    static const fake_field named = {"n", "\xFF", NULL};
    import_fails(fake_open(&named, 1, NULL, 0), GOV_E_ENCODING);
    struct ArrowArrayStream bare = fake_open(NULL, 0, NULL, 0);
    ((fake_stream *)bare.private_data)->top = "l";
    import_fails(bare, GOV_E_UNSUPPORTED);
}
END_TEST

static struct ArrowArray *good_ints(void)
{
    return fake_buffer(fake_buffer(fake_array(4, 0, 0, 2), 0, BYTES(0xFF)), 1, INTS(1, 2, 3, 4));
}

START_TEST(arrays_that_contradict_themselves_are_refused)
{
    static const fake_field field = {"i", "n", NULL};
    static const struct {
        int64_t length;
        int64_t offset;
        int64_t nulls;
        int64_t buffers;
    } lies[] = {{-1, 0, 0, 2}, {4, -1, 0, 2},        {4, 0, 5, 2},         {4, 0, -2, 2}, {4, 0, 0, 1},
                {4, 0, 0, 3},  {INT64_MAX, 0, 0, 2}, {4, INT64_MAX, 0, 2}, {3, 0, 0, 2},  {4, 0, 0, -1}};
    for (size_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
        struct ArrowArray *child = good_ints();
        struct ArrowArray *batch = fake_batch(4, 0, 1, &child);
        child->length = lies[i].length;
        child->offset = lies[i].offset;
        child->null_count = lies[i].nulls;
        child->n_buffers = lies[i].buffers;
        import_fails(fake_open(&field, 1, &batch, 1), GOV_E_CORRUPT);
        ck_assert_str_eq(err.name, "n");
    }
    static const int64_t lengths[] = {-1, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < 3; i++) {
        struct ArrowArray *child = good_ints();
        struct ArrowArray *batch = fake_batch(lengths[i], 0, 1, &child);
        import_fails(fake_open(&field, 1, &batch, 1), GOV_E_CORRUPT);
        child = good_ints();
        batch = fake_batch(1, lengths[i], 1, &child);
        import_fails(fake_open(&field, 1, &batch, 1), GOV_E_CORRUPT);
    }
    struct ArrowArray *none = fake_batch(4, 0, 0, NULL);
    import_fails(fake_open(&field, 1, &none, 1), GOV_E_CORRUPT);
    struct ArrowArray *no_values = fake_array(4, 0, 0, 2);
    import_fails(stream_of_one(&field, no_values), GOV_E_CORRUPT);
    struct ArrowArray *no_bitmap = fake_buffer(fake_array(4, 1, 0, 2), 1, INTS(1, 2, 3, 4));
    import_fails(stream_of_one(&field, no_bitmap), GOV_E_CORRUPT);
    static const fake_field coded = {"i", "n", "u"};
    import_fails(stream_of_one(&coded, good_ints()), GOV_E_CORRUPT);
    struct ArrowArray *surplus = good_ints();
    surplus->dictionary = small_texts(5, 0);
    import_fails(stream_of_one(&field, surplus), GOV_E_CORRUPT);
    struct ArrowArray *child = good_ints();
    struct ArrowArray *batch = fake_batch(4, 0, 1, &child);
    fake_buffer(batch, 0, BYTES(0x0B));
    batch->null_count = 1;
    import_fails(fake_open(&field, 1, &batch, 1), GOV_E_UNSUPPORTED);
}
END_TEST

START_TEST(text_offsets_that_go_backwards_or_below_zero_are_refused)
{
    static const fake_field field = {"u", "t", NULL};
    import_fails(stream_of_one(
                     &field, fake_buffer(fake_buffer(fake_array(2, 0, 0, 3), 1, INTS(0, 3, 2)), 2, "abc", 3)),
                 GOV_E_CORRUPT);
    import_fails(stream_of_one(&field, fake_buffer(fake_buffer(fake_array(2, 0, 0, 3), 1, INTS(-1, 1, 2)), 2,
                                                   "abc", 3)),
                 GOV_E_CORRUPT);
    import_fails(stream_of_one(&field, fake_buffer(fake_array(2, 0, 0, 3), 1, INTS(0, 1, 2))), GOV_E_CORRUPT);
    static const fake_field wide = {"U", "t", NULL};
    import_fails(
        stream_of_one(&wide, fake_buffer(fake_buffer(fake_array(1, 0, 0, 3), 1, LONGS(5, 4)), 2, "abcde", 5)),
        GOV_E_CORRUPT);
    static const fake_field views = {"vu", "t", NULL};
    static const int32_t bad[][4] = {
        {13, 0, 0, 0}, {13, 0, -1, 0}, {13, 0, 1, 0}, {13, 0, 0, -1}, {-1, 0, 0, 0}};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct ArrowArray *child = fake_array(1, 0, 0, 4);
        fake_buffer(child, 1, bad[i], 16);
        fake_buffer(child, 2, "only 12 byte", 12);
        fake_buffer(child, 3, LONGS(12));
        import_fails(stream_of_one(&views, child), GOV_E_CORRUPT);
    }
}
END_TEST

START_TEST(failures_of_the_producer_are_passed_on)
{
    static const fake_field field = {"i", "n", NULL};
    struct ArrowArrayStream s = fake_open(&field, 1, NULL, 0);
    ((fake_stream *)s.private_data)->schema_error = EIO;
    import_fails(s, GOV_E_IO);
    ck_assert_int_eq(err.extended, EIO);
    ck_assert_ptr_nonnull(strstr(err.message, "the disk is on fire"));
    for (int at = 0; at < 3; at++) {
        struct ArrowArray *batches[2];
        for (int i = 0; i < 2; i++) {
            struct ArrowArray *child = good_ints();
            batches[i] = fake_batch(4, 0, 1, &child);
        }
        s = fake_open(&field, 1, batches, 2);
        ((fake_stream *)s.private_data)->batch_error = ENOMEM;
        ((fake_stream *)s.private_data)->fail_at = at;
        import_fails(s, GOV_E_MEMORY);
    }
    gov_table *t = NULL;
    struct ArrowArrayStream none = {NULL, NULL, NULL, NULL, NULL};
    ck_fails(gov_table_import_arrow(&none, NULL, &t, &err), GOV_E_ARGUMENT);
    ck_fails(gov_table_import_arrow(NULL, NULL, &t, &err), GOV_E_ARGUMENT);
    s = fake_open(&field, 1, NULL, 0);
    ck_fails(gov_table_import_arrow(&s, NULL, NULL, &err), GOV_E_ARGUMENT);
    ck_assert_int_eq(fake_live, 0);
}
END_TEST

START_TEST(a_cancelled_import_releases_everything)
{
    static const fake_field field = {"i", "n", NULL};
    gov_run *run = NULL;
    ck_ok(gov_run_new(&run, &err));
    gov_run_cancel(run);
    struct ArrowArrayStream s = stream_of_one(&field, good_ints());
    gov_table *t = NULL;
    ck_fails(gov_table_import_arrow(&s, run, &t, &err), GOV_E_CANCELLED);
    gov_run_free(run);
    free_all(t);
}
END_TEST

static gov_status import_mixture(int batches, gov_table **out)
{
    static const fake_field fields[] = {
        {"i", "n", NULL}, {"u", "t", NULL}, {"c", "d", "u"}, {"n", "x", NULL}, {"tsn:UTC", "at", NULL}};
    struct ArrowArray *list[2];
    for (int i = 0; i < batches; i++) {
        struct ArrowArray *children[5] = {
            good_ints(), small_texts(4, 1), indices(GOV_TYPE_INT8, (const int[]){4, 1, 0, 0}, 4, 0xFF),
            fake_array(4, 4, 0, 0), fake_buffer(fake_array(4, 0, 0, 2), 1, LONGS(1, 2, 3, 4))};
        children[2]->dictionary = small_texts(5, 0);
        list[i] = fake_batch(4, 0, 5, children);
    }
    struct ArrowArrayStream s = fake_open(fields, 5, list, batches);
    return gov_table_import_arrow(&s, NULL, out, &err);
}

START_TEST(every_allocation_of_an_import_may_fail)
{
    gov_table *t = NULL;
    for (int batches = 0; batches <= 2; batches++) {
        ck_every_allocation(import_mixture(batches, &t), ck_assert_int_eq(fake_live, 0),
                            (gov_table_free(t), t = NULL));
        ck_assert_int_eq(fake_live, 0);
    }
}
END_TEST

GOV_TESTS("table/arrow_import", one_batch_is_read_in_place_and_kept_alive,
          offsets_of_the_batch_and_of_the_child_add_up, batches_are_joined_whatever_their_offsets,
          text_views_are_decoded, dictionaries_of_every_index_type_are_decoded,
          dictionaries_of_numbers_bools_and_nothing_are_decoded, dates_timestamps_and_nulls_keep_their_type,
          empty_streams_and_streams_without_columns_are_tables, unaligned_buffers_are_copied,
          text_that_is_not_utf8_is_named_with_its_row, types_that_are_not_kept_are_named,
          arrays_that_contradict_themselves_are_refused,
          text_offsets_that_go_backwards_or_below_zero_are_refused, failures_of_the_producer_are_passed_on,
          a_cancelled_import_releases_everything, every_allocation_of_an_import_may_fail)
