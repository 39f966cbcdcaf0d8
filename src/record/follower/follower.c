/*
 * The follower: which transaction and dialog a message is of, and questions
 * about all of them.  What a message says of itself is read in
 * follower_message.c, what it changes is in follower_apply.c, how things are
 * found in follower_tables.c.
 */
#include "follower/follower.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/bodies.h"
#include "msg/constants.h"
#include "msg/header_names.h"
#include "follower/follower_in.h"

const char *const follower_event_words[] = {
#define X(id, word) word,
	FOLLOWER_EVENTS(X)
#undef X
};

int
follower_create(struct follower **out, bool whole)
{
	struct follower *f = mem_zalloc(1, sizeof(*f));

	*out = NULL;
	if (f == NULL)
		return ERR_NOMEM;
	f->whole = whole;
	f->last_tx = &f->first_tx;
	f->last_dialog = &f->first_dialog;
	if (arena_create(&f->arena) != 0 || follower_make_tables(f) != 0) {
		follower_destroy(f);
		return ERR_NOMEM;
	}
	*out = f;
	return 0;
}

void
follower_destroy(struct follower *f)
{
	if (f == NULL)
		return;
	follower_free_tables(f);
	arena_destroy(f->arena);
	sent_message_free(&f->read);
	buf_free(&f->own);
	buf_free(&f->scratch);
	mem_free(f);
}

int
follower_error(const struct follower *f)
{
	return f->err != 0 ? f->err : f->scratch.err;
}

struct followed_tx *
follower_first_tx(const struct follower *f)
{
	return f->first_tx;
}

struct followed_dialog *
follower_first_dialog(const struct follower *f)
{
	return f->first_dialog;
}

/* ---- what it is of ---- */

/* The transaction of the message that is sent, or that it would answer. */
static void
find_tx(const struct follower *f, struct followed_message *s)
{
	bool ack = s->msg->request && s->msg->method == MSG_ACK;

	s->tx = follower_find_tx(f, s, ack ? STR("INVITE") : s->cseq.method);
	if (ack && s->tx == NULL)
		s->tx = follower_find_tx(f, s, STR("ACK"));
	if (ack && (s->tx == NULL || s->tx->method == MSG_ACK))
		s->like = follower_find_branch(f, s, STR("INVITE"));
	else if (s->tx == NULL && !s->msg->request)
		s->like = follower_find_any_branch(f, s, s->cseq.method);
	/* Of RFC 2543 a branch tells nothing. */
	if (s->like != NULL && s->like->old)
		s->like = NULL;
}

static void
find_dialog(const struct follower *f, struct followed_message *s, bool arrived)
{
	bool local_is_from = s->msg->request != arrived;

	s->dialog = local_is_from
			? follower_find_dialog(f, s, s->from_tag, s->to_tag)
			: follower_find_dialog(f, s, s->to_tag, s->from_tag);
}

/* The same request by the same way, or the same final response. */
static bool
is_repeated(const struct followed_message *s)
{
	const struct followed_tx *tx = s->tx;

	/* The first time it could not be read. */
	if (s->read && s->msg->request && tx == NULL)
		return false;
	if (s->marked)
		return true;
	if (!s->read || tx == NULL)
		return false;
	if (!s->msg->request)
		return tx->final != 0 && tx->final_by == s->node &&
		       tx->final_hash == str_hash_words(s->msg->bytes, 0);
	return s->msg->method == tx->method && tx->client == s->node &&
	       tx->request != 0 && str_eq(s->send->src_addr, tx->src_addr) &&
	       str_eq(s->send->dst_addr, tx->dst_addr);
}

static void
note_request(struct follower *f, const struct followed_message *s,
    struct followed_tx *tx)
{
	tx->client = s->node;
	tx->server = s->other;
	tx->method = s->msg->method;
	tx->method_name = follower_keep(f, s->msg->method_name);
	tx->stream = !addr_word_is_udp(s->via.transport);
	tx->initial = s->to_tag.n == 0;
	tx->origin = s->nvias == 1 && s->send->fwd == 0;
	tx->old = !str_starts(s->via.branch, SIP_COOKIE);
	tx->sent_by = follower_keep(f, s->via.sent_by);
	tx->from_tag = follower_keep(f, s->from_tag);
	tx->to_tag = follower_keep(f, s->to_tag);
	tx->uri = follower_keep(f, s->msg->uri);
	tx->src_addr = follower_keep(f, s->send->src_addr);
	tx->dst_addr = follower_keep(f, s->send->dst_addr);
	tx->routes = follower_keep(
	    f, follower_routes(s->msg, MSG_H_RECORD_ROUTE, false, &f->scratch));
	tx->contact = follower_keep(f, follower_contact(s->msg));
	tx->sdp = s->has_sdp;
	tx->nvias = s->nvias;
	tx->cseq = s->cseq.number;
	tx->relayed = s->send->fwd != 0;
	tx->request = s->seq;
	tx->t = s->time;
	tx->repeats.last = s->time;
}

