/* bits.h - bitmaps as Arrow has them: bit i is bit i % 8 of byte i / 8. */
#ifndef GOVCORE_TABLE_BITS_H
#define GOVCORE_TABLE_BITS_H

#include <stdint.h>

static inline int gov_bit(const uint8_t *bits, int64_t i)
{
    return (bits[i >> 3] >> (i & 7)) & 1;
}

static inline void gov_bit_set(uint8_t *bits, int64_t i)
{
    bits[i >> 3] = (uint8_t)(bits[i >> 3] | (1u << (i & 7)));
}

static inline void gov_bit_clear(uint8_t *bits, int64_t i)
{
    bits[i >> 3] = (uint8_t)(bits[i >> 3] & ~(1u << (i & 7)));
}

static inline int64_t gov_bits_bytes(int64_t count)
{
    return count / 8 + (count % 8 != 0);
}

/* The number of ones among `count` bits from `offset` on. */
int64_t gov_bits_count(const uint8_t *bits, int64_t offset, int64_t count);
/* Copies `count` bits; the bits of `to` outside the stretch stay. */
void gov_bits_copy(uint8_t *to, int64_t to_offset, const uint8_t *from, int64_t from_offset, int64_t count);
/* Sets `count` bits to `value`; the others stay. */
void gov_bits_fill(uint8_t *bits, int64_t offset, int64_t count, int value);
/* One byte (0 or 1) for each of `count` bits; `bits` NULL stands for ones. Returns the number of zeros. */
int64_t gov_bits_unpack(const uint8_t *bits, int64_t offset, int64_t count, uint8_t *bytes);

#endif
