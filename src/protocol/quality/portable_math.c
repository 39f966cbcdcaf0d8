/*
 * Logarithm, exponential and power, with the same bits everywhere; see
 * quality/portable_math.h.
 */
#include "quality/portable_math.h"

#include <stdint.h>
#include <string.h>

/* ln 2 in two parts: the product of the first and an exponent is exact. */
#define LN2_HIGH 0x1.62e42feep-1
#define LN2_LOW  0x1.a39ef35793c76p-33
#define LN10     2.302585092994045684
#define SQRT2    1.414213562373095049
#define BIAS     1023
#define MANTISSA 52

/* IEEE 754: 2^E. */
static double
power_of_two(int e)
{
	uint64_t bits = (uint64_t)(e + BIAS) << MANTISSA;
	double x;

	memcpy(&x, &bits, sizeof(x));
	return x;
}

/* The mantissa of X, from the root of 1/2 to that of 2, and *E for the rest. */
static double
split_exponent(double x, int *e)
{
	uint64_t bits;

	memcpy(&bits, &x, sizeof(bits));
	*e = (int)(bits >> MANTISSA) - BIAS;
	x /= power_of_two(*e);
	if (x < SQRT2)
		return x;
	++*e;
	return x / 2;
}

/* ln m = 2 (s + s^3/3 + s^5/5 ...), s = (m - 1) / (m + 1), at most 0.172. */
double
portable_ln(double x)
{
	int e;
	double m = split_exponent(x, &e), s = (m - 1) / (m + 1), sum = 0;

	for (int i = 23; i >= 1; i -= 2)
		sum = sum * s * s + 1.0 / i;
	return e * LN2_HIGH + (2 * s * sum + e * LN2_LOW);
}

double
portable_log10(double x)
{
	return portable_ln(x) / LN10;
}

/* e^x = 2^k e^r, r between -0.35 and 0.35: 1 + r (1 + r/2 (1 + r/3 ...)). */
double
portable_exp(double x)
{
	double r, sum = 1;
	int k;

	x = x < -700 ? -700 : x > 700 ? 700 : x;
	k = (int)(x / (LN2_HIGH + LN2_LOW) + (x < 0 ? -0.5 : 0.5));
	r = x - k * LN2_HIGH - k * LN2_LOW;
	for (int i = 16; i >= 1; i--)
		sum = 1 + r / i * sum;
	return sum * power_of_two(k);
}

double
portable_pow(double x, double y)
{
	return x > 0 ? portable_exp(y * portable_ln(x)) : 0;
}
