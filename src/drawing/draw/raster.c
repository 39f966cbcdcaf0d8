/*
 * librsvg, contained: it works in a process of its own (draw/render_process.h).
 * Sizes are points: an SVG of ours says its own.
 */
#include "draw/raster.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/library.h"
#include "base/mem.h"
#include "draw/render_process.h"
#include "draw/figure.h"

#include <cairo-pdf.h>
#include <librsvg/rsvg.h>
#include <math.h>
#include <string.h>
#include <zlib.h>

#define RSVG_FUNCTIONS(X)                           \
	X(rsvg_handle_get_intrinsic_size_in_pixels) \
	X(rsvg_handle_new_from_stream_sync)         \
	X(rsvg_handle_render_document)              \
	X(rsvg_handle_set_dpi)                      \
	X(rsvg_handle_set_stylesheet)               \
	X(cairo_clip)                               \
	X(cairo_create)                             \
	X(cairo_destroy)                            \
	X(cairo_image_surface_create)               \
	X(cairo_paint)                              \
	X(cairo_pdf_surface_create_for_stream)      \
	X(cairo_pdf_surface_set_metadata)           \
	X(cairo_pdf_surface_set_size)               \
	X(cairo_rectangle)                          \
	X(cairo_restore)                            \
	X(cairo_save)                               \
	X(cairo_set_source_rgb)                     \
	X(cairo_show_page)                          \
	X(cairo_status)                             \
	X(cairo_status_to_string)                   \
	X(cairo_surface_destroy)                    \
	X(cairo_surface_finish)                     \
	X(cairo_surface_status)                     \
	X(cairo_surface_write_to_png_stream)        \
	X(g_error_free)                             \
	X(g_memory_input_stream_new_from_data)      \
	X(g_object_unref)

static struct {
	RSVG_FUNCTIONS(LIBRARY_POINTER)
} lib;

static int
load_library(struct diag *d)
{
	return LIBRARY_LOAD(RUNG_LIBRSVG, RSVG_FUNCTIONS, lib, d);
}

/* What cairo can hold in one bitmap, with some room. */
#define PIXELS_MOST 32000
#define DPI_LEAST   36

static cairo_status_t
append_cairo_output(void *arg, const unsigned char *data, unsigned n)
{
	struct buf *out = arg;

	buf_add(out, (const char *)data, n);
	return out->err == 0 ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static int
raster_failed(int err, const char *what, struct diag *d)
{
	return diag_set(
	    d, err, NULL, 0, _("the figure can't be drawn: %s"), what);
}

/* A renderer of an SVG takes the first of its families that is installed; here
 * it is the one that rung's package requires, for the same picture
 * everywhere. */
static const guint8 family[] = "[font-family^=\"Helvetica\"]{font-family:"
			       "DejaVu Sans," FIGURE_FAMILY "}";

/* The size in points. */
static int
open_svg(struct str svg, RsvgHandle **handle, double *width, double *height,
    struct diag *d)
{
	GInputStream *in =
	    lib.g_memory_input_stream_new_from_data(svg.p, (gssize)svg.n, NULL);
	GError *error = NULL;
	int err = 0;

	*handle = lib.rsvg_handle_new_from_stream_sync(
	    in, NULL, RSVG_HANDLE_FLAG_UNLIMITED, NULL, &error);
	lib.g_object_unref(in);
	if (*handle == NULL) {
		err = raster_failed(ERR_SYNTAX, error->message, d);
		lib.g_error_free(error);
		return err;
	}
	lib.rsvg_handle_set_dpi(*handle, 72);
	lib.rsvg_handle_set_stylesheet(
	    *handle, family, sizeof(family) - 1, NULL);
	if (!lib.rsvg_handle_get_intrinsic_size_in_pixels(
		*handle, width, height) ||
	    !(*width >= 1) || !(*height >= 1)) {
		lib.g_object_unref(*handle);
		*handle = NULL;
		return raster_failed(ERR_UNSUPPORTED, "no size", d);
	}
	return 0;
}

static int
paint_at(
    RsvgHandle *handle, cairo_t *to, const RsvgRectangle *where, struct diag *d)
{
	GError *error = NULL;
	int err;

	if (lib.rsvg_handle_render_document(handle, to, where, &error))
		return 0;
	err = raster_failed(ERR_UNSUPPORTED, error->message, d);
	lib.g_error_free(error);
	return err;
}

static int
paint(RsvgHandle *handle, cairo_t *to, double width, double height,
    struct diag *d)
{
	const RsvgRectangle all = { 0, 0, width, height };

	return paint_at(handle, to, &all, d);
}

static int
raster_status_of(cairo_status_t status, struct diag *d)
{
	if (status == CAIRO_STATUS_SUCCESS)
		return 0;
	if (status == CAIRO_STATUS_NO_MEMORY)
		return ERR_NOMEM;
	return raster_failed(
	    ERR_UNSUPPORTED, lib.cairo_status_to_string(status), d);
}

/* As fine as asked for, or as a bitmap can be. */
static int
raster_scale_of(
    double width, double height, double dpi, double *scale, struct diag *d)
{
	double most = width > height ? width : height;

	*scale = dpi / 72;
	if (most * *scale > PIXELS_MOST)
		*scale = PIXELS_MOST / most;
	if (*scale * 72 < DPI_LEAST)
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("the figure is too large for png, at most %d dots wide "
		      "and high; use svg or pdf, or a part of it with --from "
		      "and --to"),
		    PIXELS_MOST);
	return 0;
}

