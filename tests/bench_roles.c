/*
 * What a role's work costs beside the plain stateful hop: alice asks bob with
 * OPTIONS, over and over, through one proxy that keeps state.  Each row changes
 * one thing.  OPTIONS, because it is a request and an answer and nothing else.
 *
 *	bench_roles [REQUESTS]
 *
 * And the registrar: the cost of one REGISTER with 100,000 bindings beside that
 * with 1,000.
 */
#include "bench_world.h"

#include "nodes/location.h"
#include "nodes/roles.h"

#define PAIRS 5

struct row {
	const char *name;
	const char *proxy_roles, *proxy_attrs;
	const char *alice_attrs, *bob_attrs;
	unsigned phones;   /* that bob has */
	bool far_location; /* the location service is a node of its own */
	bool by_location;  /* bob's address-of-record is asked for */
};

#define PLAIN "proxy"

static const struct row rows[] = {
	{ "stateful proxy", PLAIN, "", "", "", 1, false, false },
	{ "stateless proxy", PLAIN, "stateless=true", "", "", 1, false, false },
	{ "over TCP", PLAIN, "transport=tcp", "transport=tcp", "transport=tcp",
	    1, false, false },
	{ "digest", PLAIN, "auth=all",
	    "password=zanzibar accounts=alice:zanzibar@p.example", "", 1, false,
	    false },
	{ "location on its node", "proxy location", "", "", "", 1, false,
	    true },
	{ "location by network", PLAIN, "location=loc", "", "", 1, true, true },
	{ "forking to three", "proxy location", "", "", "", 3, false, true },
	{ "redirect", "redirect location", "", "redirect=never", "", 3, false,
	    true },
};

struct job {
	const struct row *row;
	size_t requests;
};

struct bench {
	struct bench_world b;
	const struct row *row;
};

static struct node *
add(struct bench *x, const char *name, const char *roles, const char *domain,
    unsigned host, const char *attrs)
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
bind(struct location *l, const char *aor, const char *contact)
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

static void
ask(void *arg)
{
	struct bench *x = arg;
	struct node_arg target = { .key = "target",
		.value = x->row->by_location ? "sip:bob@p.example"
					     : "sip:bob@b.example" };
	const struct node_args args = { &target, 1 };
	struct sim *sim = x->b.world->sim;
	struct node_result result;
	struct diag d = { 0 };
	void *role;
	const struct node_verb *options =
	    world_verb(world_find(x->b.world, "alice"), STR("options"), &role);

	if (options->fn(role, NULL, &args, &result, &d) != 0)
		sim_fail(sim, d.err, "%s", d.text);
	if (++x->b.placed < x->b.calls)
		sim_after(sim, SIM_MS, "bench", ask, x);
	else
		sim_release(sim);
}

static int
make(struct bench *x)
{
	const struct row *r = x->row;
	struct node *alice, *proxy, *loc = NULL, *bob[3];
	char attrs[200];
	int ok = trace_writer_create(
		     &x->b.writer, TRACE_PROTOCOL, bench_sink, &x->b) == 0 &&
		 world_create(&x->b.world, node_roles, 1, x->b.writer) == 0;

	if (!ok)
		return 0;
	snprintf(attrs, sizeof(attrs), "outbound=proxy %s", r->alice_attrs);
	alice = add(x, "alice", "ua", "a.example", 1, attrs);
	proxy = add(x, "proxy", r->proxy_roles, "p.example", 2, r->proxy_attrs);
	if (r->far_location)
		loc = add(x, "loc", "location", "p.example", 9, "");
	ok = bench_link(&x->b, alice, proxy) == 0 && node_start(alice) == 0 &&
	     node_start(proxy) == 0;
	if (ok && loc != NULL)
		ok = bench_link(&x->b, loc, proxy) == 0 && node_start(loc) == 0;
	for (unsigned i = 0; ok && i < r->phones; i++) {
		char name[8], contact[40];

		snprintf(name, sizeof(name), "bob%u", i);
		snprintf(attrs, sizeof(attrs), "aor=sip:bob@%c.example %s",
		    r->by_location ? 'p' : 'b', r->bob_attrs);
		bob[i] = add(x, name, "ua", "b.example", 3 + i, attrs);
		ok = bob[i] != NULL && bench_link(&x->b, proxy, bob[i]) == 0 &&
		     node_start(bob[i]) == 0;
		snprintf(contact, sizeof(contact), "sip:bob@10.0.0.%u", 3 + i);
		if (ok && r->by_location)
			ok = bind(node_role_state(
				      loc != NULL ? loc : proxy, "location"),
			    "sip:bob@p.example", contact);
	}
	return ok && world_add_domain(x->b.world, "b.example", bob[0]) == 0 &&
	       world_add_domain(x->b.world, "p.example", proxy) == 0;
}

