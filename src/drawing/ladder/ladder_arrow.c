/* The arrows' rows; see ladder/ladder_arrow.h. */
#include "ladder/ladder_arrow.h"

const struct ladder_arrow ladder_arrows[] = {
	[TRACE_ARROW_REQUEST] = { "req", { 1.4, "#1f4f8f", NULL, FIGURE_FULL },
	    GLYPH_LINE, LAYOUT_HAS_REQUEST,
	    { { "->>", "-x" }, { " -> ", " ->x " } } },
	[TRACE_ARROW_PROVISIONAL] = { "prov",
	    { 1.1, "#7a5600", "dashed", FIGURE_OPEN }, GLYPH_LINE,
	    LAYOUT_HAS_PROVISIONAL,
	    { { "--)", "--x" }, { " -->> ", " -->x " } } },
	[TRACE_ARROW_SUCCESS] = { "ok", { 1.1, "#17683a", NULL, FIGURE_OPEN },
	    GLYPH_LINE, LAYOUT_HAS_FINAL,
	    { { "-)", "-x" }, { " ->> ", " ->x " } } },
	[TRACE_ARROW_REDIRECTION] = { "redir",
	    { 1.3, "#6a2c91", "dashed", FIGURE_HOLLOW }, GLYPH_LINE,
	    LAYOUT_HAS_FINAL, { { "-)", "-x" }, { " ->> ", " ->x " } } },
	[TRACE_ARROW_FAILURE] = { "fail",
	    { 1.8, "#a3180e", NULL, FIGURE_HOLLOW }, GLYPH_LINE,
	    LAYOUT_HAS_FINAL, { { "-)", "-x" }, { " ->> ", " ->x " } } },
	[TRACE_ARROW_OTHER] = { "other",
	    { 1.1, "#5b636e", "dotted", FIGURE_OPEN }, GLYPH_DOTS,
	    LAYOUT_HAS_OTHER, { { "-->>", "--x" }, { " --> ", " -->x " } } },
};
