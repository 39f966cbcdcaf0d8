/*
 * What is said of samples: shares, means and percentiles, each with the
 * interval that holds the true value with 95 % confidence.  Numbers are sorted
 * before they are added, so that nothing depends on the order they came in.
 */
#ifndef SWEEP_STATS_H
#define SWEEP_STATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sweep_interval {
	double low, high;
	bool has_low, has_high; /* there are enough samples to say so */
};

/* HITS of N: the share, and Wilson's score interval.  N is not 0. */
double sweep_share(uint64_t hits, uint64_t n, struct sweep_interval *i);

/* The mean of N sorted numbers, and Student's interval with N - 1 degrees of
 * freedom; of one number there is none.  N is not 0. */
double sweep_mean(const double *sorted, size_t n, struct sweep_interval *i);

/*
 * The least of N sorted numbers that at least the share P of them do not
 * exceed, and the order statistics around it that hold the true percentile
 * whatever the distribution is (of the number of samples below it, which is
 * binomial); of few samples one or both are missing.  N is not 0.
 */
double sweep_percentile(
    const double *sorted, size_t n, double p, struct sweep_interval *i);

/* T such that Student's distribution with DF degrees of freedom has 95 % of
 * itself between -T and T. */
double sweep_student(double df);

void sweep_sort(double *numbers, size_t n);

#endif
