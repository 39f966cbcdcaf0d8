/*
 * The two halves of a call through a box (RFC 7092), and what a box between
 * two networks hides (RFC 5853 3.1).
 */
#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "msg/message.h"
#include "msg/parts.h"
#include "rules/rule_names.h"
#include "rules/rules.h"
#include "search/invariants_in.h"
#include "follower/follower.h"

/*
 * The two halves of a call through a box (RFC 7092): at rest, and at a BYE that
 * comes two seconds or more after the last change, what a party has said last
 * of its media, and the box has agreed to, is what the other party was told
 * (RFC 3264 8).  What each dialog has agreed on is read from its messages,
 * which is dear: only where a box has a pair of calls.
 */
#define SESSION_QUIET_NS INT64_C(2000000000)

/* INVITEs and UPDATEs of a Call-ID. */
struct session_changes {
	int64_t t;        /* when a message of theirs was sent last */
	unsigned open;    /* how many have no final response … */
	unsigned within;  /* … and how many of those are within a dialog */
	uint32_t unacked; /* CSeq of a 2xx that waits for its ACK; 0 */
	int64_t t_done;   /* when one of these two was done last */
};

struct reading {
	struct check *c;
	struct follower *follower;
	struct map *calls;      /* Call-IDs, owned, by "NODE CALL" */
	struct map *changes;    /* struct session_changes, owned, by Call-ID */
	struct state_at *state; /* at the last BYE */
	bool transcodes;   /* boxes may tell other codecs than they heard */
	struct str starts; /* the call whose INVITE comes next … */
	uint32_t node;     /* … at this node */
	struct buf name, key, scratch;
	struct described sdp[4];
};

static void
fail_memory(struct reading *r)
{
	r->c->err = ERR_NOMEM;
}

/* ---- whose calls they are ---- */

static void
note_call_id(struct reading *r, struct str node, struct str call, struct str id)
{
	char *text = mem_dup(id.p, id.n);

	buf_clear(&r->key);
	buf_printf(&r->key, "%.*s %.*s", STR_ARG(node), STR_ARG(call));
	mem_free(map_remove(r->calls, buf_view(&r->key)));
	if (text == NULL || r->key.err != 0 ||
	    map_put(r->calls, buf_view(&r->key), text) != 0) {
		mem_free(text);
		fail_memory(r);
	}
}

/* A call begins: with the INVITE that has come, or with the next that its node
 * sends. */
static void
take_call(struct reading *r, uint64_t seq, const struct trace_rec *rec)
{
	const struct trace *t = r->c->t;
	uint64_t cause = trace_cause_of(t, seq), send;
	struct trace_rec by, message;
	struct trace_send s;

	if (!str_is(trace_str(rec, "from", &r->scratch), "idle"))
		return;
	buf_clear(&r->name);
	buf_str(&r->name, trace_str(rec, "id", &r->scratch));
	r->node = trace_node_of(t, seq);
	if (cause == 0 || trace_kind_of(t, cause) != TRACE_RECV) {
		r->starts = buf_view(&r->name);
		return;
	}
	trace_get(t, cause, &by);
	send = trace_send_of(t, &by);
	if (send == 0)
		return;
	trace_get(t, send, &message);
	if (trace_get_send_parts(
		&message, TRACE_SEND_CALL_ID, &s, &r->scratch) == 0)
		note_call_id(
		    r, trace_name(t, r->node), buf_view(&r->name), s.call_id);
}

/* A message of an INVITE or UPDATE was sent in call ID at record SEQ. */
static void
note_change(struct reading *r, uint64_t seq, const struct trace_send *s)
{
	struct session_changes *k = map_get(r->changes, s->call_id);
	struct str method = sent_message_method(s);

	if (!str_is(method, "INVITE") && !str_is(method, "UPDATE") &&
	    !str_is(method, "ACK") && !str_is(method, "PRACK"))
		return;
	if (k == NULL) {
		k = mem_zalloc(1, sizeof(*k));
		if (k == NULL || map_put(r->changes, s->call_id, k) != 0) {
			mem_free(k);
			fail_memory(r);
			return;
		}
	}
	k->t = trace_time_of(r->c->t, seq);
	if (trace_is_retx(r->c->t, seq) || s->fwd != 0 ||
	    str_is(method, "ACK") || str_is(method, "PRACK"))
		return;
	if (s->status == 0)
		k->open++;
	else if (s->status >= 200 && k->open > 0)
		k->open--;
}

