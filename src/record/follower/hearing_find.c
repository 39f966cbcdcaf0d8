/*
 * Which stream is the other side of one: by the SSRC that has come, by the
 * address that was agreed on, and by the call, which boxes on the way may
 * have given another name.
 */
#include "follower/hearing_in.h"

#include "base/addr.h"
#include "base/err.h"
#include "base/mem.h"
#include "role/role.h"

/* Causes that are followed back to who sends; each hop is a few. */
#define STEPS 64
/* Records in which a source's begin is looked for. */
#define FAR 100000

/* PEER is an address of node NAME. */
static bool
hearing_source_is_at(const struct reading *r, struct str name, struct str peer)
{
	const struct trace_node *n = trace_find_node(r->t, name);

	return n != NULL && trace_node_has_addr(n, trace_host_of(peer));
}

void
hearing_read_exchange(struct reading *r, uint64_t of, struct hearing *row)
{
	if (r->err == 0 && r->h->exchanges == NULL)
		r->err = exchange_create(&r->h->exchanges);
	if (r->err == 0)
		r->err = exchange_read(
		    r->h->exchanges, r->t, of, row->type, &row->exchange);
	row->has_exchange = row->exchange.there.seq != 0;
}

struct str
hearing_sender(const struct trace *t, uint64_t hear)
{
	uint64_t seq = hear != 0 ? trace_cause_of(t, hear) : 0;

	for (unsigned i = 0; i < STEPS && seq != 0; i++) {
		if (trace_kind_of(t, seq) == TRACE_MEDIA)
			return trace_name(t, trace_node_of(t, seq));
		seq = trace_cause_of(t, seq);
	}
	return STR_NULL;
}

struct str
hearing_speaker(const struct trace *t, uint64_t hear)
{
	struct str name = hearing_sender(t, hear), peer;
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;

	if (name.n > 0 || hear == 0)
		return name;
	trace_get(t, hear, &rec);
	peer = trace_str(&rec, "peer", &scratch);
	name = trace_node_at(t, peer);
	/* No address has anything to unescape. */
	if (name.n == 0 && peer.p != scratch.p)
		name = peer;
	return name;
}

/* Record SEQ is an OP of SSRC at NODE. */
static bool
is_op(const struct trace *t, uint64_t seq, const char *op, struct str node,
    int64_t ssrc)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;

	if (trace_kind_of(t, seq) != TRACE_MEDIA)
		return false;
	trace_get(t, seq, &rec);
	return str_eq(rec.node, node) && trace_int(&rec, "ssrc", -1) == ssrc &&
	       str_is(trace_str(&rec, "op", &scratch), op);
}

uint64_t
hearing_find_op(const struct trace *t, uint64_t seq, const char *op,
    struct str node, int64_t ssrc)
{
	for (unsigned i = 0; i < FAR && seq > 0; i++, seq--)
		if (is_op(t, seq, op, node, ssrc))
			return seq;
	return 0;
}

uint64_t
hearing_began(const struct trace *t, uint64_t seq)
{
	struct trace_rec rec;

	trace_get(t, seq, &rec);
	return hearing_find_op(
	    t, seq, "hear", rec.node, trace_int(&rec, "ssrc", -1));
}

const struct state_at_media *
hearing_find_stream(const struct reading *r, const struct state_at_source *s)
{
	struct str sender = hearing_sender(r->t, s->hear);
	const struct state_at_media *m;
	size_t at = 0;

	while ((m = state_at_next_media(r->f, sender, &at)) != NULL)
		if (m->flow != 0 && m->ssrc == s->ssrc && m->from.n == 0 &&
		    !str_eq(m->node, s->node))
			return m;
	return NULL;
}

uint64_t
hearing_find_cut(const struct reading *r, const struct state_at_source *s,
    const struct state_at_media *m)
{
	struct str box = trace_node_at(r->t, s->peer);
	const struct trace_node *n = trace_find_node(r->t, box);
	const struct state_at_media *p;
	size_t at = 0;
	uint64_t stop;

	if (n == NULL || str_eq(box, m->node) || role_plays(n->role, "nat"))
		return 0;
	while ((p = state_at_next_media(r->f, box, &at)) != NULL)
		if (p->flow != 0 && p->ssrc == s->ssrc)
			return 0;
	stop = hearing_find_op(
	    r->t, state_at_position(r->f), "stop", box, s->ssrc);
	/* Else what flows again is on its way there. */
	return stop > m->flow ? stop : 0;
}

const struct state_at_media *
hearing_find_last(const struct reading *r, const struct state_at_media *m,
    struct str listener)
{
	const struct state_at_media *p, *found = m;
	size_t at = 0;

