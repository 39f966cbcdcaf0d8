/*
 * What a change of one user's presence costs for each who watches: a phone
 * subscribes many times to bob at a presence agent, then bob publishes another
 * state, and each subscription gets its NOTIFY.  The cost of one does not grow
 * with their number, and not with the users whom nobody asks for.
 *
 *	bench_presence [SUBSCRIPTIONS]
 */
#include "bench_world.h"

#include "roles/roles.h"

#define PAIRS 3

struct job {
	size_t watchers; /* of bob */
	size_t others;   /* users who have a watcher each */
};

struct bench {
	struct bench_world b;
	struct job job;
	size_t asked;
};

static void
act(struct bench *x, const char *node, const char *verb, const char *key,
    const char *value)
{
	struct node_arg arg = { .key = key, .value = value };
	const struct node_args args = { &arg, 1 };
	struct node_result result = { .value = false };
	struct diag d = { 0 };
	struct node_act a = { .args = &args, .result = &result, .d = &d };
	const struct node_verb *v =
	    world_verb(world_find(x->b.world, node), str_of(verb), &a.role);

	if (v->fn(&a) != 0)
		sim_fail(x->b.world->sim, d.err, "%s", d.text);
}

static void
ask(void *arg)
{
	struct bench *x = arg;
	char uri[48] = "sip:bob@p.example";

	if (x->asked >= x->job.watchers)
		snprintf(uri, sizeof(uri), "sip:u%zu@p.example", x->asked);
	act(x, "alice", "subscribe", "target", uri);
	if (++x->asked < x->job.watchers + x->job.others)
		sim_after(x->b.world->sim, SIM_MS, "bench", ask, x);
}

static void
publish(void *arg)
{
	act(arg, "bob", "publish", "status", "closed");
}

/* Runs on for NS of virtual time. */
static int
run_for(struct bench *x, int64_t ns)
{
	struct sim *sim = x->b.world->sim;
	struct sim_goal goal = { .until_ns = sim_now(sim) + ns,
		.past_idle = true };

	return sim_run(sim, &goal) != SIM_ERROR;
}

static int
make(struct bench *x)
{
	struct node *alice, *pa, *bob;

	return trace_writer_create(
		   &x->b.writer, TRACE_PROTOCOL, bench_sink, &x->b) == 0 &&
	       world_create(&x->b.world, node_roles, 1, x->b.writer) == 0 &&
	       bench_add_node(&x->b, "alice", "ua", "a.example", 1, NULL, 0,
		   &alice) == 0 &&
	       bench_add_node(&x->b, "pa", "presence", "p.example", 2, NULL, 0,
		   &pa) == 0 &&
	       bench_add_node(
		   &x->b, "bob", "ua", "p.example", 3, NULL, 0, &bob) == 0 &&
	       bench_link(&x->b, alice, pa) == 0 &&
	       bench_link(&x->b, pa, bob) == 0 &&
	       world_add_domain(x->b.world, "p.example", pa) == 0 &&
	       node_start(alice) == 0 && node_start(pa) == 0 &&
	       node_start(bob) == 0;
}

static int
run_job(void *arg, void *out)
{
	struct bench x = { .job = *(const struct job *)arg };
	size_t all = x.job.watchers + x.job.others;
	double *cpu = out;
	int ok = make(&x);

	if (!ok)
		return 0;
	sim_after(x.b.world->sim, 0, "bench", ask, &x);
	/* Until the transactions of all of them are over. */
	ok = run_for(&x, (int64_t)all * SIM_MS + 70 * SIM_S);
	sim_after(x.b.world->sim, SIM_MS, "bench", publish, &x);
	*cpu = bench_now();
	ok &= run_for(&x, 60 * SIM_S);
	*cpu = (bench_now() - *cpu) / (double)x.job.watchers;
	bench_world_close(&x.b);
	return ok;
}

static double
measure(size_t watchers, size_t others)
{
	struct job j = { watchers, others };
	double cpu, kib;

	if (!bench_child(run_job, &j, &cpu, sizeof(cpu), &kib)) {
		fprintf(stderr, "the run failed\n");
		exit(1);
	}
	return cpu;
}

int
main(int argc, char **argv)
{
	size_t n = argc > 1 ? (size_t)atol(argv[1]) : 10000;
	double ratio[PAIRS];

	bench_print("a subscription notified of a change", measure(n, 0) * 1e6,
	    "us, NOTIFY and its answer", NULL);
	for (size_t k = 0; k < PAIRS; k++)
		ratio[k] = measure(n, 0) / measure(n / 10, 0);
	bench_print("cost of one, 10,000 beside 1,000",
	    bench_median(ratio, PAIRS), "times", "constant");
	for (size_t k = 0; k < PAIRS; k++)
		ratio[k] = measure(n / 10, n) / measure(n / 10, 0);
	bench_print("with 10,000 others watched beside none",
	    bench_median(ratio, PAIRS), "times", "constant");
	return 0;
}
