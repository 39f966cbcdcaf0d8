/*
 * A random network for tests, drawn from a seed: up to 12 proxies in a chain, a
 * tree or a ring, each with a domain, phones, a router and perhaps a box of its
 * own (random_boxes); links
 * with loss, delay and reordering; calls that are placed, answered, refused,
 * cancelled and ended, some of them just when they are answered; presence that
 * is told and watched; crashes; names that nobody knows, and in every other
 * network moments in which half of what is asked for is not found, so that
 * calls end while others do. What is drawn depends on the seed alone.
 *
 * The address-of-record sip:t@dN.example leads from a domain to the next (or
 * the next two) by its binding, and at the end to phones; in a ring back to the
 * first.
 */
#ifndef RANDOM_NET_H
#define RANDOM_NET_H

#include "base/err.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "roles/location/location.h"
#include "node/world.h"
#include "roles/roles.h"
#include "roles/ua/ua.h"
#include "sim/rng.h"
#include "text/json.h"

#include <stdarg.h>
#include <string.h>

#define RANDOM_PROXIES 12
#define RANDOM_PHONES  (2 * RANDOM_PROXIES)
#define RANDOM_CALLS   24
#define RANDOM_BOXES   11 /* rows of random_boxes */
#define RANDOM_ACTS    360
#define RANDOM_MORE    120 /* changes beside them */
/* From this seed on all goes by TCP; from that on the seed says whether, and
 * whether links lose nothing (random_is_quiet). */
#define RANDOM_TCP_SEED  3039
#define RANDOM_SOAK_SEED 100000
/* From these on phones change their calls, and reject changes, too. */
#define RANDOM_CHANGE_SEED      5001
#define RANDOM_CHANGE_SOAK_SEED 2026112900000
#define RANDOM_MOMENTS          4

enum random_shape { RANDOM_CHAIN, RANDOM_TREE, RANDOM_RING, RANDOM_SHAPES };

struct random_net {
	uint64_t seed;
	struct rng rng;
	enum random_shape shape;
	unsigned nproxies, nphones;
	unsigned box[RANDOM_PROXIES]; /* rows of random_boxes */
	struct buf trace;
	struct trace_writer *writer;
	struct world *w;
	struct {
		struct random_net *net;
		unsigned phone;
		char name[96];   /* of the call, "" before it was placed */
		char verb[8];    /* what is done to it later */
		char target[48]; /* whom it calls */
	} calls[RANDOM_CALLS];
	unsigned ncalls, placed;
	struct {
		struct random_net *net;
		unsigned phone, call, which;
		char target[48];       /* "@" */
		char user[48];         /* "+" */
		char node[16], on[96]; /* where it was done */
	} acts[RANDOM_ACTS + RANDOM_MORE];
	unsigned nacts;
	struct {
		struct random_net *net;
		char name[16];
	} crashes[4];
	struct {
		struct random_net *net;
		bool begins;
	} moments[2 * RANDOM_MOMENTS]; /* of `down` */
	unsigned down;                 /* half of the names are not found … */
	unsigned missed;               /* … and so many were not */
	bool quiet_links; /* no loss, no crash: the control group */
	bool tcp;         /* all goes by TCP */
};

#define UNUSED __attribute__((unused)) static

UNUSED unsigned
draw(struct random_net *r, unsigned below)
{
	return (unsigned)rng_below(&r->rng, below);
}

UNUSED int
random_sink(const char *line, size_t n, void *arg)
{
	struct random_net *r = arg;

	buf_add(&r->trace, line, n);
	return r->trace.err;
}

/* ---- the network ---- */

UNUSED struct node *
random_node(struct random_net *r, const char *name, const char *roles,
    const char *domain, unsigned a, unsigned b, const char *fmt, ...)
{
	struct world_node spec = { .name = name,
		.roles = roles,
		.domain = domain,
		.addr = { .len = 4, .ip = { 10, 0, (uint8_t)a, (uint8_t)b } },
		.forwards = roles[0] == '\0' };
	struct str rest, v, word;
	char attrs[200], key[40], value[80];
	struct node *n;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(attrs, sizeof(attrs), fmt, ap);
	va_end(ap);
	CU_ASSERT_EQUAL_FATAL(world_add_node(r->w, &spec, &n), 0);
	rest = str_of(attrs);
	while (rest.n > 0) {
		word = str_cut(rest, ' ', &rest);
		snprintf(
		    key, sizeof(key), "%.*s", STR_ARG(str_cut(word, '=', &v)));
		snprintf(value, sizeof(value), "%.*s", STR_ARG(v));
		CU_ASSERT_EQUAL_FATAL(node_set_attr(n, key, value), 0);
	}
	return n;
}

