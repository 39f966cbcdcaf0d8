/* Shared by the files of the ladder's picture. */
#ifndef LADDER_LADDER_FIGURE_IN_H
#define LADDER_LADDER_FIGURE_IN_H

#include "ladder/ladder_figure.h"
#include "ladder/ladder_figure_list_in.h"

#define INK   "#1b1f24"
#define GREY  "#5b636e"
#define LIFE  "#b4bbc4"
#define AXIS  "#8a939d"
#define PALE  "#d5d9de"
#define PAPER "#f1f3f5"
#define RED   "#a8200d"

/* From one lifeline to the next, points. */
#define COLUMN_LEAST 128.0
#define COLUMN_MOST  300.0

/* States that have patterns, which repeat. */
#define STATES_MAX 24

/* A ladder of more rows has no tooltips, and its texts look for a place only
 * nearby. */
#define TIPS_MOST 5000

/* Where a text or a box stands. */
struct placed {
	double left, top, right, bottom;
	double sin; /* turned about its middle, clockwise; 0: level */
};

/* Where what belongs to a row stands, on the page that is being drawn; not all
 * of it is there. */
struct stand {
	/* The label of a message: its middle, and how it is turned. */
	struct figure_point at;
	double width, sin;
	size_t side;             /* where it is, seen from its line */
	struct figure_point tie; /* of one that stands apart, at its line */
	struct placed box;       /* why it was lost, a timer's name, a remark */
	struct placed note;
	bool aside; /* a timer's note is tied to the end of its name, for below
		       it there is another */
	unsigned lane; /* of a timer's line, of media; not of one page only */
	double down;   /* by which a message's line is below its times */
	bool label, text, noted; /* which of the three there are */
	int form;                /* of a label's words */
	int media_form;          /* how much a band says, … */
	bool amiss; /* … and whether the deviation stands below it, */
	struct placed amiss_box; /* … here */
};

/* One of the pages beside each other.  A lifeline at which the ladder is broken
 * stands on both pages, with a part of the neighbour.  FROM to TO of the pages
 * do not overlap: a text stands on the page in whose range it lies. */
struct tile {
	double from, to;
	double left, right; /* the section of the ladder */
};

struct room;

/* Types of the texts and how many lines the longest ones take.  Written by
 * ladder_figure_measure.c, ladder_figure_names.c and, to make them fit,
 * ladder_figure_fit.c. */
struct picture_types {
	double label, name, frame; /* of labels on arrows, names, domains */
	int frame_lines;           /* that the longest of the domains takes */
	int title_lines;           /* of the title */
	int name_lines;            /* that the longest name takes */
	int role_lines;            /* that the longest role takes */
};

/* Concessions until all texts find room, and room added for that.  Written by
 * ladder_figure_fit.c, ladder_figure_measure.c and the files that draw, which
 * count texts without room. */
struct picture_fit {
	double natural;     /* column before anything is made to fit */
	double least_width; /* what its parts need of the width */
	double printed;     /* its width in print; 0: its own */
	double cut;         /* taken off the margin at each side */
	bool squeezed;      /* the width is less than it needs */
	bool narrow;        /* names of timers have two lines */
	bool over;          /* notes may stand on lifelines */
	bool keep_off;      /* notes never may: lines would cross them */
	bool two;           /* labels have two lines where one is too long */
	bool bare;          /* reasons may be said in the foot */
	bool aside;         /* reasons stand at the right of all lifelines */
	bool smaller;       /* all of it, as soon as labels have two lines */
	bool uneven;        /* the last page has little on it */
	bool alike;         /* pages share evenly in true time as well */
	double stretch;     /* of the height that a unit has in true time */
	size_t tight;       /* texts that had to stand on a lifeline */
	size_t struck;      /* how much stands on a line or a bar */
	double wider;       /* room added between lifelines for that */
	double taller;      /* and between rows: a part of a unit */
	/* Bits, 1 << enum trace_drop: reasons of lost messages that found no
	 * room beside their message. */
	unsigned long long unsaid;
};

/* Pages beside each other where it is too wide for one.  Written by
 * ladder_figure_pages.c and ladder_figure_fit.c, freed by ladder_figure.c. */
struct picture_tiles {
	struct tile *parts; /* what each shows */
	size_t n, now;
	/* How wide a page is, and where the one being drawn begins. */
	double edge, window;
};

