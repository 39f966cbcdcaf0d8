/*
 * Receiving: a message through the gate, to its transaction, or up to the
 * node.  RFC 3261 18.1.2, 18.2.1, 17.1.3, 17.2.3; RFC 3581 section 4; RFC 5923
 * 8.2.
 */
#include "sip/stack.h"

#include "base/err.h"
#include "base/ref.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "msg/splice.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"
#include "sip/osip_read.h"
#include "sip/transaction_in.h"

/* ---- INVITEs rejected without a transaction: RFC 3261 8.2.7 ---- */

/* STACK->key becomes M's, with that of its INVITE for an ACK. */
static bool
write_key(struct sip_stack *s, const struct msg *m)
{
	struct msg_via via;

	return msg_top_via(m, &via) == 0 &&
	       sip_key_server(s, m, &via, sip_key_method(m)) == 0;
}

/*
 * INVITEs are remembered that were rejected without a transaction, lately:
 * malformed or too large ones, those of a stateless proxy, INVITEs that a fault
 * answers in the node's place.  The ACK for such an answer finds no
 * transaction, and would be taken for one of a 2xx, which a proxy forwards.
 * RFC 3261 8.2.7: a server that answers like that ignores ACK requests.
 *
 * Answers of that kind are not retransmitted, so entries older than 64*T1 are
 * forgotten; of more than SIP_ANSWERED at once the oldest are.
 */
void
sip_answered_add(struct sip_stack *s, const struct msg *m, unsigned status)
{
	struct sip_answered *a;

	if (m->method != MSG_INVITE || status < 300 || !write_key(s, m))
		return;
	a = &s->answered[s->nanswered++ % SIP_ANSWERED];
	a->t = sim_now(s->config.engine->sim);
	a->key = str_hash(buf_view(&s->key));
}

/* ACK is for such an answer. */
static bool
sip_answered_is(struct sip_stack *s, const struct msg *ack)
{
	int64_t now = sim_now(s->config.engine->sim);
	size_t n = s->nanswered < SIP_ANSWERED ? s->nanswered : SIP_ANSWERED;
	uint64_t key;

	if (n == 0 || !write_key(s, ack))
		return false;
	key = str_hash(buf_view(&s->key));
	for (size_t i = 0; i < n; i++)
		if (s->answered[i].key == key &&
		    now - s->answered[i].t <= SIP_64T1_NS)
			return true;
	return false;
}

/* ---- records ---- */

/* Which limit M exceeds, and what in it does. */
static void
put_excess(struct trace_writer *w, const struct msg *m, struct str *at)
{
	struct msg_excess x;

	if (!msg_find_excess(m, &x))
		return;
	trace_put_cstr(w, "limit", msg_limit_name(x.limit));
	trace_put_int(w, "size", (int64_t)x.size);
	trace_put_int(w, "max", (int64_t)msg_limit_most(x.limit));
	*at = x.at;
}

/* The line with the CR or LF that stands alone. */
static void
put_bad_line(struct trace_writer *w, const struct msg *m, struct str *at)
{
	struct str line;
	size_t n = msg_line_at(m, *at, &line);

	if (n == 0)
		return;
	trace_put_int(w, "line", (int64_t)n);
	*at = line;
}

static void
receiver_record_bad(struct sip_stack *s, const struct msg *m,
    enum msg_fault fault, struct str at, enum rule_id why)
{
	struct sim *sim = s->config.engine->sim;
	struct trace_writer *w = sim_trace(sim);

	sim_open(sim, TRACE_BAD, s->config.node, why);
	trace_put_cstr(w, "fault", msg_fault_name(fault));
	if (fault == MSG_FAULT_MISSING)
		at = msg_fault_field(m, fault, at);
	else if (fault == MSG_FAULT_TOO_LARGE)
		put_excess(w, m, &at);
	else if (fault == MSG_FAULT_BARE_CR)
		put_bad_line(w, m, &at);
	if (at.n > 0)
		trace_put_str(w, "at", str_slice(at, 0, 200));
	sim_set_cause(sim, trace_close(w));
}