UNUSED void
random_link(struct random_net *r, struct node *a, struct node *b)
{
	struct net_link_params p = net_link_defaults;
	struct net_link *l;

	p.delay_ns = (int64_t)(1 + draw(r, 40)) * SIM_MS;
	p.jitter_ns = (int64_t)draw(r, 30) * SIM_MS;
	p.loss = r->quiet_links ? 0 : draw(r, 4) == 0 ? draw(r, 20) / 100. : 0;
	p.duplicate = draw(r, 6) == 0 ? draw(r, 10) / 100. : 0;
	CU_ASSERT_EQUAL_FATAL(
	    net_add_link(r->w->net, a->host, b->host, &p, &l), 0);
}

/* What stands in a domain beside its proxy: the first phone's calls go through
 * those that are on its way, and the others are phones of sip:t@dN.example. */
UNUSED const struct {
	const char *roles, *attrs;
	bool on_way;
} random_boxes[RANDOM_BOXES] = {
	{ "", "", false },
	{ "b2bua", "outbound=p%1$u", true },
	{ "sbc", "outbound=p%1$u", true },
	{ "queue", "wrap_up=1s ring_time=4s overflow=sip:u0@d0.example",
	    false },
	{ "queue", "wrap_up=1s ring_time=2s rest=1s strategy=all", false },
	{ "b2bua", "outbound=p%1$u refers=do", true },
	{ "sbc", "outbound=p%1$u refers=do ring_time=3s", true },
	{ "controller", "outbound=p%1$u no_answer=3s", false },
	{ "conference", "rooms=b%1$u", false },
	{ "voicemail", "mailboxes=u%1$u@d%1$u.example answer=1s", false },
	{ "redirect registrar location", "", false },
};

/* Its box, linked to ROUTER. */
UNUSED void
random_box(struct random_net *r, unsigned i, struct node *router)
{
	char name[16], domain[32];

	if (r->box[i] == 0)
		return;
	snprintf(name, sizeof(name), "b%u", i);
	snprintf(domain, sizeof(domain), "b%u.example", i);
	random_link(r, router,
	    random_node(r, name, random_boxes[r->box[i]].roles, domain, i, 6,
		random_boxes[r->box[i]].attrs, i));
}

/* Proxy I with its router, phones and domain. */
UNUSED struct node *
random_domain(struct random_net *r, unsigned i)
{
	static const char *const forks[] = { "parallel", "sequential" };
	static const char *const answers[] = { "0s", "300ms", "2s", "never" };
	char name[16], domain[32];
	struct node *router, *proxy, *phone;
	unsigned fork, ring, answer, hangup;
	bool records, recurses, busy, own;

	snprintf(domain, sizeof(domain), "d%u.example", i);
	snprintf(name, sizeof(name), "r%u", i);
	router = random_node(r, name, "", "", i, 1, "");
	snprintf(name, sizeof(name), "p%u", i);
	/* Arguments are drawn in no order that a compiler would keep. */
	fork = draw(r, 2);
	ring = 2 + draw(r, 9);
	records = draw(r, 3) > 0;
	recurses = draw(r, 2) > 0;
	proxy = random_node(r, name, "proxy registrar location", domain, i, 2,
	    "fork=%s ring_time=%us record_route=%s recurse=%s "
	    "transport=%s presence_agent=a%u",
	    forks[fork], ring, records ? "true" : "false",
	    recurses ? "true" : "false", r->tcp ? "tcp" : "udp", i);
	random_link(r, router, proxy);
	snprintf(name, sizeof(name), "a%u", i);
	random_link(
	    r, router, random_node(r, name, "presence", domain, i, 5, ""));
	CU_ASSERT_EQUAL_FATAL(world_add_domain(r->w, domain, proxy), 0);
	random_box(r, i, router);
	for (unsigned k = 0; k < 2; k++) {
		snprintf(name, sizeof(name), "u%u", r->nphones++);
		answer = draw(r, 4);
		busy = draw(r, 6) == 0;
		hangup = 60 + draw(r, 60);
		own = draw(r, 4) == 0;
		phone = random_node(r, name, "ua", domain, i, 3 + k,
		    "outbound=%c%u transport=%s answer=%s busy=%s hangup=%us "
		    "presence=%s",
		    k == 0 && random_boxes[r->box[i]].on_way ? 'b' : 'p', i,
		    r->tcp ? "tcp" : "udp", answers[answer],
		    busy ? "true" : "false", hangup, own ? "self" : "agent");
		random_link(r, router, phone);
	}
	return router;
}

