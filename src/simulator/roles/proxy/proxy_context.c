/*
 * The response context of RFC 3261 16.7: the target set of one request, the
 * branches that its copies went out on, and the response upstream.
 *
 * Targets are tried in groups: with fork=parallel those of the same q together,
 * with fork=sequential one by one, always the highest q first.  The next group
 * starts when every branch has a final answer and none was a 2xx or 6xx.
 */
#include "roles/proxy/proxy_in.h"
#include "msg/header_names.h"
#include "node/timer.h"
#include "node/uri.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "rules/rule_names.h"
#include "sip/build.h"

#include <string.h>

/* ---- 100 that comes late: RFC 3261 17.2.1; RFC 4320 4.1 ---- */

static void fire_100(void *arg);

static const struct node_timer timer_100 = { "100", RULE_PROXY_100_LATE,
	fire_100, "NICT" };
/* Of an INVITE. */
static const struct node_timer timer_100_soon = { "100", RULE_PROXY_100_SOON,
	fire_100, NULL };

static const struct node_timer *
which_100(const struct proxy_context *c)
{
	return c->invite ? &timer_100_soon : &timer_100;
}

/* In the trace it goes by the first branch. */
static const char *
first_branch(const struct proxy_context *c)
{
	return LIST_ENTRY(c->branches.next, struct proxy_branch, link)->id;
}

static void
fire_100(void *arg)
{
	struct proxy_context *c = arg;

	node_timer_fired(
	    c->proxy->node, &c->timer_100, which_100(c), first_branch(c));
	proxy_context_answer(c, 100, which_100(c)->why);
}

int64_t
proxy_context_patience(struct proxy_context *c)
{
	const struct msg *m = proxy_context_request(c);
	int64_t after = node_attr_time(c->proxy->node, "trying", 0);

	if (!c->invite || msg_tag_of(m, MSG_H_TO).n == 0)
		return 0;
	return after < SIP_TRYING_NS ? after : SIP_TRYING_NS;
}

static void
start_100(struct proxy_context *c)
{
	int64_t after = c->invite ? c->patience : PROXY_100_NS;

	if (after > 0 && c->timer_100 == 0 && !c->final &&
	    !list_empty(&c->branches))
		node_timer_set(c->proxy->node, &c->timer_100, which_100(c),
		    first_branch(c), sim_now(node_sim(c->proxy->node)) + after,
		    c);
	c->patience = 0;
}

static void
stop_100(struct proxy_context *c)
{
	if (c->timer_100 != 0)
		node_timer_stop(c->proxy->node, &c->timer_100, which_100(c),
		    first_branch(c));
}

/* ---- life ---- */

static void
target_free(struct proxy_target *t)
{
	if (t->context != NULL)
		sim_cancel(node_sim(t->context->proxy->node), t->later);
	list_remove(&t->link);
	mem_free(t->uri);
	mem_free(t->secure);
	mem_free(t->path);
	mem_free(t->instance);
	mem_free(t);
}

void
proxy_context_free(struct proxy_context *c)
{
	sim_cancel(node_sim(c->proxy->node), c->timer_100);
	node_locate_stop(&c->where);
	if (c->by_number)
		resolver_forget(&c->number);
	if (c->server != NULL)
		sip_transaction_set_user(c->server, NULL, NULL);
	list_each (struct proxy_branch, b, &c->branches, link)
		proxy_branch_free(b);
	list_each (struct proxy_target, t, &c->targets, link)
		target_free(t);
	list_remove(&c->link);
	c->proxy->ncontexts--;
	sip_bytes_unref(c->request);
	mem_free(c->reason);
	mem_free(c->who);
	proxy_history_free(c);
	proxy_program_free(c);
	mem_free(c);
}

static bool
has_client(const struct proxy_context *c)
{
	list_each (const struct proxy_branch, b, &c->branches, link)
		if (b->client != NULL || b->where.open)
			return true;
	return false;
}

