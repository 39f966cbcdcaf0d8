/*
 * Worlds in which alice asks bob with OPTIONS, over and over, through one
 * proxy; each row changes one thing.  OPTIONS, because it is a request and an
 * answer and nothing else.
 */
#ifndef BENCH_ROLES_H
#define BENCH_ROLES_H

#include "bench_world.h"

#include "roles/location/location.h"
#include "roles/roles.h"
#include "sim/event_queue.h"

struct bench_role {
	const char *name;
	const char *proxy_roles, *proxy_attrs;
	const char *alice_attrs, *bob_attrs;
	unsigned phones;   /* that bob has */
	bool far_location; /* the location service is a node of its own */
	bool by_location;  /* bob's address-of-record is asked for */
};

#define BENCH_PLAIN "proxy"

static const struct bench_role bench_roles[] = {
	{ "stateful proxy", BENCH_PLAIN, "", "", "", 1, false, false },
	{ "stateless proxy", BENCH_PLAIN, "stateless=true", "", "", 1, false,
	    false },
	{ "over TCP", BENCH_PLAIN, "transport=tcp", "transport=tcp",
	    "transport=tcp", 1, false, false },
	{ "digest", BENCH_PLAIN, "auth=all",
	    "password=zanzibar accounts=alice:zanzibar@p.example", "", 1, false,
	    false },
	{ "location on its node", "proxy location", "", "", "", 1, false,
	    true },
	{ "location by network", BENCH_PLAIN, "location=loc", "", "", 1, true,
	    true },
	{ "forking to three", "proxy location", "", "", "", 3, false, true },
	{ "redirect", "redirect location", "", "redirect=never", "", 3, false,
	    true },
	{ "over TLS", BENCH_PLAIN, "transport=tls", "transport=tls",
	    "transport=tls", 1, false, false },
};

struct bench_asking {
	struct bench_world b;
	const struct bench_role *row;
};

static struct node *
bench_add(struct bench_asking *x, const char *name, const char *roles,
    const char *domain, unsigned host, const char *attrs)
{
	struct str rest = str_of(attrs), v, word;
	struct node *n;

	if (bench_add_node(&x->b, name, roles, domain, host, NULL, 0, &n) != 0)
		return NULL;
	while (rest.n > 0) {
		char key[40], value[80];

		word = str_cut(rest, ' ', &rest);
		snprintf(
		    key, sizeof(key), "%.*s", STR_ARG(str_cut(word, '=', &v)));
		snprintf(value, sizeof(value), "%.*s", STR_ARG(v));
		if (node_set_attr(n, key, value) != 0)
			return NULL;
	}
	return n;
}

/* Binds COUNT users of one contact each, or bob to COUNT phones. */
static int
bench_bind(struct location *l, const char *aor, const char *contact)
{
	struct location_update u = {
		.aor = str_of(aor), .call_id = STR("bench"), .cseq = 1
	};
	struct location_contacts found = { NULL, 0 };
	enum location_status s;

	if (location_contacts_add(
		&u.contacts, str_of(contact), 36000000, 1000) != 0)
		return 0;
	s = location_do_store(l, &u, &found);
	location_contacts_free(&u.contacts);
	location_contacts_free(&found);
	return s == LOCATION_OK;
}

/* Alice does VERB with KEY=VALUE, and NEXT follows after X->b.every_ns until
 * all are done. */
static void
bench_act(struct bench_asking *x, const char *verb, const char *key,
    const char *value, queue_fn *next)
{
	struct node_arg arg = { .key = key, .value = value };
	const struct node_args args = { &arg, 1 };
	struct sim *sim = x->b.world->sim;
	struct node_result result = { .value = false };
	struct diag d = { 0 };
	struct node_act a = { .args = &args, .result = &result, .d = &d };
	const struct node_verb *v =
	    world_verb(world_find(x->b.world, "alice"), str_of(verb), &a.role);

	if (v->fn(&a) != 0)
		sim_fail(sim, d.err, "%s", d.text);
	if (++x->b.placed < x->b.calls)
		sim_after(sim, x->b.every_ns, "bench", next, x);
	else
		sim_release(sim);
}

static void
bench_ask(void *arg)
{
	struct bench_asking *x = arg;

	bench_act(x, "options", "target",
	    x->row->by_location ? "sip:bob@p.example" : "sip:bob@b.example",
	    bench_ask);
}

static int
bench_make(struct bench_asking *x)
{
	const struct bench_role *r = x->row;
	struct node *alice, *proxy, *loc = NULL, *bob[3];
	char attrs[200];
	int ok = trace_writer_create(
		     &x->b.writer, TRACE_PROTOCOL, bench_sink, &x->b) == 0 &&
		 world_create(&x->b.world, node_roles, 1, x->b.writer) == 0;

	if (!ok)
		return 0;
	snprintf(attrs, sizeof(attrs), "outbound=proxy %s", r->alice_attrs);
	alice = bench_add(x, "alice", "ua", "a.example", 1, attrs);
	proxy = bench_add(
	    x, "proxy", r->proxy_roles, "p.example", 2, r->proxy_attrs);
	if (r->far_location)
		loc = bench_add(x, "loc", "location", "p.example", 9, "");
	ok = bench_link(&x->b, alice, proxy) == 0 && node_start(alice) == 0 &&
	     node_start(proxy) == 0;
	if (ok && loc != NULL)
		ok = bench_link(&x->b, loc, proxy) == 0 && node_start(loc) == 0;
	for (unsigned i = 0; ok && i < r->phones; i++) {
		char name[8], contact[40];

		snprintf(name, sizeof(name), "bob%u", i);
		snprintf(attrs, sizeof(attrs), "aor=sip:bob@%c.example %s",
		    r->by_location ? 'p' : 'b', r->bob_attrs);
		bob[i] = bench_add(x, name, "ua", "b.example", 3 + i, attrs);
		ok = bob[i] != NULL && bench_link(&x->b, proxy, bob[i]) == 0 &&
		     node_start(bob[i]) == 0;
		snprintf(contact, sizeof(contact), "sip:bob@10.0.0.%u", 3 + i);
		if (ok && r->by_location)
			ok = bench_bind(
			    node_role_state(
				loc != NULL ? loc : proxy, "location"),
			    "sip:bob@p.example", contact);
	}
	return ok && world_add_domain(x->b.world, "b.example", bob[0]) == 0 &&
	       world_add_domain(x->b.world, "p.example", proxy) == 0;
}

/* Runs X->b.calls requests; false after an error. */
__attribute__((unused)) static int
bench_asking_run(struct bench_asking *x)
{
	sim_hold(x->b.world->sim);
	sim_after(x->b.world->sim, 0, "bench", bench_ask, x);
	return bench_world_run(&x->b, INT64_MAX);
}

#endif
