/*
 * The trace of a capture: the head, then what was collected in the order of
 * time, each with what it implies around it.
 */
#include "inference/trace.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/progress.h"
#include "inference/clocks.h"
#include "inference/correlation.h"
#include "inference/trace_in.h"
#include "inference/trace_notes.h"
#include "msg/header_names.h"
#include "packets/reader.h"
#include "text/json.h"
#include "trace/reader.h"
#include "trace/writer.h"

/* ---- the events of the chosen calls, and around them ---- */

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

/* 0 or ERR_NOMEM, where nothing else is said.
 *
 * Chooses the calls that the options name; ERR_NOTFOUND: there are none. */
static int
making_choose_calls(struct making *k)
{
	const struct correlation *co = k->co;
	bool any = k->o->ncalls == 0;

	for (size_t i = 0; i < co->ncalls; i++)
		co->calls[i].chosen = false;
	for (size_t i = 0; i < k->o->ncalls; i++)
		any |= choose_call(k, k->o->calls[i]);
	return any ? 0 : ERR_NOTFOUND;
}

bool
making_has_remark(const struct making *k, size_t i, int64_t *t)
{
	const struct correlation *co = k->co;
	const struct capture_remark *r = &co->src->remarks[i];
	uint32_t src = correlation_node_at(co, &r->src),
		 dst = correlation_node_at(co, &r->dst);

	*t = correlation_time(co, r->t);
	return r->kind != CAPTURE_ICMP && r->kind != CAPTURE_OTHER &&
	       src != CORRELATION_NONE && dst != CORRELATION_NONE &&
	       co->nodes[src].used && co->nodes[dst].used;
}

static int
look_at_chosen(const struct making *k, struct making_chosen *c)
{
	const struct correlation *co = k->co;

	*c = (struct making_chosen){ .from = INT64_MAX, .before = INT64_MIN };
	c->used = mem_zalloc(co->nnodes + 1, sizeof(*c->used));
	if (c->used == NULL)
		return ERR_NOMEM;
	for (uint32_t i = 0; i < co->n; i++) {
		const struct correlation_message *m = &co->m[i];

		if (!is_chosen(k, i))
			continue;
		c->used[m->src] = c->used[m->dst] = true;
		c->from = m->t < c->from ? m->t : c->from;
		c->to = m->t_last > c->to ? m->t_last : c->to;
	}
	for (uint32_t i = 0; i < co->n && co->m[i].t < c->from; i++)
		if (c->used[co->m[i].src] || c->used[co->m[i].dst])
			c->before = co->m[i].t;
	return 0;
}

/* Remarks about the nodes of chosen messages, while there were some; messages
 * of other protocols that serve them. */
static int
collect_remarks(struct making *k)
{
	const struct correlation *co = k->co;
	struct making_chosen c;
	int err = look_at_chosen(k, &c);

	for (uint32_t i = 0; err == 0 && i < co->src->nremarks; i++) {
		const struct capture_remark *r = &co->src->remarks[i];
		int64_t t;

		if (making_has_remark(k, i, &t) &&
		    c.used[correlation_node_at(co, &r->src)] &&
		    c.used[correlation_node_at(co, &r->dst)] &&
		    (k->o->ncalls == 0 || (t >= c.from && t <= c.to)))
			err = making_add(
			    k, (struct trace_event){ t, i, TRACE_LACKS });
	}
	if (err == 0)
		err = making_collect_others(k, k->o->ncalls > 0 ? &c : NULL);
	mem_free(c.used);
	return err;
}

static int
name_ends(struct making *k, const struct correlation_message *m)
{
	size_t nnodes = k->co->nnodes;

	if (ARRAY_ROOM(&k->named, &k->named_cap, nnodes) != 0)
		return ERR_NOMEM;
	for (; k->nnamed < nnodes; k->nnamed++)
		k->named[k->nnamed] = false;
	k->names += !k->named[m->src];
	k->named[m->src] = true;
	k->names += !k->named[m->dst];
	k->named[m->dst] = true;
	return 0;
}