	while ((p = state_at_next_media(r->f, STR_NULL, &at)) != NULL)
		if (p != m && p->flow != 0 && p->from.n > 0 &&
		    p->ssrc == m->ssrc &&
		    (found == m || hearing_source_is_at(r, listener, p->goes)))
			found = p;
	return found;
}

bool
hearing_is_of_call(struct reading *r, const struct state_at_media *m,
    const struct hearing *row)
{
	struct exchange e;
	uint64_t own;

	if (m->agree == 0 || row->exchange.said == 0 ||
	    !str_eq(m->node, row->exchange.origin))
		return true;
	r->err = exchange_read(r->h->exchanges, r->t, m->agree, m->type, &e);
	own = e.here.seq != 0 ? e.here.seq : e.there.seq;
	return r->err != 0 || own == 0 || own == row->exchange.said ||
	       exchange_is_one_call(
		   r->h->exchanges, r->t, own, row->exchange.said);
}

/* It sends where the listener waits. */
#define SURE 4

/* How surely M is the other side of L: it sends where L waits; goes to L's
 * node, or to the one that L has as its other side; is of the node that has
 * described it.  0: it is none. */
static unsigned
hearing_source_suits(const struct reading *r, const struct state_at_media *l,
    const struct state_at_media *m, const struct hearing *row)
{
	const char *waits = exchange_waits(&row->exchange.here);
	struct str goes = m->flow != 0 ? hearing_goes(m) : m->peer;
	struct str origin = row->exchange.origin;
	struct str box = trace_node_at(r->t, l->peer);

	if (m == l || m->from.n > 0 || str_eq(m->node, l->node) ||
	    !str_eq(m->type, l->type))
		return 0;
	if (origin.n > 0
		? !str_eq(m->node, origin)
		: l->peer.n == 0 || !hearing_source_is_at(r, m->node, l->peer))
		return 0;
	if (waits[0] != '\0' && str_is(goes, waits))
		return SURE;
	if (hearing_source_is_at(r, l->node, goes))
		return 3;
	return box.n > 0 && hearing_source_is_at(r, box, goes) ? 2 : 1;
}

const struct state_at_media *
hearing_find_side(struct reading *r, const struct state_at_media *l,
    const struct hearing *row)
{
	const struct state_at_media *m, *best = NULL;
	unsigned most = 0;
	size_t at = 0;

	while ((m = state_at_next_media(r->f, STR_NULL, &at)) != NULL) {
		unsigned n = hearing_source_suits(r, l, m, row);

		if (n > most && (n == SURE || hearing_is_of_call(r, m, row))) {
			most = n;
			best = m;
		}
	}
	return best;
}

struct str
hearing_goes(const struct state_at_media *m)
{
	/* RFC 4145 4.1: port 9 stands for that of an open connection. */
	bool named = m->peer.n > 0 && !str_ends(m->peer, ":9");

	return m->agree > m->flow && named ? m->peer : m->goes;
}

uint64_t
hearing_find_move(const struct reading *r, struct str name, struct str goes)
{
	size_t at = 0;
	const struct state_at_move *move = state_at_next_move(r->f, name, &at);
	struct trace_node now = { .addr = STR_NULL };

	if (move == NULL || !hearing_source_is_at(r, name, goes))
		return 0;
	now.addr = move->addr;
	return trace_node_has_addr(&now, trace_host_of(goes)) ? 0 : move->act;
}

/* The first packet of a stream needs no longer; and at a trace's end, which may
 * be one that grows. */
#define FIRST_NS  INT64_C(500000000)
#define AT_END_NS INT64_C(100000000)

bool
hearing_is_coming(const struct reading *r, const struct state_at_media *m,
    struct str listener)
{
	int64_t begun =
	    trace_time_of(r->t, m->agree > m->flow ? m->agree : m->flow);
	uint64_t end = trace_count(r->t);
	uint64_t seq = state_at_position(r->f);

	if (trace_time_of(r->t, end) - begun < AT_END_NS)
		return true;
	for (seq++; seq <= end && trace_time_of(r->t, seq) - begun < FIRST_NS;
	     seq++)
		if (is_op(r->t, seq, "hear", listener, m->ssrc))
			return true;
	return false;
}

/* The state of link L; NULL: unknown. */
static const struct state_at_link *
hearing_source_find_link(const struct reading *r, const struct trace_link *l)
{
	const struct state_at_link *now;
	struct str a, b;
	size_t at = 0;

	while ((now = state_at_next_link(r->f, STR_NULL, &at)) != NULL) {
		a = trace_name(r->t, now->a);
		b = trace_name(r->t, now->b);
		if ((str_eq(a, l->a) && str_eq(b, l->b)) ||
		    (str_eq(a, l->b) && str_eq(b, l->a)))
			return now;
	}
	return NULL;
}

