/* Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011, doi:10.1145/2063384.2063405).
 *
 * A counter-based generator is a keyed mixing of (stream, block): no state to carry from one replicate to the
 * next, so a replicate can be made by any thread. xoshiro is twice as fast, but needs jumps to keep streams
 * apart. */
#include "stat/random.h"

#include <math.h>

void gov_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
    uint32_t c[4] = {counter[0], counter[1], counter[2], counter[3]};
    uint32_t k[2] = {key[0], key[1]};
    for (int round = 0; round < 10; round++) {
        uint64_t a = (uint64_t)0xD2511F53u * c[0];
        uint64_t b = (uint64_t)0xCD9E8D57u * c[2];
        uint32_t next[4] = {(uint32_t)(b >> 32) ^ c[1] ^ k[0], (uint32_t)b, (uint32_t)(a >> 32) ^ c[3] ^ k[1],
                            (uint32_t)a};
        for (int i = 0; i < 4; i++)
            c[i] = next[i];
        k[0] += 0x9E3779B9u;
        k[1] += 0xBB67AE85u;
    }
    for (int i = 0; i < 4; i++)
        out[i] = c[i];
}

gov_random gov_random_start(uint64_t seed, uint64_t stream)
{
    return (gov_random){.key = {(uint32_t)seed, (uint32_t)(seed >> 32)},
                        .stream = {(uint32_t)stream, (uint32_t)(stream >> 32)},
                        .used = 4};
}

uint64_t gov_random_bits(gov_random *random)
{
    if (random->used == 4) {
        uint32_t counter[4] = {(uint32_t)random->block, (uint32_t)(random->block >> 32), random->stream[0],
                               random->stream[1]};
        gov_philox(counter, random->key, random->word);
        random->block++;
        random->used = 0;
    }
    uint64_t low = random->word[random->used];
    uint64_t high = random->word[random->used + 1];
    random->used += 2;
    return high << 32 | low;
}

double gov_random_uniform(gov_random *random)
{
    return ((double)(gov_random_bits(random) >> 12) + 0.5) * 0x1p-52;
}

/* The lowest bits that can hold count-1, drawn again when too large: no bias, two draws at most on average. */
int64_t gov_random_below(gov_random *random, int64_t count)
{
    uint64_t range = (uint64_t)count;
    uint64_t mask = UINT64_MAX;
    while (mask >> 1 >= range - 1 && mask > 0)
        mask >>= 1;
    for (;;) {
        uint64_t draw = gov_random_bits(random) & mask;
        if (draw < range)
            return (int64_t)draw;
    }
}

void gov_random_shuffle(gov_random *random, int64_t *index, int64_t count)
{
    for (int64_t i = count - 1; i > 0; i--) {
        int64_t j = gov_random_below(random, i + 1);
        int64_t held = index[i];
        index[i] = index[j];
        index[j] = held;
    }
}

double gov_random_normal(gov_random *random)
{
    const double pi = 3.14159265358979323846;
    double radius = sqrt(-2 * log(gov_random_uniform(random)));
    return radius * cos(2 * pi * gov_random_uniform(random));
}

/* Marsaglia & Tsang (2000), doi:10.1145/358407.358414: a cubed normal, kept with a probability near 1. Shapes below
 * 1 are drawn one higher and taken back by a power of a uniform number. */
double gov_random_gamma(gov_random *random, double shape)
{
    if (shape < 1) {
        double above = gov_random_gamma(random, shape + 1);
        return above * pow(gov_random_uniform(random), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / sqrt(9 * d);
    for (;;) {
        double z = gov_random_normal(random);
        double v = (1 + c * z) * (1 + c * z) * (1 + c * z);
        if (v > 0 && log(gov_random_uniform(random)) < z * z / 2 + d - d * v + d * log(v))
            return d * v;
    }
}
