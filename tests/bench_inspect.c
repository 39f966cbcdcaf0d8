/*
 * A trace of many calls held against the rules: records a second, memory, and
 * the report.
 *
 *	bench_inspect [RECORDS]
 */
#include "bench_trace.h"

#include "inspect/report.h"

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
	struct buf text = BUF_INIT;
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
	report_html(in, 80, &text);
	r->report = bench_now() - at;
	buf_free(&text);
	inspect_destroy(in);
	trace_destroy(t);
	return 1;
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
	if (!ok)
		fprintf(stderr, "a measurement failed\n");
	return !ok;
}
