/* Figures: what is written on each device, and that they need no colours. */
#include "check.h"

#include "base/err.h"
#include "base/mem.h"
#include "draw/figure.h"
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
	struct buf out = BUF_INIT;
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
		      "<g id=\"r1\" class=\"request f0 l0\">"
		      "<title>x &lt; &quot;y&quot;</title>") > 0);
	CU_ASSERT(str_find(buf_view(&out),
		      ">]]&gt;&lt;script&gt;&#39;&quot;&amp;␛[2J</text>") > 0);
	CU_ASSERT(str_find(buf_view(&out), "rotate(-30 50 20)") > 0);
	CU_ASSERT(str_find(buf_view(&out), "stroke-dasharray") > 0);
	buf_free(&out);
}

/* More looks than there are classes for: still a figure. */
static void
many_looks(void)
{
	struct figure f;
	struct buf out = BUF_INIT, png = BUF_INIT;

	figure_begin(&f, &figure_svg, &out, SIZE, SIZE, &info);
	for (int i = 0; i < 3 * FIGURE_CLASSES; i++) {
		struct figure_font own = { 5 + i, "#000000", false, false };

		figure_text(&f, i, i, STR("x"), FIGURE_LEFT, &own);
	}
	figure_end(&f);
	CU_ASSERT_EQUAL(f.nfonts, FIGURE_CLASSES);
	CU_ASSERT_EQUAL(
	    raster_png(buf_view(&out), 72, &no_info, &png, NULL), 0);
	buf_free(&out);
	buf_free(&png);
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
	struct buf png = BUF_INIT;
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
	buf_free(&png);
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

/* In black and white the patterns of states are told apart. */
static void
patterns_without_colour(void)
{
	struct print *prints[FIGURE_PATTERNS];

	for (size_t i = 0; i < FIGURE_PATTERNS; i++) {
		struct figure f;
		struct buf out = BUF_INIT;

		figure_begin(&f, &figure_svg, &out, SIZE, SIZE, &info);
		figure_bar(&f, 50, 10, 59, 110, "#8a939d", i);
		figure_end(&f);
		prints[i] = print(&out);
		for (size_t k = 0; k < i; k++)
			CU_ASSERT(differ(prints[i], prints[k]) > 100);
	}
	for (size_t i = 0; i < FIGURE_PATTERNS; i++)
		mem_free(prints[i]);
}

static void
documents(void)
{
	struct figure f;
	struct buf svg = BUF_INIT, one = BUF_INIT, two = BUF_INIT;
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
	buf_free(&svg);
	buf_free(&one);
	buf_free(&two);
}

CHECK_MAIN("figure", { "texts_are_escaped", texts_are_escaped },
    { "many_looks", many_looks },
    { "patterns_without_colour", patterns_without_colour },
    { "documents", documents })
