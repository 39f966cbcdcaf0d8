/*
 * The two halves of a call through a box (RFC 7092), and what a box between
 * two networks hides (RFC 5853 3.1).
 */
#include <string.h>

#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/message.h"
#include "msg/bodies.h"
#include "msg/parts.h"
#include "msg/sdp.h"
#include "search/invariants_in.h"
#include "story/follower.h"
#include "story/story.h"

/*
 * The two halves of a call through a box (RFC 7092): at rest what a party
 * has said last of its media, and the box has agreed to, is what the
 * other party was told (RFC 3264 8). What each dialog has agreed on is
 * read from its messages, which is dear: only where a box has a pair of
 * calls at the end.
 */

struct reading {
	struct check *c;
	struct follower *follower;
	struct map *calls; /* Call-IDs, owned, by "NODE CALL" */
	struct str starts; /* the call whose INVITE comes next … */
	uint32_t node;     /* … at this node */
	struct buf name, key, scratch;
	struct story_message message; /* of a description */
	struct buf text[2];
	struct msg_sdp sdp[2];
};

static void
session_rule_fail(struct reading *r)
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
		session_rule_fail(r);
	}
}

/* A call begins: with the INVITE that has come, or with the next that its node
 * sends. */
static void
session_rule_take_call(
    struct reading *r, uint64_t seq, const struct trace_rec *rec)
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

static void
take_session_send(struct reading *r, uint64_t seq)
{
	const struct trace *t = r->c->t;
	struct story_seen s;
	int err = follower_read(r->follower, t, seq, &s);

	if (err == ERR_NOMEM)
		session_rule_fail(r);
	if (err != 0 || s.send->fwd != 0)
		return;
	if (r->starts.n > 0 && r->node == s.node &&
	    str_is(s.send->method, "INVITE")) {
		note_call_id(
		    r, trace_name(t, r->node), r->starts, s.send->call_id);
		r->starts = STR_NULL;
	}
}

/* ---- the two halves ---- */

/* What the dialog of call NAME at NODE, confirmed, has agreed on; NULL. */
static const struct story_session *
session_of(struct reading *r, struct str node, struct str name)
{
	const struct fold_dialog *d;
	const char *id;
	size_t at = 0;

	buf_clear(&r->key);
	buf_printf(&r->key, "%.*s %.*s", STR_ARG(node), STR_ARG(name));
	id = map_get(r->calls, buf_view(&r->key));
	while (
	    id != NULL && (d = fold_next_dialog(r->c->fold, node, &at)) != NULL)
		if (str_is(d->call_id, id) &&
		    str_is(d->state, state_word(STATE_CONFIRMED)))
			return follower_find_session(r->follower, d->call_id,
			    d->local_tag, d->remote_tag);
	return NULL;
}

static bool
same_stream(const struct check *c, struct str box,
    const struct msg_sdp_media *party, const struct msg_sdp_media *told)
{
	const struct trace_node *n = trace_find_node(c->t, box);
	bool anchored = n != NULL && trace_node_has_addr(n, told->address);

	if ((party->port == 0) != (told->port == 0))
		return false;
	if (party->port == 0)
		return true;
	if (party->direction != told->direction)
		return false;
	return anchored || (party->port == told->port &&
			       str_eq(party->address, told->address));
}

/* The description of record SEQ into SDP, whose text is kept in TEXT; false:
 * there is none. */
static bool
read_described(
    struct reading *r, uint64_t seq, struct buf *text, struct msg_sdp *sdp)
{
	int err =
	    seq != 0 ? story_read(&r->message, r->c->t, seq) : ERR_NOTFOUND;

	if (err == 0)
		err = story_read_text(&r->message);
	buf_clear(text);
	if (err == 0)
		buf_str(text, msg_sdp_of(&r->message.msg));
	if (err == ERR_NOMEM || text->err != 0)
		session_rule_fail(r);
	return err == 0 && msg_sdp_read(sdp, buf_view(text), NULL) == 0;
}

/* What the party of K has said is what the box has told the party of OTHER. */
static bool
session_rule_is_told(struct reading *r, struct str box,
    const struct story_session *k, const struct story_session *other)
{
	uint32_t node = trace_find_name(r->c->t, box);
	uint64_t said = k->agreed[k->node[0] == node];
	uint64_t told = other->agreed[other->node[0] != node];
	size_t n;

	if (!read_described(r, said, &r->text[0], &r->sdp[0]) ||
	    !read_described(r, told, &r->text[1], &r->sdp[1]))
		return true;
	n = r->sdp[0].nmedia < r->sdp[1].nmedia ? r->sdp[0].nmedia
						: r->sdp[1].nmedia;
	for (size_t i = 0; i < n; i++)
		if (!same_stream(
			r->c, box, &r->sdp[0].media[i], &r->sdp[1].media[i]))
			return false;
	return true;
}

