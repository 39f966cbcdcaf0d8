/*
 * SVG drawn to other formats by librsvg and cairo, the only files that know
 * them: bitmaps, and documents of pages with text that stays text and fonts
 * inside.
 */
#ifndef DRAW_RASTER_H
#define DRAW_RASTER_H

#include "base/diag.h"

/* What documents say of themselves; may be empty. */
struct raster_info {
	struct str title, source;
};

/* Appends a PNG of SVG at DPI dots an inch (36 … 1200; where that would be too
 * large for a bitmap, as many as there can be). The same bytes for the same
 * input.  0, ERR_NOMEM, ERR_LIMIT (too large), ERR_SYNTAX (no SVG),
 * ERR_UNSUPPORTED; with a sentence in D. */
int raster_png(struct str svg, double dpi, const struct raster_info *info,
    struct buf *out, struct diag *d);

/* The picture SVG as FORMAT, which is "svg", "png" or "pdf".  ERR_NOTFOUND:
 * it is none of them; else as above. */
int raster_write(struct str svg, const char *format,
    const struct raster_info *info, struct buf *out, struct diag *d);

/* A picture within a page, in points. */
struct raster_part {
	struct str svg;
	double x, y, width, height;
	/* Only what lies between FROM and TO of its height is seen; TO 0: all
	 * of it. */
	double from, to;
};

struct raster_page {
	struct str svg; /* as large as it says */
	const struct raster_part *parts;
	size_t nparts;
};

/* Appends a PDF of N pages.  Errors as above. */
int raster_sheets(const struct raster_page *pages, size_t n,
    const struct raster_info *info, struct buf *out, struct diag *d);

/* The same of N SVGs that are pages without parts.  */
int raster_pdf(const struct str *pages, size_t n,
    const struct raster_info *info, struct buf *out, struct diag *d);

#endif
