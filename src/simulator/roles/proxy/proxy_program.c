/*
 * A proxy that is programmed (route=FILE): it asks its program (node/program.h)
 * where requests go, when a branch has failed, and for a word on responses.
 * RFC 3261 16.5 leaves the target set of what a proxy is responsible for to
 * whatever it knows; 16.6 what it may add to a copy.
 *
 * It is asked of requests that begin something: what lies within a dialog has
 * its route set and its target; what a Route leads elsewhere may only be
 * changed or rejected (on_pass).
 */
#include "roles/proxy/proxy_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "node/uri.h"
#include "rules/rule_names.h"
#include "sip/build.h"

#include <string.h>

/* What the program has changed, for every copy. */
struct proxy_edits {
	struct buf add; /* whole lines */
	enum msg_header drop[sizeof(((struct program_answer *)0)->drop) /
			     sizeof(enum msg_header)];
	size_t ndrop;
};

static const enum rule_id rules[TRACE_PROGRAM_VERDICT_COUNT] = {
	[TRACE_PROGRAM_DEFAULT] = RULE_PROXY_PROGRAM_LEAVES,
	[TRACE_PROGRAM_PARALLEL] = RULE_PROXY_PROGRAM,
	[TRACE_PROGRAM_IN_TURN] = RULE_PROXY_PROGRAM,
	[TRACE_PROGRAM_WEIGHTED] = RULE_PROXY_PROGRAM,
	[TRACE_PROGRAM_REJECT] = RULE_PROXY_PROGRAM_REFUSES,
	[TRACE_PROGRAM_REDIRECT] = RULE_PROXY_PROGRAM_REDIRECTS,
	[TRACE_PROGRAM_FAILED] = RULE_PROXY_PROGRAM_FAILED,
};

void
proxy_program_free(struct proxy_context *c)
{
	if (c->edits != NULL)
		buf_free(&c->edits->add);
	mem_free(c->edits);
	if (c->verdict != NULL)
		program_answer_free(c->verdict);
	mem_free(c->verdict);
}

/* The targets' URIs, with spaces between. */
static void
put_targets(struct trace_writer *w, const struct program_answer *a)
{
	LOCAL_BUF b = BUF_INIT;

	for (size_t i = 0; i < a->ntargets; i++) {
		buf_puts(&b, i > 0 ? " " : "");
		buf_str(&b, program_target_uri(a, i));
	}
	trace_put_str(w, "target", buf_view(&b));
}

/* What the program has said when it was asked of E; causes what follows. */
static void
proxy_program_record_answer(
    const struct proxy *p, enum program_event e, const struct program_answer *a)
{
	struct trace_writer *w = program_record(p->node, rules[a->verdict],
	    a->file, a->line, program_event_name(e), NULL, a->verdict);

	if (a->ntargets > 0)
		put_targets(w, a);
	if (a->status != 0)
		trace_put_int(w, "status", a->status);
	if (a->reason.n > 0)
		trace_put_str(w, "reason", buf_view(&a->reason));
	if (a->verdict == TRACE_PROGRAM_FAILED)
		trace_put_cstr(w, "fault", trace_program_fault_word(a->fault));
	node_record_cause(p->node);
}

/* 0, ERR_NOMEM. */
static int
keep_edits(struct proxy_context *c, const struct program_answer *a)
{
	struct proxy_edits *e = c->edits;

	if (a->add.n == 0 && a->ndrop == 0)
		return 0;
	if (e == NULL)
		e = c->edits = mem_zalloc(1, sizeof(*e));
	if (e == NULL)
		return ERR_NOMEM;
	buf_str(&e->add, buf_view(&a->add));
	for (size_t i = 0; i < a->ndrop; i++)
		if (e->ndrop < COUNT_OF(e->drop))
			e->drop[e->ndrop++] = a->drop[i];
	return e->add.err;
}

void
proxy_program_change(
    const struct proxy_context *c, struct sip_change *change, struct buf *lines)
{
	const struct proxy_edits *e = c->edits;

	if (e == NULL)
		return;
	for (size_t i = 0; i < e->ndrop; i++)
		sip_change_drop(change, e->drop[i]);
	buf_str(lines, buf_view(&e->add));
}