static void
check_pair(struct reading *r, const struct fold_transaction *pair)
{
	const struct story_session *k[2];
	struct trace_rec rec;

	trace_get(r->c->t, pair->last, &rec);
	for (int side = 0; side < 2; side++) {
		struct str name = trace_str(
		    &rec, side == 0 ? "first" : "second", &r->scratch);

		k[side] = session_of(r, pair->node, name);
		if (k[side] == NULL)
			return;
	}
	if (!session_rule_is_told(r, pair->node, k[0], k[1]) ||
	    !session_rule_is_told(r, pair->node, k[1], k[0]))
		check_found(r->c, INVARIANT_SESSION, pair->node, pair->last);
}

static bool
session_rule_is_joined(const struct check *c, const struct fold_transaction *tr)
{
	return str_is(tr->machine_name, "pair") &&
	       str_is(tr->state, state_word(STATE_JOINED)) &&
	       !check_is_down(c, tr->node);
}

static void
session_rule_read_all(struct reading *r)
{
	for (uint64_t seq = 1; r->c->err == 0 && seq <= trace_count(r->c->t);
	     seq++) {
		enum trace_kind kind = trace_kind_of(r->c->t, seq);
		struct trace_rec rec;

		if (kind == TRACE_SEND && !trace_is_retx(r->c->t, seq))
			take_session_send(r, seq);
		if (kind != TRACE_CALL)
			continue;
		trace_get(r->c->t, seq, &rec);
		session_rule_take_call(r, seq, &rec);
	}
}

void
check_sessions(struct check *c)
{
	const struct fold_transaction *tr;
	struct reading *r = NULL;
	size_t at = 0;

	while ((tr = fold_next_transaction(c->fold, STR_NULL, &at)) != NULL &&
	       !session_rule_is_joined(c, tr))
		;
	if (tr == NULL)
		return;
	r = mem_zalloc(1, sizeof(*r));
	if (r == NULL || follower_create(&r->follower, true) != 0 ||
	    map_create(&r->calls) != 0) {
		c->err = ERR_NOMEM;
	} else {
		r->c = c;
		session_rule_read_all(r);
	}
	for (at = 0; c->err == 0 && (tr = fold_next_transaction(
					 c->fold, STR_NULL, &at)) != NULL;)
		if (session_rule_is_joined(c, tr))
			check_pair(r, tr);
	if (r == NULL)
		return;
	follower_destroy(r->follower);
	map_destroy_all(r->calls);
	buf_free(&r->name);
	buf_free(&r->key);
	buf_free(&r->scratch);
	buf_free(&r->text[0]);
	buf_free(&r->text[1]);
	story_free(&r->message);
	mem_free(r);
}

/*
 * A box between two networks that hides either of them (RFC 5853 3.1): no
 * message that leaves a face of its own has the address of another one.
 */

/* The trace's inputs say of a node whether it hides: what they mean by that is
 * not looked into. */
static bool
is_told_otherwise(const struct trace *t)
{
	struct str inputs = trace_head(t)->inputs.raw;

	return str_find(inputs, "hides") >= 0 ||
	       str_find(inputs, "faults") >= 0;
}

/* N hides, unless it is told otherwise: a session border controller. */
static bool
session_rule_is_border(const struct trace_node *n)
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
session_rule_has_address(struct str text, struct str addr)
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

/* Record SEQ, a send of N: an address in it that must not be. */
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
		if (!session_rule_has_address(s.src_addr, n->faces[i].addr) &&
		    session_rule_has_address(text, n->faces[i].addr)) {
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
		any |= session_rule_is_border(&head->nodes[i]);
	if (!any || is_told_otherwise(c->t))
		return;
	for (uint64_t seq = 1; seq <= trace_count(c->t); seq++) {
		const struct trace_node *n;

		if (trace_kind_of(c->t, seq) != TRACE_SEND ||
		    trace_is_retx(c->t, seq))
			continue;
		n = trace_find_node(
		    c->t, trace_name(c->t, trace_node_of(c->t, seq)));
		if (n != NULL && session_rule_is_border(n))
			check_send(c, n, seq, &bytes, &scratch);
	}
	if (bytes.err != 0 || scratch.err != 0)
		c->err = ERR_NOMEM;
}
