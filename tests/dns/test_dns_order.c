/* The order in which records of the DNS are tried: SRV (RFC 2782), NAPTR. */
#include "fixtures/check.h"

#include "dns/order.h"
#include "dns_names.h"

#include <string.h>

/* A tree of draws: each path through it is an order, and its chance a product
 * of 1 / (most + 1). */
struct draws {
	uint64_t say[8], most[8];
	unsigned n;
};

static uint64_t
say_draw(uint64_t most, void *arg)
{
	struct draws *d = arg;

	d->most[d->n] = most;
	return d->say[d->n++];
}

static struct dns_srv
srv_of(const char *target, uint16_t priority, uint16_t weight)
{
	return (struct dns_srv){ priority, weight, 5060, dns_name_of(target) };
}

/* The next path; false: that was the last. */
static bool
next_path(struct draws *d)
{
	while (d->n > 0 && d->say[d->n - 1] == d->most[d->n - 1])
		d->say[--d->n] = 0;
	if (d->n == 0)
		return false;
	d->say[d->n - 1]++;
	return true;
}

/* The chance that weights W, N of them, come in each order: those of weight W
 * at place P, times 4840 * 140, which all denominators divide. */
#define DENOMINATOR 677600.0

static void
odds_of(const uint16_t *w, size_t n, double odds[4][4])
{
	static const char *const names[] = { "a.", "b.", "c.", "d." };
	struct draws d = { .n = 0 };

	memset(odds, 0, 16 * sizeof(odds[0][0]));
	do {
		struct dns_srv srv[4];
		double chance = 1;

		for (size_t i = 0; i < n; i++)
			srv[i] = srv_of(names[i], 10, w[i]);
		d.n = 0;
		dns_order_srv(srv, n, say_draw, &d);
		for (unsigned i = 0; i < d.n; i++)
			chance /= (double)d.most[i] + 1;
		for (size_t place = 0; place < n; place++)
			for (size_t i = 0; i < n; i++)
				if (srv[place].weight == w[i])
					odds[place][i] += chance;
	} while (next_path(&d));
}

static void
odds_are_those_of_2782(void)
{
	static const uint16_t weights[] = { 0, 1, 3, 6 };
	static const double want[4][4] = {
		{ 61600, 61600, 184800, 369600 },
		{ 103180, 108220, 257040, 209160 },
		{ 213840, 233163, 154616, 75981 },
		{ 298980, 274617, 81144, 22859 },
	};
	double odds[4][4];

	odds_of(weights, 4, odds);
	for (size_t i = 0; i < 4; i++)
		for (size_t k = 0; k < 4; k++) {
			double off = odds[i][k] * DENOMINATOR - want[i][k];

			CU_ASSERT(off < 1e-6 && off > -1e-6);
		}
}

/* 0 may be drawn: the first listed has one chance more, unless one of weight 0
 * stands before it. */
static void
the_first_has_one_chance_more(void)
{
	static const uint16_t two[] = { 60, 20 }, three[] = { 60, 20, 0 };
	double odds[4][4];

	odds_of(two, 2, odds);
	CU_ASSERT_DOUBLE_EQUAL(odds[0][0], 61.0 / 81, 1e-12);
	odds_of(three, 3, odds);
	CU_ASSERT_DOUBLE_EQUAL(odds[0][0], 60.0 / 81, 1e-12);
	CU_ASSERT_DOUBLE_EQUAL(odds[0][2], 1.0 / 81, 1e-12);
}

static void
an_answers_order_decides_nothing(void)
{
	struct dns_srv srv[3], other[3];
	struct draws d = { .say = { 7, 1 } }, e = d;

	srv[0] = other[2] = srv_of("b.", 10, 20);
	srv[1] = other[0] = srv_of("a.", 10, 60);
	srv[2] = other[1] = srv_of("c.", 5, 0);
	dns_order_srv(srv, 3, say_draw, &d);
	dns_order_srv(other, 3, say_draw, &e);
	CU_ASSERT_EQUAL(d.n, 1);
	CU_ASSERT_EQUAL(srv[0].priority, 5);
	for (size_t i = 0; i < 3; i++)
		CU_ASSERT(dns_name_eq(&srv[i].target, &other[i].target));
}

CHECK_MAIN("dns_order",
    { "odds are those of RFC 2782", odds_are_those_of_2782 },
    { "the first has one chance more", the_first_has_one_chance_more },
    { "an answer's order decides nothing", an_answers_order_decides_nothing })