/* Pages of paper: what each shows, in units of y.  Written by
 * ladder_figure_pages.c, freed by ladder_figure.c. */
struct picture_pages {
	double *breaks; /* where the first, second … end */
	size_t n, now;
	size_t total; /* with those of the list */
	double from, to;
};

/* The list of numbers and the messages: where it begins in a figure on one
 * page, and its measure there or on paper.  ladder_figure.c alone knows it. */
struct picture_list {
	struct listing list;
	bool last; /* on the ladder's last page of paper, below it */
	double at, scale, gap;
};

/* Bars by their column, each column's in order of time.  Written by
 * ladder_figure_bars.c, freed by ladder_figure.c. */
struct picture_bars {
	size_t *list, *of;             /* of column I: list[of[I]] … */
	struct str states[STATES_MAX]; /* in the order they were met */
	size_t nstates;
};

struct picture {
	const struct layout *l;
	const struct ladder_figure_options *o;
	struct figure figure;
	/* Where things stand: ladder_figure_measure.c. */
	double *x;          /* of each lifeline, points */
	double left, right; /* of what lies between the outer lifelines */
	double top, bottom; /* of the lifelines */
	double column;      /* from one lifeline to the next */
	double axis;        /* from the axis of time to the first lifeline */
	double label;       /* how wide one on an arrow may be */
	double times;       /* room for the times */
	double lanes;       /* what timers and brackets take of a column */
	double half;        /* of a node's place among the names */
	double unit;        /* points for one unit of y */
	double head;        /* top of the names */
	double names;       /* height of the names' boxes */
	double width, height;
	double marks_at; /* where brackets beside the ladder begin */
	double lane;     /* width of one bracket's lane */
	double more;     /* room for notes before the brackets */
	double below;    /* room for notes below all rows */
	double reach;    /* of lines below the last row, above that */
	struct picture_types types;
	struct picture_fit fit;
	struct picture_tiles tiles;
	struct picture_pages pages;
	struct picture_list list;
	struct picture_bars bars;
	struct room *room;     /* the occupied areas of this page */
	struct stand *stands;  /* by row */
	struct placed *titles; /* by mark: its name; no width: not here */
};

/* ladder_figure.c: the picture of L, to be freed with picture_destroy.  0 or
 * ERR_NOMEM. */
int picture_make(struct picture **p, const struct layout *l,
    const struct ladder_figure_options *o, const struct figure_device *device);
void picture_destroy(struct picture *p);
/* Its first page is ready for questions; with PLACES all texts have theirs.  0
 * or ERR_NOMEM. */
int picture_ready(struct picture *p, bool places);
/* The list of numbers and messages below it, on one page. */
void picture_list_below(struct picture *p);
/* Says what it shows, for those who cannot see it. */
void picture_put_about(const struct picture *p, struct buf *b);

/* ladder_figure_pages.c */
/* Breaks the ladder into pages with ROOM points for its rows; 0 or ERR_NOMEM.
 * Without this call there is one page, as high as needed. */
int picture_break(struct picture *p, double room);
/* What follows is for page PAGE, from 0. */
void picture_page(struct picture *p, size_t page);
/* Whether something from Y to Y_END is seen on the page. */
bool picture_on_page(const struct picture *p, double y, double y_end);

/* ladder_figure_pages.c: where the picture, which has been drawn on one page,
 * may be cut; 0 or ERR_NOMEM. */
int picture_cut(const struct picture *p, struct ladder_cuts *cuts);

/* ladder_figure_pages.c: breaks it into pages of that width at least; 0 or
 * ERR_NOMEM.  What follows is for tile TILE, from 0. */
int picture_break_beside(struct picture *p, double window);
void picture_beside(struct picture *p, size_t tile);
/* Whether texts at X, or somewhere from X to END, belong to this tile. */
bool picture_tile_has(const struct picture *p, double x);
bool picture_has_some(const struct picture *p, double x, double end);
/* Cuts *LEFT to *RIGHT down to what this tile shows; false: nothing of it. */
bool picture_part(const struct picture *p, double *left, double *right);

