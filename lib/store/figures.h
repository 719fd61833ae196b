/* figures.h - numbers by grid that are carried from one day's tree to another's. */
#ifndef GOVCORE_STORE_FIGURES_H
#define GOVCORE_STORE_FIGURES_H

#include "store/lineage.h"

typedef struct gov_figure {
    const char *code;
    double value;
    double moved; /* what goes to it within one date */
} gov_figure;

/* A map from codes to figures: open addressing, codes in the arena. */
typedef struct gov_figures {
    gov_arena arena;
    gov_figure *list;
    int64_t count, capacity;
    int64_t *slots; /* index + 1 into the list; 0: free */
    int64_t slot_count;
} gov_figures;

/* The figure of a code, 0 if it is new; size -1: up to the zero byte. */
gov_status gov_figures_at(gov_figures *figures, const char *code, int64_t size, gov_figure **out,
                          gov_error *err);
void gov_figures_clear(gov_figures *figures);
/* Carries all figures over the descents of one date, list[0..count), forward or backward. */
gov_status gov_figures_forward(gov_figures *figures, const gov_descent *list, int64_t count, gov_error *err);
/* Adds what was moved over these descents to the figures, for a caller that moves by rules of its own. */
gov_status gov_figures_settle(gov_figures *figures, const gov_descent *list, int64_t count, gov_error *err);
gov_status gov_figures_backward(gov_figures *figures, const gov_descent *list, int64_t count, gov_error *err);

#endif
