/*
 * One message's way into the list of calls.  A record is taken in whole or,
 * when memory runs out, not at all, so that one can go on later.
 */
#include "calls/calls_in.h"

#include "base/array.h"
#include "base/bisect.h"
#include "base/err.h"
#include "msg/header_names.h"
#include "text/utf8.h"
#include "msg/parts.h"

/* ---- a new row ---- */

/* "alice@atlanta.example.com" into c->text; the bytes of the user part. */
static size_t
calls_row_put_party(struct calls *c, struct str text)
{
	struct msg_uri uri;
	ptrdiff_t at;

	if (msg_uri_read(text, &uri) == 0 && uri.sip) {
		bool six = str_chr(uri.host, ':') >= 0;

		buf_str(&c->text, uri.user);
		buf_puts(&c->text, uri.user.n > 0 ? "@" : "");
		buf_puts(&c->text, six ? "[" : "");
		buf_str(&c->text, uri.host);
		buf_puts(&c->text, six ? "]" : "");
		if (uri.port != 0)
			buf_printf(&c->text, ":%u", (unsigned)uri.port);
		return uri.user.n > 0 ? uri.user.n : c->text.n;
	}
	if (str_istarts(text, "sip:"))
		text = str_slice(text, 4, text.n);
	buf_str(&c->text, text);
	at = str_chr(text, '@');
	return at > 0 ? (size_t)at : text.n;
}

static int
keep_party(struct calls *c, struct str uri, struct str *aor, size_t *user)
{
	buf_clear(&c->text);
	*user = calls_row_put_party(c, uri);
	if (c->text.err != 0)
		return ERR_NOMEM;
	return map_keep(c->store, buf_view(&c->text), aor);
}

static void
widen_cells(size_t *cells, struct str text)
{
	size_t n = utf8_width(text);

	if (n > *cells)
		*cells = n;
}

static int
calls_row_make_room(struct calls *c)
{
	if (c->nrows >= UINT32_MAX)
		return ERR_NOMEM;
	return ARRAY_ROOM(&c->rows, &c->cap, c->nrows + 1);
}

int
calls_new_row(struct calls *c, struct str call_id, struct str method,
    struct str from, struct str to, struct calls_row **out)
{
	struct calls_row *row;
	int err = calls_row_make_room(c);

	if (err != 0)
		return err;
	row = &c->rows[c->nrows];
	*row = (struct calls_row){
		.asked = -1, .told = -1, .talk_from = -1, .talk_to = -1
	};
	if ((err = map_keep(c->store, call_id, &row->call_id)) != 0 ||
	    (err = map_keep(c->store, method, &row->method)) != 0 ||
	    (err = keep_party(c, from, &row->from, &row->from_user)) != 0 ||
	    (err = keep_party(c, to, &row->to, &row->to_user)) != 0)
		return err;
	row->state =
	    str_is(row->method, "INVITE") ? CALLS_CALLING : CALLS_WAITING;
	err =
	    map_put(c->known, row->call_id, (void *)(uintptr_t)(c->nrows + 1));
	if (err != 0)
		return err;
	widen_cells(&c->widths.from, row->from);
	widen_cells(&c->widths.to, row->to);
	widen_cells(
	    &c->widths.from_user, str_slice(row->from, 0, row->from_user));
	widen_cells(&c->widths.to_user, str_slice(row->to, 0, row->to_user));
	widen_cells(&c->widths.call_id, row->call_id);
	c->in_state[row->state]++;
	c->nrows++;
	*out = row;
	return 0;
}

/* The message sends ROW's request, for the first time or again. */
static void
calls_row_ask(struct calls_row *row, const struct sent_message *m)
{
	row->asked = m->sent.t;
	row->asking = m->seq;
	row->branch = (uint32_t)str_hash(m->send.branch);
	row->end = CALLS_END_NONE;
}

/* A row for the message just read. */
static int
calls_row_add(struct calls *c, struct calls_row **out)
{
	const struct sent_message *m = &c->m;
	int err;

	/* Whatever can be read of a damaged message serves. */
	if (sent_message_read_text(&c->m) == ERR_NOMEM)
		return ERR_NOMEM;
	err = calls_new_row(c, m->send.call_id, sent_message_method(&m->send),
	    msg_addr_uri(msg_value(&m->msg, MSG_H_FROM)),
	    msg_addr_uri(msg_value(&m->msg, MSG_H_TO)), out);
	if (err != 0)
		return err;
	(*out)->first = m->seq;
	(*out)->t = m->sent.t;
	/* The capture may begin in the middle. */
	if (m->send.status == 0)
		calls_row_ask(*out, m);
	return 0;
}

/* ---- nodes ---- */

