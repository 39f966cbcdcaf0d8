/*
 * Which records a page has: those of the ladder, what happened meanwhile at the
 * nodes that it shows, and all that led there.
 */
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "views/html/html_in.h"

struct range {
	uint64_t first, last;
	int64_t from, to;
};

/* Of a single call there is no more to say than from its first message to its
 * last. */
static struct range
range_of(const struct html *h)
{
	const struct layout_options *o = h->o->layout;
	struct range r = { 1, trace_count(h->t), INT64_MIN, INT64_MAX };

	if (o == NULL)
		return r;
	r.from = o->from_ns > 0 ? o->from_ns : INT64_MIN;
	r.to = o->to_ns;
	if (o->call == NULL && o->ncalls == 0)
		return r;
	r.first = UINT64_MAX;
	r.last = 0;
	for (size_t i = 0; i < h->l->nrows; i++) {
		const struct layout_row *row = &h->l->rows[i];
		uint64_t end =
		    row->end_seq > row->seq ? row->end_seq : row->seq;

		r.first = row->seq < r.first ? row->seq : r.first;
		r.last = end > r.last ? end : r.last;
	}
	return r;
}

size_t
html_column(const struct html *h, struct str name)
{
	for (size_t i = 0; i < h->l->ncolumns; i++)
		if (str_eq(h->l->columns[i].name, name))
			return i;
	return LAYOUT_NONE;
}

static bool
happens_here(const struct html *h, const struct range *r, uint64_t seq)
{
	int64_t t = trace_time_of(h->t, seq);
	struct str node;

	if (seq < r->first || seq > r->last || t < r->from || t > r->to ||
	    trace_kind_of(h->t, seq) == TRACE_PACKET)
		return false;
	node = trace_name(h->t, trace_node_of(h->t, seq));
	return node.n == 0 || html_column(h, node) != LAYOUT_NONE;
}

static void
want_records(struct html *h)
{
	uint64_t n = trace_count(h->t);
	struct range r = range_of(h);

	for (uint64_t seq = 1; seq <= n; seq++)
		h->wanted[seq] = happens_here(h, &r, seq);
	for (size_t i = 0; i < h->l->nrows; i++) {
		h->wanted[h->l->rows[i].seq] = 1;
		h->wanted[h->l->rows[i].end_seq] = 1;
	}
	/* A cause lies before its effect. */
	for (uint64_t seq = n; seq > 0; seq--)
		if (h->wanted[seq])
			h->wanted[trace_cause_of(h->t, seq)] = 1;
	h->wanted[0] = 0;
	for (uint64_t seq = 1; seq <= n; seq++)
		h->nwanted += h->wanted[seq];
}

int
html_choose(struct html *h)
{
	h->wanted = mem_zalloc(trace_count(h->t) + 1, 1);
	if (h->wanted == NULL)
		return diag_fail(h->d, ERR_NOMEM);
	want_records(h);
	if (h->nwanted <= HTML_RECORDS)
		return 0;
	return diag_set(h->d, ERR_LIMIT, NULL, 0,
	    _("the page would have %zu records; a browser can step through at "
	      "most %d; choose a part with --call, --node, --from or --to"),
	    h->nwanted, HTML_RECORDS);
}
