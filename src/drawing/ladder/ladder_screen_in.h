/* Shared by the files of the ladder on a screen; see ladder/ladder_screen.h.
 */
#ifndef LADDER_LADDER_SCREEN_IN_H
#define LADDER_LADDER_SCREEN_IN_H

#include "ladder/ladder_screen.h"
#include "ladder/ladder_text_in.h"

/* Cells between lifelines that a label of six needs, above its arrow and in
 * it.  As much is free beside the outermost lifelines where columns are
 * hidden. */
#define LEAST_ABOVE 8
#define LEAST_IN    10
/* A text that is broken into lines has at most so many. */
#define WRAP_LINES 3

#define ABOVE 16 /* rows that are looked at in any case */
/* Rows drawn at once; and lines below the screen that are looked at, so that
 * nothing on it moves when they come. */
#define SHOWN_MOST 1024

#define PLACE_FOLD (UINT32_MAX - 1) /* the first of them, which shows it */

/* A row's lines: where it begins, where it arrives or ends. */
struct ladder_place {
	uint32_t from, to;
};

/* A call that is shown as one line. */
struct ladder_fold {
	size_t head; /* its first row */
	size_t messages, lost;
	size_t from, to; /* columns: who called, how far the call came */
	size_t reached;  /* the last row on the first request's way */
	int64_t t, t_end;
	uint64_t seq, end_seq;
};

/* Cells and rows: text kept aside while it is measured. */
struct ladder_label {
	size_t from, n; /* into `text` of the screen */
	size_t cells;
};

/* A message on or near the screen, with its place there. */
struct ladder_shown {
	size_t row;
	bool arrow;     /* not a remark */
	bool under_way; /* it has been sent and has not arrived */
	bool slanted;
	bool far_off;     /* both ends hidden at the same side */
	int dir;          /* 1: to the right, -1: to the left */
	size_t line, end; /* of its arrow: where it begins, where it ends */
	ptrdiff_t x;      /* of the arrow's first cell */
	size_t way;       /* cells from there to the receiver */
	size_t span;      /* … and to its head */
	size_t turn;      /* of these, cells before it falls */
	size_t label_line, label_x;
	struct ladder_label label;
};

/* The label of a bracket: "T1 alice→atl", that on two lines, or "T1". */
enum ladder_bracket_form {
	BRACKET_LINE,
	BRACKET_LINES,
	BRACKET_NAME,
	BRACKET_FORMS
};

/* No lane; there are fewer. */
#define LADDER_LANE_NONE UINT8_MAX
/* " +T12" where brackets without room begin. */
#define LADDER_NOTE_CELLS 5

/* A mark and its lines. */
struct ladder_bracket {
	uint32_t mark, from, to;
};

/* Brackets below each other, in the order of their lines; where one call's
 * follow each other, the last line of one is the first of the next. */
struct ladder_lane {
	struct ladder_bracket *list; /* a part of all lanes' */
	size_t n;
	size_t cells[BRACKET_FORMS]; /* of names */
	size_t x;
};

struct ladder_brackets {
	const struct ladder_marks *m;    /* NULL: none */
	struct ladder_bracket *list;     /* lane after lane */
	struct ladder_lane *lanes, rest; /* `rest` have no lane */
	size_t nlanes, *count;
	uint8_t *lane_of; /* by mark */
	/* Cells of all lanes, of the notes, and of the first lane. */
	size_t total[BRACKET_FORMS], note, first;
	/* As they have room in a width. */
	enum ladder_bracket_form form;
	size_t shown; /* lanes */
	size_t cells; /* all that is taken at the ladder's right */
	bool noted;   /* notes stand behind the last lane, … */
	size_t note_x;
	bool joined; /* another ladder's take as many cells */
};

struct ladder_screen {
	const struct layout *l;
	struct ladder_brackets brackets;
	enum ladder_mode mode;
	struct ladder_place *place; /* by row */
	bool names;         /* some node's label is to stand below its name */
	size_t lines, lead; /* lines; those above the first row */
	double line_ns;
	struct ladder_fold *folds; /* by head */
	uint32_t *fold_of; /* by row: fold plus 1, or 0; NULL: no folds */