static void
receiver_record_drop(struct sip_stack *s, const struct sip_in *in,
    enum trace_drop reason, enum rule_id why)
{
	struct sim *sim = s->config.engine->sim;
	struct trace_writer *w = sim_trace(sim);

	sim_open(sim, TRACE_DROP, s->config.node, why);
	trace_put_cstr(w, "reason", trace_drop_name(reason));
	trace_put_int(w, "of", (int64_t)in->recv);
	trace_close(w);
}

static void
record_stray(struct sip_stack *s, const struct sip_in *in, enum rule_id why)
{
	receiver_record_drop(s, in, TRACE_DROP_UNMATCHED, why);
}

/* ---- another parser's opinion ---- */

/* What libosip2 does with a message, and what is LOST. */
static void
record_osip(struct sip_stack *s, const char *what, struct str lost)
{
	struct sim *sim = s->config.engine->sim;
	struct trace_writer *w = sim_trace(sim);
	LOCAL_BUF text = BUF_INIT;

	buf_printf(&text, "libosip2 %s %s%.*s", sip_engine_version(), what,
	    STR_ARG(lost));
	if (text.err != 0) {
		sip_no_memory(s->config.engine);
		return;
	}
	sim_open(sim, TRACE_NOTE, s->config.node, RULE_NONE);
	trace_put_str(w, "text", buf_view(&text));
	trace_close(w);
}

/* libosip2 takes IN, which is well formed, or need not be asked. */
static bool
osip_takes(struct sip_stack *s, const struct sip_in *in)
{
	LOCAL_BUF lost = BUF_INIT;
	int err;

	if (!s->config.osip)
		return true;
	if (sip_osip_endangers(in->m->bytes)) {
		record_osip(s,
		    "does not get this message, which contains a NUL or a "
		    "multipart body",
		    STR_NULL);
		return true;
	}
	err = sip_osip_read(in->m->bytes, &lost);
	if (err == ERR_SYNTAX) {
		record_osip(s, "rejects this message", STR_NULL);
		receiver_record_drop(s, in, TRACE_DROP_REFUSED, RULE_NONE);
	} else if (err != 0) {
		sip_no_memory(s->config.engine);
	} else if (lost.n > 0) {
		record_osip(s, "loses ", buf_view(&lost));
	}
	return err == 0;
}

/* ---- from where it came ---- */

/* The parameter NAME in PARAMS from its name to the end of its value. */
static bool
find_via_param(struct str params, const char *name, struct str *whole)
{
	struct str rest = params, n, value;

	while (msg_next_param(&rest, &n, &value)) {
		if (!str_iis(n, name))
			continue;
		*whole = value.n > 0 ? (struct str){ n.p,
			(size_t)(value.p + value.n - n.p) }
				     : n;
		return true;
	}
	return false;
}

/* PARAM, ";name=value", in the Via, in the place of the former one. */
static void
put_via_param(struct msg_splice *sp, struct str via, struct str params,
    const char *name, const struct buf *param)
{
	struct str old, text = buf_view(param);

	if (param->err != 0)
		sp->err = param->err;
	else if (find_via_param(params, name, &old))
		msg_splice_replace(sp, old, str_slice(text, 1, text.n));
	else
		msg_splice_after(sp, via, text);
}

/*
 * 18.2.1: the top Via gets "received" when its host is a name or not the
 * source address; RFC 3581 section 4: and always, together with a value for
 * rport, when the client asks for rport.  False where the message stays as it
 * is.  The parameters are put together in TEXT.
 */
static bool
mark_source(struct msg_splice *sp, const struct msg *m,
    const struct msg_via *via, const struct addr *src, struct buf *text)
{
	struct str value = sip_top_via(m);
	struct addr sent_by;

	if (!via->has_rport && via->received.n == 0 &&
	    addr_parse(via->host, &sent_by) == 0 && addr_same_ip(&sent_by, src))
		return false;
	msg_splice_init(sp, m->bytes);
	/* Here an IPv6 address has no brackets (25.1, via-received). */
	buf_clear(text);
	buf_puts(text, ";received=");
	addr_write_bare(src, text);
	put_via_param(sp, value, via->params, "received", text);
	if (via->has_rport) {
		buf_clear(text);
		buf_puts(text, ";rport=");
		buf_u64(text, src->port);
		put_via_param(sp, value, via->params, "rport", text);
	}
	return true;
}