void
proxy_context_release(struct proxy_context *c)
{
	if (c->server == NULL && !c->asking && !c->starting && !c->where.open &&
	    !has_client(c))
		proxy_context_free(c);
}

static void
server_ended(struct sip_transaction *tr, void *arg)
{
	struct proxy_context *c = arg;

	(void)tr;
	c->server = NULL;
	proxy_context_release(c);
}

/* RFC 6026 7.1: an ACK with the INVITE's own branch, as in RFC 2543. */
static void
server_ack(struct sip_transaction *tr, const struct sip_in *in, void *arg)
{
	struct proxy_context *c = arg;

	(void)tr;
	proxy_take_ack(c->proxy, in);
}

static const struct sip_transaction_ops server_ops = {
	.ack = server_ack,
	.ended = server_ended,
};

struct proxy_context *
proxy_context_new(struct proxy *p, const struct sip_in *in)
{
	struct proxy_context *c = mem_zalloc(1, sizeof(*c));

	if (c == NULL) {
		node_fail_memory(p->node);
		return NULL;
	}
	c->owner.role = &role_proxy;
	c->proxy = p;
	c->request = sip_bytes_ref(in->bytes);
	c->recv = in->recv;
	c->invite = in->m->method == MSG_INVITE;
	c->sips = node_is_sips(in->m->uri);
	c->src = in->src;
	c->at = in->at;
	c->alone = in->tr == NULL;
	list_init(&c->targets);
	list_init(&c->branches);
	list_append(&p->contexts, &c->link);
	p->ncontexts++;
	if (!c->alone) {
		c->server = in->tr;
		sip_transaction_set_user(in->tr, &server_ops, c);
	}
	return c;
}

/* ---- the target set ---- */

/* A program may name one once more, by another way. */
static bool
context_has_target(
    const struct proxy_context *c, struct str uri, struct str path)
{
	list_each (const struct proxy_target, t, &c->targets, link)
		if (t->instance == NULL && msg_uri_equal(str_of(t->uri), uri) &&
		    (!c->programmed ||
			str_eq(str_of(t->path != NULL ? t->path : ""), path)))
			return true;
	return false;
}

/* 16.5: behind targets of the same q. */
static void
context_insert(struct proxy_context *c, struct proxy_target *t)
{
	struct list *place = &c->targets;

	list_each (struct proxy_target, other, &c->targets, link) {
		if (!other->started && other->q < t->q) {
			place = &other->link;
			break;
		}
	}
	list_append(place, &t->link);
}

/* 16.5: no URI twice, but of FLOWs.  Only SIP goes on from here, unless a Route
 * leads on. */
static struct proxy_target *
context_add_target(struct proxy_context *c, struct str uri, struct str path,
    unsigned q, const char *how, enum rule_id why, bool flow)
{
	struct proxy_target *t;
	struct msg_uri u;

	if (c->ntargets == PROXY_TARGETS || msg_uri_read(uri, &u) != 0 ||
	    (!flow && context_has_target(c, uri, path)))
		return NULL;
	if (!(node_is_led(&u) && path.n > 0) && !proxy_sips_fits(c, &u, uri))
		return NULL;
	t = mem_zalloc(1, sizeof(*t));
	if (t == NULL) {
		node_fail_memory(c->proxy->node);
		return NULL;
	}
	list_init(&t->link);
	t->uri = node_target_uri(uri);
	t->path = path.n > 0 ? mem_dup(path.p, path.n) : NULL;
	t->q = q;
	t->how = how;
	t->why = why;
	if (t->uri == NULL || (path.n > 0 && t->path == NULL) ||
	    (node_uri_is_sips(&u) && !c->sips && proxy_sips_plain(t) != 0)) {
		node_fail_memory(c->proxy->node);
		target_free(t);
		return NULL;
	}
	context_insert(c, t);
	c->ntargets++;
	return t;
}

bool
proxy_context_add(struct proxy_context *c, struct str uri, struct str path,
    unsigned q, const char *how, enum rule_id why)
{
	return context_add_target(c, uri, path, q, how, why, false) != NULL;
}