/* Message I has left by UNTIL.  It arrives by then, or is on its way. */
static int
collect_arrival(struct making *k, uint32_t i, int64_t until)
{
	struct trace_event e = { k->co->m[i].t_last, i, TRACE_ARRIVES };

	if (e.t <= until)
		return making_add(k, e);
	if (ARRAY_ROOM(&k->on_way, &k->on_way_cap, k->non_way + 1) != 0)
		return ERR_NOMEM;
	k->on_way[k->non_way++] = i;
	return 0;
}

int
making_collect(struct making *k, int64_t until)
{
	const struct correlation *co = k->co;
	size_t waiting = k->non_way;
	int err = infer_make_room(k->f);

	/* Messages that still wait go back into the list, not behind its
	 * end. */
	k->non_way = 0;
	for (size_t i = 0; err == 0 && i < waiting; i++)
		err = collect_arrival(k, k->on_way[i], until);
	for (; err == 0 && k->collected < co->settled &&
	       co->m[k->collected].t <= until;
	     k->collected++) {
		uint32_t i = (uint32_t)k->collected;

		if (!is_chosen(k, i))
			continue;
		err = making_add(
		    k, (struct trace_event){ co->m[i].t, i, TRACE_LEAVES });
		if (err == 0)
			err = collect_arrival(k, i, until);
		if (err == 0)
			err = name_ends(k, &co->m[i]);
	}
	return err;
}

/* Adds all of that, and the remarks about chosen messages. */
static int
making_collect_all(struct making *k)
{
	const struct correlation *co = k->co;
	size_t most = (co->n + 2 * k->nmedia + co->src->nremarks) * 2;
	int err = ARRAY_ROOM(&k->events, &k->cap, most);

	if (err == 0)
		err = making_collect(k, INT64_MAX);
	if (err == 0)
		err = making_collect_media(k);
	return err == 0 ? collect_remarks(k) : err;
}

/* ---- the head ---- */

static void
put_node(struct buf *b, const struct correlation *co, size_t node)
{
	const struct correlation_node *n = &co->nodes[node];
	LOCAL_BUF addr = BUF_INIT, roles = BUF_INIT;

	buf_puts(b, "{\"name\":");
	json_put_str(b, str_of(n->name));
	correlation_put_roles(n, &roles);
	if (roles.n > 0)
		json_put_field(b, "role", buf_view(&roles));
	addr_write(&n->addr, &addr);
	for (size_t i = node + 1; n->faces && i < co->nnodes; i++)
		if (co->nodes[i].same == node) {
			buf_putc(&addr, ' ');
			addr_write(&co->nodes[i].addr, &addr);
		}
	if (addr.n > 0)
		json_put_field(b, "addr", buf_view(&addr));
	if (addr.err != 0 || roles.err != 0)
		b->err = addr.err != 0 ? addr.err : roles.err;
	buf_putc(b, '}');
}

/* The nodes that send or receive a chosen message, in their order. */
static void
put_nodes(const struct making *k, struct buf *b)
{
	json_open(b, "nodes", '[');
	for (size_t i = 0; i < k->nnamed; i++) {
		if (!k->named[i])
			continue;
		json_put_item(b);
		put_node(b, k->co, i);
	}
	making_put_hosts(k, b);
	buf_putc(b, ']');
}

int
making_put_head(struct making *k, struct buf *b)
{
	buf_puts(b, "{\"kind\":\"trace\",\"version\":1");
	json_put_field(b, "rung", STR(RUNG_VERSION));
	if (k->o->title != NULL)
		json_put_field(b, "title", str_of(k->o->title));
	put_nodes(k, b);
	json_put_key(b, "capture");
	buf_puts(b, "{\"start\":");
	buf_i64(b, k->co->start);
	trace_put_clocks(k->o->clocks, b);
	buf_puts(b, "}}");
	return b->err;
}

static int
write_trace_head(struct making *k)
{
	LOCAL_BUF b = BUF_INIT;
	int err = making_put_head(k, &b);

	if (err == 0)
		trace_write_header(k->w, buf_view(&b));
	return err;
}

