/* Figures: what is written on each device, and that they need no colours. */
#include "fixtures/check.h"

#include "base/err.h"
#include "base/mem.h"
#include "draw/figure.h"
#include "draw/graphviz.h"
#include "draw/raster.h"

#include <cairo.h>

#define SIZE 120
#define DPI  144

static const struct raster_info no_info;

static const struct figure_info info = { { "a & b", 5 }, { "<about>", 7 },
	{ "seed 7", 6 } };
static const struct figure_font font = { 10, "#123456", true, false };

static void
texts_are_escaped(void)
{
	struct figure f;
	LOCAL_BUF out = BUF_INIT;
	struct figure_mark mark = { "r1", "request", STR("x < \"y\"") };
	struct figure_pen pen = { 1.4, "#000000", "dashed", FIGURE_FULL };
	struct figure_point line[] = { { 10, 10 }, { 90, 10 } };

	figure_begin(&f, &figure_svg, &out, SIZE, SIZE, &info);
	figure_group(&f, &mark);
	figure_text(
	    &f, 50, 20, STR("]]><script>'\"&\033[2J"), FIGURE_CENTRE, &font);
	figure_line(&f, line, 2, &pen);
	figure_group_end(&f);
	figure_turned(&f, 50, 20, STR("t"), FIGURE_LEFT, &font, -30);
	figure_text(&f, 50, 20, STR(""), FIGURE_LEFT, &font);
	figure_end(&f);
	CU_ASSERT(str_find(buf_view(&out), "<title>a &amp; b</title>") > 0);
	CU_ASSERT(str_find(buf_view(&out), "<desc>&lt;about&gt;</desc>") > 0);
	CU_ASSERT(str_find(buf_view(&out),
		      "<g id=\"r1\" class=\"request\">"
		      "<title>x &lt; &quot;y&quot;</title>") > 0);
	CU_ASSERT(str_find(buf_view(&out),
		      ">]]&gt;&lt;script&gt;&#39;&quot;&amp;^[[2J</text>") > 0);
	CU_ASSERT(str_find(buf_view(&out), "rotate(-30 50 20)") > 0);
	CU_ASSERT(str_find(buf_view(&out), "stroke-dasharray") > 0);
}

/* A group whose kind looked otherwise before says so; an element that looks
 * otherwise than its group, too; a kind of two words has no look. */
static void
kinds(void)
{
	static const struct figure_font other = { 9, "#654321", false, true };
	static const struct figure_mark mark = { NULL, "ok", { NULL, 0 } };
	static const struct figure_mark two = { NULL, "ok lost", { NULL, 0 } };
	static const struct {
		const struct figure_mark *mark;
		const struct figure_font *first, *second;
		const char *group;
	} groups[] = {
		{ &mark, &font, &font, "<g class=\"ok\"><text x=" },
		{ &mark, &other, &font, "<g class=\"ok f1\"><text x=" },
		{ &two, &font, &other, "<g class=\"ok lost f0\"><text x=" },
	};
	struct figure f;
	LOCAL_BUF out = BUF_INIT;
	struct str text;

	figure_begin(&f, &figure_svg, &out, SIZE, SIZE, &info);
	for (size_t i = 0; i < 3; i++) {
		figure_group(&f, groups[i].mark);
		figure_text(&f, 10, 20, STR("a"), FIGURE_LEFT, groups[i].first);
		figure_text(
		    &f, 10, 40, STR("b"), FIGURE_LEFT, groups[i].second);
		figure_group_end(&f);
	}
	figure_end(&f);
	text = buf_view(&out);
	for (size_t i = 0; i < 3; i++)
		CU_ASSERT(str_find(text, groups[i].group) > 0);
	/* What overrules stands behind what it overrules. */
	CU_ASSERT(str_find(text, ".ok text{") > 0);
	CU_ASSERT(str_find(text, ".ok text{") < str_find(text, ".f1 text{"));
	CU_ASSERT(str_find(text, ".f1 text{") < str_find(text, "text.f1{"));
	CU_ASSERT(str_find(text, ".ok lost") < 0);
}

/* Wherever places are counted from, it is the same picture. */
static void
draw_shifted(struct buf *out, double x, double y)
{
	static const struct figure_mark mark = { NULL, "ok", { NULL, 0 } };
	struct figure_pen pen = { 2, "#000000", NULL, FIGURE_FULL };
	struct figure_point line[] = { { 10, 10 }, { 90, 10 }, { 90, 60 } };
	struct figure f;

	figure_begin(&f, &figure_svg, out, SIZE, SIZE, &info);
	figure_shift(&f, x, y);
	figure_group(&f, &mark);
	figure_line(&f, line, 3, &pen);
	figure_text(&f, 50, 40, STR("Text"), FIGURE_CENTRE, &font);
	figure_turned(&f, 50, 80, STR("Text"), FIGURE_CENTRE, &font, 30);
	figure_box(&f, 10, 90, 30, 100, "#000000", NULL, false);
	figure_group_end(&f);
	figure_shift_end(&f);
	figure_end(&f);
}