static int
run_row(void *arg, void *out)
{
	const struct job *j = arg;
	struct bench x = { .b = { .calls = j->requests }, .row = j->row };
	double *cpu = out;
	int ok = make(&x);

	if (!ok)
		return 0;
	sim_hold(x.b.world->sim);
	sim_after(x.b.world->sim, 0, "bench", ask, &x);
	*cpu = bench_now();
	ok = bench_world_run(&x.b, INT64_MAX);
	*cpu = (bench_now() - *cpu) / (double)j->requests;
	bench_world_close(&x.b);
	return ok;
}

static double
measure(const struct row *row, size_t requests)
{
	struct job j = { row, requests };
	double cpu, kib;

	if (!bench_child(run_row, &j, &cpu, sizeof(cpu), &kib)) {
		fprintf(stderr, "%s: the run failed\n", row->name);
		exit(1);
	}
	return cpu;
}

/* ---- the registrar ---- */

static int
run_registrar(void *arg, void *out)
{
	size_t users = *(const size_t *)arg, rounds = 20000;
	struct bench x = { .row = &rows[0] };
	double *cpu = out;
	struct node *reg;
	struct location *l;
	char aor[48];

	if (trace_writer_create(
		&x.b.writer, TRACE_MESSAGES, bench_sink, &x.b) != 0 ||
	    world_create(&x.b.world, node_roles, 1, x.b.writer) != 0)
		return 0;
	reg = add(&x, "reg", "registrar location", "p.example", 2, "");
	if (reg == NULL || node_start(reg) != 0)
		return 0;
	l = node_role_state(reg, "location");
	for (size_t i = 0; i < users; i++) {
		snprintf(aor, sizeof(aor), "sip:u%zu@p.example", i);
		if (!bind(l, aor, "sip:u@192.0.2.3"))
			return 0;
	}
	*cpu = bench_now();
	for (size_t i = 0; i < rounds; i++) {
		struct location_contacts found = { NULL, 0 };

		snprintf(
		    aor, sizeof(aor), "sip:u%zu@p.example", i * 7919 % users);
		location_do_query(l, str_of(aor), &found);
		location_contacts_free(&found);
		snprintf(aor, sizeof(aor), "sip:new%zu@p.example", i);
		if (!bind(l, aor, "sip:u@192.0.2.3"))
			return 0;
	}
	*cpu = (bench_now() - *cpu) / (double)rounds;
	bench_world_close(&x.b);
	return 1;
}

static double
measure_registrar(size_t users)
{
	double cpu, kib;

	if (!bench_child(run_registrar, &users, &cpu, sizeof(cpu), &kib)) {
		fprintf(stderr, "the registrar failed\n");
		exit(1);
	}
	return cpu;
}

int
main(int argc, char **argv)
{
	size_t requests = argc > 1 ? (size_t)atol(argv[1]) : 10000;
	double ratio[PAIRS];

	bench_print(rows[0].name, measure(&rows[0], requests) * 1e6,
	    "us a request and its answer", NULL);
	for (size_t i = 1; i < sizeof(rows) / sizeof(rows[0]); i++) {
		for (size_t k = 0; k < PAIRS; k++)
			ratio[k] = measure(&rows[i], requests) /
				   measure(&rows[0], requests);
		bench_print(rows[i].name, bench_median(ratio, PAIRS),
		    "times the stateful proxy", NULL);
	}
	for (size_t k = 0; k < PAIRS; k++)
		ratio[k] = measure_registrar(100000) / measure_registrar(1000);
	bench_print("store and query, 100,000 bindings beside 1,000",
	    bench_median(ratio, PAIRS), "times", "constant");
	return 0;
}