/* The message that SP makes, in *OUT, or NULL, which the run has been told. */
static void
make_marked(
    struct sip_engine *e, const struct msg_splice *sp, struct sip_bytes **out)
{
	if (sip_bytes_changed(e->sim, sp, out) == 0)
		return;
	buf_free(&e->text);
	sip_no_memory(e);
}

/* IN's bytes and message become those of a request with its source marked; *VIA
 * is its top Via then, empty where that can't be read. */
static int
take_marked(struct sip_engine *e, struct sip_in *in, struct msg_via *via)
{
	struct msg_splice sp;
	struct sip_bytes *b;

	if (msg_top_via(&e->view, via) != 0 ||
	    !mark_source(&sp, &e->view, via, &in->src, &e->text))
		return 0;
	make_marked(e, &sp, &b);
	if (b != NULL) {
		sip_recent_messages_move(
		    &e->recent, in->bytes, b, &sp, &e->view);
		sip_bytes_unref(in->bytes);
		in->bytes = b;
		msg_top_via(&e->view, via);
	}
	msg_splice_free(&sp);
	return b != NULL ? 0 : ERR_NOMEM;
}

int
sip_mark_stream(
    struct sip_stack *s, const struct sip_in *in, struct sip_bytes **out)
{
	struct sip_engine *e = s->config.engine;
	struct msg_splice sp;
	struct msg_via via;

	*out = NULL;
	if (msg_top_via(in->m, &via) == 0) {
		via.has_rport = true;
		if (mark_source(&sp, in->m, &via, &in->src, &e->text)) {
			make_marked(e, &sp, out);
			msg_splice_free(&sp);
			return *out != NULL ? 0 : ERR_NOMEM;
		}
	}
	*out = sip_bytes_ref(in->bytes);
	return 0;
}

/* ---- to whom it goes ---- */

/* 18.1.2: the top Via's sent-by is what this stack puts there. */
static bool
is_ours(const struct sip_stack *s, const struct msg_via *via)
{
	return sip_own_in_via(s, via).len != 0;
}

/* It is what TR put there, before the node had its present address. */
static bool
was_ours(struct sip_engine *e, const struct sip_transaction *tr,
    const struct msg_via *via)
{
	struct msg_via sent;

	return sip_own_read(e, tr->request) == MSG_FAULT_NONE &&
	       msg_top_via(&e->own, &sent) == 0 &&
	       str_ieq(sent.sent_by, via->sent_by);
}

/* ---- messages with faults ---- */

/* By which rule a request with FAULT is answered. */
static enum rule_id
answer_rule(enum msg_fault fault)
{
	return fault == MSG_FAULT_TOO_LARGE ? RULE_MESSAGE_LARGE
	       : fault == MSG_FAULT_VERSION ? RULE_BAD_VERSION
					    : RULE_BAD_REQUEST;
}

/* By which rule IN is not taken. */
static enum rule_id
find_refusal_rule(const struct sip_in *in, enum msg_fault fault)
{
	if (str_istarts(in->m->start_line, "SIP/"))
		return RULE_BAD_RESPONSE;
	return in->m->request ? answer_rule(fault) : RULE_NONE;
}

/* What has no acceptable form: recorded, and answered where 8.2 and 18.3 let
 * a request be answered. */
static void
refuse_message(struct sip_stack *s, struct sip_in *in, enum msg_fault fault,
    struct str at, enum rule_id why)
{
	unsigned status = msg_fault_status(fault);
	LOCAL_BUF phrase = BUF_INIT;
	struct msg_via via;

	if (fault == MSG_FAULT_EMPTY)
		return;
	receiver_record_bad(s, in->m, fault, at, why);
	if (!msg_fault_is_answered(in->m, fault))
		return;
	/* Before the Via is marked: AT lies in the bytes as they came. */
	msg_fault_phrase(in->m, fault, at, &phrase);
	if (phrase.err != 0)
		sip_no_memory(s->config.engine);
	else if (take_marked(s->config.engine, in, &via) == 0)
		sip_stack_respond(s, in, status, buf_view(&phrase), STR_NULL,
		    answer_rule(fault));
}

