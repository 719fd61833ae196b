/* bits.c - bitmaps: the loose bits at both ends one by one, the bytes between at once. */
#include "table/bits.h"

#include "base/clones.h"

#include <string.h>

GOV_CLONES static int64_t count_words(const uint8_t *bits, int64_t words)
{
    int64_t ones = 0;
    for (int64_t i = 0; i < words; i++) {
        uint64_t word;
        memcpy(&word, bits + 8 * i, sizeof(word));
        ones += __builtin_popcountll(word);
    }
    return ones;
}

int64_t gov_bits_count(const uint8_t *bits, int64_t offset, int64_t count)
{
    int64_t ones = 0;
    int64_t i = offset;
    int64_t end = offset + count;
    for (; i < end && (i & 7) != 0; i++)
        ones += gov_bit(bits, i);
    int64_t words = (end - i) / 64;
    ones += count_words(bits + (i >> 3), words);
    for (i += 64 * words; i < end; i++)
        ones += gov_bit(bits, i);
    return ones;
}

static void copy_bit(uint8_t *to, int64_t at, const uint8_t *from, int64_t i)
{
    if (gov_bit(from, i))
        gov_bit_set(to, at);
    else
        gov_bit_clear(to, at);
}

void gov_bits_copy(uint8_t *to, int64_t to_offset, const uint8_t *from, int64_t from_offset, int64_t count)
{
    int64_t i = 0;
    for (; i < count && ((to_offset + i) & 7) != 0; i++)
        copy_bit(to, to_offset + i, from, from_offset + i);
    int64_t bytes = (count - i) / 8;
    int shift = (int)((from_offset + i) & 7);
    const uint8_t *source = from + ((from_offset + i) >> 3);
    uint8_t *target = to + ((to_offset + i) >> 3);
    if (shift == 0 && bytes > 0)
        memcpy(target, source, (size_t)bytes);
    for (int64_t b = 0; b < bytes && shift != 0; b++)
        target[b] = (uint8_t)((source[b] >> shift) | (source[b + 1] << (8 - shift)));
    for (i += bytes * 8; i < count; i++)
        copy_bit(to, to_offset + i, from, from_offset + i);
}

void gov_bits_fill(uint8_t *bits, int64_t offset, int64_t count, int value)
{
    int64_t i = offset;
    int64_t end = offset + count;
    for (; i < end && ((i & 7) != 0 || end - i < 8); i++) {
        if (value)
            gov_bit_set(bits, i);
        else
            gov_bit_clear(bits, i);
    }
    if (i < end) {
        memset(bits + (i >> 3), value ? 0xFF : 0, (size_t)((end - i) >> 3));
        int64_t whole = (end - i) / 8 * 8;
        if (whole < end - i)
            gov_bits_fill(bits, i + whole, end - i - whole, value);
    }
}

int64_t gov_bits_unpack(const uint8_t *bits, int64_t offset, int64_t count, uint8_t *bytes)
{
    if (bits == NULL) {
        if (count > 0)
            memset(bytes, 1, (size_t)count);
        return 0;
    }
    int64_t zeros = count;
    for (int64_t i = 0; i < count; i++) {
        bytes[i] = (uint8_t)gov_bit(bits, offset + i);
        zeros -= bytes[i];
    }
    return zeros;
}
