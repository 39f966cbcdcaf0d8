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

/*
 * The two halves of a call through a box (RFC 7092): at rest what a party
 * has said last of its media, and the box has agreed to, is what the
 * other party was told (RFC 3264 8). What each dialog has agreed on is
 * read from its messages, which is dear: only where a box has a pair of
 * calls at the end.
 */

/* ---- what a dialog has agreed on ---- */

/* What a side has offered last, or asked to be offered by an INVITE without a
 * description: that of the other one may cross it. */
struct offer {
	char *sdp;     /* under way, or NULL … */
	uint32_t cseq; /* … in this request, or in a response to it … */
	bool invite;   /* … which is an INVITE */
	bool told;     /* in a response: an ACK or a PRACK answers it */
	bool answered; /* it has had an answer, or that was an offer */
};

/* A dialog, or, of its first INVITE, a Call-ID with the caller's tag alone: of
 * the side that has sent the first INVITE, and of the other. */
struct talk {
	uint32_t node[2]; /* who has sent an offer or answer */
	struct offer offers[2];
	char *agreed[2]; /* or NULL */
};

struct reading {
	struct check *c;
	struct map *talks; /* struct talk, by Call-ID and tags */
	struct map *calls; /* Call-IDs, owned, by "NODE CALL" */
	struct str starts; /* the call whose INVITE comes next … */
	uint32_t node;     /* … at this node */
	struct buf name, key, bytes, scratch;
	struct msg msg;
	struct msg_sdp sdp[2];
};

static void
session_rule_fail(struct reading *r)
{
	r->c->err = ERR_NOMEM;
}

static void
free_talk(struct talk *k)
{
	for (int side = 0; side < 2; side++) {
		mem_free(k->offers[side].sdp);
		mem_free(k->agreed[side]);
	}
	mem_free(k);
}

/* The talk of CALL_ID with the tags A and B in either order. */
static struct talk *
find_talk(struct reading *r, struct str call_id, struct str a, struct str b)
{
	bool turned = str_cmp(a, b) > 0;
	struct talk *k;

	buf_clear(&r->key);
	buf_printf(&r->key, "%.*s %.*s %.*s", STR_ARG(call_id),
	    STR_ARG(turned ? b : a), STR_ARG(turned ? a : b));
	k = map_get(r->talks, buf_view(&r->key));
	if (k != NULL)
		return k;
	k = mem_zalloc(1, sizeof(*k));
	if (k == NULL || r->key.err != 0 ||
	    map_put(r->talks, buf_view(&r->key), k) != 0) {
		mem_free(k);
		session_rule_fail(r);
		return NULL;
	}
	k->node[0] = k->node[1] = TRACE_NO_NODE;
	return k;
}

static void
session_rule_keep_text(struct reading *r, char **where, struct str text)
{
	mem_free(*where);
	*where = mem_dup(text.p, text.n);
	if (*where == NULL)
		session_rule_fail(r);
}

/* A dialog of the INVITE that FIRST has seen: its offer, where it has one. */
static void
begin_dialog(struct reading *r, struct talk *k, const struct talk *first)
{
	if (k->node[0] != TRACE_NO_NODE || first->node[0] == TRACE_NO_NODE)
		return;
	k->node[0] = first->node[0];
	k->offers[0] = first->offers[0];
	k->offers[0].sdp = NULL;
	if (first->offers[0].sdp != NULL)
		session_rule_keep_text(
		    r, &k->offers[0].sdp, str_of(first->offers[0].sdp));
}

/* NODE's side in K. */
static unsigned
session_rule_side_of(struct talk *k, uint32_t node)
{
	if (k->node[0] == TRACE_NO_NODE)
		k->node[0] = node;
	if (k->node[0] == node)
		return 0;
	k->node[1] = node;
	return 1;
}

static void
drop_offer(struct offer *o)
{
	mem_free(o->sdp);
	o->sdp = NULL;
}

/* The message with CSEQ asks O's side, or has been asked by it. */
static bool
is_of_offer(
    const struct reading *r, const struct offer *o, const struct msg_cseq *cseq)
{
	bool invite = r->msg.method == MSG_INVITE || r->msg.method == MSG_ACK;

	return o->cseq == cseq->number && o->invite == invite;
}

/* Side BY says SDP in the message with CSEQ. */
static void
take_sdp(struct reading *r, struct talk *k, unsigned by, struct str sdp,
    const struct msg_cseq *cseq)
{
	struct offer *mine = &k->offers[by], *its = &k->offers[!by];
	/* Of requests these alone answer (RFC 3261 13.2.1, RFC 3262 5). */
	bool answers = r->msg.request
			   ? its->told && (r->msg.method == MSG_PRACK ||
					      (r->msg.method == MSG_ACK &&
						  is_of_offer(r, its, cseq)))
			   : is_of_offer(r, its, cseq);

	if (answers && its->sdp != NULL) {
		session_rule_keep_text(r, &k->agreed[by], sdp);
		session_rule_keep_text(r, &k->agreed[!by], str_of(its->sdp));
		its->answered = true;
		/* The 2xx behind a 1xx may say it once more, or otherwise. */
		if (r->msg.request || r->msg.status >= 200)
			drop_offer(its);
	} else if (r->msg.request || !answers || !its->answered) {
		session_rule_keep_text(r, &mine->sdp, sdp);
		mine->cseq = cseq->number;
		mine->invite =
		    r->msg.method == MSG_INVITE || r->msg.method == MSG_ACK;
		mine->told = !r->msg.request;
		mine->answered = false;
		its->answered |= !r->msg.request;
	}
}