/* ladder_figure_measure.c: where everything stands, for columns that wide. */
void picture_measure(struct picture *p, double column);
/* The same for the columns that it needs, on its paper; 0 or ERR_NOMEM. */
int picture_place_all(struct picture *p);
/* How far down its last page is taken, with the parts below the ladder. */
double picture_used_height(const struct picture *p);
/* The page drawn next: page PAGE of the ladder's, from 0. */
void picture_begin(struct picture *p, size_t page);
/* ladder_figure_fit.c: more room where texts find none; 0 or ERR_NOMEM. */
int picture_widen(struct picture *p, const struct figure_device *device);
/* ladder_figure_fit.c: makes it fit what it is printed on. */
void picture_fit(struct picture *p);
/* Divides a ladder too wide for paper into several pages; 0 or ERR_NOMEM. */
int picture_tile(struct picture *p);
/* Points in print for one point of the figure. */
double picture_scale(const struct picture *p);

/* ladder_figure_lines.c: the label of an arrow, best form first. */
#define LABEL_LINES 2
enum label_form {
	LABEL_DETAIL, /* with what it is about */
	LABEL_GIST,   /* with the beginning of that */
	LABEL_WHOLE,
	LABEL_TWO,  /* on two lines */
	LABEL_BARE, /* without "(SDP)" */
	LABEL_BARE_TWO,
	LABEL_BRIEF, /* "200 (CANCEL)" */
	LABEL_BRIEF_TWO,
	LABEL_LEAST, /* a method, a status; a longer one is cut */
	LABEL_FORMS
};
struct label_words {
	struct buf number; /* "F1", before the first line */
	struct buf lines[LABEL_LINES];
	int n;
	double before; /* what the number takes */
	double width;
	int err; /* ERR_NOMEM */
};
/* Makes W; two lines are broken before a bracket, where that fits ROOM.  False:
 * FORM says the same as a better one. */
bool picture_words(const struct picture *p, const struct layout_row *r,
    enum label_form form, double room, struct label_words *w);
void picture_words_free(struct label_words *w);
/* The least width of FORM; INFINITY: it says the same as a better one. */
double picture_words_width(
    const struct picture *p, const struct layout_row *r, enum label_form form);

/* ladder_figure_lines.c: rows of a long ladder in bundles, whose places are
 * written from the bundle's own on, which makes them short. */
struct bundle {
	const struct figure_mark *mark; /* of a group within; NULL: none */
	double x;                       /* a place that all have in common */
	bool open;
	size_t n;
};
/* The shapes drawn next stand at Y, in units of the layout. */
void picture_bundle(struct picture *p, struct bundle *b, double y);
void picture_bundle_end(struct picture *p, struct bundle *b);

double picture_paper_y(const struct picture *p, double y);
/* Messages that would lie on each other in true time: a little apart. */
void picture_part_lines(struct picture *p);
/* A message's line as it is drawn: one that was lost ends where it was lost,
 * one under way half way.  ARROW (may be NULL): where it was heading. */
void picture_line(const struct picture *p, const struct layout_row *r,
    struct figure_point line[2], struct figure_point *arrow);
/* ladder_figure_names.c: domains, names, roles, lifelines. */
#define ROLE_LINES 3
#define ROLE_LINE  10.0 /* from one to the next */
/* "proxy · registrar": what people call a node's roles, on lines of at most
 * WIDTH points.  Returns how many it takes. */
int picture_role(struct str role, double width, struct buf lines[ROLE_LINES]);
void picture_role_free(struct buf lines[ROLE_LINES]);
#define NAME_LINES 2
/* A name and a label below it; a domain. */
#define HEAD_LINES 4
#define NAME_LINE  13.0
/* A node's name on lines of at most WIDTH points, where it has words enough;
 * cut in its middle where not.  Returns how many it takes. */
int picture_names(const struct picture *p, const struct layout_column *c,
    struct buf lines[HEAD_LINES]);
/* The type in which they have room, within limits. */
double picture_name_size(const struct picture *p);
/* The domains' type and lines. */
#define FRAME_LINE 10.0
void picture_fit_frames(struct picture *p);
/* The width that a node's name and role may have. */
double picture_name_room(const struct picture *p);
void picture_lifelines(struct picture *p);
#define ROLE_SIZE     8.5
#define CAPTION_SIZE  10.0
#define LABEL_SIZE    10.0
#define SMALLEST_TYPE 7.5