int
calls_number_node(struct calls *c, struct str name, uint32_t *number)
{
	uintptr_t known = (uintptr_t)map_get(c->names, name);
	struct str kept;
	int err;

	if (known != 0) {
		*number = (uint32_t)(known - 1);
		return 0;
	}
	if (ARRAY_ROOM(&c->nodes, &c->nodes_cap, c->nnodes + 1) != 0)
		return ERR_NOMEM;
	if ((err = map_keep(c->store, name, &kept)) != 0 ||
	    (err = map_put(
		 c->names, kept, (void *)(uintptr_t)(c->nnodes + 1))) != 0)
		return err;
	*number = (uint32_t)c->nnodes;
	c->nodes[c->nnodes++] = kept;
	return 0;
}

struct str
calls_node(const struct calls *c, const struct calls_row *row, size_t i)
{
	return c->nodes[row->nodes[i]];
}

/* One more than are kept stands for all others. */
void
calls_add_node(struct calls *c, struct calls_row *row, uint32_t number)
{
	size_t cells = 0;

	for (size_t i = 0; i < row->nnodes && i < CALLS_NODES; i++)
		if (row->nodes[i] == number)
			return;
	if (row->nnodes < CALLS_NODES)
		row->nodes[row->nnodes] = number;
	if (row->nnodes <= CALLS_NODES)
		row->nnodes++;
	for (size_t i = 0; i < row->nnodes && i < CALLS_NODES; i++)
		cells += utf8_width(calls_node(c, row, i)) + (i > 0);
	cells += row->nnodes > CALLS_NODES ? 2 : 0;
	if (cells > c->widths.nodes)
		c->widths.nodes = cells;
}

/* ---- what becomes of it ---- */

void
calls_enter(struct calls *c, struct calls_row *row, enum calls_state state)
{
	c->in_state[row->state]--;
	row->state = state;
	c->in_state[state]++;
}

/* What a response means: to an INVITE, and to another request. */
/* clang-format off */
static const struct {
	unsigned from, to;
	enum calls_state invite, other;
} answers[] = {
	{ 101, 199, CALLS_RINGING, CALLS_WAITING },
	{ 200, 299, CALLS_IN_CALL, CALLS_DONE },
	{ 300, 399, CALLS_DIVERTED, CALLS_DIVERTED },
	{ 401, 401, CALLS_CHALLENGED, CALLS_CHALLENGED },
	{ 407, 407, CALLS_CHALLENGED, CALLS_CHALLENGED },
	{ 408, 408, CALLS_FAILED, CALLS_FAILED },
	{ 486, 486, CALLS_BUSY, CALLS_BUSY },
	{ 487, 487, CALLS_CANCELLED, CALLS_CANCELLED },
	{ 500, 599, CALLS_FAILED, CALLS_FAILED },
	{ 600, 600, CALLS_BUSY, CALLS_BUSY },
	{ 400, 699, CALLS_REJECTED, CALLS_REJECTED },
};
/* clang-format on */

/* A tag as a number; 0 where there is none. */
static uint32_t
tag_number(struct str tag)
{
	return tag.n > 0 ? (uint32_t)str_hash(tag) | 1 : 0;
}

/* The conversation is the one with the first answerer: when a call was forked
 * and answered twice, the other dialog's BYE does not end it. */
static void
calls_row_begin_talk(struct calls *c, struct calls_row *row)
{
	(void)sent_message_read_text(&c->m);
	row->talk_tag = tag_number(c->m.to_tag);
	row->talk_from = c->m.sent.t;
	/* Its end overtook it. */
	if (row->state == CALLS_COMPLETED)
		row->talk_to = c->m.sent.t;
	else
		calls_enter(c, row, CALLS_IN_CALL);
}

static void
calls_row_end_talk(struct calls *c, struct calls_row *row)
{
	(void)sent_message_read_text(&c->m);
	if (row->talk_tag != 0 && tag_number(c->m.to_tag) != row->talk_tag &&
	    tag_number(c->m.from_tag) != row->talk_tag)
		return;
	if (row->talk_from >= 0)
		row->talk_to = c->m.sent.t;
	calls_enter(c, row, CALLS_COMPLETED);
}

bool
calls_answer(bool invite, unsigned status, enum calls_state *state)
{
	size_t i = 0, n = COUNT_OF(answers);

	while (i < n && (status < answers[i].from || status > answers[i].to))
		i++;
	if (i < n)
		*state = invite ? answers[i].invite : answers[i].other;
	return i < n;
}

/* The response just read tells the call's state; the caller knows it at the
 * first `recv` of it or of a forwarded copy. */
