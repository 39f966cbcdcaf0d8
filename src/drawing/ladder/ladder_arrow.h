/*
 * How each arrow of a ladder is drawn, in all of a ladder's forms.  Requests
 * have full heads, responses open ones; provisional responses, and messages
 * other than SIP, are dashed.
 */
#ifndef LADDER_LADDER_ARROW_H
#define LADDER_LADDER_ARROW_H

#include "draw/canvas.h"
#include "draw/figure.h"
#include "ladder/layout.h"

/* Languages in which another program is told what to draw. */
enum ladder_script { LADDER_MERMAID, LADDER_PLANTUML, LADDER_SCRIPT_COUNT };

struct ladder_arrow {
	const char *name;      /* class in a picture, short as there are many */
	struct figure_pen pen; /* of a picture */
	enum canvas_glyph line; /* in cells */
	enum layout_mark mark;  /* what a legend explains */
	/* Of a message that arrives, and of one that does not. */
	const char *script[LADDER_SCRIPT_COUNT][2];
};

extern const struct ladder_arrow ladder_arrows[TRACE_ARROW_COUNT];

/* The style of a message with a cost of its loss. */
struct ladder_cost {
	const char *name; /* class in a picture, behind the arrow's */
	const char *ink;  /* in a picture; NULL: the arrow's own */
	double width;     /* of its line there; 0: the arrow's own */
	char sign;        /* in front of its label in cells; '\0': none */
	enum canvas_style style;
	enum canvas_glyph glyph; /* of a lifeline on which a crash costs that */
	const char *colour;      /* of a legend */
};

extern const struct ladder_cost ladder_costs[LAYOUT_COST_COUNT];

/* What it costs, in the user's language. */
const char *ladder_cost_text(enum layout_cost cost);

/* How media of a kind are drawn: a band, and the strip below it. */
struct ladder_stream {
	const char *word; /* in files; NULL for the usual one */
	const char *ink, *fill, *edge, *pale;
	enum canvas_glyph line; /* in cells */
	enum canvas_style style;
	enum layout_mark mark;
	const char *text; /* of a legend of a picture; NULL: none */
};

extern const struct ladder_stream ladder_streams[LAYOUT_STREAM_COUNT];

#endif
