/* The ladder's picture: nothing in a trace can break out of its quotes, and
 * Graphviz draws it, the same twice. */
#include "fixtures/check.h"
#include "fixtures/sample_crossing.h"
#include "fixtures/sample_more.h"

#include "base/err.h"
#include "base/mem.h"
#include "draw/graphviz.h"
#include "draw/figure.h"
#include "ladder/ladder_arrow.h"
#include "ladder/ladder_figure.h"
#include "ladder/ladder_graph.h"
#include "draw/raster.h"

#include <cairo.h>

static const struct raster_info no_info;

/* As SVG, or as a graph. */
static struct buf
draw_as(bool svg, struct trace *t, bool true_time)
{
	static const struct ladder_figure_options options = {
		.subtitle = "\"]} & <\\", .footer = "lab · seed 7"
	};
	struct layout_options o = LAYOUT_OPTIONS;
	struct layout *l = NULL;
	struct buf out = BUF_INIT;

	o.true_time = true_time;
	o.number = true;
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, &o, NULL), 0);
	CU_ASSERT_EQUAL(
	    svg ? ladder_figure_write(l, &options, &figure_svg, &out)
		: ladder_graph_write(l, &options, false, NULL, &out),
	    0);
	layout_destroy(l);
	trace_destroy(t);
	return out;
}

static struct buf
draw(struct trace *t, bool true_time)
{
	return draw_as(false, t, true_time);
}

static struct buf
draw_svg(struct trace *t, bool true_time)
{
	return draw_as(true, t, true_time);
}

/* Each line of the file is one statement of ours, but for one that ends in a
 * backslash: quotes are paired. */
static void
hostile_words_stay_inside(void)
{
	struct buf out = draw(sample_hostile(), true);
	struct str rest = buf_view(&out);
	bool inside = false;

	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest);

		for (size_t i = 0; i < line.n; i++) {
			CU_ASSERT((unsigned char)line.p[i] >= ' ' ||
				  line.p[i] == '\t');
			if (line.p[i] == '\\' && inside)
				i++;
			else if (line.p[i] == '"')
				inside = !inside;
			else if (!inside)
				CU_ASSERT(line.p[i] != '<');
		}
		CU_ASSERT(!inside || str_ends(line, "\\"));
	}
	buf_free(&out);
}