static void
note_told(struct calls *c, struct calls_row *row)
{
	struct sent_message *m = &c->m;

	if (row->telling == 0 && row->told < 0) {
		c->telling++;
		row->telling = m->seq;
	}
	if (m->send.status < 200 && row->status >= 200)
		return;
	row->status = m->send.status;
	(void)msg_read_start(&m->msg, trace_bytes(&m->sent, &m->bytes));
	if (map_keep(c->store, m->msg.reason, &row->reason) != 0)
		row->reason = STR_NULL;
}

/* The row of the message that REC is about, and which that is; or NULL. */
static struct calls_row *
calls_row_of(struct calls *c, const struct trace_rec *rec, uint64_t *of)
{
	size_t i;

	*of = (uint64_t)trace_int(rec, "of", 0);
	BISECT(i, 0, c->nmoments, c->moments[i].seq < *of);
	return i < c->nmoments && c->moments[i].seq == *of
		   ? &c->rows[c->moments[i].row]
		   : NULL;
}

/* The response just read goes to ROW's initiator and changes its state: the
 * answer to an earlier attempt comes again for that alone (RFC 3261 17.1.3). */
static bool
calls_row_counts(const struct calls *c, const struct calls_row *row)
{
	const struct trace_send *s = &c->m.send;

	return str_eq(s->cseq_method, row->method) &&
	       str_eq(s->dst, c->nodes[row->nodes[0]]) &&
	       (s->retx == 0 || row->branch == 0 ||
		   row->branch == (uint32_t)str_hash(s->branch));
}

/* REC, a recv: the first response that says how its call stands, or one after
 * it, may have arrived.  0 or ERR_NOMEM. */
static int
calls_row_take_arrival(
    struct calls *c, const struct trace *t, const struct trace_rec *rec)
{
	uint64_t of;
	struct calls_row *row = calls_row_of(c, rec, &of);
	int err;

	if (row == NULL || row->telling == 0 || of < row->telling)
		return 0;
	if (of > row->telling) {
		err = sent_message_read_record(&c->m, t, rec);
		if (err != 0 || c->m.send.status <= 100 ||
		    !calls_row_counts(c, row))
			return err == ERR_NOMEM ? err : 0;
	}
	row->told = rec->t;
	row->telling = 0;
	c->telling--;
	return 0;
}

/* Another attempt follows one that was sent elsewhere or asked for a password:
 * the delay is until that has an answer. */
static void
forget_told(struct calls *c, struct calls_row *row)
{
	if (row->telling != 0)
		c->telling--;
	row->telling = 0;
	row->told = -1;
	row->status = 0;
	row->reason = STR_NULL;
}

static void
calls_row_take_response(struct calls *c, struct calls_row *row)
{
	const struct trace_send *s = &c->m.send;
	enum calls_state state;

	if (row->talk_from >= 0 || !calls_row_counts(c, row))
		return;
	/* A provisional response stops no Timer F (17.1.2.2). */
	if (s->status >= 200 || str_is(row->method, "INVITE")) {
		row->asked = -1;
		row->asking = 0;
	}
	row->end = CALLS_END_NONE;
	if (s->status > 100)
		note_told(c, row);
	if (!calls_answer(str_is(row->method, "INVITE"), s->status, &state))
		return;
	if (state == CALLS_IN_CALL)
		calls_row_begin_talk(c, row);
	/* A provisional response that was slow changes nothing any more. */
	else if (s->status >= 200 || row->state == CALLS_CALLING)
		calls_enter(c, row, state);
}

static bool
calls_row_is_unanswered(const struct calls_row *row)
{
	return row->state == CALLS_CALLING || row->state == CALLS_RINGING;
}

/* The state of a request that is on its way. */
static enum calls_state
asking_state(const struct calls_row *row)
{
	return str_is(row->method, "INVITE") ? CALLS_CALLING : CALLS_WAITING;
}

/* The request of ROW once more: repeated, over a new connection, or with a
 * password or to another place. */
static void
calls_row_ask_again(struct calls *c, struct calls_row *row)
{
	if (c->m.send.retx != 0) {
		if (row->asking != 0)
			row->asking = c->m.seq;
		if (row->end == CALLS_END_NONE)
			return;
		row->end = CALLS_END_NONE;
	} else {
		if (row->state != CALLS_CALLING &&
		    row->state != CALLS_WAITING && row->state != CALLS_RINGING)
			forget_told(c, row);
		calls_row_ask(row, &c->m);
	}
	calls_enter(c, row, asking_state(row));
}

