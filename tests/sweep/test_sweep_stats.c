/* Confidence intervals against values from tables, and what does not depend on
 * anything but the numbers. */
#include "fixtures/check.h"
#include "sweep/table.h"

/* As many digits as the tables have. */
#define NEAR(a, b) CU_ASSERT_DOUBLE_EQUAL(a, b, 0.00006)

/* E. B. Wilson's interval for 95 %: R. G. Newcombe, Two-sided confidence
 * intervals for the single proportion, Statistics in Medicine 17 (1998), table
 * I, method 3; 8 of 10 and 50 of 100 by hand. */
static void
shares(void)
{
	static const struct {
		uint64_t hits, n;
		double low, high;
	} rows[] = {
		{ 81, 263, 0.2553, 0.3662 },
		{ 15, 148, 0.0624, 0.1605 },
		{ 0, 20, 0.0000, 0.1611 },
		{ 1, 29, 0.0061, 0.1718 },
		{ 8, 10, 0.4902, 0.9433 },
		{ 50, 100, 0.4038, 0.5962 },
		{ 20, 20, 0.8389, 1.0000 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct sweep_interval v;

		NEAR(sweep_share(rows[i].hits, rows[i].n, &v),
		    (double)rows[i].hits / (double)rows[i].n);
		NEAR(v.low, rows[i].low);
		NEAR(v.high, rows[i].high);
		CU_ASSERT(v.has_low && v.has_high);
	}
}

static void
student(void)
{
	static const struct {
		double df, t;
	} rows[] = { { 1, 12.7062 }, { 2, 4.30265 }, { 3, 3.18245 },
		{ 5, 2.57058 }, { 10, 2.22814 }, { 30, 2.04227 },
		{ 100, 1.98397 }, { 1000, 1.96234 }, { 10000000, 1.95996 } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		NEAR(sweep_student(rows[i].df), rows[i].t);
}

static void
means(void)
{
	double x[] = { 1, 2, 3, 4, 5 }, same[] = { 0.1, 0.1, 0.1 };
	struct sweep_interval v;

	NEAR(sweep_mean(x, 5, &v), 3);
	NEAR(v.low, 3 - 1.96324);
	NEAR(v.high, 3 + 1.96324);
	CU_ASSERT(v.has_low && v.has_high);
	NEAR(sweep_mean(same, 3, &v), 0.1);
	NEAR(v.low, 0.1);
	NEAR(v.high, 0.1);
	CU_ASSERT_EQUAL(sweep_mean(x, 1, &v), 1);
	CU_ASSERT(!v.has_low && !v.has_high);
}

/* Ranks, from 1, that hold a percentile with 95 %; 0: there are too few. */
static void
percentiles(void)
{
	static const struct {
		size_t n;
		double p;
		size_t rank, low, high;
	} rows[] = {
		{ 1, 0.5, 1, 0, 0 },
		{ 5, 0.5, 3, 0, 0 },
		{ 6, 0.5, 3, 1, 6 },
		{ 10, 0.5, 5, 2, 9 },
		{ 20, 0.5, 10, 6, 15 },
		{ 100, 0.5, 50, 40, 61 },
		{ 71, 0.95, 68, 63, 0 },
		{ 72, 0.95, 69, 64, 72 },
		{ 100, 0.99, 99, 97, 0 },
		{ 400, 0.99, 396, 392, 400 },
	};
	static double x[1000];

	for (size_t i = 0; i < 1000; i++)
		x[i] = (double)i + 1;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct sweep_interval v;
		double seen = sweep_percentile(x, rows[i].n, rows[i].p, &v);

		CU_ASSERT_EQUAL(seen, (double)rows[i].rank);
		CU_ASSERT_EQUAL(v.has_low ? v.low : 0, (double)rows[i].low);
		CU_ASSERT_EQUAL(v.has_high ? v.high : 0, (double)rows[i].high);
		if (seen != (double)rows[i].rank ||
		    (v.has_low ? v.low : 0) != (double)rows[i].low ||
		    (v.has_high ? v.high : 0) != (double)rows[i].high)
			printf("BAD %zu %g: %g, %g to %g\n", rows[i].n,
			    rows[i].p, seen, v.has_low ? v.low : 0,
			    v.has_high ? v.high : 0);
	}
}

CHECK_MAIN("sweep_stats", { "shares", shares }, { "student", student },
    { "means", means }, { "percentiles", percentiles })
