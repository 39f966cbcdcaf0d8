/*
 * libgvc, contained.  It keeps its errors in a global function and writes to
 * standard error: the function is ours while it works, and what it was is put
 * back.
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
	X(agseterrf)

static struct {
	GVC_FUNCTIONS(LIBRARY_POINTER)
} lib;

static const struct library_function functions[] = {
#define X(name) LIBRARY_FUNCTION(lib, name)
	GVC_FUNCTIONS(X)
#undef X
};

#define NOT_LOADED "Could not load \""

/* The first plugin that libgvc could not load: without the one that measures
 * text it guesses, and the picture is another. */
static char not_loaded[256];

/* libgvc gives its errors no context.  What they would say of a file of ours is
 * of no use to whoever reads them, but for a library that is missing. */
static int
swallow(char *text) /* NOLINT(readability-non-const-parameter) */
{
	struct str rest, name = str_of(text);

	if (not_loaded[0] == '\0' && str_starts(name, NOT_LOADED)) {
		name = str_slice(name, sizeof(NOT_LOADED) - 1, name.n);
		name = str_cut(name, '"', &rest);
		snprintf(not_loaded, sizeof(not_loaded), "%.*s", STR_ARG(name));
	}
	return 0;
}

/*
 * A mutable global, as is the library itself: libgvc's text plugin remembers,
 * across contexts, a font's name that gvFreeContext frees, so that a second
 * context would read freed memory.  One context serves the whole program.
 */
static GVC_t *
context(void)
{
	static GVC_t *shared;

	if (shared == NULL)
		shared = lib.gvContext();
	return shared;
}

static int
draw_graph(GVC_t *gvc, Agraph_t *g, const char *engine, struct buf *out,
    struct diag *d)
{
	char *data = NULL;
	unsigned n = 0;
	int err = 0;

	if (lib.gvLayout(gvc, g, engine) != 0)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("Graphviz cannot lay the picture out"));
	if (lib.gvRenderData(gvc, g, "svg", &data, &n) != 0 || data == NULL ||
	    n == 0)
		err = diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("this Graphviz cannot write %s"), "svg");
	else
		err = svg_tidy((struct str){ data, n }, out);
	lib.gvFreeRenderData(data);
	lib.gvFreeLayout(gvc, g);
	return err;
}

int
render_svg(struct str dot, const char *engine, struct buf *out, struct diag *d)
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
	else if (not_loaded[0] != '\0')
		err = diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("a library that this needs can't be loaded: %s"),
		    not_loaded);
	else if (g == NULL)
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("Graphviz cannot read the picture's file"));
	else
		err = draw_graph(gvc, g, engine, out, d);
	if (g != NULL)
		lib.agclose(g);
	lib.agseterrf(before);
	mem_free(text);
	return err;
}