/* The numbers of the ends of link L; false: they are not known. */
static bool
hearing_source_find_ends(
    const struct reading *r, const struct trace_link *l, uint32_t ends[2])
{
	size_t n = trace_head(r->t)->nnodes;

	ends[0] = trace_find_name(r->t, l->a);
	ends[1] = trace_find_name(r->t, l->b);
	return ends[0] < n && ends[1] < n;
}

/* Packets pass link L: where UP through working links and nodes, else over all
 * links without a NAT at an end. */
static bool
is_passable(const struct reading *r, const struct trace_link *l, bool up)
{
	const struct trace_node *ends[2] = { trace_find_node(r->t, l->a),
		trace_find_node(r->t, l->b) };
	const struct state_at_link *now =
	    up ? hearing_source_find_link(r, l) : NULL;

	if (now != NULL && now->down)
		return false;
	for (size_t i = 0; i < 2; i++)
		if (up ? hearing_is_down(r, ends[i]->name)
		       : role_plays(ends[i]->role, "nat"))
			return false;
	return true;
}

/* Marks in SEEN the nodes that packets of those marked get to. */
static void
hearing_source_spread(const struct reading *r, bool up, bool *seen)
{
	const struct trace_head *head = trace_head(r->t);
	bool more = true;
	uint32_t ends[2];

	while (more) {
		more = false;
		for (size_t i = 0; i < head->nlinks; i++) {
			if (!hearing_source_find_ends(
				r, &head->links[i], ends) ||
			    seen[ends[0]] == seen[ends[1]] ||
			    !is_passable(r, &head->links[i], up))
				continue;
			seen[ends[0]] = seen[ends[1]] = more = true;
		}
	}
}

/* The nodes that packets of node NAME get to, as hearing_source_spread() says;
 * the caller's. NULL: without memory. */
static bool *
find_reached(struct reading *r, bool up, struct str name)
{
	const struct trace_head *head = trace_head(r->t);
	bool *seen = mem_zalloc(head->nnodes + 1, sizeof(*seen));

	if (seen == NULL) {
		r->err = ERR_NOMEM;
		return NULL;
	}
	for (size_t i = 0; i < head->nnodes; i++)
		seen[i] = str_eq(head->nodes[i].name, name);
	hearing_source_spread(r, up, seen);
	return seen;
}

/* The record of the link or node that is down, at which SEEN stops. */
static uint64_t
find_break(const struct reading *r, const bool *seen)
{
	const struct trace_head *head = trace_head(r->t);
	const struct state_at_link *now;
	const struct state_at_crash *c;
	uint32_t ends[2];
	size_t at;

	for (size_t i = 0; i < head->nlinks; i++) {
		if (!hearing_source_find_ends(r, &head->links[i], ends) ||
		    seen[ends[0]] == seen[ends[1]])
			continue;
		now = hearing_source_find_link(r, &head->links[i]);
		if (now != NULL && now->down)
			return now->turned;
		at = 0;
		c = state_at_next_crash(
		    r->f, trace_name(r->t, ends[seen[ends[0]]]), &at);
		if (c != NULL)
			return c->by;
	}
	return 0;
}

static bool
is_any_down(const struct reading *r)
{
	const struct state_at_link *now;
	size_t at = 0;

	if (state_at_next_crash(r->f, STR_NULL, &at) != NULL)
		return true;
	at = 0;
	while ((now = state_at_next_link(r->f, STR_NULL, &at)) != NULL)
		if (now->down)
			return true;
	return false;
}

uint64_t
hearing_find_break(struct reading *r, struct str from, struct str to)
{
	uint32_t end = trace_find_name(r->t, to);
	uint64_t by = 0;
	bool *seen;

	if (end >= trace_head(r->t)->nnodes || !is_any_down(r))
		return 0;
	seen = find_reached(r, true, from);
	if (seen != NULL && !seen[end])
		by = find_break(r, seen);
	mem_free(seen);
	return by;
}

bool
hearing_is_out_of_reach(struct reading *r, struct str name, struct str goes)
{
	const struct trace_head *head = trace_head(r->t);
	bool *seen, found = false;
	struct addr a;

	if (addr_parse(goes, &a) != 0 || addr_private(&a) == NULL)
		return false;
	seen = find_reached(r, false, name);
	if (seen == NULL)
		return false;
	for (size_t i = 0; i < head->nnodes; i++)
		found |= seen[i] && trace_node_has_addr(
					&head->nodes[i], trace_host_of(goes));
	mem_free(seen);
	return !found;
}