UNUSED void
random_bind(struct random_net *r, unsigned proxy, const char *uri, unsigned q)
{
	char name[16], aor[40];
	struct location_update u = { .call_id = STR("made"), .cseq = 1 };
	struct location_contacts found = { NULL, 0 };
	const struct node *n;

	snprintf(name, sizeof(name), "p%u", proxy);
	snprintf(aor, sizeof(aor), "sip:t@d%u.example", proxy);
	n = world_find(r->w, name);
	u.aor = str_of(aor);
	CU_ASSERT_EQUAL(
	    location_contacts_add(&u.contacts, str_of(uri), 36000, q), 0);
	location_do_store(node_role_state(n, "location"), &u, &found);
	location_contacts_free(&u.contacts);
	location_contacts_free(&found);
}

UNUSED void
random_bind_next(struct random_net *r, unsigned i, unsigned next)
{
	char uri[60];

	snprintf(uri, sizeof(uri), "sip:t@d%u.example%s", next % r->nproxies,
	    r->tcp ? ";transport=tcp" : "");
	random_bind(r, i, uri, draw(r, 2) > 0 ? 1000 : 500);
}

UNUSED void
random_bind_phone(struct random_net *r, unsigned i, unsigned k)
{
	char uri[60];

	snprintf(uri, sizeof(uri), "sip:u%u@10.0.%u.%u%s", 2 * i + k, i, 3 + k,
	    r->tcp ? ";transport=tcp" : "");
	random_bind(r, i, uri, draw(r, 2) > 0 ? 1000 : 700);
}

UNUSED void
random_bind_box(struct random_net *r, unsigned i)
{
	char uri[40];

	snprintf(uri, sizeof(uri), "sip:b%u@10.0.%u.6", i, i);
	if (r->box[i] > 0 && !random_boxes[r->box[i]].on_way)
		random_bind(r, i, uri, draw(r, 2) > 0 ? 1000 : 700);
}

UNUSED void
random_bindings(struct random_net *r)
{
	for (unsigned i = 0; i < r->nproxies; i++) {
		random_bind_box(r, i);
		unsigned left = r->shape == RANDOM_TREE ? 2 * i + 1 : i + 1;
		bool leaf = left >= r->nproxies;

		if (!leaf || r->shape == RANDOM_RING)
			random_bind_next(r, i, left);
		if (r->shape == RANDOM_TREE && left + 1 < r->nproxies)
			random_bind_next(r, i, left + 1);
		if (leaf || draw(r, 3) == 0)
			random_bind_phone(r, i, 0);
		if (leaf && draw(r, 2) == 0)
			random_bind_phone(r, i, 1);
	}
}

/* ---- what happens ---- */

/* The second argument of some verbs: what lasts shall be over in the quiet. */
UNUSED size_t
random_more(const char *verb, struct node_arg *arg)
{
	static const struct {
		const char *verb, *key, *value;
	} rows[] = {
		{ "message", "text", "hi" },
		{ "subscribe", "expires", "100s" },
		{ "publish", "expires", "100s" },
		{ "connect", "second", "sip:t@d0.example" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i].verb, verb) == 0) {
			arg->key = rows[i].key;
			arg->value = rows[i].value;
			return 1;
		}
	return 0;
}

UNUSED int
random_do(struct random_net *r, const char *node, const char *verb,
    const char *object, const char *key, const char *value,
    struct node_result *result)
{
	struct node *n = world_find(r->w, node);
	struct node_arg given[] = { { key, value, 0 }, { NULL, NULL, 0 } };
	struct node_args args = { given, key != NULL };
	const struct node_verb *v;
	struct diag d = DIAG_INIT;
	struct node_act a = {
		.object = object, .args = &args, .result = result, .d = &d
	};