/* 8.1.3.3, 16.7 step 3: with others' Vias than TR's request had it went astray.
 */
static bool
has_its_vias(const struct sip_transaction *tr, const struct msg *m)
{
	return msg_count_values(m, MSG_H_VIA) == tr->nvias;
}

/*
 * 8.2.6.2: M brings back Call-ID, CSeq and From's tag of the request of TR,
 * whose branch it has.  The originator of that request checks this: a dialog is
 * told by them (12), and M would be an answer within another one.  A forwarded
 * request has more than one Via; for its responses a proxy checks no more than
 * 17.1.3, and forwards them.
 */
static bool
answers_it(const struct sip_transaction *tr, const struct msg *m,
    const struct msg_cseq *cseq)
{
	return tr->nvias > 1 ||
	       (cseq->number == tr->cseq &&
		   str_eq(msg_value(m, MSG_H_CALL_ID), tr->call_id) &&
		   str_eq(msg_tag_of(m, MSG_H_FROM), tr->from_tag));
}

static void
receive_response(struct sip_stack *s, struct sip_in *in)
{
	struct sip_transaction *tr = NULL;
	struct msg_cseq cseq = { 0 };
	struct msg_via via;
	bool ours = false;

	sip_settle(s, in->m, false);
	/* 17.1.3: the branch, and the method in CSeq */
	if (msg_top_via(in->m, &via) == 0) {
		ours = is_ours(s, &via);
		if (msg_cseq_read(msg_value(in->m, MSG_H_CSEQ), &cseq) == 0 &&
		    sip_key_client(s, via.branch, cseq.method) == 0)
			tr = map_get(s->clients, buf_view(&s->key));
	}
	if (!ours && tr != NULL && !was_ours(s->config.engine, tr, &via))
		tr = NULL;
	if (tr != NULL && !has_its_vias(tr, in->m))
		record_stray(s, in, RULE_RESPONSE_VIAS);
	else if (tr != NULL && !answers_it(tr, in->m, &cseq))
		record_stray(s, in, RULE_RESPONSE_OTHERS);
	else if (tr != NULL) {
		if (s->overload != NULL)
			s->overload->hear(&tr->peer, &via, s->overload_arg);
		sip_transaction_receive(tr, in);
	} else if (!ours || !s->config.stray(in, s->config.arg))
		record_stray(s, in, RULE_STRAY);
}

/* RFC 5923 8.2: the connection serves the other direction as well, for the host
 * from where it came and the port that its Via advertises. */
static void
take_alias(
    struct sip_stack *s, const struct sip_in *in, const struct msg_via *via)
{
	struct addr advertised = in->src;
	struct str none;

	if (!addr_is_stream(&in->src) ||
	    !msg_param(via->params, "alias", &none))
		return;
	advertised.port = msg_via_port(via);
	s->config.alias(&in->src, &advertised, s->config.arg);
}

/* 8.2.6.2, 12.1.1: answers copy these. */
static bool
leaves_no_room(const struct msg *m)
{
	static const enum msg_header copied[] = { MSG_H_VIA, MSG_H_FROM,
		MSG_H_TO, MSG_H_CALL_ID, MSG_H_CSEQ, MSG_H_RECORD_ROUTE };
	const size_t most_bytes = MSG_MAX_HEAD - MSG_ANSWER_HEAD,
		     most = MSG_MAX_HEADERS - MSG_ANSWER_HEADERS;
	size_t bytes = 0, n = 0;

	if (msg_head(m).n <= most_bytes && m->nfields <= most)
		return false;
	for (size_t i = 0; i < m->nfields; i++)
		for (size_t k = 0; k < COUNT_OF(copied); k++)
			if (m->fields[i].id == copied[k]) {
				bytes += m->fields[i].line.n;
				n++;
			}
	return bytes > most_bytes || n > most;
}

/* The field because of which no answer to M could be a message that others
 * take: its top Via says from where it came (18.2.1), its To has a tag
 * (8.2.6.2), and there is more.  M's source is marked. */
