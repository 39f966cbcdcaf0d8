/*
 * A trace of many calls held against the rules: records a second, memory, and
 * the report; and a capture that is too large for one trace.
 *
 *	bench_inspect [RECORDS]
 */
#include "bench_trace.h"
#include "fixtures/capture_many.h"

#include "cli/inspect.h"
#include "inspect/report.h"

#define CALLS 50000

struct result {
	double records, load, look, report, kib;
};

static int
measure(void *arg, void *out)
{
	const struct bench_trace *b = arg;
	const struct inspect_source from = { .name = STR_INIT("bench") };
	struct result *r = out;
	struct inspect *in = NULL;
	LOCAL_BUF text = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;
	double at = bench_now(), kib;

	if (trace_load(&t, b->path, &d) != 0 || inspect_create(&in, 0) != 0)
		return 0;
	r->records = (double)trace_count(t);
	r->load = bench_now() - at;
	kib = rss_kib();
	at = bench_now();
	if (inspect_take(in, t, &from) != 0 || inspect_finish(in) != 0)
		return 0;
	r->look = bench_now() - at;
	r->kib = rss_kib() - kib;
	at = bench_now();
	report_html(in, &(struct report_look){ .width = 80 }, &text);
	r->report = bench_now() - at;
	inspect_destroy(in);
	trace_destroy(t);
	return 1;
}

static int
measure_capture(void *arg, void *out)
{
	struct inspect_source from = { .name = STR_INIT("bench") };
	struct cli c = { .to_ns = INT64_MAX };
	struct cli_capture_input f = { .file = NULL };
	struct inspect *in = NULL;
	struct diag d = DIAG_INIT;
	double *cpu = out, at = bench_now();

	if (inspect_create(&in, 0) != 0 ||
	    cli_capture_input_open(&c, arg, &f, &d) != 0 ||
	    cli_inspect_parts(&c, in, &f, &from, &d) != 0 ||
	    inspect_finish(in) != 0)
		return 0;
	cli_capture_input_close(&f);
	inspect_destroy(in);
	*cpu = bench_now() - at;
	return 1;
}

static int
nothing(void *arg, void *out)
{
	(void)arg;
	(void)out;
	return 1;
}

static int
compare_capture(void)
{
	char path[] = "/tmp/rung-bench-XXXXXX";
	double cpu = 0, base, peak, messages = CALLS * MADE_MESSAGES;
	int fd = mkstemp(path);
	int ok = fd >= 0 && close(fd) == 0 && made_many(path, CALLS) &&
		 bench_child(nothing, NULL, &cpu, sizeof(cpu), &base) &&
		 bench_child(measure_capture, path, &cpu, sizeof(cpu), &peak);

	if (ok) {
		printf("a capture of %.0f messages\n", messages);
		bench_print(
		    "  inspected", messages / cpu, "messages a second", NULL);
		bench_print("  memory", (peak - base) * 1024 / messages,
		    "bytes a message", "at most 512");
	}
	unlink(path);
	return ok;
}

int
main(int argc, char **argv)
{
	size_t records = argc > 1 ? (size_t)atol(argv[1]) : 100000;
	struct bench_trace b;
	struct result r;
	double kib;
	int ok = bench_trace_begin(&b, "bench_inspect") &&
		 bench_trace_make(&b, records) &&
		 bench_child(measure, &b, &r, sizeof(r), &kib);

	if (ok) {
		printf("%.0f records\n", r.records);
		bench_print("  loaded", r.load * 1e3, "ms", NULL);
		bench_print("  inspected", r.records / r.look,
		    "records a second", "at least 200000");
		bench_print("  as a page", r.report * 1e3, "ms", NULL);
		bench_print("  memory", r.kib * 1024 / r.records,
		    "bytes a record", NULL);
	}
	bench_trace_end(&b);
	ok = ok && compare_capture();
	if (!ok)
		fprintf(stderr, "a measurement failed\n");
	return !ok;
}