/* ---- messages ---- */

/* The sighting AT of message I. */
static void
read_sighting(
    struct making *k, uint32_t i, uint32_t at, struct capture_message *c)
{
	capture_reader_get(k->co->src, at, c, &k->co->scratch);
	if (k->co->scratch.err != 0)
		k->f->err = k->co->scratch.err;
	msg_read(&k->co->msg, c->bytes, NULL);
	k->read = i + 1;
}

/* The last one, whose bytes are most often the bytes read just now. */
static void
read_arrival(struct making *k, uint32_t i, struct capture_message *c)
{
	const struct correlation_message *m = &k->co->m[i];

	if (k->read == i + 1 && !m->rewritten && k->co->src->look != NULL)
		capture_reader_look(k->co->src, m->last, c, &k->co->scratch);
	else
		read_sighting(k, i, m->last, c);
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
	trace_put_cstr(k->w, "transport", addr_transports[m->transport].word);
	trace_put_message(k->w, &tm);
	trace_put_int(k->w, "size", (int64_t)c->bytes.n);
	trace_put_bytes(k->w, c->bytes);
	k->f->place[i].send = trace_close(k->w);
	k->co->m[i].left = true;
}

static void
write_sending(struct making *k, uint32_t i)
{
	enum rule_id why = RULE_NONE;
	struct capture_message c;
	uint64_t cause;

	read_sighting(k, i, k->co->m[i].at, &c);
	cause = infer_cause(k->f, i, &why);
	put_send(k, i, &c, cause, why);
	trace_note_leg(k->co, i, k->f->place[i].send, k->w);
	infer_sent(k->f, i);
}

static void
write_arrival(struct making *k, uint32_t i)
{
	struct correlation_message *m = &k->co->m[i];
	struct infer_place *place = &k->f->place[i];
	struct capture_message c;

	m->arrived = true;
	if (m->icmp != 0) {
		infer_refused(k->f, i, trace_put_lost(m, place->send, k->w));
		return;
	}
	read_arrival(k, i, &c);
	trace_open(k->w, TRACE_RECV, m->t_last, k->co->nodes[m->dst].name,
	    place->send, RULE_NONE);
	trace_put_int(k->w, "of", (int64_t)place->send);
	trace_put_addr(k->w, "src_addr", &c.src);
	trace_put_addr(k->w, "dst_addr", &c.dst);
	if (m->rewritten)
		trace_put_bytes(k->w, c.bytes);
	place->recv = trace_close(k->w);
	infer_received(k->f, i);
}

static void
write_missing(struct making *k, const struct trace_event *ev)
{
	const struct correlation *co = k->co;
	const struct capture_remark *r = &co->src->remarks[ev->at];

	trace_note_missing(
	    r, co->nodes[correlation_node_at(co, &r->dst)].name, ev->t, k->w);
}

static int
tell_event(struct making *k, const struct trace_event *ev)
{
	int err = 0;

	if (!k->told)
		trace_note_clocks(k->o->clocks, k->w);
	k->told = true;
	k->last = *ev;
	infer_pass(k->f, ev->t);
	if (ev->what != TRACE_ARRIVES)
		k->read = 0;
	if (ev->what == TRACE_LEAVES)
		write_sending(k, ev->at);
	else if (ev->what == TRACE_ARRIVES)
		write_arrival(k, ev->at);
	else if (ev->what == TRACE_LACKS)
		write_missing(k, ev);
	else if (ev->what == TRACE_SAYS || ev->what == TRACE_HEARS)
		making_tell_other(k, ev);
	else if (ev->what == TRACE_PACKETS)
		making_tell_packet(k, ev);
	else if (ev->what == TRACE_NOTES)
		making_tell_media_note(k, ev);
	else if (ev->what == TRACE_LISTENS || ev->what == TRACE_HAS_HEARD)
		err = making_tell_hearing(k, ev);
	else
		making_tell_stream(k, ev);
	return err;
}