static void
pictures(struct trace *t, bool true_time)
{
	struct buf dot = draw(t, true_time);
	static const struct {
		const char *format, *start;
	} rows[] = {
		{ "gv", "digraph" },
		{ "svg", "<?xml" },
		{ "png", "\x89PNG" },
		{ "pdf", "%PDF" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf one = BUF_INIT, two = BUF_INIT;
		struct diag d = DIAG_INIT;

		CU_ASSERT_EQUAL(dot_html_write(buf_view(&dot), "dot",
				    rows[i].format, &one, &d),
		    0);
		CU_ASSERT_EQUAL(dot_html_write(buf_view(&dot), "dot",
				    rows[i].format, &two, &d),
		    0);
		CU_ASSERT(str_eq(buf_view(&one), buf_view(&two)));
		CU_ASSERT(str_starts(buf_view(&one), rows[i].start));
		buf_free(&one);
		buf_free(&two);
	}
	buf_free(&dot);
}

static void
graphviz_draws_it(void)
{
	pictures(sample_lost_invite(), true);
	pictures(sample_lost_invite(), false);
	pictures(sample_hostile(), true);
	pictures(sample_empty(), false);
	pictures(sample_chinese(), true);
	pictures(sample_mixed(), true);
	pictures(sample_many(20), false);
}

/* The same on paper: of one message of each kind, drawn at the same place, the
 * line and its head differ in what is black. */
#define SIDE 1600

struct print {
	int width, height;
	bool black[SIDE][SIDE];
};

static cairo_status_t
give(void *arg, unsigned char *data, unsigned n)
{
	struct str *rest = arg;

	if (rest->n < n)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(data, rest->p, n);
	*rest = str_slice(*rest, n, rest->n);
	return CAIRO_STATUS_SUCCESS;
}

static struct print *
print(const char *proto, const char *start)
{
	struct print *p = mem_zalloc(1, sizeof(*p));
	struct buf svg, png = BUF_INIT;
	struct sample s;
	struct str rest;
	cairo_surface_t *c;

	/* Names that give the columns one width, whatever the label. */
	sample_begin(&s, "kind");
	sample_node(&s, "a", "ua", "", "a name that is rather long");
	sample_node(&s, "b", "ua", "", "another that is rather long");
	sample_rec(&s, "act", "a", 0, NULL, ",'by':'person'");
	sample_rec(&s, "send", "a", 1, NULL,
	    ",'src':'a','dst':'b','transport':'udp','proto':'%s','start':%s,"
	    "'cseq':'1 INVITE','call_id':'c','branch':'b','text':''",
	    proto, start);
	sample_rec(&s, "recv", "b", 2, NULL, ",'of':2");
	svg = draw_svg(sample_end(&s), false);
	CU_ASSERT_PTR_NOT_NULL_FATAL(p);
	CU_ASSERT_EQUAL_FATAL(
	    raster_png(buf_view(&svg), 144, &no_info, &png, NULL), 0);
	rest = buf_view(&png);
	c = cairo_image_surface_create_from_png_stream(give, &rest);
	p->width = cairo_image_surface_get_width(c);
	p->height = cairo_image_surface_get_height(c);
	CU_ASSERT_FATAL(p->width < SIDE && p->height < SIDE);
	for (int y = 0; y < p->height; y++)
		for (int x = 0; x < p->width; x++) {
			const unsigned char *at =
			    cairo_image_surface_get_data(c) +
			    y * cairo_image_surface_get_stride(c) + 4 * x;
			/* Luma of ITU-R BT.601. */
			double grey =
			    0.114 * at[0] + 0.587 * at[1] + 0.299 * at[2];

			p->black[y][x] = grey < 150;
		}
	cairo_surface_destroy(c);
	buf_free(&svg);
	buf_free(&png);
	return p;
}

/* Where the arrow is: the longest run of black in a line of the picture, and
 * as much below as above it that no label stands there. */
static int
differ(const struct print *a, const struct print *b, int y)
{
	int n = 0;

	for (int row = y - 8; row <= y + 8; row++)
		for (int x = 0; x < a->width; x++)
			n += a->black[row][x] != b->black[row][x];
	return n;
}

static int
line_of(const struct print *p)
{
	int best = 0, at = 0;

	for (int y = p->height / 2; y < p->height - 60; y++) {
		int n = 0;

		for (int x = 0; x < p->width; x++)
			n += p->black[y][x];
		if (n > best) {
			best = n;
			at = y;
		}
	}
	return at;
}

static void
kinds_on_paper(void)
{
	static const char *const rows[][2] = { { "sip", "'INVITE'" },
		{ "sip", "180" }, { "sip", "200" }, { "sip", "486" },
		{ "dns", "'query'" } };
	struct print *prints[5];
	int y;

	for (size_t i = 0; i < 5; i++)
		prints[i] = print(rows[i][0], rows[i][1]);
	y = line_of(prints[0]);
	for (size_t i = 0; i < 5; i++)
		for (size_t k = 0; k < i; k++) {
			CU_ASSERT_EQUAL(prints[i]->width, prints[k]->width);
			CU_ASSERT(differ(prints[i], prints[k], y) > 60);
		}
	for (size_t i = 0; i < 5; i++)
		mem_free(prints[i]);
}

static void
too_much_and_wrong(void)
{
	struct buf svg = draw_svg(sample_long(4000), false), out = BUF_INIT;
	struct diag d = DIAG_INIT;

	CU_ASSERT_EQUAL(
	    raster_png(buf_view(&svg), 300, &no_info, &out, &d), ERR_LIMIT);
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "svg"));
	d = DIAG_INIT;
	CU_ASSERT_EQUAL(
	    raster_png(STR("<svg"), 300, &no_info, &out, &d), ERR_SYNTAX);
	d = DIAG_INIT;
	CU_ASSERT_EQUAL(
	    dot_html_write(STR("digraph { a -> "), "dot", "svg", &out, &d),
	    ERR_SYNTAX);
	CU_ASSERT_EQUAL(d.err, ERR_SYNTAX);
	d = DIAG_INIT;
	CU_ASSERT_EQUAL(
	    dot_html_write(STR("digraph { a -> b }"), "dot", "svg", &out, &d),
	    0);
	CU_ASSERT_EQUAL(
	    dot_html_write(STR("digraph {}"), "dot", "gif", &out, &d),
	    ERR_NOTFOUND);
	CU_ASSERT_EQUAL(raster_write(buf_view(&svg), "gif", &no_info, &out, &d),
	    ERR_NOTFOUND);
	buf_free(&svg);
	buf_free(&out);
}

