/* Nelder & Mead (1965), with points outside the bounds moved onto them. Likelihoods of smoothing models are cheap, of
 * two to six variables, not smooth at their bounds and often flat: where gradients mislead, the simplex does not. */
#include "stat/minimise.h"

#include <math.h>

enum { MOST = GOV_MINIMISE_MOST, STEPS = 2000 };

typedef struct simplex {
    gov_objective objective;
    void *context;
    int n;
    const double *lower;
    const double *upper;
    double at[MOST + 1][MOST];
    double value[MOST + 1];
} simplex;

static double evaluate(const simplex *s, double *x)
{
    for (int i = 0; i < s->n; i++)
        x[i] = fmin(fmax(x[i], s->lower[i]), s->upper[i]);
    double value = s->objective(x, s->context);
    return isnan(value) ? INFINITY : value;
}

static void place(simplex *s, int k, const double *x, double value)
{
    for (int i = 0; i < s->n; i++)
        s->at[k][i] = x[i];
    s->value[k] = value;
}

/* The point at centre + t (worst - centre). */
static double probe(const simplex *s, const double *centre, int worst, double t, double *x)
{
    for (int i = 0; i < s->n; i++)
        x[i] = centre[i] + t * (s->at[worst][i] - centre[i]);
    return evaluate(s, x);
}

static void shrink(simplex *s, int best)
{
    for (int k = 0; k <= s->n; k++) {
        if (k == best)
            continue;
        for (int i = 0; i < s->n; i++)
            s->at[k][i] = (s->at[k][i] + s->at[best][i]) / 2;
        s->value[k] = evaluate(s, s->at[k]);
    }
}

static void order(const simplex *s, int *best, int *worst, int *second)
{
    *best = *worst = 0;
    for (int k = 1; k <= s->n; k++) {
        *best = s->value[k] < s->value[*best] ? k : *best;
        *worst = s->value[k] > s->value[*worst] ? k : *worst;
    }
    *second = *best;
    for (int k = 0; k <= s->n; k++)
        if (k != *worst && s->value[k] >= s->value[*second])
            *second = k;
}

static int descend(simplex *s, double relative)
{
    double x[MOST];
    double y[MOST];
    int best = 0;
    for (int step = 0; step < STEPS; step++) {
        int worst;
        int second;
        order(s, &best, &worst, &second);
        if (s->value[worst] - s->value[best] <= relative * (fabs(s->value[best]) + relative))
            break;
        double centre[MOST] = {0};
        for (int k = 0; k <= s->n; k++)
            for (int i = 0; k != worst && i < s->n; i++)
                centre[i] += s->at[k][i] / s->n;
        double reflected = probe(s, centre, worst, -1, x);
        if (reflected < s->value[best]) {
            double expanded = probe(s, centre, worst, -2, y);
            place(s, worst, expanded < reflected ? y : x, fmin(expanded, reflected));
        } else if (reflected < s->value[second]) {
            place(s, worst, x, reflected);
        } else {
            int outside = reflected < s->value[worst];
            double inner = probe(s, centre, worst, outside ? -0.5 : 0.5, y);
            if (inner < fmin(reflected, s->value[worst]))
                place(s, worst, y, inner);
            else
                shrink(s, best);
        }
    }
    return best;
}

double gov_minimise(gov_objective objective, void *context, int count, double *x, const double *step,
                    const double *lower, const double *upper, double relative)
{
    simplex s = {.objective = objective, .context = context, .n = count, .lower = lower, .upper = upper};
    double value = 0;
    for (int round = 0; round < 2; round++) {
        for (int k = 0; k <= count; k++) {
            double start[MOST];
            for (int i = 0; i < count; i++)
                start[i] = x[i];
            if (k > 0)
                start[k - 1] += start[k - 1] + step[k - 1] > upper[k - 1] ? -step[k - 1] : step[k - 1];
            double at = evaluate(&s, start);
            place(&s, k, start, at);
        }
        int best = descend(&s, relative);
        for (int i = 0; i < count; i++)
            x[i] = s.at[best][i];
        value = s.value[best];
    }
    return value;
}
