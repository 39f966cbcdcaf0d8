/*
 * Two traces of some 100,000 messages each aligned: the same run twice with
 * other chance (some messages are lost), with and without the header fields,
 * and against one that is nothing like it.
 *
 *	bench_diff [CALLS]
 */
#include "bench_trace.h"

#include "trace/align.h"
#include "words/diff_text.h"

struct result {
	double messages, fields, bare, text, alone;
	double kib;
};

struct job {
	struct bench_trace a, b;
};

static struct trace *
load(const char *path)
{
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;

	if (trace_load(&t, path, &d) != 0)
		fprintf(stderr, "%s\n", d.text);
	return t;
}

static double
align(const struct trace *a, const struct trace *b, bool fields,
    const struct align_map *map, struct align **al)
{
	struct align_options o = ALIGN_OPTIONS;
	double start = bench_now();

	o.fields = fields;
	o.maps = map;
	o.nmaps = map != NULL;
	if (align_create(al, a, b, &o, NULL) != 0)
		return -1;
	return bench_now() - start;
}

static int
measure(void *arg, void *out)
{
	static const struct align_map swap = { "alice", "bob" };
	struct diff_text_options text = { .width = 80 };
	struct job *j = arg;
	struct result *r = out;
	struct trace *a = load(j->a.path), *b = load(j->b.path);
	struct align *al = NULL;
	LOCAL_BUF said = BUF_INIT;
	double kib;

	*r = (struct result){ 0 };
	if (a == NULL || b == NULL)
		return 0;
	kib = rss_kib();
	r->bare = align(a, b, false, NULL, &al);
	align_destroy(al);
	r->alone = align(a, b, false, &swap, &al);
	align_destroy(al);
	r->fields = align(a, b, true, NULL, &al);
	r->kib = rss_kib() - kib;
	r->messages = al != NULL ? (double)(al->a.n + al->b.n) : 0;
	r->text = bench_now();
	if (al == NULL || diff_text_write(al, &text, &said) != 0)
		return 0;
	r->text = bench_now() - r->text;
	align_destroy(al);
	trace_destroy(a);
	trace_destroy(b);
	return 1;
}

int
main(int argc, char **argv)
{
	size_t calls = argc > 1 ? (size_t)atol(argv[1]) : 4000;
	struct result r;
	struct job j;
	double kib;
	int ok = bench_trace_begin(&j.a, "bench_diff_a") &&
		 bench_trace_begin(&j.b, "bench_diff_b") &&
		 bench_trace_make(&j.a, calls * RECORDS_A_CALL) &&
		 /* A call more shifts nothing but the end. */
		 bench_trace_make(&j.b, (calls + 1) * RECORDS_A_CALL) &&
		 bench_child(measure, &j, &r, sizeof(r), &kib);

	if (ok) {
		printf("%.0f messages in both\n", r.messages);
		bench_print("  aligned", r.bare * 1e3, "ms", NULL);
		bench_print("  with header fields", r.fields * 1e3, "ms",
		    "at most 5000");
		bench_print("  with nodes swapped", r.alone * 1e3, "ms", NULL);
		bench_print("  as text", r.text * 1e3, "ms", NULL);
		bench_print("  memory", r.kib * 1024 / r.messages,
		    "bytes a message", NULL);
	}
	bench_trace_end(&j.a);
	bench_trace_end(&j.b);
	if (!ok)
		fprintf(stderr, "a measurement failed\n");
	return !ok;
}
