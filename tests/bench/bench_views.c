/*
 * Traces of a thousand to a million records before a screen: how long until it
 * is loaded, listed and laid out; one seek, one step, one redraw; and memory.
 * The traces are of many calls through two proxies, over a link that loses one
 * packet in a hundred.
 *
 *	bench_views [MOST]	no trace of more than MOST records (100000)
 */
#include "bench_trace.h"

#include "trace/checkpoints.h"
#include "calls/calls.h"
#include "ladder/ladder_screen.h"
#include "ladder/ladder_text.h"

#include <sys/stat.h>

#define SEEKS   300
#define STEPS   1000
#define REDRAWS 200

struct result {
	double records, kib_file;
	double load, list, ends, layout, fit, prepare;
	double seek, seek_worst, step, back, back_worst;
	double redraw_small, redraw_large, text;
	double kib_trace, kib_layout, kib_track, kib_calls;
};

/* ---- what is measured ---- */

static void
measure_track(const struct trace *t, struct result *r)
{
	uint64_t count = trace_count(t), at = count / 2;
	const struct state_at *f;
	struct checkpoints *tr;
	double start = bench_now(), took;

	if (checkpoints_create(&tr, t) != 0)
		return;
	while (checkpoints_prepare(tr, 100000))
		;
	r->prepare = bench_now() - start;
	for (uint64_t i = 0; i < SEEKS; i++) {
		start = bench_now();
		checkpoints_at(tr, i * UINT64_C(2654435761) % count, &f);
		took = bench_now() - start;
		r->seek += took / SEEKS;
		if (took > r->seek_worst)
			r->seek_worst = took;
	}
	checkpoints_at(tr, at, &f);
	start = bench_now();
	for (size_t i = 0; i < STEPS && at < count; i++)
		checkpoints_at(tr, ++at, &f);
	r->step = (bench_now() - start) / STEPS;
	for (size_t i = 0; i < STEPS && at > 0; i++) {
		start = bench_now();
		checkpoints_at(tr, --at, &f);
		took = bench_now() - start;
		r->back += took / STEPS;
		if (took > r->back_worst)
			r->back_worst = took;
	}
	r->kib_track = (double)checkpoints_memory(tr) / 1024;
	checkpoints_destroy(tr);
}

/* One screen of rows around the middle. */
static double
measure_redraw(const struct layout *l, size_t width, size_t height, double *fit)
{
	struct ladder_screen_now now = LADDER_SCREEN_NOW;
	struct ladder_screen *s;
	struct grid g;
	double start = bench_now(), took = 0;

	if (ladder_screen_create(&s, l, NULL) != 0)
		return 0;
	*fit = bench_now() - start;
	if (grid_init(&g, width, height, false) == 0) {
		struct grid_area a = grid_all(&g);

		start = bench_now();
		for (size_t i = 0; i < REDRAWS; i++) {
			now.row = l->nrows / 2 + i % 10;
			now.seq = l->rows[now.row].seq;
			now.top = ladder_screen_line_of(s, now.row);
			grid_clear(&g);
			ladder_screen_draw(s, &now, &a);
		}
		took = (bench_now() - start) / REDRAWS;
	}
	grid_free(&g);
	ladder_screen_destroy(s);
	return took;
}

static double
measure_text(const struct layout *l)
{
	LOCAL_BUF out = BUF_INIT;
	double start = bench_now(), took;

	ladder_text_write(l, NULL, &out);
	took = bench_now() - start;
	return took;
}

static int
measure(void *arg, void *out)
{
	const struct bench_trace *j = arg;
	struct result *r = out;
	struct trace *t;
	struct calls *c;
	struct outcomes *e;
	struct layout *l;
	struct diag d = DIAG_INIT;
	struct stat st;
	double start = bench_now(), kib = rss_kib();

	*r = (struct result){ 0 };
	if (trace_load(&t, j->path, &d) != 0 || stat(j->path, &st) != 0)
		return 0;
	r->load = bench_now() - start;
	r->records = (double)trace_count(t);
	r->kib_file = (double)st.st_size / 1024;
	r->kib_trace = rss_kib() - kib;
	kib = rss_kib();
	start = bench_now();
	if (calls_create(&c) != 0)
		return 0;
	while (calls_extend(c, t, 100000))
		;
	r->list = bench_now() - start;
	r->kib_calls = rss_kib() - kib;
	start = bench_now();
	if (outcomes_create(&e, t, NULL) != 0)
		return 0;
	while (outcomes_extend(e, 10000))
		;
	r->ends = bench_now() - start;
	outcomes_destroy(e);
	kib = rss_kib();
	start = bench_now();
	if (layout_create(&l, t, NULL, &d) != 0)
		return 0;
	r->layout = bench_now() - start;
	r->kib_layout = rss_kib() - kib;
	r->redraw_small = measure_redraw(l, 80, 24, &r->fit);
	r->redraw_large = measure_redraw(l, 200, 60, &r->fit);
	r->text = measure_text(l);
	layout_destroy(l);
	calls_destroy(c);
	measure_track(t, r);
	trace_destroy(t);
	return 1;
}

static void
print(const struct result *r, double peak_kib)
{
	double n = r->records;

	printf("%.0f records, %.1f MB\n", n, r->kib_file * 1024 / 1e6);
	bench_print("  load", r->load * 1e3, "ms", NULL);
	bench_print("  list of calls", r->list * 1e3, "ms", NULL);
	bench_print("  why calls ended", r->ends * 1e3, "ms", NULL);
	bench_print("  layout", r->layout * 1e3, "ms", "at most 1000");
	bench_print("  fitted into a window", r->fit * 1e3, "ms", NULL);
	bench_print("  checkpoints", r->prepare * 1e3, "ms", NULL);
	bench_print("  seek", r->seek * 1e3, "ms", NULL);
	bench_print("  seek, the worst", r->seek_worst * 1e3, "ms", "below 50");
	bench_print("  step", r->step * 1e6, "us", NULL);
	bench_print("  step back", r->back * 1e6, "us", NULL);
	bench_print("  step back, the worst", r->back_worst * 1e3, "ms", NULL);
	bench_print("  redraw 80x24", r->redraw_small * 1e6, "us", NULL);
	bench_print("  redraw 200x60", r->redraw_large * 1e6, "us", NULL);
	bench_print("  the ladder on paper", r->text * 1e3, "ms", NULL);
	bench_print("  memory of the trace", r->kib_trace * 1024 / n,
	    "bytes a record", NULL);
	bench_print(
	    "  its file", r->kib_file * 1024 / n, "bytes a record", NULL);
	bench_print("  memory of the calls", r->kib_calls * 1024 / n,
	    "bytes a record", NULL);
	bench_print("  memory of the layout", r->kib_layout * 1024 / n,
	    "bytes a record", NULL);
	bench_print("  memory of the checkpoints", r->kib_track * 1024 / n,
	    "bytes a record", NULL);
	bench_print("  peak memory", peak_kib / 1024, "MiB", NULL);
}

int
main(int argc, char **argv)
{
	size_t most = argc > 1 ? (size_t)atol(argv[1]) : 100000;
	struct bench_trace b;
	struct result r;
	double kib;
	int ok = bench_trace_begin(&b, "bench_views");

	for (size_t n = 1000; ok && n <= most; n *= 10) {
		ok = bench_trace_make(&b, n) &&
		     bench_child(measure, &b, &r, sizeof(r), &kib);
		if (ok)
			print(&r, kib);
	}
	bench_trace_end(&b);
	if (!ok)
		fprintf(stderr, "a measurement failed\n");
	return !ok;
}