int
making_tell(struct making *k)
{
	int err = 0;

	k->read = 0;
	for (size_t e = 0; e < k->n && err == 0; e++) {
		progress_count(N_("making the trace"), e, k->n);
		err = tell_event(k, &k->events[e]);
		if (err == 0)
			err = k->f->err;
		if (err == 0)
			err = trace_writer_error(k->w);
	}
	k->n = 0;
	return err;
}

int
making_end(struct making *k)
{
	int64_t now = k->told ? k->last.t : 0;

	if (!k->told)
		trace_note_clocks(k->o->clocks, k->w);
	if (k->o->until > now) {
		now = k->o->until;
		infer_pass(k->f, now);
	}
	trace_open(k->w, TRACE_END, now, NULL, trace_last(k->w), RULE_NONE);
	trace_put_cstr(k->w, "reason", "captured");
	trace_close(k->w);
	return k->f->err != 0 ? k->f->err : trace_writer_error(k->w);
}

int
making_begin(struct making *k, struct correlation *co,
    const struct capture_trace_options *o, trace_sink_fn *sink, void *arg)
{
	int err;

	*k = (struct making){ .co = co, .o = o };
	err = trace_writer_create(&k->w, o->detail, sink, arg);
	return err == 0 ? infer_create(&k->f, co, k->w) : err;
}

void
making_free(struct making *k)
{
	infer_destroy(k->f);
	trace_writer_destroy(k->w);
	mem_free(k->events);
	making_free_media(k);
	mem_free(k->packets);
	mem_free(k->on_way);
	mem_free(k->named);
	making_free_hosts(k);
	mem_free(k->others);
}

static int
say_trace_error(const struct capture_trace_options *o, struct diag *d, int err)
{
	if (err == ERR_NOTFOUND && o->ncalls > 0)
		return diag_set(d, err, NULL, 0,
		    _("there is no call “%.*s”; rung show --calls FILE lists "
		      "the calls"),
		    STR_ARG(o->calls[0]));
	return diag_fail(d, err);
}

/* K is the trace's making, while it is made. */
static int
make_trace(struct making *k, struct correlation *co,
    const struct capture_trace_options *o, trace_sink_fn *sink, void *arg,
    struct diag *d)
{
	unsigned long lacked = mem_failures();
	int err = making_begin(k, co, o, sink, arg);

	if (err == 0)
		err = making_choose_calls(k);
	if (err == 0)
		err = making_find_media(k, o->ncalls == 0);
	if (err == 0)
		err = making_collect_all(k);
	if (err == 0)
		err = write_trace_head(k);
	if (err == 0) {
		making_sort(k);
		err = making_tell(k);
	}
	if (err == 0)
		err = making_end(k);
	/* What a scratch buffer lacks would be another trace. */
	if (err == 0 && mem_failures() != lacked)
		err = ERR_NOMEM;
	making_free(k);
	return say_trace_error(o, d, err);
}

int
capture_trace(const struct capture_reader *src,
    const struct capture_trace_options *o, trace_sink_fn *sink, void *arg,
    struct diag *d)
{
	struct correlation *co;
	struct making k;
	int err = correlation_create(&co, src, o->names);

	if (err != 0)
		return say_trace_error(o, d, err);
	err = make_trace(&k, co, o, sink, arg, d);
	correlation_destroy(co);
	return err;
}

/* A trace that takes the records of its making. */
struct capture_loading {
	struct making k;
	struct trace *t;
	struct diag *d;
};

static int
take_line(const char *line, size_t n, void *arg)
{
	struct capture_loading *l = arg;

	/* From the first record on, which follows the head. */
	trace_note_members(l->k.w);
	return trace_feed_written(l->t, l->k.w, line, n, l->d);
}

int
capture_load(struct trace **t, struct correlation *co,
    const struct capture_trace_options *o, const char *name, struct diag *d)
{
	struct capture_loading l = { .d = d };
	int err = trace_begin(&l.t, name);

	err = err == 0 ? make_trace(&l.k, co, o, take_line, &l, d)
		       : diag_fail(d, err);
	if (err != 0)
		trace_destroy(l.t);
	*t = err == 0 ? l.t : NULL;
	return err;
}