	if (n == NULL)
		return ERR_NOTFOUND;
	if (key != NULL && object == NULL)
		args.n += random_more(verb, &given[1]);
	memset(result, 0, sizeof(*result));
	v = world_verb_on(n, str_of(verb), object, &a.role);
	return v != NULL ? v->fn(&a) : ERR_NOTFOUND;
}

UNUSED void
random_later(void *arg)
{
	struct node_result result;
	char node[16];
	struct random_net *r;
	unsigned i = 0;

	/* ARG is one of the calls. */
	r = *(struct random_net **)arg;
	while ((void *)&r->calls[i] != arg)
		i++;
	snprintf(node, sizeof(node), "u%u", r->calls[i].phone);
	/* It may be over, or in another state: then this is an error. */
	random_do(
	    r, node, r->calls[i].verb, r->calls[i].name, NULL, NULL, &result);
}

UNUSED void
random_place(void *arg)
{
	struct random_net *r = *(struct random_net **)arg;
	struct node_result result;
	char node[16];
	unsigned i = 0;

	while ((void *)&r->calls[i] != arg)
		i++;
	snprintf(node, sizeof(node), "u%u", r->calls[i].phone);
	if (random_do(r, node, "invite", NULL, "target", r->calls[i].target,
		&result) != 0)
		return;
	snprintf(
	    r->calls[i].name, sizeof(r->calls[i].name), "%s", result.object);
	r->placed++;
}

/*
 * What people do beside calling and hanging up: verbs, on a call or on a phone,
 * with one argument; "@" is somebody's address, and of a fork perhaps several
 * people's, "+" that of one phone's user.  One that can't be done in the state
 * that there is, is refused by the phone, which is fine; but each is done now
 * and then (`done`).
 */
#define RANDOM_NOBODY "sip:nobody@nowhere.example"

UNUSED struct {
	const char *verb;
	bool on_call;
	const char *key, *value;
	unsigned done;
	bool of_box; /* the domain's box does it */
	const char *then;
} random_acts[] = {
	{ "hold", true, NULL, NULL, 0, false, NULL },
	{ "hold", true, NULL, NULL, 0, false, NULL },
	{ "resume", true, NULL, NULL, 0, false, NULL },
	{ "resume", true, NULL, NULL, 0, false, NULL },
	{ "resume", true, NULL, NULL, 0, false, NULL },
	{ "resume", true, NULL, NULL, 0, false, NULL },
	{ "reinvite", true, NULL, NULL, 0, false, NULL },
	{ "reinvite", true, "sdp", "false", 0, false, NULL },
	{ "refresh", true, NULL, NULL, 0, false, NULL },
	{ "update", true, NULL, NULL, 0, false, NULL },
	{ "transfer", true, "to", "@", 0, false, NULL },
	{ "transfer", true, "to", "@", 0, false, NULL },
	{ "message", true, "text", "hello", 0, false, NULL },
	{ "dtmf", true, "digits", "12", 0, false, NULL },
	{ "options", true, NULL, NULL, 0, false, NULL },
	{ "answer", true, NULL, NULL, 0, false, NULL },
	{ "ring", true, "code", "183", 0, false, NULL },
	{ "ring", true, "reliable", "true", 0, false, NULL },
	{ "reject", true, NULL, NULL, 0, false, NULL },
	{ "reject", true, "code", "486", 0, false, NULL },
	{ "message", false, "target", "@", 0, false, NULL },
	{ "options", false, "target", "@", 0, false, NULL },
	{ "subscribe", false, "target", "@", 0, false, NULL },
	{ "subscribe", false, "target", "+", 0, false, NULL },
	{ "subscribe", false, "target", "+", 0, false, NULL },
	{ "publish", false, "status", "open", 0, false, NULL },
	{ "publish", false, "status", "closed", 0, false, NULL },
	{ "unpublish", false, NULL, NULL, 0, false, NULL },
	{ "logon", false, "agent", "+", 0, true, NULL },
	{ "logoff", false, "agent", "+", 0, true, NULL },
	{ "logon", false, "agent", RANDOM_NOBODY, 0, true, NULL },
	{ "logon", false, "agent", RANDOM_NOBODY, 0, true, NULL },
	{ "connect", false, "first", "@", 0, true, NULL },
	{ "connect", false, "first", RANDOM_NOBODY, 0, true, NULL },
	{ "transfer", true, "to", RANDOM_NOBODY, 0, false, NULL },
	{ "bye", true, NULL, NULL, 0, false, NULL },
	{ "bye", true, NULL, NULL, 0, true, NULL },
	/* From RANDOM_CHANGES on: changes, and phones that do not want them;
	 * "set" is an attribute, and what stands last comes some milliseconds
	 * later. */
	{ "reinvite", true, "sdp", "false", 0, false, NULL },
	{ "reinvite", true, "sdp", "false", 0, false, "cancel" },
	{ "reinvite", true, "add", "video", 0, false, NULL },
	{ "reinvite", true, "add", "video", 0, false, "cancel" },
	{ "reinvite", true, "remove", "video", 0, false, NULL },
	{ "hold", true, NULL, NULL, 0, false, "cancel" },
	{ "set", false, "refuse_changes", "488", 0, false, NULL },
	{ "set", false, "refuse_changes", "500", 0, false, NULL },
	{ "set", false, "refuse_changes", "480", 0, false, NULL },
	{ "set", false, "refuse_changes", "", 0, false, NULL },
	{ "set", false, "refuse_changes", "", 0, false, NULL },
	{ "set", false, "codecs", "PCMU", 0, false, NULL },
	{ "set", false, "codecs", "PCMA PCMU", 0, false, NULL },
	{ "set", false, "session_expires", "90s", 0, false, NULL },
	{ "set", false, "session_expires", "", 0, false, NULL },
};