/* ladder_figure_room.c */
/* Begins a page on which nothing stands yet; 0 or ERR_NOMEM. */
int picture_room_begin(struct picture *p);
void picture_room_free(struct picture *p);
/* Marks AT as taken by a text or a box. */
void picture_place(struct picture *p, const struct placed *at);
/* Draws white below TEXT where it stands on a bar or, in a figure for print,
 * on a lifeline. */
void picture_clear_lifeline(struct picture *p, const struct placed *text);
/* Paints COLOUR below the texts that the line from A to B, drawn already, goes
 * through. */
void picture_clear_texts(struct picture *p, struct figure_point a,
    struct figure_point b, const char *colour);
/* Marks AT as taken by a state's bar: texts keep off it, lines may meet it. */
void picture_place_bar(struct picture *p, const struct placed *at);
/* A line from A to B, of a row, or of mark OWNER - nrows, or NOBODY's. */
#define NOBODY SIZE_MAX
void picture_place_line(struct picture *p, size_t owner, struct figure_point a,
    struct figure_point b);
/* Whether no text is there. */
bool picture_free(const struct picture *p, const struct placed *at);
/* Whether a line other than OWNER's goes through AT; OWNER may be ANYBODY. */
#define ANYBODY (SIZE_MAX - 1)
bool
picture_crossed(const struct picture *p, size_t owner, const struct placed *at);
/* Whether it lies over a bar. */
bool picture_on_bar(const struct picture *p, const struct placed *at);
/* Whether it touches a lifeline, or a bar that stands on it. */
bool picture_on_lifeline(const struct picture *p, const struct placed *box);
/* Whether it is on the page, and where rows are. */
bool picture_inside(const struct picture *p, const struct placed *box);

/* How far down the page there is something. */
double picture_lowest(const struct picture *p);

/* What a text has around it. */
#define TEXT_ASIDE 2.0
#define TEXT_ABOVE 1.0

/* A box that wants to are next to what it is about. */
struct wish {
	size_t owner;            /* of the line to it */
	struct figure_point tie; /* what it is about */
	double width, height;
	double near;  /* how far beside the tie */
	double below; /* how far below it its middle is to be */
	double most;  /* how far off at most; 0: anywhere */
	bool left;    /* rather at its left */
	bool centred; /* above or below it, before it is next to it */
	bool clear;   /* no place at all rather than on a line */
	bool alone;   /* nor where the line to it crosses another */
};
/* Finds the nearest place for it, and takes it; false: there is none. */
bool picture_seek(struct picture *p, const struct wish *w, struct placed *box);
/* Whether no text stands on the way from A to B. */
bool picture_is_clear_way(
    const struct picture *p, struct figure_point a, struct figure_point b);
/* Whether BOX stands so far off that it needs a line to what it is about; where
 * that ends; draws it. */
bool picture_is_far(const struct placed *box, struct figure_point tie);
struct figure_point
picture_tie_end(const struct placed *box, struct figure_point tie);
void picture_draw_tie(struct picture *p, const struct placed *box,
    struct figure_point tie, const char *colour);
/* The same for a text of N lines without a box, which the line does not touch.
 */
void picture_tie_text(struct picture *p, const struct placed *lines, int n,
    struct figure_point tie, const char *colour);

/* ladder_figure_head.c: title, axis, footer; the parts above the rows. */
void picture_head(struct picture *p);
/* How many lines the title takes of a figure that wide: 0 to 2. */
#define TITLE_LINE 19.0
int picture_title_lines(const struct picture *p, double width);
/* What the title would like to have. */
double picture_title_width(const struct picture *p);
/* Finds where the lines of the time axis's gaps stand; draws the axis. */
void picture_settle_gaps(struct picture *p);
void picture_axis(struct picture *p);
/* How long a gap is, in words. */
void picture_put_gap(const struct layout_gap *g, struct buf *b);
void picture_foot(struct picture *p);
/* What the sentences of the footer take. */
double picture_sentences_height(const struct picture *p);
/* "page 2 of 3" */
void picture_page_number(struct picture *p, size_t page);
/* Finds a place for a message's label, if there is one. */
void picture_settle_label(struct picture *p, const struct layout_row *r,
    const struct figure_point line[2], struct figure_point aim);
/* ladder_figure_label.c: an arrow with its label; AIM is where it was
 * heading. */
void picture_arrow(struct picture *p, const struct layout_row *r,
    const struct figure_point line[2], struct figure_point aim,
    const struct figure_pen *pen);
