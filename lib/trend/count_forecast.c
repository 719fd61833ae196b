/* The gamma-Poisson filter of Harvey & Fernandes (1989): a local level for counts, with predictions in closed form.
 *
 * Prior gamma(shape, rate); prediction negative binomial with size = shape and mean = exposure x shape / rate; after a
 * count both grow; before the next period both are multiplied by the discount. The filter begins with the first case,
 * from nothing. A season enters as the exposure of each period. The discount is the one number to be found: a search by
 * golden sections on the likelihood of the one-step predictions. */
#include "govcore/trend/forecast.h"
#include "base/struct.h"
#include "stat/distribution.h"
#include "stat/special.h"
#include "trend/control.h"

#include <math.h>

typedef struct filter {
    const double *y;
    const uint8_t *valid;
    int64_t n;
    int64_t period;   /* 1 without a season */
    double *exposure; /* period values */
    double shape;     /* after the last period */
    double rate;
} filter;

static int present(const filter *f, int64_t t)
{
    return f->valid == NULL || f->valid[t];
}

/* log NB(y; size, mean) without the term of y alone. */
static double log_mass(double y, double mean, double size)
{
    return gov_log_gamma(size + y) - gov_log_gamma(size) - gov_log_gamma(y + 1) - size * log1p(mean / size) -
           (y > 0 ? y * log1p(size / mean) : 0);
}

static double run(filter *f, double discount)
{
    double sum = 0;
    f->shape = f->rate = 0;
    for (int64_t t = 0; t < f->n; t++) {
        double exposure = f->exposure[t % f->period];
        f->shape *= discount;
        f->rate *= discount;
        if (!present(f, t))
            continue;
        if (f->shape > 0)
            sum += log_mass(f->y[t], exposure * f->shape / f->rate, f->shape);
        f->shape += f->y[t];
        f->rate += exposure;
    }
    return sum;
}

static double best_discount(filter *f)
{
    const double ratio = 0.61803398874989484820;
    double low = 0.5;
    double high = 1;
    double a = high - ratio * (high - low);
    double b = low + ratio * (high - low);
    double at_a = run(f, a);
    double at_b = run(f, b);
    while (high - low > 1e-6) {
        if (at_a >= at_b) {
            high = b;
            b = a;
            at_b = at_a;
            a = high - ratio * (high - low);
            at_a = run(f, a);
        } else {
            low = a;
            a = b;
            at_a = at_b;
            b = low + ratio * (high - low);
            at_b = run(f, b);
        }
    }
    double middle = (low + high) / 2;
    return run(f, 1) >= run(f, middle) ? 1 : middle;
}

static void seasons(filter *f, double total, int64_t count)
{
    double mean = total / (double)count;
    for (int64_t j = 0; j < f->period; j++) {
        double sum = 0;
        int64_t seen = 0;
        for (int64_t t = j; f->period > 1 && t < f->n; t += f->period) {
            if (!present(f, t))
                continue;
            sum += f->y[t];
            seen++;
        }
        f->exposure[j] = (sum + mean) / (mean * (double)(seen + 1));
        if (f->period == 1)
            f->exposure[j] = 1;
    }
}

gov_status gov_count_forecast(const double *y, const uint8_t *valid, int64_t n,
                              const gov_count_options *options, int64_t horizon, gov_count_result *result,
                              double *mean, double *size, gov_error *err)
{
    gov_count_options o;
    GOV_TRY(gov_struct_read(&o, sizeof(o), options, err));
    GOV_TRY(gov_struct_check(result, err));
    if (!(o.discount >= 0 && o.discount <= 1) || o.period < 0 || o.period == 1 || horizon < 0)
        return gov_fail(err, GOV_E_ARGUMENT,
                        "discount must lie in 0 to 1, period be 0 or at least 2, horizon not negative");
    GOV_TRY(gov_check_counts(y, valid, n, 1, err));
    filter f = {.y = y, .valid = valid, .n = n, .period = o.period > 1 ? o.period : 1};
    double total = 0;
    int64_t count = 0;
    for (int64_t t = 0; t < n; t++) {
        total += present(&f, t) ? y[t] : 0;
        count += present(&f, t);
    }
    if (count < 3 || total == 0)
        return gov_fail(err, GOV_E_NO_DATA,
                        "3 periods with at least one case among them are needed, there are %lld %s",
                        (long long)count, total == 0 ? "without a case" : "");
    f.exposure = gov_alloc(f.period, sizeof(double));
    if (f.exposure == NULL)
        return gov_fail_memory(err);
    seasons(&f, total, count);
    double discount = o.discount > 0 ? o.discount : best_discount(&f);
    double log_likelihood = run(&f, discount);
    double kept = discount;
    for (int64_t h = 0; h < horizon; h++) {
        if (mean != NULL)
            mean[h] = f.exposure[(n + h) % f.period] * f.shape / f.rate;
        if (size != NULL)
            size[h] = f.shape * kept;
        kept *= discount;
    }
    gov_count_result r = {0, discount, log_likelihood};
    gov_struct_fill(result, &r, sizeof(r));
    gov_free(f.exposure);
    return GOV_OK;
}

double gov_count_exceed(double k, double mean, double size)
{
    return gov_nb_tail(ceil(k) - 1, mean, size);
}

double gov_count_quantile(double p, double mean, double size)
{
    return gov_nb_quantile(p, mean, size);
}