static void
put_u32(struct buf *b, uint32_t v)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_putc(b, (char)(v >> shift & 0xff));
}

/* A chunk of PNG: length, name, data, sum over the last two. */
static void
raster_put_chunk(struct buf *b, const char *name, struct str data)
{
	uLong sum = crc32(0, (const Bytef *)name, 4);

	put_u32(b, (uint32_t)data.n);
	buf_add(b, name, 4);
	buf_str(b, data);
	put_u32(b, (uint32_t)crc32(sum, (const Bytef *)data.p, (uInt)data.n));
}

/* International text, PNG 11.3.4.5, neither compressed nor translated. */
static void
put_png_text(struct buf *b, const char *keyword, struct str text)
{
	struct buf data = BUF_INIT;

	if (text.n == 0)
		return;
	buf_add(&data, keyword, strlen(keyword) + 1);
	buf_add(&data, "\0\0\0", 4);
	buf_str(&data, text);
	raster_put_chunk(b, "iTXt", buf_view(&data));
	buf_end(&data, &b->err);
}

/* How large it is on paper, what it shows, where it comes from. */
static void
raster_put_words(struct buf *b, double scale, const struct raster_info *info)
{
	struct buf data = BUF_INIT;
	/* Dots a metre. */
	uint32_t dots = (uint32_t)lround(scale * 72 / 0.0254);

	put_u32(&data, dots);
	put_u32(&data, dots);
	buf_putc(&data, 1);
	raster_put_chunk(b, "pHYs", buf_view(&data));
	put_png_text(b, "Title", info->title);
	put_png_text(b, "Source", info->source);
	put_png_text(b, "Software", STR("rung"));
	buf_end(&data, &b->err);
}

/* The signature and the IHDR, behind which everything else may stand. */
#define PNG_HEAD 33

static int
write_png(cairo_surface_t *surface, double scale,
    const struct raster_info *info, struct buf *out, struct diag *d)
{
	LOCAL_BUF png = BUF_INIT;
	int err = raster_status_of(lib.cairo_surface_write_to_png_stream(
				       surface, append_cairo_output, &png),
	    d);

	if (err == 0 && png.n > PNG_HEAD) {
		buf_add(out, png.p, PNG_HEAD);
		raster_put_words(out, scale, info);
		buf_add(out, png.p + PNG_HEAD, png.n - PNG_HEAD);
	}
	if (err == 0)
		err = png.err != 0 ? png.err : out->err;
	return err;
}

static int
draw_png(RsvgHandle *handle, double width, double height, double dpi,
    const struct raster_info *info, struct buf *out, struct diag *d)
{
	cairo_surface_t *surface;
	cairo_t *to;
	double scale;
	int err = raster_scale_of(width, height, dpi, &scale, d);

	if (err != 0)
		return err;
	surface = lib.cairo_image_surface_create(CAIRO_FORMAT_RGB24,
	    (int)ceil(width * scale), (int)ceil(height * scale));
	to = lib.cairo_create(surface);
	lib.cairo_set_source_rgb(to, 1, 1, 1);
	lib.cairo_paint(to);
	err = raster_status_of(lib.cairo_status(to), d);
	if (err == 0)
		err = paint(handle, to, width * scale, height * scale, d);
	lib.cairo_destroy(to);
	if (err == 0)
		err = write_png(surface, scale, info, out, d);
	lib.cairo_surface_destroy(surface);
	return err;
}

struct bitmap {
	struct str svg;
	double dpi;
	const struct raster_info *info;
};

static int
draw_bitmap(const void *what, struct buf *out, struct diag *d)
{
	const struct bitmap *b = what;
	RsvgHandle *handle;
	double width = 0, height = 0;
	int err = load_library(d);

	if (err == 0)
		err = open_svg(b->svg, &handle, &width, &height, d);
	if (err != 0)
		return err;
	err = draw_png(handle, width, height, b->dpi, b->info, out, d);
	lib.g_object_unref(handle);
	return err;
}