	/* Cells that each gap between two columns wants, for labels above
	 * arrows. */
	struct ladder_fit fit;
	size_t time_cells; /* of the time column */
	size_t *numbers;   /* owns need, wish, gaps, x and titles */
	size_t *gaps;
	bool paper;
	/* Where the columns stand at the width and first column of the last
	 * drawing; ladder_screen_fit.  On paper, for good. */
	size_t width, asked, fitted; /* `fitted`: of which `width` is used */
	size_t first, end;           /* columns that are seen */
	size_t edge_left;            /* the first cell beside the time column */
	size_t *x;                   /* of those; others have none */
	/* Frames as far as their columns are seen, where each one's name begins
	 * and how many cells it has, cut with a mark. */
	struct layout_frame *frames;
	size_t nframes;
	size_t *title, *title_cells;
	size_t names_end;  /* names of nodes have the cells before this, … */
	size_t name_lines; /* … and take turns on so many lines */

	struct ladder_shown *shown;
	size_t nshown;
	struct buf text;
};

/* What one drawing is about. */
struct ladder_view {
	struct ladder_screen *s;
	const struct ladder_screen_now *now;
	struct grid_area body;
	struct grid_area side; /* next to it, for brackets */
	size_t top;
	int64_t t;
	size_t now_line; /* the last line on which something has happened */
	bool ascii;
};

static inline const struct layout_row *
ladder_row_of(const struct ladder_view *v, const struct ladder_shown *w)
{
	return &v->s->l->rows[w->row];
}

/* ladder_screen_place.c: every row gets its lines.  0
 * or ERR_NOMEM. */
int ladder_place_rows(
    struct ladder_screen *s, const struct ladder_screen_options *o);
bool ladder_is_arrow(const struct layout_row *r);
/* ladder_screen_place.c */
int ladder_fold_calls(
    struct ladder_screen *s, const struct ladder_screen_options *o);
bool ladder_is_hidden(const struct ladder_screen *s, size_t row);
const struct ladder_fold *
ladder_fold_of(const struct ladder_screen *s, size_t row);
void ladder_draw_fold(const struct ladder_view *v, const struct ladder_fold *f);
/* The last row after I that was sent before I arrived, where a straight arrow
 * would tell something wrong; else I.  *LATE: it would, but that row is more
 * than SLANT_ROWS away. */
size_t ladder_arrives_after(const struct layout *l, size_t i, bool *late);

/* ladder_screen_fit.c */
void ladder_screen_fit(struct ladder_screen *s, size_t width, size_t first);
/* Cells between lifelines to have at least, if there is room. */
size_t ladder_least_inner(const struct ladder_screen *s);
/* On paper WIDTH cells wide; 0: chosen. */
void ladder_fit_paper(struct ladder_screen *s, size_t width);
/* Cells of a ladder whose labels are whole; of one with room for six cells of
 * each; of the narrowest one. */
size_t ladder_need_cells(const struct ladder_screen *s);
size_t ladder_least_cells(const struct ladder_screen *s);
size_t ladder_tight_cells(const struct ladder_screen *s);

/* ladder_screen_lanes.c: the lanes of the marks in S; on paper before rows have
 * their places, else afterwards.  0 or ERR_NOMEM. */
int ladder_make_lanes(struct ladder_screen *s);
/* The lines of all brackets, once rows have theirs. */
void ladder_place_brackets(struct ladder_screen *s);
/* What has room in WIDTH beside the ladder; returns the cells left for that. */
size_t ladder_fit_brackets(struct ladder_screen *s, size_t width);
/* "T1", "alice→atl", or both with a space between. */
void ladder_put_bracket_name(const struct ladder_screen *s,
    const struct ladder_mark *k, bool label, bool whose, struct buf *out);
