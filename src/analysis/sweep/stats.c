/*
 * Confidence intervals.  Shares: E. B. Wilson, Probable Inference, the Law of
 * Succession, and Statistical Inference, JASA 22 (1927).  Means: Student's t,
 * whose distribution comes from the incomplete beta function, by its continued
 * fraction.  Percentiles: order statistics.
 */
#include "sweep/stats.h"

#include <math.h>
#include <stdlib.h>

#define LEVEL 0.95
#define NORMAL \
	1.959963984540054 /* what the normal distribution has at 97.5 % */

double
sweep_share(uint64_t hits, uint64_t n, struct sweep_interval *i)
{
	double p = (double)hits / (double)n, z2 = NORMAL * NORMAL;
	double m = (double)n, middle = (p + z2 / (2 * m)) / (1 + z2 / m);
	double half =
	    NORMAL / (1 + z2 / m) * sqrt(p * (1 - p) / m + z2 / (4 * m * m));

	i->low = hits == 0 ? 0 : middle - half;
	i->high = hits == n ? 1 : middle + half;
	i->has_low = i->has_high = true;
	return p;
}

/* ---- Student's distribution ---- */

/* The continued fraction of the incomplete beta function, by Lentz's method. */
static double
beta_fraction(double x, double a, double b)
{
	const double tiny = 1e-300;
	double c = 1, d = 1 - (a + b) * x / (a + 1), f;

	d = 1 / (fabs(d) < tiny ? tiny : d);
	f = d;
	for (int m = 1; m < 1000; m++) {
		double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
		double odd = -(a + m) * (a + b + m) * x /
			     ((a + 2 * m) * (a + 2 * m + 1));
		double step;

		d = 1 + even * d;
		d = 1 / (fabs(d) < tiny ? tiny : d);
		c = 1 + even / c;
		c = fabs(c) < tiny ? tiny : c;
		f *= d * c;
		d = 1 + odd * d;
		d = 1 / (fabs(d) < tiny ? tiny : d);
		c = 1 + odd / c;
		c = fabs(c) < tiny ? tiny : c;
		step = d * c;
		f *= step;
		if (fabs(step - 1) < 1e-15)
			break;
	}
	return f;
}

/* I_x(a, b), regularized. */
static double
incomplete_beta(double x, double a, double b)
{
	double front;

	if (x <= 0 || x >= 1)
		return x <= 0 ? 0 : 1;
	front = exp(
	    lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x));
	if (x < (a + 1) / (a + b + 2))
		return front * beta_fraction(x, a, b) / a;
	return 1 - front * beta_fraction(1 - x, b, a) / b;
}

double
sweep_student(double df)
{
	double low = 0, high = 20;

	/* P(|T| > t) = I(df / (df + t²); df / 2, 1 / 2) */
	while (
	    incomplete_beta(df / (df + high * high), df / 2, 0.5) > 1 - LEVEL)
		high *= 2;
	for (int k = 0; k < 100; k++) {
		double t = (low + high) / 2;

		if (incomplete_beta(df / (df + t * t), df / 2, 0.5) > 1 - LEVEL)
			low = t;
		else
			high = t;
	}
	return (low + high) / 2;
}

double
sweep_mean(const double *x, size_t n, struct sweep_interval *i)
{
	double sum = 0, squares = 0, mean, half = 0;

	for (size_t k = 0; k < n; k++)
		sum += x[k];
	mean = sum / (double)n;
	for (size_t k = 0; k < n; k++)
		squares += (x[k] - mean) * (x[k] - mean);
	i->has_low = i->has_high = n > 1;
	if (n > 1)
		half = sweep_student((double)n - 1) *
		       sqrt(squares / (double)(n - 1) / (double)n);
	i->low = mean - half;
	i->high = mean + half;
	return mean;
}

/* ---- percentiles ---- */

/* P(X <= K) of N trials with chance P. */
static double
binomial_at_most(double k, double n, double p)
{
	return k < 0 ? 0 : k >= n ? 1 : incomplete_beta(1 - p, n - k, k + 1);
}

/* The least K from 0 to N with P(X <= K) > Q; N + 1 where there is none. */
static size_t
binomial_quantile(double q, size_t n, double p)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t k = low + (high - low) / 2;

		if (binomial_at_most((double)k, (double)n, p) > q)
			high = k;
		else
			low = k + 1;
	}
	return low;
}

double
sweep_percentile(const double *x, size_t n, double p, struct sweep_interval *i)
{
	size_t rank = (size_t)ceil(p * (double)n - 1e-9);
	/* The number of samples below the percentile is less than LOW, or more
	 * than HIGH - 1, with 2.5 % each at most. */
	size_t low = binomial_quantile((1 - LEVEL) / 2, n, p);
	size_t high = binomial_quantile(1 - (1 - LEVEL) / 2, n, p) + 1;

	i->has_low = low >= 1;
	i->has_high = high <= n;
	i->low = i->has_low ? x[low - 1] : 0;
	i->high = i->has_high ? x[high - 1] : 0;
	return x[rank > 0 ? rank - 1 : 0];
}

static int
compare_numbers(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

void
sweep_sort(double *numbers, size_t n)
{
	if (n > 1)
		qsort(numbers, n, sizeof(*numbers), compare_numbers);
}