/* ---- a 491 of a box: RFC 3261 14.2, RFC 3311 5.2 ---- */

/* S, record SEQ, begins a change within a dialog, or ends one. */
static void
note_within(struct reading *r, uint64_t seq, const struct followed_message *s)
{
	struct session_changes *k = map_get(r->changes, s->send->call_id);
	struct str method = sent_message_method(s->send);
	bool invite = str_is(method, "INVITE");
	bool within = (invite || str_is(method, "UPDATE")) && s->tx != NULL &&
		      !s->tx->initial;

	if (k == NULL)
		return;
	if (s->send->status == 0) {
		k->within += within;
	} else if (s->send->status >= 200 && within && k->within > 0) {
		k->within--;
		k->t_done = trace_time_of(r->c->t, seq);
	}
	if (invite && s->send->status / 100 == 2)
		k->unacked = s->cseq.number;
}

/* An ACK has come with record SEQ: only now its 2xx waits for it no more. */
static void
note_acked(struct reading *r, uint64_t seq)
{
	struct session_changes *k;
	struct trace_send s;
	struct trace_rec rec;
	struct str cseq, rest;
	uint32_t number;

	trace_get(r->c->t, seq, &rec);
	seq = trace_send_of(r->c->t, &rec);
	if (seq == 0)
		return;
	trace_get(r->c->t, seq, &rec);
	if (trace_get_send(&rec, &s, &r->scratch) != 0 ||
	    !str_is(s.method, "ACK"))
		return;
	k = map_get(r->changes, s.call_id);
	cseq = trace_str(&rec, "cseq", &r->scratch);
	if (k == NULL || str_u32(str_cut(cseq, ' ', &rest), &number) != 0 ||
	    number != k->unacked)
		return;
	k->unacked = 0;
	k->t_done = trace_time_of(r->c->t, seq);
}

/* Call ID is being changed at record SEQ, by more than MINE changes; or it was
 * just now, and its sides may not have heard of the end. */
static bool
is_being_changed(
    const struct reading *r, struct str id, unsigned mine, uint64_t seq)
{
	const struct session_changes *k = map_get(r->changes, id);

	return k != NULL &&
	       (k->within > mine || k->unacked != 0 ||
		   (k->t_done > 0 && trace_time_of(r->c->t, seq) - k->t_done <
					 FOLLOWER_CROSS_NS));
}

/* S, record SEQ, may be the 491 of a box: then a change is under way in that
 * call, or in another one of the box's. */
static void
check_pending(struct reading *r, uint64_t seq, const struct trace_rec *rec,
    const struct trace_send *s)
{
	struct str node = trace_name(r->c->t, trace_node_of(r->c->t, seq)), key;
	bool found =
	    s->status != 491 ||
	    !trace_has_rule(rec, &(enum rule_id){ RULE_PAIR_PENDING }, 1) ||
	    is_being_changed(r, s->call_id, 1, seq);
	size_t at = 0;
	void *id;

	while (!found && map_next(r->calls, &at, &key, &id)) {
		struct str rest;

		found = str_eq(str_cut(key, ' ', &rest), node) &&
			!str_is(s->call_id, id) &&
			is_being_changed(r, str_of(id), 0, seq);
	}
	if (!found)
		check_found(r->c, INVARIANT_PENDING, node, seq);
}

/* Nothing has changed the session of call ID for a while at record SEQ. */
static bool
is_quiet(const struct reading *r, struct str id, uint64_t seq)
{
	const struct session_changes *k = map_get(r->changes, id);

	return k != NULL && k->open == 0 &&
	       trace_time_of(r->c->t, seq) - k->t >= SESSION_QUIET_NS;
}

/* ---- the two halves ---- */

/* The Call-ID of call NAME at NODE; NULL. */
static const char *
call_id_of(struct reading *r, struct str node, struct str name)
{
	buf_clear(&r->key);
	buf_printf(&r->key, "%.*s %.*s", STR_ARG(node), STR_ARG(name));
	return map_get(r->calls, buf_view(&r->key));
}

/* What the dialog of call ID at NODE, confirmed in STATE, has agreed on; NULL.
 */