/* The line on which ROW's arrow begins, or its remark. */
size_t ladder_send_line(const struct ladder_screen *s, size_t row);
/* How many brackets have no room. */
size_t ladder_brackets_left(const struct ladder_screen *s);
void ladder_free_brackets(struct ladder_brackets *b);
/* ladder_screen_bracket.c */
void ladder_draw_brackets(const struct ladder_view *v);

/* ladder_screen_head.c */
size_t ladder_head_lines(const struct ladder_screen *s);
/* The frames and names of the columns that are seen get their places. */
void ladder_place_names(struct ladder_screen *s);
void ladder_draw_head(struct ladder_screen *s,
    const struct ladder_screen_now *now, const struct grid_area *a);

/* ladder_screen_aim.c: all of W but what says when; then, once all labels have
 * their places, W's turn. */
void ladder_aim(const struct ladder_view *v, struct ladder_shown *w);
void ladder_turn(const struct ladder_view *v, struct ladder_shown *w);
bool ladder_is_seen(const struct ladder_screen *s, size_t column);
/* The cells from *LO on, before *HI, in which a label stands: between the
 * sender's lifeline and the next, or where that is hidden, the receiver's; or
 * the WHOLE way of the arrow, where the label covers the lifelines on that
 * line, which no other row has. */
void ladder_label_gap(const struct ladder_view *v, const struct ladder_shown *w,
    bool whole, size_t *lo, size_t *hi);
/* By how many cells an arrow moves to the side while it falls. */
size_t ladder_fall_cells(const struct ladder_shown *w, size_t turn);

/* ladder_screen_arrow.c */
void
ladder_draw_arrow(const struct ladder_view *v, const struct ladder_shown *w);
/* Where it arrived or was lost, over all that passes there. */
void ladder_draw_arrow_head(
    const struct ladder_view *v, const struct ladder_shown *w);
void
ladder_draw_label(const struct ladder_view *v, const struct ladder_shown *w);
/* Lines of W without its fall lines and its note: one more than usual where on
 * paper the reason of a loss has no room beside label or arrow.
 */
size_t
ladder_arrow_lines(const struct ladder_view *v, const struct ladder_shown *w);

/* ladder_screen_arrow.c */
/* R, a remark, from LINE on. */
void ladder_draw_remark(const struct ladder_view *v, const struct layout_row *r,
    size_t line, unsigned flags);
size_t
ladder_remark_lines(const struct ladder_screen *s, const struct layout_row *r);
/* What the options' remarks say of R, as a row. */
struct layout_row ladder_note_of(const struct layout_row *r);
/* A line of dots between the first and the last lifeline; and TEXT on it, with
 * a space at both sides. */
void ladder_draw_band(const struct ladder_view *v, size_t line, unsigned flags);
void ladder_draw_band_text(const struct ladder_view *v, size_t at, size_t line,
    struct str text, size_t cells, unsigned flags);
/* Breaks TEXT into lines of CELLS cells; line WRAP_LINES has all that is left.
 * LINES are slices of TEXT or of B.  Returns how many there are. */
size_t ladder_wrap_text(
    struct str text, size_t cells, struct buf *b, struct str lines[WRAP_LINES]);

/* ladder_screen_times.c: the time column. */
void ladder_draw_times(const struct ladder_view *v);

/* Drawing in lines and cells of the ladder; flags are GRID_…. */
void ladder_put(const struct ladder_view *v, ptrdiff_t x, size_t line,
    enum canvas_glyph glyph, enum canvas_style style, unsigned flags);
size_t ladder_put_text(const struct ladder_view *v, size_t x, size_t line,
    struct str text, size_t cells, enum canvas_style style, unsigned flags);
enum canvas_style ladder_row_style(const struct layout_row *r);
/* The lines from V's top on that its body has. */
void ladder_draw_body(struct ladder_view *v);
/* Flags of what row R shows at the position. */
unsigned ladder_flags(const struct ladder_view *v, size_t row);

#endif