/* Asks it of Q; false where it does not listen, or there is no memory.  What it
 * says is in the trace. */
static bool
proxy_program_ask(struct proxy_context *c, struct program_question *q,
    struct program_answer *a)
{
	struct program *program = c->proxy->program;
	struct node *n = c->proxy->node;

	memset(a, 0, sizeof(*a));
	if (program == NULL || !program->ops->listens(program, q->event))
		return false;
	q->src = c->src;
	q->caller = c->who;
	if (program->ops->ask(program, q, a) != 0) {
		node_fail_memory(n);
		return false;
	}
	/* A later failure of the program gives no answer. */
	if (q->event != PROGRAM_ON_REQUEST && q->event != PROGRAM_ON_PASS &&
	    a->verdict == TRACE_PROGRAM_FAILED)
		a->status = 0;
	/* A response that passes as it came is not worth a record. */
	if (q->event != PROGRAM_ON_REPLY ||
	    a->verdict == TRACE_PROGRAM_FAILED || a->add.n > 0)
		proxy_program_record_answer(c->proxy, q->event, a);
	return true;
}

/* 16.5: appends the targets of A.  True where one is new. */
static bool
add_answered(struct proxy_context *c, const struct program_answer *a)
{
	unsigned first = c->turns, last = first;
	bool added = false;

	c->within_ns = a->within_ns;
	for (size_t i = 0; i < a->ntargets; i++) {
		struct str uri = program_target_uri(a, i);
		struct str way = program_target_way(a, i);
		unsigned turn = first + a->targets[i].turn;
		int64_t after_ns = a->targets[i].after_ns;

		last = turn + 1;
		added |= after_ns > 0
			     ? proxy_context_add_later(c, uri, way, after_ns)
			     : proxy_context_add(c, uri, way,
				   turn < 1000 ? 1000 - turn : 0, "program",
				   RULE_PROXY_PROGRAM);
	}
	c->turns = last;
	return added;
}

/* The answer to a request that it has rejected, or failed at. */
static void
proxy_program_refuse(struct proxy_context *c, const struct program_answer *a)
{
	struct sip_header later = { "Retry-After", STR("1") };
	struct str body = buf_view(&a->body);
	struct sip_response_spec spec = { .status = a->status,
		.reason = buf_view(&a->reason),
		.headers = a->fields.list,
		.nheaders = a->fields.n,
		.content_type = str_slice(body, a->type_at, body.n),
		.body = str_slice(body, 0, a->type_at) };

	/* 21.5.4: when it may be worth while to ask again. */
	if (a->verdict == TRACE_PROGRAM_FAILED && a->status == 503) {
		spec.headers = &later;
		spec.nheaders = 1;
	}
	proxy_context_reply(c, &spec, rules[a->verdict]);
}

/* 8.3 */
static void
redirect(struct proxy_context *c, const struct program_answer *a)
{
	struct sip_response_spec spec = { .status = a->status };
	LOCAL_BUF contact = BUF_INIT;

	for (size_t i = 0; i < a->ntargets; i++) {
		buf_puts(&contact, i > 0 ? ", <" : "<");
		buf_str(&contact, program_target_uri(a, i));
		buf_putc(&contact, '>');
	}
	spec.contact = buf_view(&contact);
	if (contact.err != 0)
		node_fail_memory(c->proxy->node);
	else
		proxy_context_reply(c, &spec, rules[a->verdict]);
}

/* 16.5: only the targets of a Request-URI that the proxy is responsible for are
 * its to choose, and those of one that names no domain. */
static bool
is_responsible(struct proxy_context *c)
{
	struct str uri = proxy_context_request(c)->uri;
	struct msg_uri u;

	return node_is_own(c->proxy->node, uri) ||
	       (msg_uri_read(uri, &u) == 0 && node_is_led(&u));
}

