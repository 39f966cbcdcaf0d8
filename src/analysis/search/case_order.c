/* Ranks the cases of a search; see search/case_order.h. */
#include "search/case_order.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"

/* Parts are told apart by what no name has. */
static uint64_t
add_text(uint64_t h, struct str s)
{
	return str_hash_add(str_hash_add(h, s), STR("\n"));
}

static uint64_t
hash_message(uint64_t h, const struct trace_rec *rec, struct buf *scratch)
{
	struct trace_send send;

	if (trace_get_send_parts(rec,
		TRACE_SEND_SRC | TRACE_SEND_DST | TRACE_SEND_START |
		    TRACE_SEND_CSEQ,
		&send, scratch) != 0)
		return h;
	h = add_text(h, send.src);
	h = add_text(h, send.dst);
	h = add_text(h, send.method);
	h = add_text(h, send.cseq_method);
	return str_hash_number(h, send.status);
}

uint64_t
fault_order_class(const struct trace *t, const struct found_fault *f,
    uint64_t before, struct buf *scratch)
{
	static const char *const step[] = { "machine", "to", "op", "name" };
	uint64_t h = str_hash_number(STR_HASH_START, before);
	struct trace_rec rec;

	h = str_hash_number(h, f->kind);
	h = str_hash_number(h, f->on);
	if (f->after == 0 || f->after > trace_count(t))
		return str_hash_end(h);
	trace_get(t, f->after, &rec);
	h = str_hash_number(h, rec.kind);
	h = str_hash_number(h, trace_node_of(t, f->after));
	if (rec.kind == TRACE_SEND)
		return str_hash_end(hash_message(h, &rec, scratch));
	for (size_t i = 0; i < COUNT_OF(step); i++)
		h = add_text(h, trace_member(&rec, step[i]).raw);
	return str_hash_end(h);
}

struct place {
	uint64_t key;  /* its class, then what parts those of one rank */
	uint32_t rank; /* so many of its class are before it */
	uint32_t number;
};

static int
compare_numbers(const struct place *p, const struct place *q)
{
	return p->number < q->number ? -1 : p->number > q->number;
}

static int
by_class(const void *a, const void *b)
{
	const struct place *p = a, *q = b;

	if (p->key != q->key)
		return p->key < q->key ? -1 : 1;
	return compare_numbers(p, q);
}

static int
by_rank(const void *a, const void *b)
{
	const struct place *p = a, *q = b;

	if (p->rank != q->rank)
		return p->rank < q->rank ? -1 : 1;
	if (p->key != q->key)
		return p->key < q->key ? -1 : 1;
	return compare_numbers(p, q);
}

/* Sets of several are drawn: the first of a class all have the same first
 * fault.  Single faults stay in the order of their records. */
static uint64_t
draw_number(const struct search *s, const struct place *p)
{
	uint64_t h = STR_HASH_START;

	if (s->cases[p->number].parent == SEARCH_NONE)
		return 0;
	h = str_hash_number(h, (uint64_t)trace_head(s->base.trace)->seed);
	return str_hash_end(str_hash_number(h, p->number));
}

static void
rank_places(const struct search *s, struct place *places, size_t n)
{
	uint64_t class = 0;
	uint32_t rank = 0;

	qsort(places, n, sizeof(*places), by_class);
	for (size_t i = 0; i < n; i++) {
		rank = i > 0 && places[i].key == class ? rank + 1 : 0;
		class = places[i].key;
		places[i].rank = rank;
		places[i].key = draw_number(s, &places[i]);
	}
	qsort(places, n, sizeof(*places), by_rank);
}

int
search_order_cases(const struct search *s, size_t from, uint32_t **order)
{
	size_t n = s->ncases - from;
	LOCAL_MEM struct place *places = NULL;

	*order = NULL;
	if (n == 0)
		return 0;
	places = mem_zalloc(n, sizeof(*places));
	*order = mem_zalloc(n, sizeof(**order));
	if (places == NULL || *order == NULL) {
		mem_free(*order);
		*order = NULL;
		return ERR_NOMEM;
	}
	for (size_t i = 0; i < n; i++) {
		places[i].number = (uint32_t)(from + i);
		places[i].key = s->cases[from + i].class;
	}
	rank_places(s, places, n);
	for (size_t i = 0; i < n; i++)
		(*order)[i] = places[i].number;
	return 0;
}
