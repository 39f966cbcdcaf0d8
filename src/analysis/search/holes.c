/* Facts of a broken run, and the rows that they make holes of. */
#include "search/holes.h"

#include "base/err.h"
#include "base/map.h"

struct facts {
	struct hole_facts *out;
	struct hole_struck crashes; /* that acts have made */
	const struct trace *t;
	uint32_t node;      /* where it is broken */
	struct buf call_id; /* of the call or request; may be empty */
	struct buf scratch, other;
};

/* The parts of the send SEQ; its slices last until the next call with the same
 * buffer. */
static bool
get_send(struct facts *f, uint64_t seq, struct trace_send *send)
{
	struct trace_rec rec;

	if (seq == 0)
		return false;
	trace_get(f->t, seq, &rec);
	return trace_get_send(&rec, send, &f->scratch) == 0;
}

/* ---- which call it is ---- */

static void
take_call_id(struct facts *f, uint64_t send)
{
	struct trace_send s;

	if (get_send(f, send, &s))
		buf_str(&f->call_id, s.call_id);
}

/* The one of the message that record SEQ sends, or of which it is a
 * consequence. */
static void
hole_find_cause(struct facts *f, uint64_t seq)
{
	for (; seq != 0 && f->call_id.n == 0; seq = trace_cause_of(f->t, seq)) {
		struct trace_rec rec;

		trace_get(f->t, seq, &rec);
		if (rec.kind == TRACE_DIALOG)
			buf_str(&f->call_id,
			    trace_str(&rec, "call_id", &f->scratch));
		else if (rec.kind == TRACE_RECV || rec.kind == TRACE_SEND)
			take_call_id(f, trace_send_of(f->t, &rec));
	}
}

/* The one of the transaction whose step record SEQ is. */
static void
hole_find_branch(struct facts *f, uint64_t seq)
{
	struct trace_rec rec;
	struct str branch;

	trace_get(f->t, seq, &rec);
	if (rec.kind != TRACE_FSM)
		return;
	branch = trace_str(&rec, "id", &f->other);
	for (uint64_t i = 1; f->call_id.n == 0 && i <= trace_count(f->t); i++) {
		struct trace_send s;

		if (trace_kind_of(f->t, i) == TRACE_SEND &&
		    get_send(f, i, &s) && str_eq(s.branch, branch))
			buf_str(&f->call_id, s.call_id);
	}
}

static void
hole_find_call(struct facts *f, uint64_t seq)
{
	if (seq == 0)
		return;
	hole_find_branch(f, seq);
	hole_find_cause(f, seq);
}

static bool
hole_is_foreign(const struct trace_send *s)
{
	return trace_arrow_of(s->proto, 0) == TRACE_ARROW_SIGNALLING;
}

static bool
is_diameter(const struct trace_send *s)
{
	return trace_proto_find(s->proto) == TRACE_PROTO_DIAMETER;
}

/* Of the call, or of another signalling, which has no Call-ID. */
static bool
is_of_broken_call(const struct facts *f, const struct trace_send *s)
{
	return hole_is_foreign(s) ||
	       (s->call_id.n > 0 &&
		   (f->call_id.n == 0 ||
		       str_eq(s->call_id, buf_view(&f->call_id))));
}

/* ---- where the faults struck ---- */

/* A message of the call goes from or to NODE. */
static bool
hole_takes_part(struct facts *f, struct str node)
{
	for (uint64_t i = 1; i <= trace_count(f->t); i++) {
		struct trace_send s;

		if (trace_kind_of(f->t, i) == TRACE_SEND &&
		    get_send(f, i, &s) && is_of_broken_call(f, &s) &&
		    (str_eq(s.src, node) || str_eq(s.dst, node)))
			return true;
	}
	return false;
}

/* Bits: what a crash of NODE, a place in the head, is to the node where it is
 * broken. */
static unsigned
find_places(struct facts *f, uint32_t number)
{
	const struct trace_node *node = &trace_head(f->t)->nodes[number];
	unsigned places = 0;

	if (str_has_word(node->role, STR("registrar")) ||
	    str_has_word(node->role, STR("location")))
		places = 1u << HOLE_AT_REGISTRAR;
	if (number == f->node)
		return places | 1u << HOLE_AT_SELF;
	if (!hole_takes_part(f, node->name))
		return places | 1u << HOLE_AT_APART;
	return places |
	       1u << (str_has_word(node->role, STR("proxy")) ? HOLE_AT_RELAY
							     : HOLE_AT_END);
}

/* A crash that the lab, or a person, makes; or a binding taken away. */
static void
take_hole_act(struct facts *f, uint64_t seq)
{
	struct trace_rec rec;
	struct str verb;
	uint32_t node = trace_node_of(f->t, seq);

	trace_get(f->t, seq, &rec);
	verb = trace_str(&rec, "verb", &f->scratch);
	if (str_is(verb, "unbind"))
		f->out->marks |= HOLE_UNBIND;
	if (node >= trace_head(f->t)->nnodes || !str_is(verb, "crash"))
		return;
	f->crashes.kinds = 1u << FAULT_CRASH;
	f->crashes.places |= find_places(f, node);
}