#define RANDOM_KINDS   COUNT_OF(random_acts)
#define RANDOM_CHANGES 37 /* the first of them */

UNUSED const char *
random_value(const struct random_net *r, unsigned i)
{
	const char *value = random_acts[r->acts[i].which].value;

	if (value != NULL && value[0] == '@')
		return r->acts[i].target;
	return value != NULL && value[0] == '+' ? r->acts[i].user : value;
}

UNUSED void
random_then(void *arg)
{
	struct random_net *r = *(struct random_net **)arg;
	struct node_result result;
	unsigned i = 0;

	while ((void *)&r->acts[i] != arg)
		i++;
	random_do(r, r->acts[i].node, random_acts[r->acts[i].which].then,
	    r->acts[i].on, NULL, NULL, &result);
}

/* NODE has that attribute from now on, which the trace tells. */
UNUSED bool
random_set(
    struct random_net *r, const char *node, const char *key, const char *value)
{
	struct node *n = world_find(r->w, node);
	char args[80];

	if (n == NULL || node_set_attr(n, key, value) != 0)
		return false;
	sim_open(r->w->sim, TRACE_ACT, node, RULE_NONE);
	trace_put_cstr(r->writer, "by", "script");
	trace_put_cstr(r->writer, "verb", "set");
	trace_put_cstr(r->writer, "on", node);
	snprintf(args, sizeof(args), "{\"%s\":\"%s\"}", key, value);
	trace_put_json(r->writer, "args", str_of(args));
	trace_close(r->writer);
	return true;
}

/* The act I of NODE, on CALL or on none; true when it was done. */
UNUSED bool
random_try(struct random_net *r, unsigned i, const char *node, const char *call)
{
	unsigned which = r->acts[i].which;
	struct node_result result;

	if (strcmp(random_acts[which].verb, "set") == 0
		? !random_set(
		      r, node, random_acts[which].key, random_value(r, i))
		: random_do(r, node, random_acts[which].verb, call,
		      random_acts[which].key, random_value(r, i), &result) != 0)
		return false;
	random_acts[which].done++;
	if (random_acts[which].then != NULL) {
		snprintf(r->acts[i].node, sizeof(r->acts[i].node), "%s", node);
		snprintf(r->acts[i].on, sizeof(r->acts[i].on), "%s", call);
		sim_at(r->w->sim,
		    sim_now(r->w->sim) + (1 + (int64_t)i % 30) * SIM_MS, "test",
		    random_then, &r->acts[i]);
	}
	return true;
}

