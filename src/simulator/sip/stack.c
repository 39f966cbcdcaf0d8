/*
 * The stack: the keys of transactions (RFC 3261 17.1.3, 17.2.3), sending, and
 * the answers that need no transaction (8.2.7).  Receiving is in
 * stack_receive.c, what the transports ask of messages in transport.c.
 */
#include "sip/stack.h"

#include "base/err.h"
#include "base/ref.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "sip/defaults.h"
#include "sip/transaction_in.h"

#include <string.h>

/* Those who hold one are its owner, until sip_stack_destroy, and functions at
 * work on it. */
static void
stack_free(void *p)
{
	struct sip_stack *s = p;

	map_destroy(s->clients);
	map_destroy(s->servers);
	buf_free(&s->key);
}

int
sip_stack_create(struct sip_stack **sp, const struct sip_stack_config *config)
{
	static const char *const names[] = {
#define X(id, name) [SIP_STREAM_##id] = name,
		SIP_STREAMS(X)
#undef X
	};
	struct sip_stack *s = ref_alloc(sizeof(*s), stack_free);

	*sp = NULL;
	if (s == NULL)
		return ERR_NOMEM;
	s->config = *config;
	list_init(&s->transactions);
	list_init(&s->failing);
	list_init(&s->large);
	list_init(&s->ways_back);
	if (sip_stack_set_addr(s, &config->addr) != 0 ||
	    map_create_borrowing(&s->clients) != 0 ||
	    map_create_borrowing(&s->servers) != 0) {
		sip_stack_destroy(s);
		return ERR_NOMEM;
	}
	for (size_t i = 0; i < SIP_STREAM_COUNT; i++)
		rng_init(&s->streams[i], sim_seed(config->engine->sim),
		    config->node, names[i]);
	*sp = s;
	return 0;
}

static void
end_all(struct list *transactions)
{
	struct list *first;

	while ((first = list_first(transactions)) != NULL)
		sip_transaction_destroy(
		    LIST_ENTRY(first, struct sip_transaction, link));
}

void
sip_stack_destroy(struct sip_stack *s)
{
	if (s == NULL)
		return;
	end_all(&s->transactions);
	end_all(&s->failing);
	list_each (struct sip_large, l, &s->large, link)
		sip_large_free(l);
	sip_response_paths_end(s);
	ref_drop(s);
}

void
sip_stack_set_overload(
    struct sip_stack *s, const struct sip_overload_ops *ops, void *arg)
{
	s->overload = ops;
	s->overload_arg = arg;
}

int
sip_stack_set_addr(struct sip_stack *s, const struct addr *a)
{
	LOCAL_BUF text = BUF_INIT;
	int err;

	addr_write(a, &text);
	err = text.err;
	if (err == 0) {
		s->config.addr = *a;
		memcpy(s->addr_text, text.p, text.n + 1);
	}
	return err;
}

struct sim *
sip_stack_sim(const struct sip_stack *s)
{
	return s->config.engine->sim;
}

struct sip_engine *
sip_stack_engine(const struct sip_stack *s)
{
	return s->config.engine;
}

const char *
sip_stack_node(const struct sip_stack *s)
{
	return s->config.node;
}

void
sip_stack_begin_via(const struct sip_stack *s, struct buf *out)
{
	buf_puts(out, "SIP/2.0/UDP ");
	buf_puts(
	    out, s->config.sent_by != NULL ? s->config.sent_by : s->addr_text);
}

void
sip_stack_token(
    struct sip_stack *s, enum sip_stream stream, size_t n, struct buf *out)
{
	rng_token(&s->streams[stream], out, n);
}

char *
sip_stack_new_token(struct sip_stack *s, enum sip_stream stream, size_t n)
{
	struct buf b;

	buf_begin(&b, n);
	sip_stack_token(s, stream, n, &b);
	return buf_take(&b);
}

uint64_t
sip_stack_below(struct sip_stack *s, enum sip_stream stream, uint64_t bound)
{
	return rng_below(&s->streams[stream], bound);
}

void
sip_stack_branch(struct sip_stack *s, struct buf *out)
{
	buf_puts(out, SIP_COOKIE "-");
	buf_puts(out, s->config.node);
	buf_putc(out, '-');
	sip_stack_token(s, SIP_STREAM_BRANCH, 8, out);
}

/* ---- keys of transactions ---- */