/* ---- what was hit, and what was lost ---- */

static enum hole_message
hole_message_of(const struct trace_send *s)
{
	static const struct {
		const char *method;
		enum hole_message is;
	} methods[] = {
		{ "INVITE", HOLE_IS_INVITE },
		{ "ACK", HOLE_IS_ACK },
		{ "CANCEL", HOLE_IS_CANCEL },
		{ "BYE", HOLE_IS_BYE },
	};

	if (hole_is_foreign(s))
		return HOLE_IS_FOREIGN;
	if (is_diameter(s))
		return HOLE_IS_DIAMETER;
	if (s->status != 0 && !str_is(s->cseq_method, "INVITE"))
		return HOLE_IS_OTHER;
	if (s->status != 0)
		return s->status < 200   ? HOLE_IS_PROVISIONAL
		       : s->status < 300 ? HOLE_IS_SUCCESS
					 : HOLE_IS_REFUSAL;
	for (size_t i = 0; i < COUNT_OF(methods); i++)
		if (str_is(s->method, methods[i].method))
			return methods[i].is;
	return HOLE_IS_OTHER;
}

/* What all repetitions of S, which record SEQ sends, have in common, and no
 * other message.  Another signalling and Diameter repeat none. */
static void
hole_put_key(uint64_t seq, const struct trace_send *s, struct buf *key)
{
	buf_clear(key);
	if (hole_is_foreign(s) || is_diameter(s)) {
		buf_u64(key, seq);
		return;
	}
	buf_printf(key, "%.*s %.*s %.*s %.*s %u %.*s", STR_ARG(s->src),
	    STR_ARG(s->dst), STR_ARG(s->branch), STR_ARG(s->method), s->status,
	    STR_ARG(s->cseq_method));
}

/* Arrival SEQ is thrown away: nothing waits for it any more. */
static bool
is_thrown_away(const struct facts *f, uint64_t seq)
{
	struct trace_rec rec;
	int64_t of;

	if (seq >= trace_count(f->t) ||
	    trace_kind_of(f->t, seq + 1) != TRACE_DROP)
		return false;
	trace_get(f->t, seq + 1, &rec);
	return json_int(trace_member(&rec, "of"), &of) == 0 &&
	       (uint64_t)of == seq;
}

static int
note_arrivals(struct facts *f, struct map *arrived, struct buf *key)
{
	int err = 0;
	struct trace_rec rec;

	for (uint64_t i = 0;
	     err == 0 && trace_next(f->t, TRACE_RECV, &i, &rec);) {
		struct trace_send s;
		uint64_t send;

		send = trace_send_of(f->t, &rec);
		if (!get_send(f, send, &s))
			continue;
		/* A phone says again that it rings, to who has given up. */
		if (hole_message_of(&s) == HOLE_IS_PROVISIONAL &&
		    is_thrown_away(f, i))
			continue;
		hole_put_key(send, &s, key);
		err = key->err != 0 ? ERR_NOMEM
				    : map_put(arrived, buf_view(key), f);
	}
	return err;
}

static int
find_lost(struct facts *f)
{
	struct map *arrived = NULL;
	struct buf key = BUF_INIT;
	int err = map_create(&arrived);

	if (err == 0)
		err = note_arrivals(f, arrived, &key);
	for (uint64_t i = 1; err == 0 && i <= trace_count(f->t); i++) {
		struct trace_send s;

		if (trace_kind_of(f->t, i) != TRACE_SEND ||
		    !get_send(f, i, &s) ||
		    (!is_of_broken_call(f, &s) && !is_diameter(&s)))
			continue;
		if (str_is(s.cseq_method, "BYE"))
			f->out->marks |= s.status == 503   ? HOLE_REFUSED
					 : s.status == 481 ? HOLE_TOO_EARLY
							   : 0;
		hole_put_key(i, &s, &key);
		if (map_get(arrived, buf_view(&key)) == NULL)
			f->out->lost |= 1u << hole_message_of(&s);
	}
	map_destroy(arrived);
	buf_end(&key, &err);
	return err;
}

/* ---- late messages ---- */

/* Record SEQ is the arrival of a response, and its transaction had had a final
 * one, or had ended. */
