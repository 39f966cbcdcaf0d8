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
	struct bench_asking x = { .b = { .calls = j->requests },
		.row = j->row };
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

static int
run_registrar(void *arg, void *out)
{
	size_t users = *(const size_t *)arg, rounds = 20000;
	struct bench_asking x = { .row = &bench_roles[0] };
	double *cpu = out;
	struct node *reg;
	struct location *l;
	char aor[48];

	if (trace_writer_create(
		&x.b.writer, TRACE_MESSAGES, bench_sink, &x.b) != 0 ||
	    world_create(&x.b.world, node_roles, 1, x.b.writer) != 0)
		return 0;
	reg = bench_add(&x, "reg", "registrar location", "p.example", 2, "");
	if (reg == NULL || node_start(reg) != 0)
		return 0;
	l = node_role_state(reg, "location");
	for (size_t i = 0; i < users; i++) {
		snprintf(aor, sizeof(aor), "sip:u%zu@p.example", i);
		if (!bench_bind(l, aor, "sip:u@192.0.2.3"))
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
		if (!bench_bind(l, aor, "sip:u@192.0.2.3"))
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
	for (size_t k = 0; k < PAIRS; k++)
		ratio[k] = measure_registrar(100000) / measure_registrar(1000);
	bench_print("store and query, 100,000 bindings beside 1,000",
	    bench_median(ratio, PAIRS), "times", "constant");
	return 0;
}
