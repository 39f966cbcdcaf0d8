/*
 * The trace of a capture: the head, then sendings and arrivals in the order of
 * time, each with what it implies around it.
 */
#include "capture/trace.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/progress.h"
#include "capture/infer.h"
#include "capture/infer_call.h"
#include "capture/trace_media.h"
#include "capture/trace_notes.h"
#include "trace/json.h"

#include <stdlib.h>

/* A message leaves, or arrives (or does not); a stream of media begins, or
 * ends; something is missing. */
enum what {
	LEAVES,
	ARRIVES,
	FLOWS,
	STOPS,
	LACKS,
};

struct event {
	int64_t t;
	uint32_t message; /* or stream */
	enum what what;
};

struct making {
	struct correlation *co;
	struct infer *f;
	struct trace_writer *w;
	const struct capture_trace_options *o;
	struct event *events;
	size_t n;
	struct media_stream *media;
	size_t nmedia;
	struct buf head;
};

/* ---- which, and in which order ---- */

static int
compare_events(const void *pa, const void *pb)
{
	const struct event *a = pa, *b = pb;

	if (a->t != b->t)
		return a->t < b->t ? -1 : 1;
	if (a->message != b->message)
		return a->message < b->message ? -1 : 1;
	return (int)a->what - (int)b->what;
}

static bool
is_chosen(const struct making *k, size_t i)
{
	return k->o->ncalls == 0 || k->co->calls[k->co->m[i].call].chosen;
}

static bool
is_call(const struct correlation *co, uint32_t call)
{
	return call != 0 && call < co->ncalls &&
	       co->calls[call].first != CORRELATION_NONE;
}

/* The call with this Call-ID, else those whose Call-ID begins so. */
static bool
choose_call(struct making *k, struct str id)
{
	const struct correlation *co = k->co;
	uint32_t call = numbers_find(co->ids, id);
	bool any = is_call(co, call);

	if (any) {
		correlation_choose_call(k->co, call);
		return true;
	}
	for (call = 1; id.n > 0 && call < co->ncalls; call++) {
		struct str text = numbers_text(co->ids, call);

		if (!is_call(co, call) || text.n < id.n ||
		    !str_eq(str_slice(text, 0, id.n), id))
			continue;
		correlation_choose_call(k->co, call);
		any = true;
	}
	return any;
}

static int
choose_calls(struct making *k)
{
	const struct correlation *co = k->co;
	bool any = k->o->ncalls == 0;

	for (size_t i = 0; i < co->ncalls; i++)
		co->calls[i].chosen = false;
	for (size_t i = 0; i < k->o->ncalls; i++)
		any |= choose_call(k, k->o->calls[i]);
	return any ? 0 : ERR_NOTFOUND;
}

/* Remarks about the nodes of chosen messages, while there were some. */
static int
order_remarks(struct making *k)
{
	const struct correlation *co = k->co;
	bool *used = mem_zalloc(co->nnodes + 1, sizeof(*used));
	int64_t from = INT64_MAX, to = 0;

	if (used == NULL)
		return ERR_NOMEM;
	for (uint32_t i = 0; i < co->n; i++) {
		if (!is_chosen(k, i))
			continue;
		used[co->m[i].src] = used[co->m[i].dst] = true;
		from = co->m[i].t < from ? co->m[i].t : from;
		to = co->m[i].t_last > to ? co->m[i].t_last : to;
	}
	for (uint32_t i = 0; i < co->src->nremarks; i++) {
		const struct capture_remark *r = &co->src->remarks[i];
		uint32_t src = correlation_node_at(co, &r->src),
			 dst = correlation_node_at(co, &r->dst);
		int64_t t = correlation_time(co, r->t);

		if (r->kind != CAPTURE_ICMP && src != CORRELATION_NONE &&
		    dst != CORRELATION_NONE && used[src] && used[dst] &&
		    (k->o->ncalls == 0 || (t >= from && t <= to)))
			k->events[k->n++] = (struct event){ t, i, LACKS };
	}
	mem_free(used);
	return 0;
}

static int
order_events(struct making *k)
{
	const struct correlation *co = k->co;

	k->events = mem_zalloc(
	    (co->n + k->nmedia) * 2 + co->src->nremarks, sizeof(*k->events));
	if (k->events == NULL)
		return ERR_NOMEM;
	for (uint32_t i = 0; i < co->n; i++) {
		if (!is_chosen(k, i))
			continue;
		k->events[k->n++] = (struct event){ co->m[i].t, i, LEAVES };
		k->events[k->n++] =
		    (struct event){ co->m[i].t_last, i, ARRIVES };
	}
	for (uint32_t i = 0; i < k->nmedia; i++) {
		const struct media_stream *m = &k->media[i];

		k->events[k->n++] = (struct event){ m->first, i, FLOWS };
		k->events[k->n++] = (struct event){ m->last, i, STOPS };
	}
	if (order_remarks(k) != 0)
		return ERR_NOMEM;
	qsort(k->events, k->n, sizeof(*k->events), compare_events);
	return 0;
}

/* ---- the head ---- */