/* A request that is new here: its transaction begins, or shows itself at
 * another point of its way. */
static void
begin_tx(struct follower *f, struct followed_message *s)
{
	if (!s->read || !s->msg->request)
		return;
	if (s->tx == NULL) {
		s->tx = follower_put_tx(f, s);
		if (s->tx == NULL)
			return;
		note_request(f, s, s->tx);
		s->tx->up = s->came;
		if (s->came != NULL && s->came->method == s->tx->method) {
			s->tx->beside = s->came->branches;
			s->came->branches = s->tx;
		}
		s->events |= FOLLOWER_BEGUN;
	} else if (s->msg->method == s->tx->method) {
		s->tx->twice = true;
	}
	if (s->tx == s->came)
		s->tx->passed_below = true;
}

void
follower_see(struct follower *f, struct followed_message *s)
{
	follower_name(f, s);
	if (s->send->fwd != 0 && s->send->fwd < s->seq)
		s->came = follower_tx_of(f, s->send->fwd);
	if (s->read)
		find_tx(f, s);
	find_dialog(f, s, false);
	s->repeated = is_repeated(s);
	if (s->repeated)
		s->events |= FOLLOWER_AGAIN;
	else
		begin_tx(f, s);
	follower_put_record(f, s->seq, s->tx);
}

void
follower_see_arrival(
    struct follower *f, struct followed_message *s, uint64_t sent, bool altered)
{
	follower_name(f, s);
	s->tx = follower_tx_of(f, sent);
	if (altered && s->read && s->msg->request && s->tx != NULL &&
	    s->tx->method == s->msg->method) {
		follower_lead_to_tx(f, s, s->tx);
		s->tx->contact = follower_keep(f, follower_contact(s->msg));
		s->tx->routes =
		    follower_keep(f, follower_routes(s->msg, MSG_H_RECORD_ROUTE,
					 false, &f->scratch));
	}
	follower_put_record(f, s->seq, s->tx);
	find_dialog(f, s, true);
}

/* ---- records ---- */

/* The bytes that SEQ's record has itself, else the bytes that were sent. */
static void
read_bytes(
    struct follower *f, const struct trace_rec *rec, struct followed_message *s)
{
	struct sent_message *m = &f->read;
	struct str bytes = STR_NULL;

	if (rec->seq != m->seq)
		bytes = trace_bytes(rec, &f->own);
	if (bytes.n == 0)
		bytes = trace_bytes(&m->sent, &m->bytes);
	if (f->own.err != 0 || m->bytes.err != 0)
		f->err = ERR_NOMEM;
	s->good = msg_read(&m->msg, bytes, NULL) == MSG_FAULT_NONE;
	s->msg = &m->msg;
	follower_see_message(s);
	s->has_sdp = msg_sdp_of(&m->msg).n > 0;
}

int
follower_read(struct follower *f, const struct trace *t, uint64_t seq,
    struct followed_message *s)
{
	struct sent_message *m = &f->read;
	struct trace_rec rec;
	int err;

	*s = (struct followed_message){ .seq = seq };
	trace_get(t, seq, &rec);
	if (rec.kind != TRACE_SEND && rec.kind != TRACE_RECV)
		return ERR_NOTFOUND;
	err = sent_message_read_record(m, t, &rec);
	if (err == 0 && !m->sip)
		err = ERR_NOTFOUND;
	if (err != 0)
		return err;
	s->time = rec.t;
	s->node = trace_node_of(t, seq);
	s->send = &m->send;
	s->marked = m->send.retx != 0;
	read_bytes(f, &rec, s);
	if (rec.kind == TRACE_SEND) {
		s->other = trace_find_name(t, m->send.dst);
		follower_see(f, s);
		follower_apply(f, s);
	} else {
		s->other = trace_node_of(t, m->seq);
		follower_see_arrival(f, s, m->seq, f->own.n > 0);
		follower_apply_arrival(f, s);
	}
	return follower_error(f);
}