static void
calls_row_take_request(struct calls *c, struct calls_row *row)
{
	const struct trace_send *s = &c->m.send;
	bool theirs = str_eq(s->src, c->nodes[row->nodes[0]]);

	row->referred |= str_is(s->method, "REFER");
	if (str_is(s->method, "BYE")) {
		if (row->state == CALLS_IN_CALL || calls_row_is_unanswered(row))
			calls_row_end_talk(c, row);
	} else if (row->talk_from >= 0 || !theirs) {
		return;
	} else if (str_eq(s->method, row->method)) {
		calls_row_ask_again(c, row);
	} else if (str_is(s->method, "CANCEL") && s->retx == 0) {
		/* Until a final response says otherwise. */
		if (calls_row_is_unanswered(row))
			calls_enter(c, row, CALLS_CANCELLED);
	}
}

/* ---- what ends without a response ---- */

/* With record SEQ the request of ROW has failed for its sender. */
static int
calls_row_give_up(
    struct calls *c, struct calls_row *row, enum calls_end end, uint64_t seq)
{
	int err = calls_moment_room(c);

	if (err != 0)
		return err;
	row->end = end;
	calls_enter(c, row, CALLS_FAILED);
	calls_moment_add(c, row, seq);
	return 0;
}

/* RFC 3261 17.1.4: a request that can't be sent ends its transaction.  One that
 * goes another way then is another attempt. */
static int
take_drop(struct calls *c, const struct trace_rec *rec)
{
	enum trace_drop reason =
	    trace_drop_find(trace_str(rec, "reason", &c->text));
	struct calls_row *row;
	uint64_t of;

	if (c->text.err != 0)
		return ERR_NOMEM;
	if (reason != TRACE_DROP_NO_CONNECTION && reason != TRACE_DROP_TORN)
		return 0;
	row = calls_row_of(c, rec, &of);
	return row != NULL && of != 0 && row->asking == of
		   ? calls_row_give_up(c, row, CALLS_END_TRANSPORT, rec->seq)
		   : 0;
}

/* REC, an act, may crash the initiator. */
static int
calls_row_take_act(struct calls *c, const struct trace_rec *rec)
{
	uintptr_t node;
	int err = 0;

	if (!str_is(trace_str(rec, "verb", &c->text), "crash"))
		return c->text.err;
	node = (uintptr_t)map_get(c->names, trace_str(rec, "on", &c->text));
	if (node == 0)
		return c->text.err;
	for (size_t i = 0; err == 0 && i < c->nrows; i++) {
		struct calls_row *row = &c->rows[i];

		if (row->nodes[0] == node - 1 && row->end == CALLS_END_NONE &&
		    (calls_row_is_unanswered(row) ||
			row->state == CALLS_WAITING))
			err = calls_row_give_up(
			    c, row, CALLS_END_CRASH, rec->seq);
	}
	return err;
}

/* The message just read is sent. */
static int
calls_row_take_message(struct calls *c)
{
	const struct trace_send *s = &c->m.send;
	struct calls_row *row;
	uint32_t from, to;
	uintptr_t at;
	int err;

	if ((err = calls_number_node(c, s->src, &from)) != 0 ||
	    (err = calls_number_node(c, s->dst, &to)) != 0)
		return err;
	if ((err = calls_moment_room(c)) != 0)
		return err;
	at = (uintptr_t)map_get(c->known, s->call_id);
	if (at == 0 && (err = calls_row_add(c, &row)) != 0)
		return err;
	if (at != 0)
		row = &c->rows[at - 1];
	/* The first node is the one that asked. */
	calls_add_node(c, row, s->status != 0 ? to : from);
	calls_add_node(c, row, s->status != 0 ? from : to);
	row->messages++;
	row->retx += s->retx != 0;
	row->last = c->m.seq;
	row->t_last = c->m.sent.t;
	if (s->status != 0)
		calls_row_take_response(c, row);
	else
		calls_row_take_request(c, row);
	calls_moment_add(c, row, row->last);
	return 0;
}

int
calls_take(struct calls *c, const struct trace *t, uint64_t seq)
{
	enum trace_kind kind = trace_kind_of(t, seq);
	struct trace_rec rec;
	int err;

	if (kind == TRACE_SEND) {
		err = sent_message_read(&c->m, t, seq);
		if (err == 0)
			err = related_calls_note(
			    c->related, t, seq, c->m.send.proto);
		if (err == 0 && c->m.sip && c->m.send.call_id.n > 0)
			return calls_row_take_message(c);
		return err == ERR_NOMEM ? err : 0;
	}
	if ((kind != TRACE_RECV || c->telling == 0) && kind != TRACE_DROP &&
	    kind != TRACE_ACT)
		return 0;
	trace_get(t, seq, &rec);
	return kind == TRACE_RECV   ? calls_row_take_arrival(c, t, &rec)
	       : kind == TRACE_DROP ? take_drop(c, &rec)
				    : calls_row_take_act(c, &rec);
}