struct str
sip_top_via(const struct msg *m)
{
	struct str v = msg_value(m, MSG_H_VIA);

	return msg_cut_value(&v);
}

/* The parameters of a Via as its sender wrote them: without what a receiver
 * adds (18.2.1, RFC 3581 4), which a request that was answered before it came
 * in lacks. */
static void
put_sent_params(struct str params, struct buf *k)
{
	struct str name, value;

	while (msg_next_param(&params, &name, &value)) {
		if (str_iis(name, "received") || str_iis(name, "rport"))
			continue;
		buf_putc(k, ';');
		buf_str(k, name);
		buf_putc(k, '=');
		buf_str(k, value);
	}
}

/* 17.2.3: branch, sent-by, and the method, ACK counting as INVITE; without
 * the magic cookie the fields that RFC 2543 compared. */
int
sip_key_server(struct sip_stack *s, const struct msg *m,
    const struct msg_via *via, struct str method)
{
	struct buf *k = &s->key;
	struct msg_cseq cseq;

	if (msg_cseq_read(msg_value(m, MSG_H_CSEQ), &cseq) != 0)
		return ERR_SYNTAX;
	buf_clear(k);
	buf_str(k, method);
	buf_putc(k, ' ');
	if (str_starts(via->branch, SIP_COOKIE)) {
		buf_str(k, via->branch);
		buf_putc(k, ' ');
		buf_str(k, via->sent_by);
	} else {
		buf_str(k, m->uri);
		buf_putc(k, ' ');
		buf_str(k, msg_tag_of(m, MSG_H_FROM));
		buf_putc(k, ' ');
		buf_str(k, msg_value(m, MSG_H_CALL_ID));
		buf_printf(k, " %u ", cseq.number);
		buf_str(k, via->transport);
		buf_putc(k, ' ');
		buf_str(k, via->sent_by);
		put_sent_params(via->params, k);
	}
	return k->err;
}

int
sip_key_client(struct sip_stack *s, struct str branch, struct str method)
{
	buf_clear(&s->key);
	buf_str(&s->key, method);
	buf_putc(&s->key, ' ');
	buf_str(&s->key, branch);
	return s->key.err;
}

/* 17.2.3: an ACK goes with its INVITE. */
struct str
sip_key_method(const struct msg *m)
{
	return m->method == MSG_ACK ? STR("INVITE") : m->method_name;
}

/* ---- records ---- */

void
sip_describe(const struct msg *m, struct trace_message *out)
{
	struct msg_via via = { 0 };

	memset(out, 0, sizeof(*out));
	out->proto = TRACE_PROTO_SIP;
	if (m->request)
		out->method = m->method_name;
	else
		out->status = m->status;
	out->cseq = msg_value(m, MSG_H_CSEQ);
	out->call_id = msg_value(m, MSG_H_CALL_ID);
	if (msg_top_via(m, &via) == 0)
		out->branch = via.branch;
}

/* ---- awaited responses ---- */

static uint64_t
awaited_number(char kind, struct str which, struct str cseq)
{
	uint64_t h = str_hash_number(STR_HASH_START, (unsigned char)kind);

	return str_hash_end(str_hash_add(str_hash_add(h, which), cseq));
}

uint64_t
sip_awaited(const struct trace_message *m)
{
	struct str method, number = str_cut(m->cseq, ' ', &method);

	if (str_is(m->method, "ACK"))
		return 0;
	if (m->method.n > 0)
		return awaited_number('f', m->branch, m->cseq);
	if (m->status < 200)
		return awaited_number('p', m->call_id, m->cseq);
	return str_is(method, "INVITE")
		   ? awaited_number('a', m->call_id, number)
		   : 0;
}

void
sip_settle(struct sip_stack *s, const struct msg *m, bool sent)
{
	struct str rest, cseq = msg_value(m, MSG_H_CSEQ),
			 id = msg_value(m, MSG_H_CALL_ID);
	struct msg_via via = { 0 };
	uint64_t what = 0;

	msg_top_via(m, &via);
	if (!m->request && m->status >= 200) {
		what = sent ? awaited_number('p', id, cseq)
			    : awaited_number('f', via.branch, cseq);
	} else if (m->request && !sent && m->method == MSG_ACK) {
		what = awaited_number('a', id, str_cut(cseq, ' ', &rest));
	} else if (m->request && !sent && m->method == MSG_PRACK) {
		/* RFC 3262 7.2: RSeq, and the CSeq of the INVITE */
		str_cut(msg_value(m, MSG_H_RACK), ' ', &rest);
		what = awaited_number('p', id, rest);
	}
	if (what != 0 && s->config.settled != NULL)
		s->config.settled(what, s->config.arg);
}