static void
session_rule_take_message(
    struct reading *r, uint64_t seq, const struct trace_rec *rec)
{
	const struct msg *m = &r->msg;
	struct str call_id, from, to, sdp;
	struct msg_cseq cseq = { 0 };
	struct talk *k;
	unsigned by;

	if (msg_read(&r->msg, trace_bytes(rec, &r->bytes), NULL) !=
	    MSG_FAULT_NONE)
		return;
	call_id = msg_value(m, MSG_H_CALL_ID);
	from = msg_tag_of(m, MSG_H_FROM);
	to = msg_tag_of(m, MSG_H_TO);
	msg_cseq_read(msg_value(m, MSG_H_CSEQ), &cseq);
	sdp = msg_sdp_of(m);
	k = find_talk(r, call_id, from, to);
	if (k != NULL && to.n > 0 && !m->request) {
		const struct talk *first =
		    find_talk(r, call_id, from, STR_NULL);

		if (first != NULL)
			begin_dialog(r, k, first);
	}
	if (k == NULL || r->c->err != 0)
		return;
	if (sdp.n == 0 &&
	    (m->request ? m->method != MSG_INVITE : m->status < 300))
		return;
	by = session_rule_side_of(k, trace_node_of(r->c->t, seq));
	/* A refusal takes its offer with it. */
	if (!m->request && m->status >= 300) {
		if (is_of_offer(r, &k->offers[!by], &cseq) &&
		    !k->offers[!by].answered)
			drop_offer(&k->offers[!by]);
	} else if (sdp.n > 0) {
		take_sdp(r, k, by, sdp, &cseq);
	} else {
		drop_offer(&k->offers[by]);
		k->offers[by] =
		    (struct offer){ .cseq = cseq.number, .invite = true };
	}
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
take_session_send(struct reading *r, uint64_t seq, const struct trace_rec *rec)
{
	struct trace_send s;

	if (trace_get_send_parts(rec,
		TRACE_SEND_PROTO | TRACE_SEND_START | TRACE_SEND_CALL_ID |
		    TRACE_SEND_FWD,
		&s, &r->scratch) != 0 ||
	    s.fwd != 0 || trace_class_of(s.proto) != TRACE_CLASS_SIP)
		return;
	if (r->starts.n > 0 && r->node == trace_node_of(r->c->t, seq) &&
	    str_is(s.method, "INVITE")) {
		note_call_id(
		    r, trace_name(r->c->t, r->node), r->starts, s.call_id);
		r->starts = STR_NULL;
	}
	session_rule_take_message(r, seq, rec);
}

/* ---- the two halves ---- */

/* The dialog of call NAME at NODE, confirmed, as its messages tell it; NULL. */
static struct talk *
talk_of(struct reading *r, struct str node, struct str name)
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
			return find_talk(
			    r, d->call_id, d->local_tag, d->remote_tag);
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

/* What the party of K has said is what the box has told the party of OTHER. */
static bool
session_rule_is_told(struct reading *r, struct str box, const struct talk *k,
    const struct talk *other)
{
	uint32_t node = trace_find_name(r->c->t, box);
	const char *said = k->agreed[k->node[0] == node];
	const char *told = other->agreed[other->node[0] != node];
	size_t n;

	if (said == NULL || told == NULL ||
	    msg_sdp_read(&r->sdp[0], str_of(said), NULL) != 0 ||
	    msg_sdp_read(&r->sdp[1], str_of(told), NULL) != 0)
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
	struct talk *k[2];
	struct trace_rec rec;

	trace_get(r->c->t, pair->last, &rec);
	for (int side = 0; side < 2; side++) {
		struct str name = trace_str(
		    &rec, side == 0 ? "first" : "second", &r->scratch);

		k[side] = talk_of(r, pair->node, name);
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

		if (kind != TRACE_CALL &&
		    (kind != TRACE_SEND || trace_is_retx(r->c->t, seq)))
			continue;
		trace_get(r->c->t, seq, &rec);
		(kind == TRACE_CALL ? session_rule_take_call
				    : take_session_send)(r, seq, &rec);
	}
}

void
check_sessions(struct check *c)
{
	const struct fold_transaction *tr;
	struct reading *r = NULL;
	size_t at = 0, i = 0;
	struct str key;
	void *value;

	while ((tr = fold_next_transaction(c->fold, STR_NULL, &at)) != NULL &&
	       !session_rule_is_joined(c, tr))
		;
	if (tr == NULL)
		return;
	r = mem_zalloc(1, sizeof(*r));
	if (r == NULL || map_create(&r->talks) != 0 ||
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
	while (r->talks != NULL && map_next(r->talks, &i, &key, &value))
		free_talk(value);
	map_destroy(r->talks);
	map_destroy_all(r->calls);
	buf_free(&r->name);
	buf_free(&r->key);
	buf_free(&r->bytes);
	buf_free(&r->scratch);
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