static void
put_node(struct buf *b, const struct correlation_node *n)
{
	const char *role = correlation_role(n);
	struct buf addr = BUF_INIT;

	buf_puts(b, "{\"name\":");
	json_put_str(b, str_of(n->name));
	if (role[0] != '\0')
		json_put_field(b, "role", str_of(role));
	addr_write(&n->addr, &addr);
	if (addr.n > 0)
		json_put_field(b, "addr", buf_view(&addr));
	if (addr.err != 0)
		b->err = addr.err;
	buf_free(&addr);
	buf_putc(b, '}');
}

/* Those that a chosen message leaves from or gets to, in their order. */
static int
put_nodes(struct making *k)
{
	const struct correlation *co = k->co;
	bool *used = mem_zalloc(co->nnodes + 1, sizeof(*used));

	if (used == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < k->n; i++) {
		if (k->events[i].what > ARRIVES)
			continue;
		used[co->m[k->events[i].message].src] = true;
		used[co->m[k->events[i].message].dst] = true;
	}
	json_open(&k->head, "nodes", '[');
	for (size_t i = 0; i < co->nnodes; i++) {
		if (!used[i])
			continue;
		json_put_item(&k->head);
		put_node(&k->head, &co->nodes[i]);
	}
	buf_putc(&k->head, ']');
	mem_free(used);
	return 0;
}

static int
write_trace_head(struct making *k)
{
	struct buf *b = &k->head;
	int err;

	buf_puts(b, "{\"kind\":\"trace\",\"version\":1");
	json_put_field(b, "rung", STR(RUNG_VERSION));
	if (k->o->title != NULL)
		json_put_field(b, "title", str_of(k->o->title));
	err = put_nodes(k);
	json_put_key(b, "capture");
	buf_puts(b, "{\"start\":");
	buf_i64(b, k->co->start);
	trace_put_clocks(k->o->clocks, b);
	buf_puts(b, "}}");
	if (err == 0)
		err = b->err;
	if (err == 0)
		trace_write_header(k->w, buf_view(b));
	return err;
}

/* ---- messages ---- */

static void
read_message(struct making *k, uint32_t at, struct capture_message *c)
{
	capture_reader_get(k->co->src, at, c, &k->co->scratch);
	if (k->co->scratch.err != 0)
		k->f->err = k->co->scratch.err;
	msg_read(&k->co->msg, c->bytes, NULL);
}

static void
put_send(struct making *k, uint32_t i, const struct capture_message *c,
    uint64_t cause, enum rule_id why)
{
	const struct correlation_message *m = &k->co->m[i];
	const struct infer_place *place = k->f->place;
	struct trace_message tm = { .proto = TRACE_PROTO_SIP,
		.method = m->status == 0 ? k->co->msg.method_name : STR_NULL,
		.status = m->status,
		.cseq = msg_value(&k->co->msg, MSG_H_CSEQ),
		.call_id = msg_value(&k->co->msg, MSG_H_CALL_ID),
		.fwd = m->fwd != CORRELATION_NONE ? place[m->fwd].recv : 0,
		.retx = m->retx != CORRELATION_NONE ? place[m->retx].send : 0 };
	struct str rest;

	tm.branch = str_cut(numbers_text(k->co->texts, m->via[0]), ' ', &rest);
	trace_open(
	    k->w, TRACE_SEND, m->t, k->co->nodes[m->src].name, cause, why);
	trace_put_cstr(k->w, "src", k->co->nodes[m->src].name);
	trace_put_cstr(k->w, "dst", k->co->nodes[m->dst].name);
	trace_put_addr(k->w, "src_addr", &c->src);
	trace_put_addr(k->w, "dst_addr", &c->dst);
	trace_put_cstr(k->w, "transport", addr_transports[m->transport].param);
	trace_put_message(k->w, &tm);
	trace_put_int(k->w, "size", (int64_t)c->bytes.n);
	trace_put_bytes(k->w, c->bytes);
	k->f->place[i].send = trace_close(k->w);
}

static void
write_sending(struct making *k, uint32_t i)
{
	enum rule_id why = RULE_NONE;
	struct capture_message c;
	uint64_t cause;

	read_message(k, k->co->m[i].at, &c);
	cause = infer_cause(k->f, i, &why);
	put_send(k, i, &c, cause, why);
	trace_note_leg(k->co, i, k->f->place[i].send, k->w);
	infer_sent(k->f, i);
}

static void
write_arrival(struct making *k, uint32_t i)
{
	const struct correlation_message *m = &k->co->m[i];
	struct infer_place *place = &k->f->place[i];
	struct capture_message c;

	if (m->icmp != 0) {
		trace_put_lost(m, place->send, k->w);
		return;
	}
	read_message(k, m->last, &c);
	trace_open(k->w, TRACE_RECV, m->t_last, k->co->nodes[m->dst].name,
	    place->send, RULE_NONE);
	trace_put_int(k->w, "of", (int64_t)place->send);
	trace_put_addr(k->w, "src_addr", &c.src);
	trace_put_addr(k->w, "dst_addr", &c.dst);
	place->recv = trace_close(k->w);
	infer_received(k->f, i);
}