/* On a call that was placed; or on the first of a phone's calls, also those
 * that it was called by, with which it can be done. */
UNUSED void
random_act(void *arg)
{
	struct random_net *r = *(struct random_net **)arg;
	char node[16], call[32];
	unsigned i = 0, placed;

	while ((void *)&r->acts[i] != arg)
		i++;
	placed = r->acts[i].call;
	snprintf(node, sizeof(node), "u%u", r->acts[i].phone);
	if (random_acts[r->acts[i].which].of_box) {
		snprintf(node, sizeof(node), "b%u", r->acts[i].phone / 2);
		placed = r->ncalls;
	}
	if (!random_acts[r->acts[i].which].on_call) {
		random_try(r, i, node, NULL);
		return;
	}
	if (placed < r->ncalls) {
		snprintf(node, sizeof(node), "u%u", r->calls[placed].phone);
		random_try(r, i, node, r->calls[placed].name);
		return;
	}
	for (unsigned k = 1; k <= 8; k++) {
		snprintf(call, sizeof(call), "%s/%u", node, k);
		if (random_try(r, i, node, call))
			return;
	}
}

/* Nobody wants news any more. */
UNUSED void
random_unsubscribe(struct random_net *r, const char *node)
{
	struct ua *ua = node_role_state(world_find(r->w, node), "ua");

	if (ua == NULL)
		return;
	list_foreach (link, &ua->agent.subscribers) {
		agent_subscriber_stop(
		    LIST_ENTRY(link, struct agent_subscriber, link));
	}
}

/* Everybody hangs up: a caller whose proxy forgot the call would wait for ever
 * (a client transaction in Proceeding has no timer), and so would a phone that
 * rings for a caller who is gone. */
UNUSED void
random_sweep(void *arg)
{
	struct random_net *r = arg;
	struct node_result result;
	char node[16], call[32];

	for (unsigned i = 0; i < r->nphones; i++) {
		for (unsigned k = 1; k < 100; k++) {
			snprintf(node, sizeof(node), "u%u", i);
			snprintf(call, sizeof(call), "u%u/%u", i, k);
			random_do(r, node, "bye", call, NULL, NULL, &result);
			/* Two conferences may have called each other. */
			node[0] = call[0] = 'b';
			random_do(r, node, "bye", call, NULL, NULL, &result);
			node[0] = 'u';
		}
		random_unsubscribe(r, node);
		random_do(r, node, "unpublish", NULL, NULL, NULL, &result);
	}
}

/* Crashes or restarts one of r->crashes, and says so in the trace. */
UNUSED void
random_switch(void *arg, const char *verb)
{
	struct random_net *r = *(struct random_net **)arg;
	const char *name = (const char *)arg + sizeof(r);
	struct node_result result;

	sim_open(r->w->sim, TRACE_ACT, name, RULE_NONE);
	trace_put_cstr(r->writer, "by", "script");
	trace_put_cstr(r->writer, "verb", verb);
	trace_put_cstr(r->writer, "on", name);
	trace_close(r->writer);
	random_do(r, name, verb, NULL, NULL, NULL, &result);
}

UNUSED void
random_crash(void *arg)
{
	random_switch(arg, "crash");
}

UNUSED void
random_restart(void *arg)
{
	random_switch(arg, "restart");
}

UNUSED void
random_moment(void *arg)
{
	struct random_net *r = *(struct random_net **)arg;
	unsigned i = 0;

	while ((void *)&r->moments[i] != arg)
		i++;
	r->down += r->moments[i].begins ? 1 : -1U;
}

UNUSED void
random_draw_moments(struct random_net *r, int64_t now)
{
	unsigned n = r->seed % 2 == 0 ? draw(r, RANDOM_MOMENTS + 1) : 0;

	for (unsigned i = 0; i < 2 * n; i++) {
		int64_t at = now + (int64_t)draw(r, 70000) * SIM_MS;

		r->moments[i].net = r->moments[i + 1].net = r;
		r->moments[i].begins = true;
		sim_at(r->w->sim, at, "test", random_moment, &r->moments[i++]);
		at += (int64_t)draw(r, 3000) * SIM_MS;
		sim_at(r->w->sim, at, "test", random_moment, &r->moments[i]);
	}
}