static void
memory_runs_out(void)
{
	struct trace *t = sample_lost_invite();
	struct layout *l = NULL;
	int err = ERR_NOMEM;

	CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, NULL, NULL), 0);
	for (unsigned long n = 1; err != 0 && n < 3000; n++) {
		struct buf out = BUF_INIT;

		mem_fail_from(n);
		err = n % 2 ? ladder_graph_write(l, NULL, n % 3 > 0, NULL, &out)
			    : ladder_figure_write(l, NULL, &figure_svg, &out);
		mem_fail_from(0);
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
		buf_free(&out);
	}
	CU_ASSERT_EQUAL(err, 0);
	layout_destroy(l);
	trace_destroy(t);
}

/* What a reader needs to know of the lines; a refusal stays between its own
 * lifeline and the next, on lines that are short. */
static void
legend_and_refusal(void)
{
	struct buf out = draw(sample_mixed(), false);
	struct sample s;
	uint64_t r;

	CU_ASSERT(str_find(buf_view(&out), "Dotted lines are not SIP.") > 0);
	buf_free(&out);
	sample_begin(&s, "refusal");
	sample_node(&s, "alice", "ua", "", "");
	sample_node(&s, "px", "proxy", "", "");
	sample_node(&s, "bob", "ua", "", "");
	r = sample_rec(&s, "act", "alice", 0, NULL, ",'by':'person'");
	r = sample_pass(&s, "alice", "px", "INVITE", "INVITE", r, MS);
	r = sample_pass(&s, "px", "bob", "INVITE", "INVITE", r, MS);
	sample_rec(&s, "bad", "bob", r, NULL,
	    ",'fault':'no-end','at':'sip:bob@192.0.2.3:5060;transport=tcp'");
	out = draw(sample_end(&s), false);
	CU_ASSERT(str_find(buf_view(&out), "no empty line") > 0);
	CU_ASSERT(
	    str_find(buf_view(&out), "fields: sip:bob@192.0.2.3:5060;") > 0);
	CU_ASSERT(str_find(buf_view(&out), "Dotted lines") < 0);
	buf_free(&out);
}

/* Repetitions folded into one arrow, of which LOSE one was lost. */
static struct trace *
repeated(bool lose)
{
	struct sample s;
	uint64_t act, first, again;

	sample_begin(&s, "Repeated");
	sample_node(&s, "a", "ua", "", "");
	sample_node(&s, "b", "ua", "", "");
	act = sample_rec(&s, "act", "a", 0, NULL, ",'by':'person'");
	first = sample_send(
	    &s, "a", "b", "OPTIONS", "OPTIONS", false, act, NULL, 0, 0);
	sample_recv(&s, "b", first, 5 * MS);
	again = sample_send(
	    &s, "a", "b", "OPTIONS", "OPTIONS", false, act, NULL, 0, first);
	if (lose)
		sample_rec(&s, "drop", NULL, again, NULL,
		    ",'of':%llu,'reason':'loss'", (unsigned long long)again);
	else
		sample_recv(&s, "b", again, 5 * MS);
	return sample_end(&s);
}