bool
proxy_context_add_flow(struct proxy_context *c,
    const struct location_contact *l, bool spare, enum rule_id why)
{
	struct proxy_target *t = context_add_target(
	    c, str_of(l->uri), str_of(l->path), l->q, "location", why, true);

	if (t == NULL)
		return false;
	t->spare = spare;
	t->instance = mem_strdup(l->instance);
	if (t->instance == NULL)
		node_fail_memory(c->proxy->node);
	return true;
}

/* ---- targets that wait: after() ---- */

static void fire_after(void *arg);

static const struct node_timer timer_after = { "after", RULE_PROXY_AFTER,
	fire_after, NULL };

bool
proxy_context_add_later(
    struct proxy_context *c, struct str uri, struct str path, int64_t after_ns)
{
	struct proxy_target *t = context_add_target(
	    c, uri, path, 0, "program", RULE_PROXY_PROGRAM, false);

	if (t == NULL)
		return false;
	t->context = c;
	t->due = sim_now(node_sim(c->proxy->node)) + after_ns;
	node_timer_set(
	    c->proxy->node, &t->later, &timer_after, t->uri, t->due, t);
	return true;
}

static void
stop_after(struct proxy_context *c, struct proxy_target *t)
{
	node_timer_stop(c->proxy->node, &t->later, &timer_after, t->uri);
}

/* The best of the targets that were not tried yet, or NULL.  LATER: where none
 * has a turn, the one that waits for the shortest time. */
static struct proxy_target *
next_target(const struct proxy_context *c, bool later)
{
	struct proxy_target *next = NULL;

	list_each (struct proxy_target, t, &c->targets, link) {
		if (t->started || t->spare)
			continue;
		if (t->due == 0)
			return t;
		if (later && (next == NULL || t->due < next->due))
			next = t;
	}
	return next;
}

void
proxy_context_start(
    struct proxy_context *c, struct proxy_target *t, unsigned breadth)
{
	unsigned drop;
	struct proxy_hop h;

	t->started = true;
	stop_after(c, t);
	/* For the Routes that name this proxy. */
	proxy_choose(c->proxy, proxy_context_request(c), &c->src, &h);
	drop = h.drop_routes;
	h = (struct proxy_hop){ .drop_routes = drop,
		.how = t->how,
		.why = t->why,
		.breadth = breadth };
	proxy_aim(c->proxy, &h, t);
	h.instance = t->instance;
	proxy_branch_start(c, &h);
}

/* ---- groups of targets ---- */

/* Those whose turn it is, and what they may have of Max-Breadth. */
struct group {
	unsigned n;       /* targets */
	unsigned breadth; /* for all of them together */
	unsigned rest;    /* targets behind them */
};

/* Max-Breadth of the branches that have no final answer. */
static unsigned
breadth_taken(const struct proxy_context *c)
{
	unsigned n = 0;

	list_each (const struct proxy_branch, b, &c->branches, link)
		n += b->status == 0 ? b->breadth : 0;
	return n;
}

/*
 * 16.6: the next target, and with fork=parallel those of the same q.  RFC 5393
 * 5.3.3: all pending branches together have no more than the request has.  A
 * branch that says nothing can't be cancelled (9.1), and the next ones have
 * their turn next to it: for each of them 1 is kept back.
 */
static struct group
next_group(struct proxy_context *c)
{
	const char *fork = node_attr(c->proxy->node, "fork", "parallel");
	unsigned all = proxy_breadth(proxy_context_request(c));
	unsigned taken = breadth_taken(c), kept, waiting = 0;
	struct group g = { 0, all > taken ? all - taken : 0, 0 };
	const struct proxy_target *first = next_target(c, true);

	list_each (const struct proxy_target, t, &c->targets, link) {
		if (t->spare || t->started)
			continue;
		g.rest++;
		g.n += t == first ||
		       (t->due == 0 && first->due == 0 && t->q == first->q);
		waiting += t != first && t->due != 0;
	}
	if (strcmp(fork, "parallel") != 0 && !c->programmed)
		g.n = 1;
	g.rest -= g.n;
	kept = c->invite ? g.rest + proxy_service_waits(c) : waiting;
	if (g.breadth >= g.n)
		g.breadth -= kept < g.breadth - g.n ? kept : g.breadth - g.n;
	return g;
}

