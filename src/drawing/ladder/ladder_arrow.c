/* The arrows' rows; see ladder/ladder_arrow.h. */
#include "ladder/ladder_arrow.h"

#include "base/i18n.h"
#include "msg/methods.h"
#include "role/role.h"
#include "trace/protocol.h"

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
	    LAYOUT_HAS_FINAL, { { "--)", "--x" }, { " -->> ", " -->x " } } },
	[TRACE_ARROW_FAILURE] = { "fail",
	    { 1.8, "#a3180e", NULL, FIGURE_HOLLOW }, GLYPH_LINE,
	    LAYOUT_HAS_FINAL, { { "-)", "-x" }, { " ->> ", " ->x " } } },
	[TRACE_ARROW_SIGNALLING] = { "sig",
	    { 1.6, "#8a3d00", "dashed", FIGURE_FULL }, GLYPH_DOUBLE,
	    LAYOUT_HAS_SIGNALLING,
	    { { "-->>", "--x" }, { " --> ", " -->x " } } },
	[TRACE_ARROW_OTHER] = { "other",
	    { 1.1, "#5b636e", "dotted", FIGURE_OPEN }, GLYPH_DOTS,
	    LAYOUT_HAS_OTHER, { { "-->>", "--x" }, { " --> ", " -->x " } } },
};

const struct ladder_cost ladder_costs[] = {
	[LAYOUT_COST_UNKNOWN] = { .style = STYLE_PLAIN, .glyph = GLYPH_LIFE },
	[LAYOUT_COST_NOTHING] = { " free", "#5b636e", 0, '-', STYLE_DIM,
	    GLYPH_LIFE, N_("grey") },
	[LAYOUT_COST_TIME] = { " time", "#17683a", 0, '+', STYLE_SUCCESS,
	    GLYPH_LIFE, N_("green") },
	[LAYOUT_COST_GOAL] = { " goal", "#7a5600", 0, '!', STYLE_PROVISIONAL,
	    GLYPH_HEAVY, N_("brown") },
	[LAYOUT_COST_RULE] = { " rule", "#a3180e", 0, '#', STYLE_LOST,
	    GLYPH_TWICE, N_("red") },
	[LAYOUT_COST_UNTRIED] = { " untried", "#1b1f24", 0.8, '?', STYLE_PLAIN,
	    GLYPH_LIFE, N_("thin and black") },
};

const char *
ladder_cost_text(enum layout_cost cost)
{
	static const char *const texts[] = {
#define X(id, text) text,
		LAYOUT_COSTS(X)
#undef X
	};

	return i18n_text(texts[cost]);
}

const struct ladder_stream ladder_streams[] = {
	[LAYOUT_SOUND] = { NULL, "#17683a", "#e3f1e8", "#9cc7ad", "#f2f9f4",
	    GLYPH_MEDIA, STYLE_OTHER, LAYOUT_HAS_MEDIA, NULL },
	[LAYOUT_EARLY] = { "early", "#7a5600", "#fbf0d2", "#d8bd78", "#fdf8ea",
	    GLYPH_EARLY, STYLE_PROVISIONAL, LAYOUT_HAS_EARLY,
	    N_("Yellow bands: early media; they begin before the call is "
	       "answered.") },
	[LAYOUT_VIDEO] = { "video", "#4b3a86", "#eae6f5", "#b5aad6", "#f7f5fc",
	    GLYPH_VIDEO, STYLE_REDIRECTION, LAYOUT_HAS_VIDEO,
	    N_("Violet bands: video.") },
};
