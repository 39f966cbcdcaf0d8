/*
 * In which order records are tried (RFC 2782, RFC 3403 4.1); see dns/order.h.
 */
#include "dns/order.h"

#include "base/str.h"

#include <stdlib.h>

static int
compare_names(const struct dns_name *a, const struct dns_name *b)
{
	struct dns_name x = *a, y = *b;

	dns_name_fold(&x);
	dns_name_fold(&y);
	return str_cmp(dns_name_view(&x), dns_name_view(&y));
}

/* By priority; of one priority those of weight 0 first (RFC 2782), then by
 * target, port and weight. */
static int
compare_srv(const void *va, const void *vb)
{
	const struct dns_srv *a = va, *b = vb;
	int by = a->priority - b->priority;

	if (by == 0)
		by = (a->weight != 0) - (b->weight != 0);
	if (by == 0)
		by = compare_names(&a->target, &b->target);
	if (by == 0)
		by = a->port - b->port;
	return by != 0 ? by : a->weight - b->weight;
}

/* The one of N of one priority that is next. */
static size_t
choose_next(const struct dns_srv *srv, size_t n, dns_draw_fn *draw, void *arg)
{
	uint64_t sum = 0, drawn, running = 0;
	size_t i;

	for (i = 0; i < n; i++)
		sum += srv[i].weight;
	drawn = sum > 0 ? draw(sum, arg) : 0;
	for (i = 0; i + 1 < n; i++) {
		running += srv[i].weight;
		if (running >= drawn)
			break;
	}
	return i;
}

void
dns_order_srv(struct dns_srv *srv, size_t n, dns_draw_fn *draw, void *arg)
{
	if (n > 1)
		qsort(srv, n, sizeof(*srv), compare_srv);
	for (size_t at = 0; at < n; at++) {
		size_t alike = 1;
		struct dns_srv next;

		while (at + alike < n &&
		       srv[at + alike].priority == srv[at].priority)
			alike++;
		if (alike == 1)
			continue;
		alike = choose_next(srv + at, alike, draw, arg);
		next = srv[at + alike];
		memmove(srv + at + 1, srv + at, alike * sizeof(*srv));
		srv[at] = next;
	}
}

static int
compare_naptr(const void *va, const void *vb)
{
	const struct dns_naptr *a = va, *b = vb;
	int by = a->order - b->order;

	if (by == 0)
		by = a->preference - b->preference;
	if (by == 0)
		by = str_cmp(a->service, b->service);
	if (by == 0)
		by = str_cmp(a->flags, b->flags);
	if (by == 0)
		by = compare_names(&a->replacement, &b->replacement);
	return by != 0 ? by : str_cmp(a->regexp, b->regexp);
}

void
dns_order_naptr(struct dns_naptr *naptr, size_t n)
{
	if (n > 1)
		qsort(naptr, n, sizeof(*naptr), compare_naptr);
}