static void
start_group(struct proxy_context *c, const struct group *g)
{
	bool fits = g->n <= g->breadth;

	c->starting = true;
	for (unsigned i = 0; i < g->n && !c->closed; i++) {
		struct proxy_target *t = next_target(c, true);

		if (!fits)
			t->started = true;
		else
			proxy_context_start(
			    c, t, g->breadth / g->n + (i < g->breadth % g->n));
	}
	if (!fits)
		proxy_branch_fail(c, 440, RULE_PROXY_BREADTH);
	c->starting = false;
	start_100(c);
}

/* A branch has no final answer.  TURN: branches that were passed over do not
 * count, since the next target need not wait for them. */
static bool
context_is_pending(const struct proxy_context *c, bool turn)
{
	list_each (const struct proxy_branch, b, &c->branches, link)
		if (b->status == 0 && !(turn && b->passed_over))
			return true;
	return false;
}

/* While a target waits for its turn, those of this turn ring for a limited time
 * (16.6, 16.8).  The ones of one group never wait for each other. */
static void
limit_ringing(struct proxy_context *c)
{
	if (c->final || c->closed || c->starting ||
	    (next_target(c, false) == NULL && !proxy_service_waits(c)))
		return;
	list_each (struct proxy_branch, b, &c->branches, link)
		proxy_branch_limit_ringing(b);
}

/* Its time has come: it is tried beside the others, unless these have all of
 * Max-Breadth (RFC 5393 5.3.3); then it has its turn after them. */
static void
fire_after(void *arg)
{
	struct proxy_target *t = arg;
	struct proxy_context *c = t->context;

	node_timer_fired(c->proxy->node, &t->later, &timer_after, t->uri);
	if (c->final || t->started ||
	    breadth_taken(c) >= proxy_breadth(proxy_context_request(c)))
		return;
	proxy_context_start(c, t, 1);
	proxy_context_go(c);
	proxy_context_release(c);
}

void
proxy_context_go(struct proxy_context *c)
{
	struct group g;

	if (!c->starting)
		proxy_program_failures(c);
	while (!c->final && !c->starting && !context_is_pending(c, true)) {
		if (c->closed ||
		    (next_target(c, true) == NULL && !proxy_service_go_on(c))) {
			/* 16.7 step 6: when all have answered. */
			if (!context_is_pending(c, false) &&
			    !proxy_program_conclude(c))
				proxy_answer_best(c);
			break;
		}
		g = next_group(c);
		/* RFC 5393 5.3.3.1: pending branches will give back their
		 * part. */
		if (g.n > g.breadth && context_is_pending(c, false))
			break;
		start_group(c, &g);
	}
	limit_ringing(c);
}

void
proxy_context_forward(struct proxy_context *c, const struct proxy_hop *h)
{
	proxy_branch_start(c, h);
	start_100(c);
	proxy_context_go(c);
}

void
proxy_context_located(struct proxy_context *c)
{
	start_100(c);
	proxy_context_go(c);
	proxy_context_release(c);
}

/* ---- upstream ---- */

/* A reply's own fields, and the history. */
#define REPLY_FIELDS 8