UNUSED bool
random_changes(uint64_t seed)
{
	return seed >= RANDOM_CHANGE_SOAK_SEED ||
	       (seed >= RANDOM_CHANGE_SEED && seed < RANDOM_SOAK_SEED);
}

/* Their draws come last: what else is drawn of a seed stays. */
UNUSED void
random_draw_changes(struct random_net *r, int64_t now)
{
	unsigned n = random_changes(r->seed) ? draw(r, RANDOM_MORE) : 0;
	char name[16];

	for (unsigned i = 0; i < r->nphones && n > 0; i += 1 + i % 3) {
		snprintf(name, sizeof(name), "u%u", i);
		random_set(r, name, "streams", "audio video");
	}
	for (unsigned i = r->nacts; i < r->nacts + n; i++) {
		r->acts[i].net = r;
		r->acts[i].phone = draw(r, r->nphones);
		r->acts[i].call = draw(r, 2 * r->ncalls);
		r->acts[i].which =
		    RANDOM_CHANGES + draw(r, RANDOM_KINDS - RANDOM_CHANGES);
		sim_at(r->w->sim, now + (int64_t)draw(r, 30000) * SIM_MS,
		    "test", random_act, &r->acts[i]);
	}
}

UNUSED void
random_script(struct random_net *r)
{
	static const char *const verbs[] = { "cancel", "bye", "bye", "bye" };
	static const int64_t answered[] = { 0, 300 * SIM_MS, 2 * SIM_S };
	unsigned ncrashes = r->quiet_links ? 0 : draw(r, 4);
	int64_t now = sim_now(r->w->sim);

	r->ncalls = 4 + draw(r, RANDOM_CALLS - 4);
	for (unsigned i = 0; i < r->ncalls; i++) {
		int64_t at = now + (int64_t)draw(r, 20000) * SIM_MS;
		int64_t later = at + (int64_t)draw(r, 15000) * SIM_MS;

		/* Just when it may be answered, or be sent. */
		if (draw(r, 4) == 0)
			later = at + answered[draw(r, COUNT_OF(answered))] +
				(int64_t)draw(r, 200) * SIM_MS;
		r->calls[i].net = r;
		r->calls[i].phone = draw(r, r->nphones);
		r->calls[i].name[0] = '\0';
		snprintf(r->calls[i].verb, sizeof(r->calls[i].verb), "%s",
		    verbs[draw(r, 4)]);
		snprintf(r->calls[i].target, sizeof(r->calls[i].target),
		    "sip:t@d%u.example", draw(r, r->nproxies));
		if (draw(r, 16) == 0)
			snprintf(r->calls[i].target, sizeof(r->calls[i].target),
			    RANDOM_NOBODY);
		sim_at(r->w->sim, at, "test", random_place, &r->calls[i]);
		sim_at(r->w->sim, later, "test", random_later, &r->calls[i]);
	}
	r->nacts = 120 + draw(r, RANDOM_ACTS - 120);
	for (unsigned i = 0; i < r->nacts; i++) {
		unsigned user;

		r->acts[i].net = r;
		r->acts[i].phone = draw(r, r->nphones);
		r->acts[i].call = draw(r, 2 * r->ncalls);
		r->acts[i].which = draw(r, RANDOM_CHANGES);
		snprintf(r->acts[i].target, sizeof(r->acts[i].target),
		    "sip:t@d%u.example", draw(r, r->nproxies));
		user = draw(r, r->nphones);
		snprintf(r->acts[i].user, sizeof(r->acts[i].user),
		    "sip:u%u@d%u.example", user, user / 2);
		sim_at(r->w->sim, now + (int64_t)draw(r, 30000) * SIM_MS,
		    "test", random_act, &r->acts[i]);
	}
	sim_at(r->w->sim, now + 250 * SIM_S, "test", random_sweep, r);
	for (unsigned i = 0; i < ncrashes; i++) {
		int64_t at = now + (int64_t)draw(r, 25000) * SIM_MS;
		char kind;

		r->crashes[i].net = r;
		kind = "pub"[draw(r, 3)];
		snprintf(r->crashes[i].name, sizeof(r->crashes[i].name), "%c%u",
		    kind, draw(r, r->nproxies));
		sim_at(r->w->sim, at, "test", random_crash, &r->crashes[i]);
		sim_at(r->w->sim, at + (int64_t)draw(r, 9000) * SIM_MS, "test",
		    random_restart, &r->crashes[i]);
	}
	random_draw_moments(r, now);
	random_draw_changes(r, now);
}