/* A sign that is not in the figure is not explained either. */
static void
signs(void)
{
	for (int lose = 0; lose < 2; lose++) {
		struct layout_options o = LAYOUT_OPTIONS;
		struct ladder_figure_options f = { .title = NULL };
		struct trace *t = repeated(lose);
		struct layout *l = NULL;
		struct buf out = BUF_INIT;

		o.fold = true;
		CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, &o, NULL), 0);
		CU_ASSERT_EQUAL(
		    ladder_figure_write(l, &f, &figure_svg, &out), 0);
		CU_ASSERT(str_find(buf_view(&out), "↻+1 is") >= 0);
		CU_ASSERT_EQUAL(
		    str_find(buf_view(&out), "╳1 means") >= 0, lose);
		CU_ASSERT(str_find(buf_view(&out), "↻1 is") < 0);
		layout_destroy(l);
		trace_destroy(t);
		buf_free(&out);
	}
}

static size_t
times_in(struct buf *out, const char *what)
{
	struct str rest = buf_view(out);
	size_t n = 0;
	ptrdiff_t at;

	while ((at = str_find(rest, what)) >= 0) {
		rest = str_slice(rest, (size_t)at + 1, rest.n);
		n++;
	}
	return n;
}

/* A band for each way, as long as it lasts; what goes to no node says where. */
static void
streams_have_bands(void)
{
	for (int true_time = 0; true_time < 2; true_time++) {
		struct buf out = draw_svg(sample_streams(), true_time != 0);

		CU_ASSERT(str_find(buf_view(&out), "RTP → ×70") >= 0 ||
			  str_find(buf_view(&out), "→ bob ×70") >= 0 ||
			  str_find(buf_view(&out), "alice → bob ×70") >= 0);
		CU_ASSERT_EQUAL(times_in(&out, "×71"), 1);
		CU_ASSERT_EQUAL(
		    times_in(&out, "RTP → 198.51.100.7:4000 ×72"), 1);
		CU_ASSERT_EQUAL(
		    times_in(&out, "class=\"extent\""), (size_t)true_time);
		buf_free(&out);
	}
}

/* What is sent at the same time to the same node is drawn apart, in order. */
static void
together_is_apart(void)
{
	static const char *const starts[] = { "INVITE", "OPTIONS", "MESSAGE" };
	double last = 0;
	struct sample s;
	struct buf out;
	struct str rest;

	sample_begin(&s, "Together");
	sample_node(&s, "alice", "ua", "", "");
	sample_node(&s, "bob", "ua", "", "");
	for (size_t i = 0; i < 3; i++)
		sample_send(&s, "alice", "bob", starts[i], starts[i], false, 0,
		    NULL, 0, 0);
	for (uint64_t i = 1; i <= 3; i++)
		sample_recv(&s, "bob", i, i == 1 ? 10 * MS : 0);
	out = draw_svg(sample_end(&s), true);
	rest = buf_view(&out);
	for (int i = 1; i <= 3; i++) {
		char id[16];
		struct str move;
		ptrdiff_t at;
		double x, y;

		snprintf(id, sizeof(id), "id=\"r%d\"", i);
		at = str_find(rest, id);
		CU_ASSERT_FATAL(at >= 0);
		rest = str_slice(rest, (size_t)at, rest.n);
		/* Its end comes behind the line to its label, and behind what
		 * is before its label. */
		move = str_slice(rest, 0, (size_t)str_find(rest, "</g>"));
		at = str_find(move, " d=\"M");
		CU_ASSERT_FATAL(at >= 0);
		while (at >= 0) {
			move = str_slice(move, (size_t)at + 5, move.n);
			at = str_find(move, " d=\"M");
		}
		CU_ASSERT_EQUAL(sscanf(move.p, "%*f %*fL%lf %lf", &x, &y), 2);
		CU_ASSERT(i == 1 || (y > last + 3 && y < last + 8));
		last = y;
	}
	buf_free(&out);
}

CHECK_MAIN("ladder_figure", { "signs", signs },
    { "kinds_on_paper", kinds_on_paper },
    { "legend_and_refusal", legend_and_refusal },
    { "hostile_words_stay_inside", hostile_words_stay_inside },
    { "graphviz_draws_it", graphviz_draws_it },
    { "too_much_and_wrong", too_much_and_wrong },
    { "together_is_apart", together_is_apart },
    { "streams_have_bands", streams_have_bands },
    { "memory_runs_out", memory_runs_out })