/* What it says is not its to say. */
static void
fail_answer(struct proxy_context *c, enum program_event e,
    enum trace_program_fault fault, struct program_answer *a)
{
	a->verdict = TRACE_PROGRAM_FAILED;
	a->fault = fault;
	a->status = e == PROGRAM_ON_REQUEST || e == PROGRAM_ON_PASS
			? trace_program_fault_status(fault)
			: 0;
	a->ntargets = 0;
	buf_clear(&a->reason);
	proxy_program_record_answer(c->proxy, e, a);
}

/* True where A is the end of it: C's request is answered, or has targets. */
static bool
act_upon(
    struct proxy_context *c, enum program_event e, struct program_answer *a)
{
	if (a->verdict != TRACE_PROGRAM_REDIRECT && a->ntargets > 0 &&
	    (!is_responsible(c) || e == PROGRAM_ON_PASS))
		fail_answer(c, e, TRACE_PROGRAM_FAULT_FIELD, a);
	switch (a->verdict) {
	case TRACE_PROGRAM_DEFAULT:
		return false;
	case TRACE_PROGRAM_REJECT:
	case TRACE_PROGRAM_FAILED:
		proxy_program_refuse(c, a);
		return true;
	case TRACE_PROGRAM_REDIRECT:
		redirect(c, a);
		return true;
	default:
		break;
	}
	c->responsible = c->programmed = true;
	if (add_answered(c, a)) {
		proxy_context_go(c);
	} else {
		fail_answer(c, e, TRACE_PROGRAM_FAULT_TARGET, a);
		proxy_program_refuse(c, a);
	}
	return true;
}

bool
proxy_program_begin(struct proxy_context *c)
{
	struct sim *sim = node_sim(c->proxy->node);
	uint64_t old = sim_cause(sim);
	const struct msg *m;
	struct program_question q = { .event = PROGRAM_ON_REQUEST };
	struct program_answer a;
	struct proxy_hop h;
	bool done = false;

	if (c->proxy->program == NULL)
		return false;
	m = q.request = proxy_context_request(c);
	proxy_choose(c->proxy, m, &c->src, &h);
	if (msg_tag_of(m, MSG_H_TO).n > 0 || h.why == RULE_PROXY_BY_MADDR)
		return false;
	/* Where it goes has been said already: it may pass, or not. */
	if (msg_count_values(m, MSG_H_ROUTE) > h.drop_routes)
		q.event = PROGRAM_ON_PASS;
	c->asked =
	    q.event == PROGRAM_ON_REQUEST ||
	    c->proxy->program->ops->listens(c->proxy->program, PROGRAM_ON_PASS);
	if (proxy_program_ask(c, &q, &a)) {
		if (keep_edits(c, &a) != 0)
			node_fail_memory(c->proxy->node);
		else
			done = act_upon(c, q.event, &a);
		/* What it leaves to the proxy comes of what it has said. */
		if (done)
			sim_set_cause(sim, old);
	}
	program_answer_free(&a);
	return done;
}

/* ---- a branch has failed ---- */

/* 16.7 step 5: a branch that is still there may have a 2xx on its way.  A is
 * said when none is; it is empty now. */
static void
proxy_program_keep_verdict(struct proxy_context *c, struct program_answer *a)
{
	c->verdict = mem_alloc(sizeof(*a));
	if (c->verdict == NULL) {
		node_fail_memory(c->proxy->node);
		return;
	}
	*c->verdict = *a;
	memset(a, 0, sizeof(*a));
}

bool
proxy_program_conclude(struct proxy_context *c)
{
	if (c->verdict == NULL || c->cancel_wanted)
		return false;
	if (c->verdict->verdict == TRACE_PROGRAM_REJECT)
		proxy_program_refuse(c, c->verdict);
	else
		redirect(c, c->verdict);
	return true;
}