/* ---- life ---- */

UNUSED void
random_header(struct random_net *r)
{
	struct buf b = BUF_INIT;

	buf_printf(&b,
	    "{\"kind\":\"trace\",\"version\":1,\"rung\":\"test\",\"osip\":\"\","
	    "\"seed\":%llu,\"title\":\"Random network %llu\",\"nodes\":[",
	    (unsigned long long)r->seed, (unsigned long long)r->seed);
	for (unsigned i = 0; i < r->nproxies; i++)
		buf_printf(&b,
		    "%s{\"name\":\"p%u\",\"role\":\"proxy registrar location\","
		    "\"domain\":\"d%u.example\"},"
		    "{\"name\":\"u%u\",\"role\":\"ua\","
		    "\"domain\":\"d%u.example\"},"
		    "{\"name\":\"u%u\",\"role\":\"ua\","
		    "\"domain\":\"d%u.example\"},"
		    "{\"name\":\"a%u\",\"role\":\"presence\","
		    "\"domain\":\"d%u.example\"}",
		    i > 0 ? "," : "", i, i, 2 * i, i, 2 * i + 1, i, i, i);
	for (unsigned i = 0; i < r->nproxies; i++)
		if (r->box[i] > 0)
			buf_printf(&b,
			    ",{\"name\":\"b%u\",\"role\":\"%s\",\"addr\":\"10."
			    "0.%u.6\"}",
			    i, random_boxes[r->box[i]].roles, i);
	buf_puts(&b, "],\"links\":[],\"inputs\":{}}");
	trace_write_header(r->writer, buf_view(&b));
	buf_free(&b);
}

/* Of seeds that say so themselves one in three. */
UNUSED bool
random_is_quiet(uint64_t seed)
{
	return seed >= RANDOM_SOAK_SEED && seed % 3 == 0;
}

UNUSED void
random_open(struct random_net *r, uint64_t seed, bool quiet_links)
{
	struct node *routers[RANDOM_PROXIES];
	struct str name;
	size_t at = 0;
	void *n;

	memset(r, 0, sizeof(*r));
	r->seed = seed;
	r->quiet_links = quiet_links;
	r->tcp = seed >= RANDOM_TCP_SEED &&
		 (seed < RANDOM_SOAK_SEED || seed % 4 == 0);
	rng_init(&r->rng, seed, "test", "net");
	r->shape = (enum random_shape)draw(r, RANDOM_SHAPES);
	r->nproxies = 2 + draw(r, RANDOM_PROXIES - 1);
	for (unsigned i = 0; i < r->nproxies; i++)
		r->box[i] = draw(r, RANDOM_BOXES);
	CU_ASSERT_EQUAL_FATAL(
	    trace_writer_create(&r->writer, TRACE_PROTOCOL, random_sink, r), 0);
	random_header(r);
	CU_ASSERT_EQUAL_FATAL(
	    world_create(&r->w, node_roles, seed, r->writer), 0);
	for (unsigned i = 0; i < r->nproxies; i++) {
		routers[i] = random_domain(r, i);
		if (i > 0)
			random_link(r,
			    routers[r->shape == RANDOM_TREE ? (i - 1) / 2
							    : i - 1],
			    routers[i]);
	}
	if (r->shape == RANDOM_RING && r->nproxies > 2)
		random_link(r, routers[r->nproxies - 1], routers[0]);
	while (map_next(r->w->nodes, &at, &name, &n))
		CU_ASSERT_EQUAL_FATAL(node_start(n), 0);
	random_bindings(r);
}

/* On to T_NS of virtual time; false when the run failed. */
UNUSED bool
random_run(struct random_net *r, int64_t t_ns)
{
	struct sim_goal goal = { .until_ns = t_ns, .past_idle = true };

	return sim_run(r->w->sim, &goal) != SIM_ERROR;
}

UNUSED void
random_close(struct random_net *r)
{
	world_destroy(r->w);
	trace_writer_destroy(r->writer);
	buf_free(&r->trace);
}

#endif
