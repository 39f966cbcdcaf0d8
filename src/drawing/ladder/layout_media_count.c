/*
 * How many packets of each band arrived.  The sender of a stream counts what it
 * has sent.  A listener reports when a source was first heard and, at its end,
 * how many packets came; a source may have several bands, which are filled in
 * their order.  A B2BUA reports what it has relayed.  Nothing has arrived at an
 * address without a node, or at a node that reports what it hears and has not
 * reported this source.  Rejected packets have arrived.  If no record gives a
 * number, the band is `untold`.
 */
#include "base/array.h"
#include "base/err.h"
#include "ladder/layout_in.h"
#include "role/role.h"

/* A source at a node that hears or relays it. */
struct layout_arrival {
	int64_t t_hear;
	uint64_t came;   /* packets, at the end of hearing */
	uint64_t so_far; /* packets since then */
	bool open, lost;
	size_t bands;  /* bands that did not end before `t_hear` */
	uint64_t sent; /* packets of these bands */
};

/* The first packet of a stream may need so long to arrive. */
#define FIRST_NS INT64_C(500000000)

/* The map's key of SSRC at NODE; if that is empty, at its last listener. */
static struct str
arrival_key(struct layout_making *m, int64_t ssrc, struct str node)
{
	buf_clear(&m->text);
	buf_printf(&m->text, "heard %lld ", (long long)ssrc);
	buf_str(&m->text, node);
	return buf_view(&m->text);
}

/* Adds MORE to the packets of node FROM that NODE has rejected; returns the
 * sum. */
static uintptr_t
count_rejected(
    struct layout_making *m, struct str from, struct str node, int64_t more)
{
	struct str key;
	uintptr_t n;

	buf_clear(&m->text);
	buf_printf(
	    &m->text, "rejected %.*s %.*s", STR_ARG(from), STR_ARG(node));
	key = buf_view(&m->text);
	n = (uintptr_t)map_get(m->media, key) +
	    (more > 0 ? (uintptr_t)more : 0);
	return more <= 0 || map_put(m->media, key, (void *)n) == 0 ? n : 0;
}

static struct layout_arrival *
find_arrival(struct layout_making *m, int64_t ssrc, struct str node)
{
	uintptr_t at = (uintptr_t)map_get(m->media, arrival_key(m, ssrc, node));

	return at != 0 ? &m->arrivals[at - 1] : NULL;
}

/* REC: its node begins to hear or to relay a source. */
static int
begin_arrival(struct layout_making *m, const struct trace_rec *rec)
{
	int64_t ssrc = trace_int(rec, "ssrc", -1);
	struct layout_arrival *a = find_arrival(m, ssrc, rec->node);
	void *at;
	int err;

	if (a != NULL) {
		a->open = true;
		return 0;
	}
	if (ARRAY_ROOM(&m->arrivals, &m->cap_arrivals, m->narrivals + 1) != 0)
		return ERR_NOMEM;
	m->arrivals[m->narrivals++] =
	    (struct layout_arrival){ .t_hear = rec->t, .open = true };
	at = (void *)(uintptr_t)m->narrivals;
	err = map_put(m->media, arrival_key(m, ssrc, rec->node), at);
	return err == 0 ? map_put(m->media, arrival_key(m, ssrc, STR_NULL), at)
			: err;
}

/* REC counts the packets of a source since its node began to hear it. */
static void
count_arrival(struct layout_making *m, const struct trace_rec *rec, bool ends)
{
	struct layout_arrival *a =
	    find_arrival(m, trace_int(rec, "ssrc", -1), rec->node);
	int64_t n = trace_int(rec, "packets", 0);

	if (a == NULL || n < 0)
		return;
	a->so_far = ends ? 0 : (uint64_t)n;
	a->came += ends ? (uint64_t)n : 0;
	a->open = !ends;
	a->lost |= trace_int(rec, "lost", 0) > 0;
}

