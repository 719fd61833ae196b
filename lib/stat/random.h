/* random.h - random numbers that depend on a seed and a stream, and on nothing else.
 *
 * Give every replicate, series or block a stream of its own (its index): the numbers are then the same for any
 * number of threads and any order of work. Streams are independent for all seeds; each has 2^64 blocks.
 *
 *     gov_random random = gov_random_start(options.seed, replicate);
 *     int64_t pick = gov_random_below(&random, count); */
#ifndef GOVCORE_STAT_RANDOM_H
#define GOVCORE_STAT_RANDOM_H

#include <stdint.h>

typedef struct gov_random {
    uint32_t key[2];
    uint32_t stream[2];
    uint64_t block;   /* the next one */
    uint32_t word[4]; /* of the last block */
    int used;         /* words of it that are used up */
} gov_random;

gov_random gov_random_start(uint64_t seed, uint64_t stream);
uint64_t gov_random_bits(gov_random *random);
/* Uniform in (0, 1): never 0 and never 1. */
double gov_random_uniform(gov_random *random);
/* Uniform in 0 to count-1, without bias; count >= 1. */
int64_t gov_random_below(gov_random *random, int64_t count);
/* Puts items 0 to count-1 of `index` into a random order. */
void gov_random_shuffle(gov_random *random, int64_t *index, int64_t count);

/* Standard normal, by two uniform numbers (Box & Muller 1958); two are used for each. */
double gov_random_normal(gov_random *random);
/* Gamma with this shape (> 0) and scale 1. Gammas over their sum are a Dirichlet draw. */
double gov_random_gamma(gov_random *random, double shape);

/* One block of Philox4x32-10. */
void gov_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);

#endif