static const struct followed_session *
session_of(struct reading *r, const struct state_at *state, struct str node,
    const char *id)
{
	const struct state_at_dialog *d;
	size_t at = 0;

	while (
	    id != NULL && (d = state_at_next_dialog(state, node, &at)) != NULL)
		if (str_is(d->call_id, id) &&
		    str_is(d->state, state_word(STATE_CONFIRMED)))
			return follower_find_session(r->follower, d->call_id,
			    d->local_tag, d->remote_tag);
	return NULL;
}

/* What one side of a dialog has said, and the other to it. */
struct session_side {
	const struct msg_sdp *own, *other;
	bool answers; /* its own was the answer */
};

/* Stream I of S flows: both take it.  (One that was taken out keeps its line,
 * RFC 3264 8.2.) */
static bool
session_flows(const struct session_side *s, size_t i)
{
	return i < s->own->nmedia && s->own->media[i].port != 0 &&
	       i < s->other->nmedia && s->other->media[i].port != 0;
}

/* Which ways stream I of S goes (RFC 3264 6.1): bit 0 from its own side, bit 1
 * to that. */
static unsigned
session_ways(const struct session_side *s, size_t i)
{
	static const unsigned ways[] = { [MSG_SDP_SENDRECV] = 3,
		[MSG_SDP_SENDONLY] = 1,
		[MSG_SDP_RECVONLY] = 2,
		[MSG_SDP_INACTIVE] = 0 };
	unsigned own = ways[s->own->media[i].direction];
	unsigned other = ways[s->other->media[i].direction];

	return own & (other >> 1 | other << 1);
}

/* Each codec of stream I that was told, and taken where it was an offer, was
 * said as well. */
static bool
session_codecs_said(const struct session_side *said,
    const struct session_side *told, unsigned i)
{
	struct str rest = told->own->media[i].formats;

	while (rest.n > 0) {
		struct str codec =
		    msg_sdp_codec(told->own, i + 1, str_cut(rest, ' ', &rest));

		if ((told->answers ||
			msg_sdp_has_codec(told->other, i + 1, codec)) &&
		    !msg_sdp_has_codec(said->own, i + 1, codec))
			return false;
	}
	return true;
}

/* The invariant that stream I breaks, which the party has SAID and the BOX has
 * TOLD; or INVARIANT_COUNT. */
static enum invariant
compare_stream(struct reading *r, struct str box,
    const struct session_side *said, const struct session_side *told, size_t i)
{
	const struct msg_sdp_media *a = &said->own->media[i],
				   *b = &told->own->media[i];
	const struct trace_node *n = trace_find_node(r->c->t, box);

	if (session_flows(said, i) != session_flows(told, i))
		return i < said->own->nmedia && i < told->own->nmedia
			   ? INVARIANT_SESSION
			   : INVARIANT_ENDS;
	if (!session_flows(said, i))
		return INVARIANT_COUNT;
	if (session_ways(said, i) != session_ways(told, i) ||
	    !((n != NULL && trace_node_has_addr(n, b->address)) ||
		(a->port == b->port && str_eq(a->address, b->address))))
		return INVARIANT_SESSION;
	return !r->transcodes && !session_codecs_said(said, told, (unsigned)i)
		   ? INVARIANT_ENDS
		   : INVARIANT_COUNT;
}

/* The party of K has said one thing, and the box has told the party of OTHER
 * another: the broken invariant, or INVARIANT_COUNT. */
static enum invariant
compare_told(struct reading *r, struct str box,
    const struct followed_session *k, const struct followed_session *other)
{
	uint32_t node = trace_find_name(r->c->t, box);
	unsigned party = k->node[0] == node, teller = other->node[0] != node;
	uint64_t seqs[] = { k->agreed[party], k->agreed[!party],
		other->agreed[teller], other->agreed[!teller] };
	struct session_side said = { &r->sdp[0].sdp, &r->sdp[1].sdp, false };
	struct session_side told = { &r->sdp[2].sdp, &r->sdp[3].sdp,
		seqs[2] > seqs[3] };
	enum invariant what = INVARIANT_COUNT;

	for (size_t i = 0; i < COUNT_OF(seqs); i++)
		if (!described_read(r->c, seqs[i], &r->sdp[i]) ||
		    !described_is_ours(r->c, seqs[i]))
			return INVARIANT_COUNT;
	for (size_t i = 0; what == INVARIANT_COUNT &&
			   (i < said.own->nmedia || i < told.own->nmedia);
	     i++)
		what = compare_stream(r, box, &said, &told, i);
	return what;
}