int
layout_media_heard(struct layout_making *m, const struct trace_rec *rec)
{
	struct str op = trace_str(rec, "op", &m->name);
	bool hears = str_is(op, "hear"), refused = str_is(op, "refused");
	bool relays = str_is(op, "flow") || str_is(op, "stop");
	bool ends = str_is(op, "heard") || str_is(op, "stop");
	bool counts = ends || str_is(op, "quality");
	/* Its packets arrive and can't be played. */
	bool foreign = str_is(op, "still") &&
		       str_is(trace_str(rec, "reason", &m->name), "payload");
	int err = 0;

	if (refused)
		count_rejected(m,
		    trace_node_at(m->trace, trace_str(rec, "peer", &m->name)),
		    rec->node, trace_int(rec, "packets", 0));
	if (relays && trace_str(rec, "from", &m->name).n == 0 &&
	    trace_str(rec, "recodes", &m->name).n == 0)
		return 0;
	if (hears || foreign || (relays && !ends))
		err = begin_arrival(m, rec);
	if (counts)
		count_arrival(m, rec, ends);
	return err;
}

/* R's receiver would have reported an arrival.  A real program writes no
 * records, and a B2BUA only what it relays. */
static bool
is_told(const struct layout_making *m, const struct layout_row *r)
{
	struct str role = m->l->columns[r->to].role;

	return json_member(trace_head(m->trace)->inputs, "outside").type ==
		   JSON_NONE &&
	       (r->from == r->to || role_plays(role, "nat") ||
		   (role_traits(role) & TRAIT_USER) != 0);
}

/* The arrival of R's stream; NULL: no node has heard it. */
static struct layout_arrival *
arrival_of(struct layout_making *m, const struct layout_row *r)
{
	const struct layout_column *to = &m->l->columns[r->to];
	struct layout_arrival *a = find_arrival(m, r->media.ssrc, to->name);

	return a == NULL && (r->from == r->to || role_plays(to->role, "nat"))
		   ? find_arrival(m, r->media.ssrc, STR_NULL)
		   : a;
}

/* COUNT of R's packets have arrived. */
static void
settle(struct layout_row *r, uint64_t count)
{
	unsigned came = count < r->media.sent ? (unsigned)count : r->media.sent;

	r->copies = came;
	r->media.missing = r->media.sent - came;
	if (!r->lost)
		r->loss.reason = TRACE_DROP_COUNT;
	r->lost = came == 0;
}

/* Fills the bands of A in their order. */
static void
settle_heard(struct layout_row *r, struct layout_arrival *a)
{
	uint64_t all = a->came + a->so_far;

	if (r->media.flows)
		return;
	if (r->t_end < a->t_hear) {
		settle(r, 0);
	} else if (all >= a->sent) {
		settle(r, r->media.sent);
	} else if (a->open || (a->bands > 1 && a->lost)) {
		r->media.untold = true;
	} else {
		settle(r, a->came);
		a->came -= r->copies;
		a->sent -= r->media.sent;
	}
}

static void
settle_row(struct layout_making *m, struct layout_row *r)
{
	struct layout_arrival *a = arrival_of(m, r);
	int64_t end = trace_time_of(m->trace, m->count);
	uintptr_t rejected = count_rejected(
	    m, m->l->columns[r->from].name, m->l->columns[r->to].name, 0);

	if (rejected != 0 && (a == NULL || a->came == 0)) {
		settle(r, rejected);
		r->media.amiss = str_of(_("rejected"));
	} else if (a != NULL)
		settle_heard(r, a);
	else if (end - r->t < FIRST_NS || !is_told(m, r))
		r->media.untold = !r->media.flows;
	else
		settle(r, 0);
}

int
layout_media_settle(struct layout_making *m)
{
	struct layout *l = m->l;
	struct layout_arrival *a;

	if (trace_is_of_capture(m->trace))
		return 0;
	for (size_t i = 0; i < l->nrows; i++) {
		struct layout_row *r = &l->rows[i];

		if (r->item != LAYOUT_MEDIA || !r->media.summed ||
		    (a = arrival_of(m, r)) == NULL || r->t_end < a->t_hear)
			continue;
		a->bands++;
		a->sent += r->media.sent;
	}
	for (size_t i = 0; i < l->nrows; i++)
		if (l->rows[i].item == LAYOUT_MEDIA && l->rows[i].media.summed)
			settle_row(m, &l->rows[i]);
	return 0;
}
