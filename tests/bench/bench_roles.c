/*
 * What a role's work costs beside the plain stateful hop: alice asks bob with
 * OPTIONS, over and over, through one proxy that keeps state.  Each row changes
 * one thing.  OPTIONS, because it is a request and an answer and nothing else.
 *
 *	bench_roles [REQUESTS]	(2000)
 *
 * And the registrar: the cost of one REGISTER with 100,000 bindings beside that
 * with 1,000.
 */
#include "bench_roles.h"

#define PAIRS 3

struct job {
	const struct bench_role *row;
	size_t requests;
};

static int
run_row(void *arg, void *out)
{
	const struct job *j = arg;
	struct bench_asking x = {
		.b = { .calls = j->requests, .every_ns = SIM_MS }, .row = j->row
	};
	double *cpu = out;
	int ok = bench_make(&x);

	if (!ok)
		return 0;
	*cpu = bench_now();
	ok = bench_asking_run(&x);
	*cpu = (bench_now() - *cpu) / (double)j->requests;
	bench_world_close(&x.b);
	return ok;
}

static double
measure(const struct bench_role *row, size_t requests)
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

/* A registrar with USERS of one binding each; NULL after an error. */
static struct node *
make_registrar(struct bench_asking *x, size_t users)
{
	struct node *reg;
	struct location *l;
	char aor[48];

	if (trace_writer_create(
		&x->b.writer, TRACE_MESSAGES, bench_sink, &x->b) != 0 ||
	    world_create(&x->b.world, node_roles, 1, x->b.writer) != 0)
		return NULL;
	reg = bench_add(x, "reg", "registrar location", "p.example", 2, "");
	if (reg == NULL || node_start(reg) != 0)
		return NULL;
	l = node_role_state(reg, "location");
	for (size_t i = 0; i < users; i++) {
		snprintf(aor, sizeof(aor), "sip:u%zu@p.example", i);
		if (!bench_bind(l, aor, "sip:u@192.0.2.3"))
			return NULL;
	}
	return reg;
}

/* Its store alone: a query and a store, over and over. */
static int
run_store(void *arg, void *out)
{
	size_t users = *(const size_t *)arg, rounds = 20000;
	struct bench_asking x = { .row = &bench_roles[0] };
	struct node *reg = make_registrar(&x, users);
	double *cpu = out;
	struct location *l;
	char aor[48];

	if (reg == NULL)
		return 0;
	l = node_role_state(reg, "location");
	*cpu = bench_now();
	for (size_t i = 0; i < rounds; i++) {
		struct location_contacts found = { NULL, 0 };

		snprintf(
		    aor, sizeof(aor), "sip:u%zu@p.example", i * 7919 % users);
		location_do_query(l, str_of(aor), &found);
		location_contacts_free(&found);
		snprintf(aor, sizeof(aor), "sip:new%zu@p.example", i);
		if (!bench_bind(l, aor, "sip:u@192.0.2.3"))
			return 0;
	}
	*cpu = (bench_now() - *cpu) / (double)rounds;
	bench_world_close(&x.b);
	return 1;
}

/* Alice registers for one user after the other. */
static void
ask_register(void *arg)
{
	struct bench_asking *x = arg;
	char aor[48];

	snprintf(aor, sizeof(aor), "sip:u%zu@p.example",
	    x->b.placed * 7919 % x->b.pairs);
	bench_act(x, "register", "aor", aor, ask_register);
}

/* REGISTERs and their answers, from socket to socket. */
static int
run_registrar(void *arg, void *out)
{
	size_t users = *(const size_t *)arg;
	struct bench_asking x = {
		.b = { .calls = 5000, .pairs = users, .every_ns = 50 * SIM_MS }
	};
	struct node *reg = make_registrar(&x, users);
	double *cpu = out;
	struct node *alice;

	if (reg == NULL || world_add_domain(x.b.world, "p.example", reg) != 0)
		return 0;
	alice = bench_add(&x, "alice", "ua", "p.example", 1, "outbound=reg");
	if (alice == NULL || bench_link(&x.b, alice, reg) != 0 ||
	    node_start(alice) != 0)
		return 0;
	sim_hold(x.b.world->sim);
	sim_after(x.b.world->sim, 0, "bench", ask_register, &x);
	*cpu = bench_now();
	if (!bench_world_run(&x.b, 251 * SIM_S))
		return 0;
	*cpu = (bench_now() - *cpu) / (double)x.b.calls;
	bench_world_close(&x.b);
	return 1;
}

static double
measure_registrar(bench_fn *fn, size_t users)
{
	double cpu, kib;

	if (!bench_child(fn, &users, &cpu, sizeof(cpu), &kib)) {
		fprintf(stderr, "the registrar failed\n");
		exit(1);
	}
	return cpu;
}

static void
compare_registrars(const char *what, bench_fn *fn, const char *aim)
{
	double ratio[PAIRS];

	for (size_t k = 0; k < PAIRS; k++)
		ratio[k] =
		    measure_registrar(fn, 100000) / measure_registrar(fn, 1000);
	bench_print(what, bench_median(ratio, PAIRS), "times", aim);
}

int
main(int argc, char **argv)
{
	size_t requests = argc > 1 ? (size_t)atol(argv[1]) : 2000;
	double ratio[PAIRS];

	bench_print(bench_roles[0].name,
	    measure(&bench_roles[0], requests) * 1e6,
	    "us a request and its answer", NULL);
	for (size_t i = 1; i < sizeof(bench_roles) / sizeof(bench_roles[0]);
	     i++) {
		for (size_t k = 0; k < PAIRS; k++)
			ratio[k] = measure(&bench_roles[i], requests) /
				   measure(&bench_roles[0], requests);
		bench_print(bench_roles[i].name, bench_median(ratio, PAIRS),
		    "times the stateful proxy", NULL);
	}
	compare_registrars("a REGISTER, 100,000 bindings beside 1,000",
	    run_registrar, "at most 1.1");
	compare_registrars(
	    "… its store and a query alone, from memory", run_store, NULL);
	return 0;
}
