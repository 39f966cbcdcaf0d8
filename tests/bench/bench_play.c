/*
 * The screen with a thousand to a million records behind it: how long until it
 * is there, a step, a seek, a redraw of each pane, and everything else that a
 * key may ask for; the longest time that a key waits meanwhile; and memory.
 * Each redraw is of a screen of 200×60 cells; no terminal takes part.
 *
 *	bench_play [MOST]	no trace of more than MOST records (100000)
 */
#include "bench_trace.h"
#include "fixtures/play_driver.h"
#include "views/tui/play_panes.h"

#define SEEKS   200
#define STEPS   200
#define REDRAWS 50

/* Keys, and what they are for. */
static const struct {
	const char *name, *keys;
} asked[] = {
	{ "search", "/ ringing Enter" },
	{ "search for what is not there", "/ zzzz Enter" },
	{ "filter", "f method=BYE Enter" },
	{ "filter that lets little through", "f C-u text=crash Enter" },
	{ "no filter", "f C-u Enter" },
	{ "true time", "t" },
	{ "folded", "x" },
	{ "brackets of transactions", "m" },
	{ "brackets of dialogs", "m" },
	{ "brackets of phases", "m" },
	{ "theme, with brackets", "T" },
	{ "no brackets", "m" },
	{ "node hidden", "H" },
	{ "list of calls", "c" },
	{ "list of calls, sorted", "s" },
	{ "list of calls, its end", "End" },
	{ "list of calls, one opened", "Enter" },
	{ "all calls", "o" },
	{ "the end", "End" },
	{ "theme", "T" },
	{ "the node's record before", "{" },
	{ "predict", "Q" },
	{ "predict no more", "Q" },
};

#define ASKED (sizeof(asked) / sizeof(asked[0]))

struct measured {
	double all, worst; /* seconds: until it is done, the longest wait */
};

struct result {
	double records, load, first, kib;
	struct measured settle, step, back, seek[PANE_COUNT],
	    redraw[PANE_COUNT], kept, calls, beside, beside_step, asked[ASKED];
};

/* The time since START goes into F as one more of N. */
static void
add(struct measured *f, double start, double n)
{
	double took = bench_now() - start;

	f->all += took / n;
	if (took > f->worst)
		f->worst = took;
}

/* Until nothing is left to do, as the loop does it. */
static void
settle(struct driver *v, struct measured *f)
{
	bool more = true;

	while (more) {
		double start = bench_now();

		more = play_work(v->p);
		add(f, start, 1);
	}
	add(f, bench_now(), 1);
}

/* One key of KEYS after the other; drawn after each. */
static void
press(struct driver *v, const char *keys, struct measured *f)
{
	struct str rest = str_of(keys), word;
	double start;
	size_t used;

	while (rest.n > 0) {
		struct key key;

		word = str_cut(rest, ' ', &rest);
		key = key_of_name(word);
		for (size_t at = 0; at < word.n; at += used) {
			start = bench_now();
			used = word.n;
			if (key.name == KEY_IS_NONE && key.ch > ' ')
				key = KEY_CHAR(utf8_decode(
				    str_slice(word, at, word.n), &used));
			play_key(v->p, key);
			play_draw(v->p, &v->g);
			add(f, start, 1);
		}
		settle(v, f);
	}
	start = bench_now();
	play_draw(v->p, &v->g);
	add(f, start, 1);
}

static void
keys_often(struct driver *v, struct key key, size_t n, struct measured *f)
{
	for (size_t i = 0; i < n; i++) {
		double start = bench_now();

		play_key(v->p, key);
		play_draw(v->p, &v->g);
		add(f, start, (double)n);
	}
}

static void
seeks(struct driver *v, size_t n, struct measured *f)
{
	uint64_t count = trace_count(play_view(v->p)->trace);

	for (uint64_t i = 0; i < n; i++) {
		double start = bench_now();

		play_seek(v->p, i * UINT64_C(2654435761) % count);
		play_draw(v->p, &v->g);
		add(f, start, (double)n);
	}
}

static void
redraws(struct driver *v, size_t n, struct measured *f)
{
	play_seek(v->p, trace_count(play_view(v->p)->trace) / 2);
	play_draw(v->p, &v->g);
	for (size_t i = 0; i < n; i++) {
		double start = bench_now();

		play_draw(v->p, &v->g);
		add(f, start, (double)n);
	}
}

/* Two branches that are the same to the end, side by side: the session's. */
static const struct session *shown;

static size_t
two(void *arg)
{
	(void)arg;
	return 2;
}

static const struct trace *
same_trace(size_t branch, void *arg)
{
	(void)branch;
	(void)arg;
	return session_trace(shown, 0);
}

