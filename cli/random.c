/* random.c - SplitMix64 and the draws that the demonstration needs. */
#include "demo.h"

#include <math.h>

static uint64_t next(demo_random *random)
{
    uint64_t z = random->state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

double demo_uniform(demo_random *random)
{
    return (double)(next(random) >> 11) * 0x1p-53;
}

/* The sum of twelve uniforms: near enough to normal here, and the same bits on every machine, which a logarithm
 * of the C library would not promise. */
double demo_normal(demo_random *random)
{
    double sum = -6;
    for (int i = 0; i < 12; i++)
        sum += demo_uniform(random);
    return sum;
}

int demo_chance(demo_random *random, double probability)
{
    return demo_uniform(random) < probability;
}

int64_t demo_between(demo_random *random, int64_t low, int64_t high)
{
    return low + (int64_t)(demo_uniform(random) * (double)(high - low + 1));
}

int64_t demo_pick(demo_random *random, const double *weights, int64_t count)
{
    double total = 0;
    for (int64_t i = 0; i < count; i++)
        total += weights[i];
    double at = demo_uniform(random) * total;
    for (int64_t i = 0; i < count - 1; i++) {
        if (at < weights[i])
            return i;
        at -= weights[i];
    }
    return count - 1;
}
