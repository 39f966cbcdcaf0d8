/*
 * libgvc, contained.  It keeps its errors in a global function and writes to
 * standard error: the function is ours while it works, and what it was is put
 * back.  The date that cairo puts into a PDF is taken out.
 */
#include "draw/render.h"

#include "base/err.h"
#include "base/library.h"
#include "base/mem.h"
#include "draw/svg_tidy.h"

#include <graphviz/gvc.h>
#include <stdio.h>
#include <string.h>

#define GVC_FUNCTIONS(X)    \
	X(gvContext)        \
	X(gvLayout)         \
	X(gvFreeLayout)     \
	X(gvRenderData)     \
	X(gvFreeRenderData) \
	X(agmemread)        \
	X(agclose)          \
	X(agget)            \
	X(agset)            \
	X(agattr)           \
	X(agseterrf)

static struct {
	GVC_FUNCTIONS(LIBRARY_POINTER)
} lib;

static const struct library_function functions[] = {
#define X(name) LIBRARY_FUNCTION(lib, name)
	GVC_FUNCTIONS(X)
#undef X
};

static const char *const names[] = {
#define X(id, name) name,
	RENDER_FORMATS(X)
#undef X
};

enum render_format
render_format_find(struct str name)
{
	unsigned f = 0;

	while (f < RENDER_FORMAT_COUNT && !str_iis(name, names[f]))
		f++;
	return f;
}

/* libgvc gives its errors no context, so nothing is kept of them: what they
 * would say of a file of ours is of no use to whoever reads them. */
static int
swallow(char *text) /* NOLINT(readability-non-const-parameter) */
{
	(void)text;
	return 0;
}

/*
 * Beside the library itself the only mutable global here: libgvc's text plugin
 * remembers, across contexts, a font's name that gvFreeContext frees, so that a
 * second context would read freed memory.  One context serves the whole program
 * instead.
 */
static GVC_t *
context(void)
{
	static GVC_t *shared;

	if (shared == NULL)
		shared = lib.gvContext();
	return shared;
}

/* What cairo can hold in one bitmap; it complains on standard error. */
#define PIXELS_MOST 32000
#define DPI         150
#define DPI_LEAST   50

/*
 * A finer bitmap than libgvc's own, as fine as its size allows.  Without a
 * `bb` (which ours have) the size is not known before the layout.
 */
static int
set_resolution(Agraph_t *g, struct diag *d)
{
	/* Older versions of libcgraph take no constants. */
	char bb[] = "bb", name[] = "dpi", value[24];
	const char *box = lib.agget(g, bb);
	double width = 0, height = 0, most;
	long dpi = DPI;

	if (box != NULL &&
	    sscanf(box, "%*f,%*f,%lf,%lf", &width, &height) == 2) {
		most = (width > height ? width : height) / 72;
		if (most * DPI > PIXELS_MOST)
			dpi = (long)(PIXELS_MOST / most);
		if (dpi < DPI_LEAST)
			return diag_set(d, ERR_LIMIT, NULL, 0,
			    _("the picture is too large for png, at most %d "
			      "dots wide "
			      "and high: take svg or pdf, or a part of it with "
			      "--from and --to"),
			    PIXELS_MOST);
	}
	snprintf(value, sizeof(value), "%ld", dpi);
	lib.agattr(g, AGRAPH, name, value);
	return 0;
}

/* The same picture is the same bytes: a PDF is from 1970. */
static void
take_out_date(char *data, size_t n)
{
	static const char epoch[] = "19700101000000";
	static const char mark[] = "/CreationDate (D:";
	struct str rest = { data, n };
	ptrdiff_t at;

	while ((at = str_find(rest, mark)) >= 0) {
		char *date;

		rest = str_slice(rest, (size_t)at + strlen(mark), rest.n);
		date = data + (rest.p - data);
		for (size_t i = 0;
		     i < strlen(epoch) && i < rest.n && chr_is_digit(date[i]);
		     i++)
			date[i] = epoch[i];
	}
}

/* A graph without a `bb` has its size only after a layout.  Where its bitmap
 * would be too large it is to be laid out once more, with a `bb`. */
static bool
is_too_large(Agraph_t *g)
{
	char bb[] = "bb", empty[] = "", value[80];
	double width = GD_bb(g).UR.x, height = GD_bb(g).UR.y;

	if ((width > height ? width : height) / 72 * DPI <= PIXELS_MOST - DPI)
		return false;
	/* And its margin. */
	snprintf(value, sizeof(value), "0,0,%ld,%ld", (long)width + 72,
	    (long)height + 72);
	lib.agattr(g, AGRAPH, bb, empty);
	lib.agset(g, bb, value);
	return true;
}

static int
lay_out(GVC_t *gvc, Agraph_t *g, enum render_format f, const char *engine,
    struct diag *d)
{
	int err;

	if (f == RENDER_PNG && (err = set_resolution(g, d)) != 0)
		return err;
	if (lib.gvLayout(gvc, g, engine) != 0)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("Graphviz cannot lay the picture out"));
	return 0;
}

static int
draw(GVC_t *gvc, Agraph_t *g, enum render_format f, const char *engine,
    struct buf *out, struct diag *d)
{
	char *data = NULL;
	unsigned n = 0;
	char bb[] = "bb";
	bool sized = lib.agget(g, bb) != NULL;
	int err = lay_out(gvc, g, f, engine, d);

	if (err == 0 && f == RENDER_PNG && !sized && is_too_large(g)) {
		lib.gvFreeLayout(gvc, g);
		err = lay_out(gvc, g, f, engine, d);
	}
	if (err != 0)
		return err;
	if (lib.gvRenderData(gvc, g, names[f], &data, &n) != 0 ||
	    data == NULL || n == 0) {
		err = diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("this Graphviz cannot write %s"), names[f]);
	} else if (f == RENDER_SVG) {
		err = svg_tidy((struct str){ data, n }, out);
	} else {
		if (f == RENDER_PDF)
			take_out_date(data, n);
		buf_add(out, data, n);
		err = out->err;
	}
	lib.gvFreeRenderData(data);
	lib.gvFreeLayout(gvc, g);
	return err;
}

int
render_layout(struct str dot, const char *engine, enum render_format f,
    struct buf *out, struct diag *d)
{
	char *text;
	agusererrf before;
	GVC_t *gvc;
	Agraph_t *g;
	int err = library_load(RUNG_LIBGVC, functions,
	    sizeof(functions) / sizeof(functions[0]), d);

	if (err != 0)
		return err;
	text = mem_dup(dot.p, dot.n);
	if (text == NULL)
		return ERR_NOMEM;
	before = lib.agseterrf(swallow);
	gvc = context();
	g = gvc != NULL ? lib.agmemread(text) : NULL;
	if (gvc == NULL)
		err = diag_set(
		    d, ERR_UNSUPPORTED, NULL, 0, _("Graphviz does not start"));
	else if (g == NULL)
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("Graphviz cannot read the picture's file"));
	else
		err = draw(gvc, g, f, engine, out, d);
	if (g != NULL)
		lib.agclose(g);
	lib.agseterrf(before);
	mem_free(text);
	return err;
}
