/*
 * Graphviz, contained: its program `dot` lays out and draws, within bounds.
 */
#include "draw/render.h"

#include "base/err.h"
#include "base/i18n.h"
#include "jobs/program.h"
#include "draw/svg_tidy.h"

#include <stdio.h>

/* The largest network that is drawn, of 500 nodes, took 0.3 s and 23 MB. */
#define MEMORY_MOST  (UINT64_C(4) << 30)
#define SECONDS_MOST 300
#define IDLE_MOST    20 /* seconds */
#define NS           INT64_C(1000000000)
#define SVG_MOST     (256 << 20)

/* Without the plugin that measures text, Graphviz guesses, and the picture is
 * another. */
#define NOT_LOADED "Could not load \""

static int
judge_complaints(struct str complaints, int err, struct diag *d)
{
	ptrdiff_t at = str_find(complaints, NOT_LOADED);
	struct str rest, name;

	if (at >= 0 && err == 0) {
		name = str_slice(
		    complaints, (size_t)at + sizeof(NOT_LOADED) - 1, SIZE_MAX);
		name = str_cut(name, '"', &rest);
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("a library that this needs can't be loaded: %.*s "
		      "(package %s)"),
		    STR_ARG(name), "graphviz");
	}
	if (err != 0 && str_find(complaints, "syntax error") >= 0)
		err = d->err = ERR_SYNTAX;
	return err;
}

int
render_svg(struct str dot, const char *engine, struct buf *out, struct diag *d)
{
	char layout[32];
	const char *const argv[] = { "dot", layout, "-Tsvg", NULL };
	const struct program graphviz = {
		.argv = argv,
		.package = "graphviz",
		.in = dot,
		.bounds = { .memory = MEMORY_MOST,
		    .cpu = SECONDS_MOST * NS,
		    .idle = IDLE_MOST * NS,
		    .said = SVG_MOST },
		.activity = N_("drawing the picture"),
	};
	struct buf svg = BUF_INIT, complaints = BUF_INIT;
	int err;

	snprintf(layout, sizeof(layout), "-K%s", engine);
	err = program_run(&graphviz, &svg, &complaints, d);
	err = judge_complaints(buf_view(&complaints), err, d);
	if (err == 0)
		err = svg_tidy(buf_view(&svg), out);
	buf_free(&svg);
	buf_free(&complaints);
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}