/* B has failed: C may have new targets, or be over. */
static void
ask_failed(struct proxy_context *c, struct proxy_branch *b)
{
	struct node *n = c->proxy->node;
	struct program_question q = { .event = PROGRAM_ON_FAILURE,
		.status = b->status };
	struct program_answer a;

	b->told = true;
	q.request = proxy_context_request(c);
	/* A view lasts until the next one is read: the request's is had once
	 * more, which spares the response's, the latest. */
	if (b->response != NULL)
		q.reply = world_read(n->world, b->response);
	q.request = proxy_context_request(c);
	q.target = b->hop.uri.n > 0 ? b->hop.uri : q.request->uri;
	if (proxy_program_ask(c, &q, &a)) {
		if (a.verdict != TRACE_PROGRAM_REDIRECT && a.ntargets > 0 &&
		    !is_responsible(c))
			fail_answer(c, PROGRAM_ON_FAILURE,
			    TRACE_PROGRAM_FAULT_FIELD, &a);
		if (keep_edits(c, &a) != 0)
			node_fail_memory(n);
		if (a.verdict == TRACE_PROGRAM_REJECT ||
		    a.verdict == TRACE_PROGRAM_REDIRECT) {
			proxy_context_close(c, rules[a.verdict]);
			proxy_program_keep_verdict(c, &a);
		} else if (a.ntargets > 0) {
			c->responsible = c->programmed = true;
			/* A number unknown here was looked up elsewhere: that
			 * result counts. */
			b->recursed = add_answered(c, &a) && b->hop.uri.n == 0;
		}
	}
	program_answer_free(&a);
}

bool
proxy_program_waits(const struct proxy_context *c)
{
	const struct program *program = c->proxy->program;

	return program != NULL && c->asked &&
	       program->ops->listens(program, PROGRAM_ON_FAILURE);
}

void
proxy_program_failures(struct proxy_context *c)
{
	if (!proxy_program_waits(c))
		return;
	list_each (struct proxy_branch, b, &c->branches, link)
		if (!b->told && b->status >= 300 && !b->recursed && !c->final &&
		    !c->closed && !c->cancel_wanted)
			ask_failed(c, b);
}

/* ---- responses ---- */

void
proxy_program_reply(struct proxy_branch *b, const struct msg *m,
    struct sip_change *change, struct buf *lines)
{
	struct proxy_context *c = b->context;
	struct program_question q = { .event = PROGRAM_ON_REPLY, .reply = m };
	struct program_answer a;

	if (!c->asked)
		return;
	q.request = proxy_context_request(c);
	q.target = b->hop.uri;
	if (proxy_program_ask(c, &q, &a)) {
		for (size_t i = 0; i < a.ndrop; i++)
			sip_change_drop(change, a.drop[i]);
		buf_str(lines, buf_view(&a.add));
	}
	program_answer_free(&a);
}

/* ---- Whether watched servers are there ---- */

/* When the first question goes out. */
#define FIRST_NS SIM_S

/*
 * A proxy whose program watches some servers asks each of them in turn by
 * OPTIONS (RFC 3261 11), which any server answers, whatever it says.  A server
 * is down that has not answered by the time it is asked again, that can't be
 * reached, or says 503 or 408; it is up until that is known.
 */
struct proxy_probe {
	struct list link;
	struct proxy *proxy;
	struct program_watched *of;
	sim_event timer;
	struct sip_bytes *request; /* until it is known where to */
	struct node_question where;
	struct sip_transaction *client;
	uint32_t cseq;
	bool waits; /* for an answer */
};

static struct node *
node_of_probe(const struct proxy_probe *b)
{
	return b->proxy->node;
}

/* A change is in the trace, and causes what follows. */
static void
proxy_program_set_up(struct proxy_probe *b, bool up)
{
	struct trace_writer *w;

	b->waits = false;
	if (b->of->up == up)
		return;
	b->of->up = up;
	w = node_record(node_of_probe(b), TRACE_ROUTE, RULE_PROXY_HEALTH);
	trace_put_cstr(w, "how", "health");
	trace_put_cstr(w, "target", b->of->uri);
	trace_put_cstr(w, "state", up ? "up" : "down");
	node_record_cause(node_of_probe(b));
}

static void
probe_answered(struct sip_transaction *tr, const struct sip_in *in, void *arg)
{
	unsigned status = in->m->status;

	(void)tr;
	if (status >= 200)
		proxy_program_set_up(arg, status != 503 && status != 408);
}

static void
probe_failed(struct sip_transaction *tr, enum sip_failure why, void *arg)
{
	(void)tr;
	(void)why;
	proxy_program_set_up(arg, false);
}

