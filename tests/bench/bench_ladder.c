/*
 * The ladder on a screen: how long it takes to make one, to draw a screen of
 * 200×60 in the middle of it, to go from a row to its line and back.  Calls
 * overlap, so that much is under way at any time.
 */
#include "base/mem.h"
#include "bench.h"
#include "ladder/ladder_screen.h"

#define NODES 12

static const char *const names[NODES] = { "alice", "atl", "bil", "bob", "carol",
	"dave", "erin", "frank", "gw", "home", "isp", "judy" };

static struct layout_row
row_of(size_t i)
{
	static const struct {
		const char *label;
		enum trace_arrow arrow;
	} kinds[] = { { "INVITE (SDP)", TRACE_ARROW_REQUEST },
		{ "100 Trying", TRACE_ARROW_PROVISIONAL },
		{ "180 Ringing", TRACE_ARROW_PROVISIONAL },
		{ "200 OK (SDP)", TRACE_ARROW_SUCCESS } };
	struct layout_row r = { .item = LAYOUT_MESSAGE,
		.seq = 2 * i + 1,
		.t = (int64_t)i * 1000000,
		.repeat.first = LAYOUT_NONE,
		.fwd = LAYOUT_NONE,
		.since = LAYOUT_NONE,
		.copies = 1 };

	r.arrow = kinds[i % 4].arrow;
	r.label = str_of(kinds[i % 4].label);
	r.brief = str_slice(r.label, 0, i % 4 == 0 ? 6 : 3);
	r.detail = r.call = r.why = r.loss.text = STR("");
	r.from = i * 7 % NODES;
	r.to = (r.from + 1 + i % 3) % NODES;
	r.t_end = r.t + (int64_t)(1 + i % 40) * 1000000;
	r.end_seq = r.seq + 1 + 2 * (i % 40);
	return r;
}

static void
fill(struct layout *l, size_t n)
{
	*l = (struct layout){ .complete = true, .ncolumns = NODES, .nrows = n };
	l->columns = mem_zalloc(NODES, sizeof(*l->columns));
	l->rows = mem_zalloc(n, sizeof(*l->rows));
	for (size_t i = 0; i < NODES; i++)
		l->columns[i].name = l->columns[i].label = str_of(names[i]);
	for (size_t i = 0; i < n; i++)
		l->rows[i] = row_of(i);
}

static double
draw(struct ladder_screen *s, const struct layout *l, struct grid *g)
{
	struct ladder_screen_now now = LADDER_SCREEN_NOW;
	struct grid_area a = grid_all(g);
	double t = bench_now();
	int n = 200;

	for (int i = 0; i < n; i++) {
		now.row = l->nrows / 2 + (size_t)i;
		now.seq = l->rows[now.row].seq;
		now.top = ladder_screen_top(s, &now, 58, now.row);
		grid_clear(g);
		ladder_screen_draw(s, &now, &a);
	}
	return (bench_now() - t) / n * 1e6;
}

static void
measure(size_t rows, enum ladder_mode mode, const struct layout *l)
{
	struct ladder_screen_options o = { .mode = mode };
	struct ladder_screen *s;
	struct grid g;
	char name[80];
	double t = bench_now(), made;
	size_t sum = 0;

	if (ladder_screen_create(&s, l, &o) != 0 ||
	    grid_init(&g, 200, 60, false) != 0)
		exit(1);
	made = (bench_now() - t) * 1e3;
	snprintf(name, sizeof(name), "  %s: make", ladder_mode_name(mode));
	bench_print(name, made, "ms", NULL);
	snprintf(
	    name, sizeof(name), "  %s: draw 200x60", ladder_mode_name(mode));
	bench_print(name, draw(s, l, &g), "us", "at most 1000");
	t = bench_now();
	for (size_t i = 0; i < 100000; i++)
		sum += ladder_screen_row_at(
		    s, ladder_screen_line_of(s, i * 7919 % rows));
	snprintf(name, sizeof(name), "  %s: row to line to row",
	    ladder_mode_name(mode));
	bench_print(name, (bench_now() - t) * 1e4, "ns", NULL);
	if (sum == 1)
		printf("\n");
	grid_free(&g);
	ladder_screen_destroy(s);
}

int
main(void)
{
	static const size_t sizes[] = { 1000, 100000, 1000000 };

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct layout l;

		fill(&l, sizes[i]);
		printf("%zu rows\n", sizes[i]);
		for (unsigned m = 0; m < LADDER_MODE_COUNT; m++)
			measure(sizes[i], m, &l);
		mem_free(l.columns);
		mem_free(l.rows);
	}
	return 0;
}
