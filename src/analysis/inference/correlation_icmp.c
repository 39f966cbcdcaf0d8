/*
 * ICMP's errors and what they answer: the last message between the same
 * addresses and ports before.
 */
#include "inference/correlation.h"

/* A host says so at once; what comes later is about something else. */
#define LATE_NS INT64_C(5000000000)

struct ends {
	struct addr_key src, dst;
};

struct answering {
	struct correlation *co;
	struct map *last; /* ends → message plus 1 */
	size_t next;      /* message */
	size_t remarks;   /* that were looked at */
};

/* Messages up to T, of the N that are linked, are there to be answered. */
static int
pass_until(struct answering *a, int64_t t, size_t n)
{
	struct correlation *co = a->co;
	struct capture_message c;
	struct ends e;
	int err = 0;

	for (; err == 0 && a->next < n && co->m[a->next].t <= t; a->next++) {
		if (addr_transports[co->m[a->next].transport].stream)
			continue;
		capture_reader_get(
		    co->src, co->m[a->next].at, &c, &co->scratch);
		if (co->scratch.err != 0)
			return co->scratch.err;
		e = (struct ends){ key_of_addr(&c.src), key_of_addr(&c.dst) };
		err = key_set_number(a->last, BYTES_OF(e), a->next + 1);
	}
	return err;
}

static void
apply_icmp(struct answering *a, const struct capture_remark *r, int64_t t)
{
	struct ends e = { key_of_addr(&r->src), key_of_addr(&r->dst) };
	uint32_t at = key_number(a->last, BYTES_OF(e));
	struct correlation_message *m = at != 0 ? &a->co->m[at - 1] : NULL;

	/* What was passed on had arrived. */
	if (m == NULL || m->icmp != 0 || m->passed || t - m->t > LATE_NS)
		return;
	a->co->amended |= m->arrived;
	m->icmp = (uint32_t)r->n;
	if (t > m->t_last)
		m->t_last = t;
}

void
answering_destroy(struct answering *a)
{
	if (a != NULL)
		map_destroy(a->last);
	mem_free(a);
}

/* That of CO, made where there is none; NULL without memory. */
static struct answering *
answering_of(struct correlation *co)
{
	if (co->answering == NULL) {
		co->answering = mem_zalloc(1, sizeof(*co->answering));
		if (co->answering == NULL)
			return NULL;
		co->answering->co = co;
		if (map_create(&co->answering->last) != 0)
			return NULL;
	}
	return co->answering;
}

int
correlation_apply_icmp(struct correlation *co, size_t linked)
{
	size_t count = co->src->nremarks;
	struct answering *a = count > 0 ? answering_of(co) : NULL;
	int err = 0;

	if (a == NULL)
		return count > 0 ? ERR_NOMEM : 0;
	for (; err == 0 && a->remarks < count; a->remarks++) {
		const struct capture_remark *r = &co->src->remarks[a->remarks];
		int64_t t = correlation_time(co, r->t);

		if (r->kind != CAPTURE_ICMP)
			continue;
		/* Another message may still come in between. */
		if (linked < co->n && t >= co->m[linked].t)
			break;
		err = pass_until(a, t, linked);
		if (err == 0)
			apply_icmp(a, r, t);
		co->answered = t > co->answered ? t : co->answered;
	}
	return err;
}