static bool
hole_is_stray(struct facts *f, uint64_t seq)
{
	struct trace_rec rec;
	struct trace_send s;
	bool over = false;

	if (seq == 0 || trace_kind_of(f->t, seq) != TRACE_RECV)
		return false;
	trace_get(f->t, seq, &rec);
	if (!get_send(f, trace_send_of(f->t, &rec), &s) || s.status == 0)
		return false;
	for (uint64_t i = 1; i < seq; i++) {
		struct trace_rec step;
		struct str to;

		if (trace_kind_of(f->t, i) != TRACE_FSM)
			continue;
		trace_get(f->t, i, &step);
		if (!str_eq(step.node, rec.node) ||
		    !str_is(trace_member(&step, "machine").raw, "\"ICT\"") ||
		    !str_eq(trace_str(&step, "id", &f->other), s.branch))
			continue;
		to = trace_member(&step, "to").raw;
		over =
		    str_is(to, "\"terminated\"") || str_is(to, "\"completed\"");
	}
	return over;
}

/* ---- all of it ---- */

static void
hole_take_fault(struct facts *f, const struct found_fault *fault)
{
	struct hole_struck *struck = &f->out->struck[f->out->nstruck++];
	struct trace_send s;

	struck->kinds = 1u << fault->kind;
	switch (fault_rows[fault->kind].on) {
	case FAULT_ON_MESSAGE:
		struck->places = 1u << HOLE_AT_MESSAGE;
		if (get_send(f, fault->after, &s))
			struck->hit = 1u << hole_message_of(&s);
		break;
	case FAULT_ON_NODE:
		struck->places = find_places(f, fault->on);
		break;
	case FAULT_ON_LINK:
		struck->places = 1u << HOLE_AT_LINK;
		break;
	case FAULT_ON_ACT:
		break;
	}
}

/* After the crash of a registrar a request of the node was rejected with 403:
 * the node was not told to register. */
static bool
is_sent_away(struct facts *f)
{
	struct trace_rec rec;
	struct trace_send s;
	bool dead = false, is = false;

	for (uint64_t i = 1; !is && i <= trace_count(f->t); i++) {
		trace_get(f->t, i, &rec);
		dead |= rec.kind == TRACE_ACT &&
			str_is(trace_str(&rec, "verb", &f->scratch), "crash");
		is = dead && rec.kind == TRACE_RECV &&
		     trace_node_of(f->t, i) == f->node &&
		     get_send(f, trace_send_of(f->t, &rec), &s) &&
		     s.status == 403 && !str_is(s.cseq_method, "REGISTER");
	}
	return is;
}

int
hole_facts_find(struct hole_facts *out, const struct trace *t,
    const struct found_fault *faults, size_t n, const struct verdict *v)
{
	struct facts f = { .out = out,
		.t = t,
		.node = v->node,
		.call_id = BUF_INIT,
		.scratch = BUF_INIT,
		.other = BUF_INIT };
	int err;

	*out = (struct hole_facts){ .invariant = v->invariant };
	hole_find_call(&f, v->record);
	for (size_t i = 0; i < n; i++)
		hole_take_fault(&f, &faults[i]);
	for (uint64_t i = 1; i <= trace_count(t); i++)
		if (trace_kind_of(t, i) == TRACE_ACT)
			take_hole_act(&f, i);
	if (f.crashes.kinds != 0)
		out->struck[out->nstruck++] = f.crashes;
	if (!is_sent_away(&f))
		out->marks |= HOLE_UNTOLD;
	if (hole_is_stray(&f, v->record))
		out->marks |= HOLE_STRAY;
	err = find_lost(&f);
	buf_end(&f.call_id, &err);
	buf_end(&f.scratch, &err);
	buf_end(&f.other, &err);
	return err;
}

/* ---- the rows ---- */

const struct hole_row hole_rows[HOLE_COUNT] = {
#define X(id, word, invariants, kinds, places, lost, hit, marks, rfc, section, \
    what, why, lab, acts)                                                      \
	[HOLE_##id] = { word, invariants, kinds, places, lost, hit, marks,     \
		rfc, section, what, why, lab, acts },
	SEARCH_HOLES(X)
#undef X
};

/* Bits F has one of what a row asks for; 0 asks for nothing. */
static bool
has_any(unsigned f, unsigned row)
{
	return row == 0 || (f & row) != 0;
}

/* One fault has struck all that a row asks for. */
static bool
is_struck(const struct hole_facts *f, const struct hole_row *row)
{
	for (size_t i = 0; i < f->nstruck; i++)
		if (has_any(f->struck[i].kinds, row->kinds) &&
		    has_any(f->struck[i].places, row->places) &&
		    has_any(f->struck[i].hit, row->hit))
			return true;
	return false;
}

static bool
hole_has_row(const struct hole_facts *f, const struct hole_row *row)
{
	return (row->invariants & 1u << f->invariant) != 0 &&
	       is_struck(f, row) && has_any(f->lost, row->lost) &&
	       has_any(f->marks, row->marks);
}

enum hole
hole_find(const struct hole_facts *f)
{
	for (unsigned i = HOLE_NONE + 1; i < HOLE_COUNT; i++)
		if (hole_has_row(f, &hole_rows[i]))
			return (enum hole)i;
	return HOLE_NONE;
}
