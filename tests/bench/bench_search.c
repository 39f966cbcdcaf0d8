/*
 * Searching a call's failures: runs a second of one processor, each with its
 * trace judged; how many a search of pairs spares; memory.
 *
 *	bench_search [LAB]
 */
#include "bench.h"

#include "search/search.h"

struct result {
	double cases, runs, cpu;
};

struct task {
	const char *lab;
	unsigned faults;
};

/* Seconds of this process and those that it has waited for. */
static double
all_processes_now(void)
{
	struct rusage own, theirs;

	getrusage(RUSAGE_SELF, &own);
	getrusage(RUSAGE_CHILDREN, &theirs);
	return (double)(own.ru_utime.tv_sec + own.ru_stime.tv_sec +
			theirs.ru_utime.tv_sec + theirs.ru_stime.tv_sec) +
	       (double)(own.ru_utime.tv_usec + own.ru_stime.tv_usec +
			theirs.ru_utime.tv_usec + theirs.ru_stime.tv_usec) /
		   1e6;
}

static int
measure(void *arg, void *out)
{
	const struct task *task = arg;
	struct search_options o = { .wish = { .kinds = FAULT_ALL },
		.faults = task->faults,
		.run = search_run_apart,
		.jobs = 1 };
	struct result *r = out;
	struct inputs in;
	struct search s;
	struct diag d = DIAG_INIT;
	double at = all_processes_now();

	if (inputs_read(&in, task->lab, &d) != 0)
		return 0;
	in.detail = TRACE_PROTOCOL;
	if (search_begin(&s, &in, &o, &d) != 0 || search_go(&s, &d) != 0)
		return 0;
	r->cases = (double)s.ncases;
	r->runs = (double)s.runs;
	r->cpu = all_processes_now() - at;
	search_free(&s);
	inputs_free(&in);
	return 1;
}

int
main(int argc, char **argv)
{
	struct task task = { argc > 1 ? argv[1] : "labs/direct-call", 1 };
	struct result r;
	double kib;

	for (; task.faults <= 2; task.faults++) {
		if (!bench_child(measure, &task, &r, sizeof(r), &kib)) {
			fprintf(stderr, "a measurement failed\n");
			return 1;
		}
		printf("%s, %s: %.0f cases\n", task.lab,
		    task.faults == 1 ? "single faults" : "and pairs", r.cases);
		bench_print("  runs", r.runs / r.cpu, "runs a second",
		    task.faults == 1 ? NULL : "at least 2000");
		bench_print(
		    "  spared", 100 * (r.cases - r.runs) / r.cases, "%", NULL);
		bench_print("  memory", kib / 1024, "MiB", NULL);
	}
	return 0;
}
