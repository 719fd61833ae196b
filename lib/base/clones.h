/* clones.h - loops that are compiled once for each generation of x86-64 and chosen when the library is loaded.
 *
 * Results do not depend on the choice: nothing is contracted (-ffp-contract=off) and no sum of doubles is
 * reordered. Not under the sanitizers, which start after the choice is made. Only static functions: gcc exports the
 * others, whatever their visibility. */
#ifndef GOVCORE_BASE_CLONES_H
#define GOVCORE_BASE_CLONES_H

#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__)
#define GOV_CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define GOV_CLONES
#endif

/* For loops that look every item up in a table: gcc would take vectors apart to do that, which is slower than
 * plain loads. */
#if defined(__GNUC__) && !defined(__clang__)
#define GOV_SCALAR __attribute__((optimize("no-tree-vectorize")))
#else
#define GOV_SCALAR
#endif

#endif