static const struct msg_field *
find_overfull(const struct msg *m)
{
	struct str to = msg_value(m, MSG_H_TO);

	if (msg_has_many_params(m, sip_top_via(m)) || leaves_no_room(m))
		return msg_field(m, MSG_H_VIA, 0);
	return to.n > MSG_MAX_PARAMS && msg_tag(to).n == 0 &&
		       msg_most_params(to) == MSG_MAX_PARAMS
		   ? msg_field(m, MSG_H_TO, 0)
		   : NULL;
}

static void
receive_request(struct sip_stack *s, struct sip_in *in)
{
	struct sip_transaction *tr = NULL;
	const struct msg_field *full;
	struct msg_via via;

	if (take_marked(s->config.engine, in, &via) != 0)
		return;
	full = find_overfull(in->m);
	if (full != NULL) {
		refuse_message(
		    s, in, MSG_FAULT_TOO_LARGE, full->line, RULE_MESSAGE_LARGE);
		return;
	}
	take_alias(s, in, &via);
	sip_settle(s, in->m, false);
	if (sip_key_server(s, in->m, &via, sip_key_method(in->m)) == 0)
		tr = map_get(s->servers, buf_view(&s->key));
	if (tr != NULL) {
		sip_transaction_receive(tr, in);
		return;
	}
	/* 8.2.7: an ACK for such an answer has arrived, and that is all. */
	if (in->m->method == MSG_ACK && sip_answered_is(s, in->m))
		return;
	if (s->config.stateless(in, s->config.arg))
		return;
	/* 17.1.1.3: the ACK for a 2xx belongs to no transaction. */
	if (in->m->method == MSG_ACK ||
	    sip_server_create(s, in, &via, &in->tr) == 0)
		s->config.request(in, s->config.arg);
}

void
sip_stack_receive(struct sip_stack *s, struct str bytes, const struct addr *src,
    const struct addr *own, uint64_t recv)
{
	struct sip_engine *e = s->config.engine;
	struct sip_in in = { &e->view, sip_shared_bytes(e, bytes), *src, recv,
		NULL, own != NULL ? *own : (struct addr){ 0 } };
	enum msg_fault fault;
	uint64_t cause = sim_cause(e->sim);
	struct str at;

	if (in.bytes == NULL) {
		sip_no_memory(e);
		return;
	}
	ref_keep(s);
	fault = sip_recent_messages_judge(&e->recent, in.bytes, &e->view, &at);
	if (fault != MSG_FAULT_NONE)
		refuse_message(
		    s, &in, fault, at, find_refusal_rule(&in, fault));
	else if (osip_takes(s, &in))
		(e->view.request ? receive_request : receive_response)(s, &in);
	sip_bytes_unref(in.bytes);
	sim_set_cause(e->sim, cause);
	ref_drop(s);
}

void
sip_stack_refuse(struct sip_stack *s, struct str bytes, enum msg_fault fault,
    const struct addr *src, const struct addr *own, uint64_t recv)
{
	struct sip_engine *e = s->config.engine;
	struct sip_in in = { &e->view, sip_bytes_new(e->sim, bytes), *src, recv,
		NULL, own != NULL ? *own : (struct addr){ 0 } };
	uint64_t cause = sim_cause(e->sim);
	enum rule_id why = RULE_STREAM_LENGTH;
	const struct msg_field *length;

	if (in.bytes == NULL) {
		sip_no_memory(e);
		return;
	}
	ref_keep(s);
	msg_read(&e->view, sip_bytes_view(in.bytes), NULL);
	length = msg_field(&e->view, MSG_H_CONTENT_LENGTH, 0);
	if (fault == MSG_FAULT_TORN)
		why = RULE_STREAM_TORN;
	else if (fault == MSG_FAULT_TOO_LARGE)
		why = find_refusal_rule(&in, fault);
	refuse_message(s, &in, fault,
	    why == RULE_STREAM_LENGTH && length != NULL ? length->line
							: e->view.start_line,
	    why);
	sip_bytes_unref(in.bytes);
	sim_set_cause(e->sim, cause);
	ref_drop(s);
}