/* ---- sending ---- */

/* E->own reads BYTES, sharing cached bytes of the same message, so that its
 * receiver finds them.  False where they are no message. */
static bool
read_shared(struct sip_engine *e, struct str bytes)
{
	LOCAL_REF struct sip_bytes *b = sip_shared_bytes(e, bytes);
	bool ok = b != NULL && sip_own_read(e, b) == MSG_FAULT_NONE;
	return ok;
}

/* E->own reads BYTES; false where they are no message.  One larger than the
 * accepted size may be sent: the 513 with all Vias of its request. */
static bool
stack_read_own(struct sip_engine *e, struct str bytes)
{
	enum msg_fault fault;

	/* Most messages that are sent have been read just now. */
	if (e->own_of != NULL && e->own_of->p == bytes.p)
		return true;
	if (read_shared(e, bytes))
		return true;
	sip_own_is(e, NULL);
	fault = msg_read(&e->own, bytes, NULL);
	return fault == MSG_FAULT_NONE || fault == MSG_FAULT_TOO_LARGE;
}

/* BYTES are what E->own reads. */
static uint64_t
send_own(struct sip_stack *s, struct str bytes, const struct addr *from,
    const struct addr *dst, const struct sip_origin *why, uint64_t retx)
{
	struct trace_message m;

	sip_describe(&s->config.engine->own, &m);
	m.fwd = why->fwd;
	m.retx = retx;
	sip_settle(s, &s->config.engine->own, true);
	return s->config.send(from, dst, bytes, &m, why->why, s->config.arg);
}

uint64_t
sip_send(struct sip_stack *s, struct str bytes, const struct addr *from,
    const struct addr *dst, const struct sip_origin *why, uint64_t retx)
{
	struct sip_engine *e = s->config.engine;

	return stack_read_own(e, bytes)
		   ? send_own(s, bytes, from, dst, why, retx)
		   : sim_cause(e->sim);
}

uint64_t
sip_send_fit(struct sip_stack *s, struct sip_bytes *bytes,
    const struct addr *from, const struct addr *dst,
    const struct sip_origin *why, uint64_t retx)
{
	struct sip_engine *e = s->config.engine;
	uint64_t seq = sim_cause(e->sim);
	LOCAL_REF struct sip_bytes *b = NULL;
	struct addr own = *from;
	int err = sip_fit_transport(s, bytes, dst, true, &b);

	if (err == ERR_NOMEM)
		sip_no_memory(e);
	if (err == 0 && sip_own_read(e, b) == MSG_FAULT_NONE && e->own.request)
		own = sip_sent_by(s, &e->own);
	if (err == 0)
		seq = sip_send(s, sip_bytes_view(b), &own, dst, why, retx);
	return seq;
}

/* Where a message may need more than it was made with; BY_SIZE: it goes by a
 * stream for its size alone. */
static uint64_t
send_fitted(struct sip_stack *s, struct str bytes, const struct addr *from,
    const struct addr *dst, const struct sip_origin *why, uint64_t retx,
    bool by_size)
{
	struct sip_engine *e = s->config.engine;
	struct sip_bytes *given = sip_bytes_new(e->sim, bytes);
	uint64_t seq = sim_cause(e->sim);

	if (given == NULL) {
		sip_no_memory(e);
		return seq;
	}
	seq = sip_send_fit(s, given, from, dst, why, retx);
	if (by_size)
		sip_large_keep(s, given, dst, why->fwd, retx != 0 ? retx : seq);
	sip_bytes_unref(given);
	return seq;
}

uint64_t
sip_stack_send_from(struct sip_stack *s, struct str bytes,
    const struct addr *from, const struct addr *dst,
    const struct sip_origin *why, uint64_t retx)
{
	struct sip_engine *e = s->config.engine;
	uint64_t seq, cause = sim_cause(e->sim);
	struct addr to = *dst;
	bool by_size = false, astray = false;
	size_t limit;

	if (!stack_read_own(e, bytes))
		return cause;
	if (!e->own.request) {
		astray = to.len == 0 || sip_detour(s, NULL, &to);
	} else if (sip_too_large(s, bytes.n, dst, &limit)) {
		/* RFC 3428 8: nor by UDP where TCP is rejected. */
		by_size = e->own.method != MSG_MESSAGE;
		sip_by_stream(&to);
		sip_record_size(s, &to, limit);
	}
	if (to.len == 0)
		seq = 0;
	else if (addr_is_stream(&to) || (e->own.request && s->config.several))
		seq = send_fitted(s, bytes, from, &to, why, retx, by_size);
	else
		seq = send_own(s, bytes, from, &to, why, retx);
	if (astray)
		sip_response_path_keep(
		    s, bytes, from, &to, why, retx != 0 ? retx : seq);
	sim_set_cause(e->sim, cause);
	return seq;
}