static const char *
same_name(size_t branch, void *arg)
{
	(void)arg;
	return branch == 0 ? "one" : "other";
}

static void
measure_beside(struct driver *v, struct result *r)
{
	play_key(v->p, KEY_OF(ESCAPE));
	shown = v->s;
	v->src.branches = two;
	v->src.trace = same_trace;
	v->src.name = same_name;
	v->src.parent = NULL;
	v->src.advance = NULL;
	driver_settle(v);
	press(v, "B", &r->beside);
	keys_often(v, KEY_OF(LEFT), STEPS, &r->beside_step);
}

static void
measure_panes(struct driver *v, struct result *r)
{
	for (unsigned i = 0; i < PANE_COUNT; i++) {
		play_key(v->p, KEY_CHAR('1' + i));
		seeks(v, SEEKS, &r->seek[i]);
		redraws(v, REDRAWS, &r->redraw[i]);
	}
	/* The log, where little is let through. */
	press(v, "f C-u text=crash Enter 6", &(struct measured){ 0 });
	redraws(v, 5, &r->kept);
	press(v, "f C-u Enter Esc", &(struct measured){ 0 });
}

static int
measure(void *arg, void *out)
{
	const struct bench_trace *b = arg;
	struct play_options o = { .folder = "/tmp" };
	struct diag d = DIAG_INIT;
	struct result *r = out;
	struct driver v = { 0 };
	double start = bench_now(), kib = rss_kib();

	*r = (struct result){ 0 };
	if (session_open(&v.s, b->path, NULL, &d) != 0)
		return 0;
	r->load = bench_now() - start;
	play_source_open(&v.src, &v.e, v.s, &d);
	v.src.save = NULL;
	start = bench_now();
	if (play_create(&v.p, &v.src, &o, &d) != 0 ||
	    grid_init(&v.g, 200, 60, false) != 0 || play_draw(v.p, &v.g) != 0)
		return 0;
	r->first = bench_now() - start;
	settle(&v, &r->settle);
	r->records = (double)trace_count(play_view(v.p)->trace);
	r->kib = rss_kib() - kib;
	v.p->in_calls = false;
	play_seek(v.p, trace_count(play_view(v.p)->trace) / 2);
	keys_often(&v, KEY_OF(RIGHT), STEPS, &r->step);
	keys_often(&v, KEY_OF(LEFT), STEPS, &r->back);
	measure_panes(&v, r);
	for (size_t i = 0; i < ASKED; i++)
		press(&v, asked[i].keys, &r->asked[i]);
	press(&v, "c", &(struct measured){ 0 });
	keys_often(&v, KEY_OF(DOWN), STEPS, &r->calls);
	measure_beside(&v, r);
	driver_close(&v);
	return 1;
}

static void
print_figure(const char *what, const char *name, const struct measured *f)
{
	char text[80];

	snprintf(text, sizeof(text), "  %s%s", what, name);
	bench_print(text, f->all * 1e3, "ms", NULL);
	if (f->worst > 0.005) {
		snprintf(text, sizeof(text), "  %s%s, the worst", what, name);
		bench_print(text, f->worst * 1e3, "ms", "below 50");
	}
}

static void
print(const struct result *r, double peak_kib)
{
	printf("%.0f records\n", r->records);
	bench_print("  load", r->load * 1e3, "ms", NULL);
	bench_print("  first screen", r->first * 1e3, "ms", NULL);
	print_figure("", "until nothing is left to do", &r->settle);
	print_figure("", "step", &r->step);
	print_figure("", "step back", &r->back);
	for (unsigned i = 0; i < PANE_COUNT; i++)
		print_figure(
		    "seek, pane ", play_panes[i]->pane->title, &r->seek[i]);
	for (unsigned i = 0; i < PANE_COUNT; i++)
		print_figure(
		    "redraw, pane ", play_panes[i]->pane->title, &r->redraw[i]);
	print_figure("redraw, ", "Log with little let through", &r->kept);
	for (size_t i = 0; i < ASKED; i++)
		print_figure("", asked[i].name, &r->asked[i]);
	print_figure("list of calls, ", "a move", &r->calls);
	print_figure("side by side, ", "the first time", &r->beside);
	print_figure("side by side, ", "a step", &r->beside_step);
	/* Less than that has less to share the fixed part with. */
	bench_print("  memory", r->kib * 1024 / r->records, "bytes a record",
	    r->records > 500000 ? "at most 250" : NULL);
	bench_print("  peak memory", peak_kib / 1024, "MiB", NULL);
}

int
main(int argc, char **argv)
{
	size_t most = argc > 1 ? (size_t)atol(argv[1]) : 100000;
	struct bench_trace b;
	struct result r;
	double kib;
	int ok = bench_trace_begin(&b, "bench_play");

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