/* PAIR at rest; OF: as one of its halves, that Call-ID, is about to end with
 * record SEQ. */
static void
compare_halves(struct reading *r, const struct state_at *state,
    const struct state_at_transaction *pair, struct str of, uint64_t seq)
{
	const struct followed_session *k[2];
	const char *ids[2];
	enum invariant what;
	struct trace_rec rec;

	trace_get(r->c->t, pair->last, &rec);
	for (int side = 0; side < 2; side++) {
		struct str name = trace_str(
		    &rec, side == 0 ? "first" : "second", &r->scratch);

		ids[side] = call_id_of(r, pair->node, name);
		k[side] = session_of(r, state, pair->node, ids[side]);
		if (k[side] == NULL ||
		    (of.n > 0 && !is_quiet(r, str_of(ids[side]), seq)))
			return;
	}
	if (of.n > 0 && !str_is(of, ids[0]) && !str_is(of, ids[1]))
		return;
	what = compare_told(r, pair->node, k[0], k[1]);
	if (what == INVARIANT_COUNT)
		what = compare_told(r, pair->node, k[1], k[0]);
	if (what != INVARIANT_COUNT)
		check_found(r->c, what, pair->node, pair->last);
}

static bool
is_joined(const struct check *c, const struct state_at_transaction *tr)
{
	return str_is(tr->machine_name, "pair") &&
	       str_is(tr->state, state_word(STATE_JOINED)) &&
	       !check_is_down(c, tr->node);
}

static void
check_pairs(struct reading *r, const struct state_at *state, struct str of,
    uint64_t seq)
{
	const struct state_at_transaction *tr;
	size_t at = 0;

	while (r->c->err == 0 &&
	       (tr = state_at_next_transaction(state, STR_NULL, &at)) != NULL)
		if (is_joined(r->c, tr))
			compare_halves(r, state, tr, of, seq);
}

/* S, record SEQ, ends a dialog. */
static void
check_before_bye(
    struct reading *r, uint64_t seq, const struct followed_message *s)
{
	if (!is_quiet(r, s->send->call_id, seq))
		return;
	if (state_at_advance(r->state, r->c->t, seq - 1) != 0)
		fail_memory(r);
	else
		check_pairs(r, r->state, s->send->call_id, seq);
}

static void
take_session_send(struct reading *r, uint64_t seq)
{
	const struct trace *t = r->c->t;
	bool again = trace_is_retx(t, seq);
	struct trace_send send;
	struct trace_rec rec;
	struct followed_message s;
	int err = 0;

	trace_get(t, seq, &rec);
	if (trace_get_send(&rec, &send, &r->scratch) != 0 ||
	    trace_class_of(send.proto) != TRACE_CLASS_SIP)
		return;
	if (!again)
		check_pending(r, seq, &rec, &send);
	note_change(r, seq, &send);
	if (!again)
		err = follower_read(r->follower, t, seq, &s);
	if (err == ERR_NOMEM)
		fail_memory(r);
	if (again || err != 0 || s.send->fwd != 0)
		return;
	note_within(r, seq, &s);
	if (r->starts.n > 0 && r->node == s.node &&
	    str_is(s.send->method, "INVITE")) {
		note_call_id(
		    r, trace_name(t, r->node), r->starts, s.send->call_id);
		r->starts = STR_NULL;
	}
	if (str_is(s.send->method, "BYE"))
		check_before_bye(r, seq, &s);
}

static void
read_records(struct reading *r)
{
	for (uint64_t seq = 1; r->c->err == 0 && seq <= trace_count(r->c->t);
	     seq++) {
		enum trace_kind kind = trace_kind_of(r->c->t, seq);
		struct trace_rec rec;

		if (kind == TRACE_SEND)
			take_session_send(r, seq);
		if (kind == TRACE_RECV)
			note_acked(r, seq);
		if (kind != TRACE_CALL)
			continue;
		trace_get(r->c->t, seq, &rec);
		take_call(r, seq, &rec);
	}
}

/* At the end, or somewhere in a run that nothing has disturbed. */
static bool
has_pairs(const struct check *c)
{
	const struct state_at_transaction *tr;
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;
	size_t at = 0;

	while (!c->busy && (tr = state_at_next_transaction(
				c->state, STR_NULL, &at)) != NULL)
		if (is_joined(c, tr))
			return true;
	for (uint64_t seq = 0; check_is_undisturbed(c) &&
			       trace_next(c->t, TRACE_FSM, &seq, &rec);)
		if (str_is(trace_str(&rec, "machine", &scratch), "pair"))
			return true;
	return false;
}