void
proxy_context_reply(struct proxy_context *c,
    const struct sip_response_spec *spec, enum rule_id why)
{
	struct sip_in in = { .tr = c->server };
	struct sip_header fields[REPLY_FIELDS];
	struct sip_response_spec told = *spec;
	LOCAL_BUF history = BUF_INIT;

	if (c->server == NULL || c->final)
		return;
	if (spec->status >= 200 || c->invite)
		stop_100(c);
	c->final = spec->status >= 200;
	in.m = proxy_context_request(c);
	if (spec->nheaders < REPLY_FIELDS) {
		if (spec->nheaders > 0)
			memcpy(fields, spec->headers,
			    spec->nheaders * sizeof(fields[0]));
		told.headers = fields;
		told.nheaders += proxy_history_reply(
		    c, spec->status, &history, &fields[spec->nheaders]);
	}
	if (history.err != 0)
		node_fail_memory(c->proxy->node);
	else
		node_reply(c->proxy->node, &in, &told, why);
}

void
proxy_context_answer(struct proxy_context *c, unsigned status, enum rule_id why)
{
	struct sip_response_spec spec = { .status = status };

	proxy_context_reply(c, &spec, why);
}

/* M, of B, as it goes up: *OUT with one reference. */
static int
copy_response(struct proxy_branch *b, const struct msg *m, struct str add,
    struct sip_bytes **out)
{
	struct proxy_context *c = b->context;
	struct sip_change change = { .ndrop = 0 };
	LOCAL_BUF lines = BUF_INIT, params = BUF_INIT, contact = BUF_INIT;
	int err;

	buf_str(&lines, add);
	proxy_overload_change(c, &change, &params);
	proxy_identity_change(c, m, &b->hop.dst, &c->src, &change, &lines);
	if (b->direct)
		proxy_alias_note(c->proxy, m, &b->hop.dst, &change, &contact);
	proxy_history_response(b, m, &change, &lines);
	proxy_program_reply(b, m, &change, &lines);
	change.add = buf_view(&lines);
	err = lines.err != 0 ? lines.err : params.err;
	if (err == 0)
		err = sip_forward_response(
		    node_sim(c->proxy->node), m, &change, out);
	return err;
}

void
proxy_context_pass(struct proxy_branch *b, const struct msg *m, uint64_t recv,
    struct str add, enum rule_id why)
{
	struct proxy_context *c = b->context;
	struct sip_origin origin = { why, recv };
	struct sip_bytes *copy;
	int err;

	/* RFC 6026 8.3: without its server transaction it goes nowhere. */
	if (c->server == NULL) {
		node_note_drop(
		    c->proxy->node, recv, TRACE_DROP_UNMATCHED, RULE_STRAY);
		return;
	}
	if (m->status >= 200 || c->invite)
		stop_100(c);
	c->final = c->final || m->status >= 200;
	err = copy_response(b, m, add, &copy);
	if (err == 0) {
		err = sip_server_respond(c->server, copy, &origin);
		sip_bytes_unref(copy);
	}
	if (err == ERR_NOMEM)
		node_fail_memory(c->proxy->node);
	else if (err == ERR_STATE)
		node_note_drop(
		    c->proxy->node, recv, TRACE_DROP_UNMATCHED, RULE_STRAY);
}

void
proxy_context_abandon(struct proxy_context *c)
{
	struct sip_transaction *server = c->server;

	if (server == NULL || c->final)
		return;
	stop_100(c);
	c->final = true;
	c->server = NULL;
	sip_transaction_set_user(server, NULL, NULL);
	sip_transaction_give_up(server, RULE_PROXY_408_LATE);
}

void
proxy_context_close(struct proxy_context *c, enum rule_id why)
{
	c->closed = true;
	list_each (struct proxy_target, t, &c->targets, link)
		stop_after(c, t);
	if (!c->invite)
		return;
	list_each (struct proxy_branch, b, &c->branches, link)
		if (b->status == 0)
			proxy_branch_cancel(b, why);
}

void
proxy_context_cancel(struct proxy_context *c)
{
	if (c->final || !c->invite)
		return;
	c->cancel_wanted = true;
	if (context_is_pending(c, false))
		proxy_context_close(c, RULE_PROXY_CANCEL);
	else
		proxy_context_answer(c, 487, RULE_CANCEL_487);
}
