/*
 * Logarithm, exponential and power of sums, products and quotients alone: the C
 * library's differ in their last bits from one library to the other, and
 * results computed from them have to be the same everywhere.  Relative error
 * below 1e-14 where the result is neither huge nor tiny.
 */
#ifndef QUALITY_PORTABLE_MATH_H
#define QUALITY_PORTABLE_MATH_H

/* X > 0, and normal. */
double portable_ln(double x);
double portable_log10(double x);
/* -700 < X < 700; beyond it as at the bound. */
double portable_exp(double x);
/* X > 0; 0 gives 0. */
double portable_pow(double x, double y);

#endif