static void
probe_moved(struct sip_transaction *old, struct sip_transaction *now, void *arg)
{
	(void)old;
	((struct proxy_probe *)arg)->client = now;
}

static void
probe_ended(struct sip_transaction *tr, void *arg)
{
	(void)tr;
	((struct proxy_probe *)arg)->client = NULL;
}

static const struct sip_transaction_ops proxy_health_ops = {
	.response = probe_answered,
	.moved = probe_moved,
	.failed = probe_failed,
	.ended = probe_ended,
};

static void
probe_located(int err, const struct addr *dst, void *arg)
{
	struct proxy_probe *b = arg;
	struct sip_origin origin = { RULE_PROXY_HEALTH, 0 };
	struct sip_bytes *request = b->request;

	b->request = NULL;
	if (err == 0)
		err = sip_client_create(node_of_probe(b)->stack, request, dst,
		    &origin, &proxy_health_ops, b, &b->client);
	sip_bytes_unref(request);
	if (err == ERR_NOMEM)
		node_fail_memory(node_of_probe(b));
	else if (err != 0)
		proxy_program_set_up(b, false);
}

/* 11.1: from the proxy itself. */
static int
proxy_program_build(struct proxy_probe *b)
{
	struct sip_stack *stack = node_of_probe(b)->stack;
	LOCAL_BUF from = BUF_INIT, to = BUF_INIT, call_id = BUF_INIT;
	struct sip_request_spec spec = { .method = STR("OPTIONS"),
		.uri = str_of(b->of->uri),
		.cseq = ++b->cseq };

	node_write_address(&node_of_probe(b)->faces[0], "", &from);
	buf_puts(&from, ";tag=");
	sip_stack_token(stack, SIP_STREAM_TAG, 8, &from);
	buf_printf(&to, "<%s>", b->of->uri);
	sip_stack_token(stack, SIP_STREAM_CALL_ID, 12, &call_id);
	buf_putc(&call_id, '@');
	addr_write_host(node_addr(node_of_probe(b)), &call_id);
	spec.from = buf_view(&from);
	spec.to = buf_view(&to);
	spec.call_id = buf_view(&call_id);
	return from.err != 0 || to.err != 0 || call_id.err != 0
		   ? ERR_NOMEM
		   : sip_build_request(stack, &spec, &b->request);
}

/* Nothing more is heard of what was asked before. */
static void
forget_question(struct proxy_probe *b)
{
	if (b->client != NULL)
		sip_transaction_set_user(b->client, NULL, NULL);
	b->client = NULL;
	node_locate_stop(&b->where);
	sip_bytes_unref(b->request);
	b->request = NULL;
}

static void
probe(void *arg)
{
	struct proxy_probe *b = arg;
	int err;

	b->timer = node_after(node_of_probe(b), b->of->every_ns, probe, b);
	if (b->waits)
		proxy_program_set_up(b, false);
	forget_question(b);
	b->waits = true;
	err = proxy_program_build(b);
	if (err == 0)
		node_locate(node_of_probe(b), str_of(b->of->uri), ADDR_DEFAULT,
		    probe_located, b, &b->where);
	else if (err == ERR_NOMEM)
		node_fail_memory(node_of_probe(b));
	else
		proxy_program_set_up(b, false);
}

int
proxy_health_start(struct proxy *p)
{
	struct program *program = p->program;

	for (size_t i = 0; program != NULL && i < program->nwatched; i++) {
		struct proxy_probe *b = mem_zalloc(1, sizeof(*b));

		if (b == NULL)
			return ERR_NOMEM;
		b->proxy = p;
		b->of = &program->watched[i];
		list_append(&p->probes, &b->link);
		b->timer = node_after(p->node, FIRST_NS, probe, b);
	}
	return 0;
}

void
proxy_health_stop(struct proxy *p)
{
	list_each (struct proxy_probe, b, &p->probes, link) {
		forget_question(b);
		sim_cancel(node_sim(p->node), b->timer);
		list_remove(&b->link);
		mem_free(b);
	}
}
