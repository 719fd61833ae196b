/* report_data.h - what the parts of the report read: columns by name, and areas with their counts. */
#ifndef GOV_PIPELINE_REPORT_DATA_H
#define GOV_PIPELINE_REPORT_DATA_H

#include "govcore/pipeline/report.h"

/* A text column by name; the cell is borrowed and not zero-ended, "" (size 0, text NULL) if it is missing. */
typedef struct gov_report_cell {
    const char *text;
    int64_t size;
} gov_report_cell;
gov_status gov_report_text(const gov_table *table, const char *column, int64_t row, gov_report_cell *cell,
                           gov_error *err);
int gov_report_same(gov_report_cell a, const char *text);
/* All numbers of a column: *values and *valid are the caller's, freed with gov_free. */
gov_status gov_report_numbers(const gov_table *table, const char *column, double **values, uint8_t **valid,
                              gov_error *err);

enum { GOV_REPORT_TIERS = 8 }; /* tiers that are told apart, with the one below all cut-offs */

/* One grid with what lies in it and below it. */
typedef struct gov_report_area {
    gov_report_cell code;
    gov_report_cell name;
    int64_t parent; /* index of an area, -1: none in the table */
    int is_shown;   /* of the level that is compared */
    int64_t households;
    int64_t verify;
    int64_t refused;
    int64_t tiers[GOV_REPORT_TIERS]; /* households by place of their tier */
    int measured;                    /* h, a and m0 are there */
    double h;
    double a; /* NaN: nobody is poor */
    double m0;
} gov_report_area;

typedef struct gov_report_areas {
    int64_t count;
    gov_report_area *items; /* in the order of their codes */
    gov_report_area total;  /* of all households */
    int64_t tier_count;     /* places 1 to tier_count, from the lowest tier up; 0 is below all of them */
    gov_table *tiers;       /* GOV_NEED_TIERS of the model */
    int64_t
        rows[GOV_REPORT_TIERS]; /* the row of `tiers` for a place, -1: none (place 0 of a model without it) */
    double scale;               /* the largest m0 of a shown area, for colours */
} gov_report_areas;

/* Counts the households of the input by area and joins the measures. Freed by gov_report_areas_free. */
gov_status gov_report_areas_new(const gov_report_input *input, gov_report_areas *out, gov_error *err);
void gov_report_areas_free(gov_report_areas *areas);
/* The area with this code, or -1. */
int64_t gov_report_find_area(const gov_report_areas *areas, gov_report_cell code);
/* The nearest area at or above `index` that is shown, or -1. */
int64_t gov_report_shown_above(const gov_report_areas *areas, int64_t index);
/* The place of a tier's id; 0 for one that is not known or below all cut-offs. */
int64_t gov_report_tier_place(const gov_report_areas *areas, gov_report_cell tier);
/* The class of colour, 0 to 5, of a measure on the areas' scale. */
int gov_report_shade(const gov_report_areas *areas, double m0);

#endif