int
raster_png(struct str svg, double dpi, const struct raster_info *info,
    struct buf *out, struct diag *d)
{
	const struct bitmap b = { svg, dpi, info };

	return render_process_run(draw_bitmap, &b, out, d);
}

static int
draw_part(cairo_t *to, const struct raster_part *part, struct diag *d)
{
	const RsvgRectangle where = { part->x, part->y, part->width,
		part->height };
	RsvgHandle *handle;
	double width = 0, height = 0;
	int err = open_svg(part->svg, &handle, &width, &height, d);

	if (err != 0)
		return err;
	lib.cairo_save(to);
	if (part->to > 0) {
		lib.cairo_rectangle(to, part->x, part->y + part->from,
		    part->width, part->to - part->from);
		lib.cairo_clip(to);
	}
	err = paint_at(handle, to, &where, d);
	lib.cairo_restore(to);
	lib.g_object_unref(handle);
	return err;
}

static int
raster_draw_page(cairo_surface_t *surface, cairo_t *to,
    const struct raster_page *page, struct diag *d)
{
	RsvgHandle *handle;
	double width = 0, height = 0;
	int err = open_svg(page->svg, &handle, &width, &height, d);

	if (err != 0)
		return err;
	lib.cairo_pdf_surface_set_size(surface, width, height);
	err = paint(handle, to, width, height, d);
	for (size_t i = 0; err == 0 && i < page->nparts; i++)
		err = draw_part(to, &page->parts[i], d);
	lib.cairo_show_page(to);
	lib.g_object_unref(handle);
	return err != 0 ? err : raster_status_of(lib.cairo_status(to), d);
}

/* The same figure is the same bytes: a document of ours has no date. */
static void
raster_describe(cairo_surface_t *surface, const struct raster_info *info)
{
	LOCAL_BUF text = BUF_INIT;

	buf_str(&text, info->title);
	lib.cairo_pdf_surface_set_metadata(
	    surface, CAIRO_PDF_METADATA_TITLE, buf_cstr(&text));
	buf_clear(&text);
	buf_str(&text, info->source);
	lib.cairo_pdf_surface_set_metadata(
	    surface, CAIRO_PDF_METADATA_SUBJECT, buf_cstr(&text));
	lib.cairo_pdf_surface_set_metadata(
	    surface, CAIRO_PDF_METADATA_CREATOR, "rung");
	lib.cairo_pdf_surface_set_metadata(
	    surface, CAIRO_PDF_METADATA_CREATE_DATE, "1970-01-01T00:00:00Z");
}

struct sheets {
	const struct raster_page *pages;
	size_t n;
	const struct raster_info *info;
};

static int
draw_sheets(const void *what, struct buf *out, struct diag *d)
{
	const struct sheets *s = what;
	cairo_surface_t *surface;
	cairo_t *to;
	int err = load_library(d);

	if (err != 0)
		return err;
	surface = lib.cairo_pdf_surface_create_for_stream(
	    append_cairo_output, out, 72, 72);
	to = lib.cairo_create(surface);
	err = raster_status_of(lib.cairo_status(to), d);
	raster_describe(surface, s->info);
	for (size_t i = 0; err == 0 && i < s->n; i++)
		err = raster_draw_page(surface, to, &s->pages[i], d);
	lib.cairo_destroy(to);
	lib.cairo_surface_finish(surface);
	if (err == 0)
		err = raster_status_of(lib.cairo_surface_status(surface), d);
	lib.cairo_surface_destroy(surface);
	return out->err != 0 ? out->err : err;
}

int
raster_sheets(const struct raster_page *pages, size_t n,
    const struct raster_info *info, struct buf *out, struct diag *d)
{
	const struct sheets s = { pages, n, info };

	return render_process_run(draw_sheets, &s, out, d);
}

int
raster_pdf(const struct str *pages, size_t n, const struct raster_info *info,
    struct buf *out, struct diag *d)
{
	LOCAL_MEM struct raster_page *sheets = mem_zalloc(n, sizeof(*sheets));

	if (sheets == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < n; i++)
		sheets[i].svg = pages[i];
	return raster_sheets(sheets, n, info, out, d);
}

#define DPI_USUAL 150

int
raster_write(struct str svg, const char *format, const struct raster_info *info,
    struct buf *out, struct diag *d)
{
	if (strcmp(format, "png") == 0)
		return raster_png(svg, DPI_USUAL, info, out, d);
	if (strcmp(format, "pdf") == 0)
		return raster_pdf(&svg, 1, info, out, d);
	if (strcmp(format, "svg") != 0)
		return ERR_NOTFOUND;
	buf_str(out, svg);
	return out->err;
}