/* The call at the end that sends the stream. */
static void
put_call(struct making *k, const struct media_stream *m)
{
	uint32_t call = k->co->m[m->message].call;
	const struct infer_call *c = infer_find_call(k->f, m->node, call, true);

	if (c == NULL)
		c = infer_find_call(k->f, m->node, call, false);
	if (c != NULL)
		trace_put_str(k->w, "call", infer_call_id(k->f, c));
}

static void
put_media(struct making *k, const struct event *ev)
{
	const struct media_stream *m = &k->media[ev->message];

	trace_open(k->w, TRACE_MEDIA, ev->t, k->co->nodes[m->node].name,
	    k->f->place[m->message].send, RULE_NONE);
	trace_put_cstr(k->w, "op", ev->what == FLOWS ? "flow" : "stop");
	put_call(k, m);
	trace_put_addr(k->w, "peer", &m->s->dst);
	if (m->to != CORRELATION_NONE)
		trace_put_cstr(k->w, "dst", k->co->nodes[m->to].name);
	if (m->codec[0] != '\0')
		trace_put_cstr(k->w, "codec", m->codec);
	if (m->codec[0] == '\0' || m->formats[0] != '\0')
		trace_put_int(k->w, "pt", m->s->payload_type);
	if (m->formats[0] != '\0')
		trace_put_cstr(k->w, "formats", m->formats);
	if (m->asked.len != 0)
		trace_put_addr(k->w, "asked", &m->asked);
	if (m->reason != TRACE_DROP_COUNT)
		trace_put_cstr(k->w, "reason", trace_drop_name(m->reason));
	trace_put_int(k->w, "ssrc", m->s->ssrc);
	if (ev->what == STOPS) {
		trace_put_int(k->w, "packets", (int64_t)m->s->packets);
		trace_put_int(k->w, "lost", (int64_t)m->s->lost);
	}
	trace_close(k->w);
}

static void
write_missing(struct making *k, const struct event *ev)
{
	const struct correlation *co = k->co;
	const struct capture_remark *r = &co->src->remarks[ev->message];

	trace_note_missing(
	    r, co->nodes[correlation_node_at(co, &r->dst)].name, ev->t, k->w);
}

static int
put_records(struct making *k)
{
	int64_t now = 0;

	trace_note_clocks(k->o->clocks, k->w);
	for (size_t e = 0; e < k->n && k->f->err == 0; e++) {
		const struct event *ev = &k->events[e];

		progress_count(N_("making the trace"), e, k->n);
		now = ev->t;
		infer_pass(k->f, now);
		if (ev->what == LEAVES)
			write_sending(k, ev->message);
		else if (ev->what == ARRIVES)
			write_arrival(k, ev->message);
		else if (ev->what == LACKS)
			write_missing(k, ev);
		else
			put_media(k, ev);
		if (trace_writer_error(k->w) != 0)
			return trace_writer_error(k->w);
	}
	if (k->o->until > now) {
		now = k->o->until;
		infer_pass(k->f, now);
	}
	trace_open(k->w, TRACE_END, now, NULL, trace_last(k->w), RULE_NONE);
	trace_put_cstr(k->w, "reason", "captured");
	trace_close(k->w);
	return k->f->err != 0 ? k->f->err : trace_writer_error(k->w);
}

static int
say_trace_error(struct diag *d, int err)
{
	if (err == ERR_NOTFOUND)
		return diag_set(d, err, NULL, 0,
		    _("none of these calls is in the capture"));
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}

int
capture_trace_correlated(struct correlation *co,
    const struct capture_trace_options *o, trace_sink_fn *sink, void *arg,
    struct diag *d)
{
	struct making k = { .co = co, .o = o };
	unsigned long lacked = mem_failures();
	int err = choose_calls(&k);

	if (err == 0)
		err = media_of_calls(k.co, o->ncalls == 0, &k.media, &k.nmedia);
	if (err == 0)
		err = order_events(&k);
	if (err == 0)
		err = trace_writer_create(&k.w, o->detail, sink, arg);
	if (err == 0)
		err = infer_create(&k.f, k.co, k.w);
	if (err == 0)
		err = write_trace_head(&k);
	if (err == 0)
		err = put_records(&k);
	/* What a scratch buffer lacks would be another trace. */
	if (err == 0 && mem_failures() != lacked)
		err = ERR_NOMEM;
	infer_destroy(k.f);
	trace_writer_destroy(k.w);
	mem_free(k.events);
	mem_free(k.media);
	buf_free(&k.head);
	return say_trace_error(d, err);
}

int
capture_trace(const struct capture_reader *src,
    const struct capture_trace_options *o, trace_sink_fn *sink, void *arg,
    struct diag *d)
{
	struct correlation *co;
	int err = correlation_create(&co, src, o->names);

	if (err != 0)
		return say_trace_error(d, err);
	err = capture_trace_correlated(co, o, sink, arg, d);
	correlation_destroy(co);
	return err;
}
