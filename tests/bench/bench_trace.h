/*
 * A trace to measure views with: many calls through two proxies, over a link
 * that loses one packet in a hundred, as long as is asked for.
 */
#ifndef BENCH_TRACE_H
#define BENCH_TRACE_H

#include "bench.h"

#include "base/err.h"
#include "runs/run.h"

#include <string.h>

#define RECORDS_A_CALL 180

static const char lab[] =
    "lab { title = \"Many calls\", topology = \"two.gv\" }\n"
    "local alice = node \"alice\"\n"
    "script(function()\n"
    "  for i = 1, %zu do\n"
    "    alice:invite \"sip:bob@biloxi.example.com\"\n"
    "    sleep \"20ms\"\n"
    "  end\n"
    "end)\n";

static const char topology[] =
    "graph two {\n"
    "  graph [seed=7]\n"
    "  edge [delay=\"5ms\"]\n"
    "  subgraph cluster_a {\n"
    "    domain=\"atlanta.example.com\"\n"
    "    alice [role=ua, outbound=atl, hangup=\"5s\",\n"
    "           aor=\"sip:alice@atlanta.example.com\"]\n"
    "    atl [role=\"proxy registrar location\"]\n"
    "  }\n"
    "  subgraph cluster_b {\n"
    "    domain=\"biloxi.example.com\"\n"
    "    bob [role=ua, answer=\"100ms\", registered=true]\n"
    "    bil [role=\"proxy registrar location\"]\n"
    "  }\n"
    "  alice -- atl\n"
    "  atl -- bil [delay=\"20ms\", loss=\"1%\"]\n"
    "  bil -- bob\n"
    "}\n";

#define LOSS "loss=\"1%\""

struct bench_trace {
	char dir[64], path[80];
	size_t calls;
	bool healthy; /* nothing is lost */
};

static int
write_text(const char *dir, const char *name, const char *text)
{
	char path[128];
	FILE *f;
	int ok;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = fopen(path, "w");
	ok = f != NULL && fputs(text, f) >= 0;
	return f != NULL && fclose(f) == 0 && ok;
}

/* The topology, without loss where B is to be healthy. */
static void
put_topology(const struct bench_trace *b, char *text)
{
	char *loss;

	memcpy(text, topology, sizeof(topology));
	loss = strstr(text, LOSS);
	if (b->healthy && loss != NULL)
		loss[strlen("loss=\"")] = '0';
}

static int
sink(const char *line, size_t n, void *arg)
{
	return fwrite(line, 1, n, arg) == n ? 0 : ERR_IO;
}

static int
make_trace(void *arg, void *out)
{
	const struct bench_trace *j = arg;
	struct inputs in;
	struct diag d = DIAG_INIT;
	struct run *r = NULL;
	bool done = false;
	FILE *f = fopen(j->path, "w");
	int err = inputs_read(&in, j->dir, &d);

	*(int *)out = 1;
	if (err == 0 && f != NULL)
		err = run_create(&r, &in, sink, f, &d);
	while (err == 0 && f != NULL && !done)
		err = run_advance(r, 0, &done, &d);
	if (err != 0)
		fprintf(stderr, "%s\n", d.text);
	run_destroy(r);
	inputs_free(&in);
	return f != NULL && fclose(f) == 0 && err == 0;
}

/* Makes the trace of about RECORDS records in B's file, in a child so that its
 * memory is its own.  False when it failed. */
static int
bench_trace_make(struct bench_trace *b, size_t records)
{
	char text[sizeof(lab) + 20], graph[sizeof(topology)];
	double kib;
	int made;

	b->calls = (records + RECORDS_A_CALL - 1) / RECORDS_A_CALL;
	snprintf(text, sizeof(text), lab, b->calls);
	put_topology(b, graph);
	return write_text(b->dir, "lab.lua", text) &&
	       write_text(b->dir, "two.gv", graph) &&
	       bench_child(make_trace, b, &made, sizeof(made), &kib);
}

static int
bench_trace_begin(struct bench_trace *b, const char *name)
{
	snprintf(b->dir, sizeof(b->dir), "/tmp/%s_XXXXXX", name);
	if (mkdtemp(b->dir) == NULL)
		return 0;
	snprintf(b->path, sizeof(b->path), "%s/trace.jsonl", b->dir);
	return 1;
}

static void
bench_trace_end(const struct bench_trace *b)
{
	static const char *const files[] = { "lab.lua", "two.gv",
		"trace.jsonl" };
	char path[128];

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		snprintf(path, sizeof(path), "%s/%s", b->dir, files[i]);
		unlink(path);
	}
	rmdir(b->dir);
}

/* Memory that the process has now. */
__attribute__((unused)) static double
rss_kib(void)
{
	FILE *f = fopen("/proc/self/statm", "r");
	unsigned long size, resident = 0;

	if (f != NULL && fscanf(f, "%lu %lu", &size, &resident) != 2)
		resident = 0;
	if (f != NULL)
		fclose(f);
	return (double)resident * (double)sysconf(_SC_PAGESIZE) / 1024;
}

#endif