/* ladder_figure_marks.c: brackets, and the room that they take at the right;
 * where their lines and, later, their names stand. */
void picture_settle_brackets(struct picture *p);
void picture_settle_names(struct picture *p);
void picture_brackets(struct picture *p);
/* The upper and the lower end of M's bracket. */
void picture_bracket(const struct picture *p, const struct ladder_mark *m,
    struct figure_point ends[2]);
double
picture_marks_width(const struct ladder_marks *m, bool paged, double *lane);
/* How far those of transactions reach beside the lifeline at COLUMN, at its
 * right. */
double picture_marks_reach(const struct picture *p, size_t column);
/* What those at the left of a lifeline take of the room between two. */
double picture_brackets_width(const struct picture *p);
/* ladder_figure_timers.c: gives rows of ITEM that MEET different lanes below
 * MOST (MOST: none was left); each timer its lane; lines, names. */
void
picture_share_lanes(struct picture *p, enum layout_item item, unsigned most,
    bool (*meet)(const struct layout_row *a, const struct layout_row *b));
void picture_timer_lanes(struct picture *p);
/* How far at the right of its lifeline it runs. */
double picture_timer_reach(const struct picture *p, const struct layout_row *r);
/* How wide its name is, of two lines where columns are narrow. */
double picture_timer_width(const struct picture *p, const struct layout_row *r);
/* "Timer A 500 ms since F3", and the rule after it. */
void picture_put_timer(const struct picture *p, const struct layout_row *r,
    struct buf *text, struct buf *why);
void picture_settle_timer_line(struct picture *p, const struct layout_row *r);
void picture_settle_timer(struct picture *p, const struct layout_row *r);
void picture_timer(struct picture *p, const struct layout_row *r);
/* ladder_figure_media.c: the deviations of R's media, below their band; returns
 * their width, 0: none. */
void picture_put_amiss(const struct layout_row *r, struct buf *b);
double picture_amiss_width(const struct layout_row *r);
/* ladder_figure_rows.c: what a reader sees who points at a message. */
void picture_put_tip(
    const struct layout *l, const struct layout_row *r, struct buf *b);
/* ladder_figure_rows.c: the cross at which something lost ends. */
void picture_cross(struct picture *p, struct figure_point at);
/* ladder_figure_media.c: a band for many packets one way; in true time, below
 * everything, its extent.  First what R takes beside its lifeline, if it goes
 * to no other; else 0. */
double picture_media_aside(const struct layout_row *r);
void picture_media_lanes(struct picture *p);
void picture_extents(struct picture *p);
void picture_settle_media(struct picture *p, const struct layout_row *r);
void picture_media(struct picture *p, const struct layout_row *r);
/* ladder_figure_notes.c: remarks of the trace, and notes asked for.  First the
 * line of a remark that belongs to no node. */
void picture_settle_across_line(struct picture *p, const struct layout_row *r);
void picture_settle_remark(struct picture *p, const struct layout_row *r);
void picture_settle_note(struct picture *p, const struct layout_row *r);
void picture_remark(struct picture *p, const struct layout_row *r);
void picture_note(struct picture *p, const struct layout_row *r);
/* How wide the widest of them is at COLUMN, LAYOUT_NONE: anywhere; 0: there is
 * none. */
double picture_notes_width(const struct layout *l, size_t column);
/* ladder_figure_rows.c: places for everything on a page; arrows, remarks. */
void picture_settle(struct picture *p);
void picture_rows(struct picture *p);
/* ladder_figure_bars.c: states.  0 or ERR_NOMEM. */
int picture_sort_bars(struct picture *p);
/* Whether all states are of one machine at one lifeline. */
bool picture_is_one_machine(const struct layout *l);
void picture_machines(const struct picture *p, struct buf *b);
void picture_settle_bars(struct picture *p);
void picture_bars(struct picture *p);
size_t picture_legend(struct picture *p, double y);
/* Of figure_patterns, that of a state. */
size_t picture_pattern(const struct picture *p, struct str state);

/* ladder_figure_bars.c: bars for what handsets computed; their legend, between
 * X and END. */
void picture_works(struct picture *p);

/* Half the width of the bar on column COLUMN at Y; 0: there is none. */
double picture_bar_half(const struct picture *p, size_t column, double y);

#endif
