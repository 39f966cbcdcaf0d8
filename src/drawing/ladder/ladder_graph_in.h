/* Shared by the files of the ladder's graph. */
#ifndef LADDER_LADDER_GRAPH_IN_H
#define LADDER_LADDER_GRAPH_IN_H

#include "ladder/ladder_graph.h"
#include "ladder/ladder_figure_in.h"

/* What a lifeline has a node for, in the order of those at one height:
 * X(ID, suffix of the node's name, class, text, a row's own or first). */
#define GRAPH_STOPS(X)                                   \
	X(TICK, "_tick", "", GRAPH_POINT, false)         \
	X(GAP, "_gap", "", GRAPH_POINT, false)           \
	X(WORK, "_work", "computing", GRAPH_LINE, false) \
	X(TIMER, "", "timer", GRAPH_LINE, true)          \
	X(SEND, "", "", GRAPH_POINT, true)               \
	X(RECV, "", "", GRAPH_POINT, false)              \
	X(PASS, "", "", GRAPH_POINT, false)              \
	X(REFUSED, "", "refused", GRAPH_PARAGRAPH, true) \
	X(REMARK, "", "note", GRAPH_PARAGRAPH, true)     \
	X(STATE, "", "state", GRAPH_LINE, false)         \
	X(NOTE, "_note", "note", GRAPH_PARAGRAPH, false)

/* Whether a node is a text on its lifeline: in lines as they come, or wrapped
 * and set left. */
enum graph_text { GRAPH_POINT, GRAPH_LINE, GRAPH_PARAGRAPH };

enum graph_stop_kind {
#define X(id, ...) STOP_##id,
	GRAPH_STOPS(X)
#undef X
	    STOP_COUNT
};

struct graph_kind {
	const char *suffix, *class;
	enum graph_text text;
	bool row;
};
extern const struct graph_kind graph_kinds[STOP_COUNT];

/* A moment of a lifeline, or of the column of times (LAYOUT_NONE). */
struct graph_stop {
	enum graph_stop_kind kind;
	size_t column;
	size_t of; /* the row, bar, work, tick or gap */
	uint64_t seq;
	double y;
	size_t level;
	size_t below; /* the next stop of its column, `nstops`: none */
};

struct graph {
	const struct layout *l;
	struct picture *p; /* its words and places */
	bool pinned;
	bool one_machine; /* a state need not say whose it is */
	struct buf *out;
	struct graph_stop *stops; /* from top to bottom; owned */
	size_t nstops, cap;
	size_t *tops;         /* by column: its first stop; owned */
	size_t *names;        /* by level: the stop it is called after; owned */
	struct map *heads;    /* names of columns; owned */
	size_t *sent, *came;  /* by row: its levels; owned */
	size_t *lane, nlanes; /* by mark: its own beside the ladder; owned */
	size_t *last;         /* by column, its last stop so far, plus 1 */
	struct buf below;     /* the last block's id, and its n */
	uint64_t below_n;
};

/* ladder_graph_stops.c: finds G's stops, the level of each, and lanes for the
 * marks.  One time is one level, unless a lifeline has two things there or a
 * text is beside a message.  0 or ERR_NOMEM. */
int graph_make_stops(struct graph *g);
/* The lifeline before which it is said that R was lost: the next on its way, or
 * where it arrived. */
size_t graph_next_column(const struct layout_row *r);
/* Whether S is the first stop of its level. */
bool graph_begins_level(const struct graph *g, const struct graph_stop *s);
/* What LEVEL is called after: a moment of a lifeline, if it has one. */
const struct graph_stop *graph_level(const struct graph *g, size_t level);
/* The level at which M ends. */
size_t graph_end_of(const struct graph *g, const struct ladder_mark *m);
/* The words of a text, its lines apart by \n. */
void graph_put_text(
    const struct graph *g, const struct graph_stop *s, struct buf *b);

/*
 * ladder_graph_put.c: writes FORMAT with these directives.
 *
 *	%h	The name of a column (size_t).
 *	%p	A point, "alice_9": a column (size_t),
 *		a record or GRAPH_NONE (uint64_t), a suffix.
 *	%o	A node of the graph's own, "lost_9": a word,
 *		a number or GRAPH_NONE (uint64_t), a suffix.
 *		No node of the network is called so.
 *	%z	The node of a struct graph_stop.
 *	%t	The node of the times at a level (size_t).
 *	%q %l	The lines of a struct buf as a label,
 *		centred or set left.
 *	%x	A place in the figure, x and y (double).
 *	%b %w	A struct placed as the attributes of a box; %w: of text,
 *		which another font may make wider.
 *	%g	A number (double).
 *	%s	Text as it is.
 */
#define GRAPH_NONE UINT64_MAX
void graph_put(struct graph *g, const char *format, ...);
/* The beginning of a domain's statements, with its brace. */
void graph_put_cluster(struct graph *g, const struct layout_frame *d);

/* ladder_graph_pins.c: the places of the figure.  All nodes' places, as
 * statements. */
void graph_put_pins(struct graph *g);
/* As attributes of an edge: its way through N points, HEAD where it ends in an
 * arrow; the way of R and the place of its label. */
void graph_pin_way(
    struct graph *g, const struct figure_point *points, size_t n, bool head);
void graph_pin_message(struct graph *g, const struct layout_row *r);

/* ladder_graph_words.c: the words below the ladder: legend, sentences,
 * origin, the list of the numbers and the messages.  Each block is a node;
 * calls FN for each from top to bottom. */
struct graph_block {
	const char *id;  /* "m9"; "words" */
	uint64_t n;      /* of words_2 … or GRAPH_NONE */
	struct str text; /* each line with \n */
	struct placed at;
	double size;    /* of its type */
	double letters; /* its width, if all letters are of one width */
	bool code;      /* its letters are all of one width */
};
typedef void graph_block_fn(struct graph *g, const struct graph_block *b);
void graph_each_block(struct graph *g, graph_block_fn *fn);

#endif
