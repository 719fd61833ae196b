/* demo.h - the parts of govcore demo. */
#ifndef CLI_DEMO_H
#define CLI_DEMO_H

#include "cli.h"

/* --- random.c: one small generator (SplitMix64, Steele et al. 2014), so that a seed gives the same data
 * everywhere. */
typedef struct demo_random {
    uint64_t state;
} demo_random;
double demo_uniform(demo_random *random); /* [0, 1) */
double demo_normal(demo_random *random);
int demo_chance(demo_random *random, double probability);
int64_t demo_between(demo_random *random, int64_t low, int64_t high); /* both included */
int64_t demo_pick(demo_random *random, const double *weights, int64_t count);

/* --- demo_households.c: households that do not exist, on the codes of grids that do.
 * Out: one row a household: id, grid, view, data_note and the inputs of the built-in model. `grids` has code, level and
 * kind; households are put into the grids of level community that are residential. */
gov_status demo_households(const gov_table *grids, int64_t count, uint64_t seed, gov_table **out,
                           gov_error *err);

/* --- demo_steps.c: what is done, in order. */
enum { DEMO_STEPS = 16, DEMO_EXPLAINED = 4 };

typedef struct demo_timing {
    const char *zh;
    const char *en;
    double seconds;
} demo_timing;

typedef struct demo {
    cli *self;
    gov_error *err;
    const char *folder;
    const char *data;
    const char *as_of;
    int64_t count;
    int64_t seed;
    char note[160]; /* what a step has to tell */
    demo_timing timings[DEMO_STEPS];
    int timing_count;

    gov_store *store;
    gov_need_model *model;
    gov_table *grids;
    gov_table *households; /* the model's inputs by the store, with a column street */
    gov_table *scores;
    gov_need_measures *by_street;
    gov_need_measures *by_grid;
    gov_table *unmet;
    gov_table *explained;
    gov_need_explanation *explanations[DEMO_EXPLAINED];
    int explanation_count;
    gov_panel *panel;
    gov_table *findings;
    char digests[2][40]; /* of the imports: grids, households */
    gov_verify_result verified;
} demo;

typedef struct demo_step {
    cli_text name;
    gov_status (*run)(demo *d);
} demo_step;

extern const demo_step demo_steps[]; /* ended by an entry without run */
void demo_free(demo *d);

/* --- demo_page.c: the page from what the steps left. */
gov_status demo_page(demo *d);
/* --- demo_samples.c: chooses the households that are explained. */
gov_status demo_explain(demo *d);

/* Writes text to DIR/name. */
gov_status demo_write(demo *d, const char *name, const gov_text *text);
/* Writes a table to DIR/name.csv and DIR/name.json. */
gov_status demo_save(demo *d, const char *name, const gov_table *table);

#endif
