/* Memory: overflow is refused, growth keeps what was there, an arena aligns and frees, a planned failure happens. */
#include "base/arena.h"
#include "base/buffer.h"
#include "gov_check.h"

#include <string.h>

static gov_error err = GOV_ERROR_INIT;

START_TEST(a_size_that_overflows_is_refused)
{
    ck_assert_ptr_null(gov_alloc(INT64_MAX, 8));
    ck_assert_ptr_null(gov_alloc(-1, 1));
    ck_assert_ptr_null(gov_alloc_zero(INT64_MAX / 2, 8));
    ck_assert_ptr_null(gov_alloc_aligned(INT64_MAX, 1));
    void *block = gov_alloc(0, 8);
    ck_assert_ptr_nonnull(block);
    gov_free(block);
    gov_free(NULL);
}
END_TEST

START_TEST(growth_keeps_the_content)
{
    void *block = NULL;
    int64_t capacity = 0;
    for (int64_t i = 0; i < 1000; i++) {
        ck_ok(gov_grow(&block, &capacity, i + 1, sizeof(int64_t), &err));
        ((int64_t *)block)[i] = i * i;
    }
    for (int64_t i = 0; i < 1000; i++)
        ck_assert_int_eq(((int64_t *)block)[i], i * i);
    ck_fails(gov_grow(&block, &capacity, INT64_MAX, sizeof(int64_t), &err), GOV_E_MEMORY);
    ck_assert_int_eq(((int64_t *)block)[999], 999 * 999);
    gov_free(block);
}
END_TEST

START_TEST(an_arena_gives_zeroed_aligned_blocks_and_frees_them)
{
    int64_t before = gov_alloc_live();
    gov_arena arena = GOV_ARENA_INIT;
    for (int64_t size = 1; size < 5000; size += 97) {
        unsigned char *block = gov_arena_alloc(&arena, size, 1);
        ck_assert_ptr_nonnull(block);
        ck_assert_uint_eq((uintptr_t)block % _Alignof(max_align_t), 0);
        for (int64_t i = 0; i < size; i++)
            ck_assert_uint_eq(block[i], 0);
        memset(block, 0xAB, (size_t)size);
    }
    ck_assert_str_eq(gov_arena_text(&arena, "网格长x", 9), "网格长");
    ck_assert_ptr_null(gov_arena_alloc(&arena, INT64_MAX, 16));
    gov_arena_clear(&arena);
    ck_assert_int_eq(gov_alloc_live(), before);
}
END_TEST

static gov_status write_page(gov_text **out)
{
    gov_buffer buffer = GOV_BUFFER_INIT;
    for (int i = 0; i < 500; i++)
        gov_buffer_format(&buffer, "row %d\n", i);
    return gov_buffer_finish(&buffer, out, &err);
}

START_TEST(a_text_survives_or_fails_whole_at_every_allocation)
{
    gov_text *text = NULL;
    ck_every_allocation(write_page(&text), ck_assert_ptr_null(text), gov_text_free(text));
}
END_TEST

/* JSON's escapes are those of RFC 8259; numbers read back equal. */
START_TEST(json_text_and_numbers)
{
    gov_buffer buffer = GOV_BUFFER_INIT;
    gov_text *text = NULL;
    gov_buffer_json(&buffer, "a\"b\\c\n\x01网", 10);
    gov_buffer_char(&buffer, ' ');
    gov_buffer_double(&buffer, 0.1);
    gov_buffer_char(&buffer, ' ');
    gov_buffer_double(&buffer, 5e-324);
    gov_buffer_char(&buffer, ' ');
    gov_buffer_double(&buffer, 1.0 / 3.0);
    gov_buffer_char(&buffer, ' ');
    gov_buffer_float(&buffer, 0.1f);
    ck_ok(gov_buffer_finish(&buffer, &text, &err));
    ck_assert_str_eq(gov_text_data(text),
                     "\"a\\\"b\\\\c\\n\\u0001网\" 0.1 4.94065645841247e-324 0.3333333333333333 0.1");
    ck_assert_int_eq(gov_text_size(text), (int64_t)strlen(gov_text_data(text)));
    gov_text_free(text);
}
END_TEST

GOV_TESTS("base/memory", a_size_that_overflows_is_refused, growth_keeps_the_content,
          an_arena_gives_zeroed_aligned_blocks_and_frees_them,
          a_text_survives_or_fails_whole_at_every_allocation, json_text_and_numbers)