/* More looks than there are classes for: still a figure. */
static void
many_looks(void)
{
	struct figure f;
	LOCAL_BUF out = BUF_INIT, png = BUF_INIT;

	figure_begin(&f, &figure_svg, &out, SIZE, SIZE, &info);
	for (int i = 0; i < 3 * FIGURE_CLASSES; i++) {
		struct figure_font own = { 5 + i, "#000000", false, false };

		figure_text(&f, i, i, STR("x"), FIGURE_LEFT, &own);
	}
	figure_end(&f);
	CU_ASSERT_EQUAL(f.nfonts, FIGURE_CLASSES);
	CU_ASSERT_EQUAL(
	    raster_png(buf_view(&out), 72, &no_info, &png, NULL), 0);
}

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

/* Black where paper that knows no colours is black: W by H cells. */
#define CELLS (SIZE * DPI / 72)
struct print {
	bool black[CELLS][CELLS];
};

static struct print *
print(struct buf *svg)
{
	struct print *p = mem_zalloc(1, sizeof(*p));
	LOCAL_BUF png = BUF_INIT;
	struct str rest;
	cairo_surface_t *s;
	const unsigned char *data;
	int stride;

	CU_ASSERT_PTR_NOT_NULL_FATAL(p);
	CU_ASSERT_EQUAL_FATAL(
	    raster_png(buf_view(svg), DPI, &no_info, &png, NULL), 0);
	rest = buf_view(&png);
	s = cairo_image_surface_create_from_png_stream(give, &rest);
	CU_ASSERT_EQUAL_FATAL(cairo_surface_status(s), CAIRO_STATUS_SUCCESS);
	CU_ASSERT_EQUAL_FATAL(cairo_image_surface_get_width(s), CELLS);
	data = cairo_image_surface_get_data(s);
	stride = cairo_image_surface_get_stride(s);
	for (int y = 0; y < CELLS; y++)
		for (int x = 0; x < CELLS; x++) {
			const unsigned char *c = data + y * stride + 4 * x;
			/* Luma of ITU-R BT.601. */
			double grey =
			    0.114 * c[0] + 0.587 * c[1] + 0.299 * c[2];

			p->black[y][x] = grey < 170;
		}
	cairo_surface_destroy(s);
	buf_free(svg);
	return p;
}

static int
differ(const struct print *a, const struct print *b)
{
	int n = 0;

	for (int y = 0; y < CELLS; y++)
		for (int x = 0; x < CELLS; x++)
			n += a->black[y][x] != b->black[y][x];
	return n;
}

static void
shifts(void)
{
	struct buf here = BUF_INIT, there = BUF_INIT;
	struct print *a, *b;

	draw_shifted(&here, 0, 0);
	draw_shifted(&there, 50, 40);
	CU_ASSERT(str_find(buf_view(&there), "translate(50 40)") > 0);
	CU_ASSERT(str_find(buf_view(&there), "<text y=\"") > 0);
	a = print(&here);
	b = print(&there);
	CU_ASSERT_EQUAL(differ(a, b), 0);
	mem_free(a);
	mem_free(b);
}

static void
documents(void)
{
	struct figure f;
	LOCAL_BUF svg = BUF_INIT, one = BUF_INIT, two = BUF_INIT;
	const struct raster_info about = { STR("title (\\"), STR("seed 7") };
	struct diag d = DIAG_INIT;
	struct str pages[2];

	figure_begin(&f, &figure_svg, &svg, SIZE, SIZE, &info);
	figure_size(&f, 60);
	figure_clip(&f, 10, 50);
	figure_text(&f, 50, 20, STR("代理 180"), FIGURE_CENTRE, &font);
	figure_clip_end(&f);
	figure_end(&f);
	CU_ASSERT(str_find(buf_view(&svg), "width=\"60pt\"") > 0);
	CU_ASSERT(str_find(buf_view(&svg), "<clipPath") > 0);
	pages[0] = pages[1] = buf_view(&svg);
	CU_ASSERT_EQUAL(raster_pdf(pages, 2, &about, &one, &d), 0);
	CU_ASSERT_EQUAL(raster_pdf(pages, 2, &about, &two, &d), 0);
	CU_ASSERT(str_eq(buf_view(&one), buf_view(&two)));
	CU_ASSERT(str_starts(buf_view(&one), "%PDF"));
	pages[1] = STR("no picture");
	buf_clear(&two);
	CU_ASSERT_EQUAL(raster_pdf(pages, 2, &about, &two, &d), ERR_SYNTAX);
	CU_ASSERT(d.text[0] != '\0');
}

/* No common font has the symbols of control characters. */
static void
controls(void)
{
	LOCAL_BUF out = BUF_INIT;
	struct figure f;

	figure_visible(&out, STR("a␛[1m␡\t…"));
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out), "a^[[1m^?^I…");
	buf_clear(&out);
	figure_begin(&f, &figure_svg, &out, SIZE, SIZE, &info);
	figure_text(&f, 1, 1, STR("␛[1m"), FIGURE_LEFT, &font);
	figure_end(&f);
	CU_ASSERT(str_find(buf_view(&out), "^[[1m") > 0);
	buf_clear(&out);
	dot_html_row(&out, STR("\x1b[1m"), 9, "#000000", false);
	CU_ASSERT(str_find(buf_view(&out), ">^[[1m<") > 0);
}

CHECK_MAIN("figure", { "controls", controls },
    { "texts_are_escaped", texts_are_escaped }, { "many_looks", many_looks },
    { "kinds", kinds }, { "shifts", shifts }, { "documents", documents })
