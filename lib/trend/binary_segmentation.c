/* Binary segmentation: a list of segments with the best split of each; the largest gain is taken next. O(n) per
 * split for finding it, O(n log n) in all when the splits are even. */
#include "trend/change_cost.h"
#include "base/struct.h"

#include <math.h>

typedef struct part {
    int64_t first;
    int64_t last;
    int64_t split; /* first of the new segment */
    double gain;   /* -inf: cannot be split */
} part;

static part best_split(const gov_segments *s, int64_t first, int64_t last)
{
    part p = {first, last, first, -INFINITY};
    double whole = gov_segment_cost(s, first, last);
    for (int64_t at = first + s->min_segment; at <= last - s->min_segment; at++) {
        double gain = whole - gov_segment_cost(s, first, at) - gov_segment_cost(s, at, last);
        if (gain > p.gain) {
            p.gain = gain;
            p.split = at;
        }
    }
    return p;
}

static int64_t split_all(const gov_segments *s, part *parts)
{
    int64_t count = 1;
    int64_t most = s->max_changes != 0 ? s->max_changes : s->n;
    parts[0] = best_split(s, 0, s->n);
    while (count <= most) {
        int64_t best = 0;
        for (int64_t k = 1; k < count; k++)
            if (parts[k].gain > parts[best].gain)
                best = k;
        if (!(parts[best].gain > s->penalty))
            break;
        part old = parts[best];
        for (int64_t k = count++; k > best + 1; k--) /* keeps the parts in order */
            parts[k] = parts[k - 1];
        parts[best] = best_split(s, old.first, old.split);
        parts[best + 1] = best_split(s, old.split, old.last);
    }
    return count;
}

gov_status gov_binary_segmentation(const double *y, const uint8_t *valid, int64_t n,
                                   const gov_change_options *options, int64_t *changes,
                                   gov_change_result *result, gov_error *err)
{
    if (changes == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "changes must have room for n values");
    gov_segments s;
    GOV_TRY(gov_struct_check(result, err));
    GOV_TRY(gov_segments_new(y, valid, n, options, &s, err));
    gov_status status = GOV_OK;
    part *parts = gov_alloc(s.n + 1, sizeof(*parts));
    int64_t *places = gov_alloc(s.n, sizeof(*places));
    if (parts == NULL || places == NULL) {
        status = gov_fail_memory(err);
    } else {
        int64_t count = split_all(&s, parts);
        for (int64_t k = 1; k < count; k++)
            places[k - 1] = parts[k].first;
        gov_segments_report(&s, places, count - 1, changes, result);
    }
    gov_free(parts);
    gov_free(places);
    gov_segments_free(&s);
    return status;
}