uint64_t
sip_stack_send(struct sip_stack *s, struct str bytes, const struct addr *dst,
    const struct sip_origin *why, uint64_t retx)
{
	struct addr any = { 0 };

	return sip_stack_send_from(s, bytes, &any, dst, why, retx);
}

/* Copies the fields that 8.2.6.2 wants in every response; a To without a tag
 * gets one. */
static void
copy_answer_fields(const struct msg *m, struct buf *out)
{
	static const enum msg_header ids[] = { MSG_H_FROM, MSG_H_TO,
		MSG_H_CALL_ID, MSG_H_CSEQ };
	const struct msg_field *f;
	struct msg_field any;
	size_t at = 0;

	/* Those past the caps too: the answer finds its way back by them. */
	while (msg_next_field(m, &at, &any))
		if (any.id == MSG_H_VIA)
			buf_str(out, any.line);
	for (size_t i = 0; i < COUNT_OF(ids); i++) {
		f = msg_field(m, ids[i], 0);
		if (f == NULL)
			continue;
		if (f->id != MSG_H_TO || msg_tag(f->value).n > 0) {
			buf_str(out, f->line);
			continue;
		}
		buf_puts(out, "To: ");
		buf_str(out, f->value);
		buf_printf(out, ";tag=%08x\r\n", (unsigned)str_hash(m->bytes));
	}
}

/*
 * 8.2.7: stateless; the To tag (8.2.6.2) depends on the request alone, so
 * that a repeated request gets the same answer.  The request may have
 * a fault: its fields are copied as they are.
 */
void
sip_stack_respond(struct sip_stack *s, const struct sip_in *in, unsigned status,
    struct str phrase, struct str lines, enum rule_id why)
{
	struct sip_origin origin = { why, 0 };
	struct addr dst = in->src;
	LOCAL_BUF b = BUF_INIT;
	struct msg_via via;

	if (msg_top_via(in->m, &via) == 0)
		sip_response_destination(s, &via, &in->src, &dst);
	sip_answered_add(s, in->m, status);
	buf_puts(&b, "SIP/2.0 ");
	buf_u64(&b, status);
	buf_putc(&b, ' ');
	buf_str(&b, phrase);
	buf_puts(&b, "\r\n");
	copy_answer_fields(in->m, &b);
	buf_str(&b, lines);
	/* Of many Vias there is no room for more. */
	if (s->config.product != NULL &&
	    in->m->nfields <= MSG_MAX_HEADERS - MSG_ANSWER_HEADERS)
		buf_printf(&b, "Server: %s\r\n", s->config.product);
	buf_puts(&b, "Content-Length: 0\r\n\r\n");
	if (b.err == 0)
		sip_stack_send_from(s, buf_view(&b), &in->at, &dst, &origin, 0);
	else
		sip_no_memory(s->config.engine);
}

/* M is what BYTES were meant for, whatever is wrong behind the start line, and
 * be it that their lines end in LF alone. */
static bool
is_recognised(struct msg *m, struct str bytes)
{
	enum msg_fault fault = msg_read_start(m, bytes);

	if (fault != MSG_FAULT_NONE && fault != MSG_FAULT_VERSION)
		return false;
	msg_read(m, bytes, NULL);
	if (str_chr(m->start_line, '\n') >= 0)
		msg_read_start(m, bytes);
	return true;
}

uint64_t
sip_stack_send_raw(struct sip_stack *s, struct str bytes,
    const struct addr *dst, enum rule_id why)
{
	struct sip_engine *e = s->config.engine;
	struct trace_message m = { .proto = TRACE_PROTO_SIP };
	struct addr any = { 0 };

	sip_own_is(e, NULL);
	if (is_recognised(&e->own, bytes))
		sip_describe(&e->own, &m);
	return s->config.send(&any, dst, bytes, &m, why, s->config.arg);
}