void
check_sessions(struct check *c)
{
	struct reading *r = NULL;

	if (!has_pairs(c) || described_are_changed(c))
		return;
	r = mem_zalloc(1, sizeof(*r));
	if (r == NULL || follower_create(&r->follower, true) != 0 ||
	    map_create(&r->calls) != 0 || map_create(&r->changes) != 0 ||
	    state_at_create(&r->state) != 0) {
		c->err = ERR_NOMEM;
	} else {
		r->c = c;
		r->transcodes =
		    str_find(trace_head(c->t)->inputs.raw, "transcode") >= 0;
		read_records(r);
		if (c->err == 0 && !c->busy)
			check_pairs(r, c->state, STR_NULL, 0);
	}
	if (r == NULL)
		return;
	follower_destroy(r->follower);
	state_at_destroy(r->state);
	map_destroy_all(r->calls);
	map_destroy_all(r->changes);
	buf_free(&r->name);
	buf_free(&r->key);
	buf_free(&r->scratch);
	for (size_t i = 0; i < COUNT_OF(r->sdp); i++)
		described_free(&r->sdp[i]);
	mem_free(r);
}

/* The trace's inputs say of a node whether it hides: what they mean by that is
 * not looked into. */
static bool
is_told_otherwise(const struct trace *t)
{
	struct str inputs = trace_head(t)->inputs.raw;

	return str_find(inputs, "hides") >= 0 ||
	       str_find(inputs, "faults") >= 0;
}

/*
 * N hides, unless it is told otherwise: a session border controller, a box
 * between two networks that hides either of them (RFC 5853 3.1).
 */
static bool
is_border(const struct trace_node *n)
{
	struct str words = n->role;

	while (words.n > 0)
		if (str_is(str_cut(words, ' ', &words), "sbc"))
			return n->nfaces > 1;
	return false;
}

static bool
is_part_of_address(char c)
{
	return chr_hex(c) >= 0 || c == '.';
}

/* TEXT has the address ADDR, whole. */
static bool
has_address(struct str text, struct str addr)
{
	for (size_t at = 0; at + addr.n <= text.n; at++) {
		size_t end = at + addr.n;

		if (str_eq(str_slice(text, at, end), addr) &&
		    (at == 0 || !is_part_of_address(text.p[at - 1])) &&
		    (end == text.n || !is_part_of_address(text.p[end])))
			return true;
	}
	return false;
}

/*
 * Checks record SEQ, a send of N: a message that leaves a face of N has no
 * address of another face.
 */
static void
check_send(struct check *c, const struct trace_node *n, uint64_t seq,
    struct buf *bytes, struct buf *scratch)
{
	struct trace_send s;
	struct trace_rec rec;
	struct str text;

	trace_get(c->t, seq, &rec);
	if (trace_get_send_parts(&rec, TRACE_SEND_PROTO | TRACE_SEND_SRC_ADDR,
		&s, scratch) != 0 ||
	    trace_class_of(s.proto) != TRACE_CLASS_SIP)
		return;
	text = trace_bytes(&rec, bytes);
	for (size_t i = 0; i < n->nfaces; i++)
		if (!has_address(s.src_addr, n->faces[i].addr) &&
		    has_address(text, n->faces[i].addr)) {
			check_found(c, INVARIANT_FACES, n->name, seq);
			return;
		}
}

void
check_faces(struct check *c)
{
	const struct trace_head *head = trace_head(c->t);
	LOCAL_BUF bytes = BUF_INIT, scratch = BUF_INIT;
	bool any = false;

	for (size_t i = 0; i < head->nnodes; i++)
		any |= is_border(&head->nodes[i]);
	if (!any || is_told_otherwise(c->t))
		return;
	for (uint64_t seq = 1; seq <= trace_count(c->t); seq++) {
		const struct trace_node *n;

		if (trace_kind_of(c->t, seq) != TRACE_SEND ||
		    trace_is_retx(c->t, seq))
			continue;
		n = trace_find_node(
		    c->t, trace_name(c->t, trace_node_of(c->t, seq)));
		if (n != NULL && is_border(n))
			check_send(c, n, seq, &bytes, &scratch);
	}
	if (bytes.err != 0 || scratch.err != 0)
		c->err = ERR_NOMEM;
}
