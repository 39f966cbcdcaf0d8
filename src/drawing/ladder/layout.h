/*
 * The ladder: a trace laid out as columns (the nodes that take part) and rows
 * (messages between them, and remarks beside a lifeline).  A pure layout:
 * positions are in abstract units, one column apart in x and one row apart in
 * y, and nothing here knows how it will be drawn.
 */
#ifndef LADDER_LAYOUT_H
#define LADDER_LAYOUT_H

#include "trace/reader.h"

#define LAYOUT_NONE SIZE_MAX

/* X(ID, name in files): what a row is. */
#define LAYOUT_ITEMS(X)                                             \
	X(MESSAGE, "message") /* an arrow */                        \
	X(MEDIA, "media")     /* many packets one way, summed up */ \
	X(TIMER, "timer")     /* a timer fired at column `from` */  \
	X(REFUSED, "refused") /* input rejected at column `from` */ \
	X(NOTE, "note")       /* a remark; `from` may be LAYOUT_NONE */

enum layout_item {
#define X(id, name) LAYOUT_##id,
	LAYOUT_ITEMS(X)
#undef X
	    LAYOUT_ITEM_COUNT
};

const char *layout_item_name(enum layout_item item);

/* All slices below belong to the ladder. */
struct layout_column {
	struct str name, label, role, domain;
	struct str caption;    /* the label, unless it says the role alone */
	struct str frame_name; /* empty: is in none */
	size_t frame;          /* into `frames`, LAYOUT_NONE: is in none */
	double x;
};

/* Nodes of one domain, or of a cluster with a label of its own. */
struct layout_frame {
	struct str name;
	size_t first, last; /* columns */
};

/* What flows: each kind has a strip of its own (ladder/ladder_arrow.h). */
enum layout_stream {
	LAYOUT_SOUND,
	LAYOUT_EARLY, /* before its call is answered (RFC 3960) */
	LAYOUT_VIDEO,
	LAYOUT_STREAM_COUNT
};

/* X(ID, words): the cost of the loss of a message, where the caller gives one
 * (layout_options.cost). */
#define LAYOUT_COSTS(X)                     \
	X(UNKNOWN, "")                      \
	X(NOTHING, N_("nothing"))           \
	X(TIME, N_("time"))                 \
	X(GOAL, N_("the requested result")) \
	X(RULE, N_("an invariant"))         \
	X(UNTRIED, N_("not tried"))

enum layout_cost {
#define X(id, text) LAYOUT_COST_##id,
	LAYOUT_COSTS(X)
#undef X
	    LAYOUT_COST_COUNT
};

/* Transmissions of one message: its row among them.  Written by
 * layout_rows_link.c. */
struct layout_repeat {
	size_t first;    /* row of the first transmission, or NONE */
	unsigned retx;   /* which retransmission it is, from 1; 0: none */
	unsigned folded; /* retransmissions that this row stands for */
	unsigned gone;   /* of them, those lost although this one was not */
};

/* Of a MEDIA row.  Written by layout_media.c, and layout_media_count.c. */
struct layout_media {
	unsigned missing; /* the packets that did not arrive */
	unsigned sent;    /* as its sender has counted them */
	int64_t ssrc;
	bool summed;  /* of records of its stream, not of its packets */
	bool untold;  /* of a run: no record says how many arrived */
	bool flows;   /* no record ends it, nor counts it */
	bool silence; /* the last one is comfort noise */
	enum layout_stream kind; /* what it is */
	int64_t t_answer;        /* early media are early until then; 0: all */
	double y_answer;         /* of t_answer, in true time */
	struct str amiss;        /* its deviation from its SDP, or empty */
};

/* The loss of a message.  Written by layout_rows_link.c. */
struct layout_loss {
	bool arrived;   /* lost after it reached the other column */
	bool discarded; /* by who got it: it counts apart from what was lost */
	enum trace_drop reason; /* TRACE_DROP_COUNT: not in the table */
	struct str text;        /* "lost on the link", user's language */
};

/* What the options' remarks say of a row.  Written by layout.c, `room` by
 * layout_place.c. */
struct layout_note {
	struct str text; /* or empty */
	size_t at;       /* the column where it stands, or LAYOUT_NONE */
	double room;     /* what notes take below the row, in order of time */
};

struct layout_row {
	enum layout_item item;
	enum trace_class class; /* of a message, and its arrow */
	enum trace_arrow arrow;
	uint64_t seq;     /* the send, timer, bad or note record */
	uint64_t end_seq; /* its recv or drop; 0: was under way at the end */
	int64_t t, t_end; /* t_end of a timer is when it was set */
	size_t from, to;  /* columns; equal for what a node sends itself */
	struct str label; /* "180 Ringing", "Timer A 500 ms", a note */
	struct str
	    named; /* a response's label with its method, "200 OK (BYE)" */
	struct str brief;  /* "180", "A" for narrow columns */
	struct str detail; /* goes on behind the label where there is room */
	size_t gist;       /* bytes of it that do where all have none; or 0 */
	/* Call-ID of a message, or empty; equal ones are one slice */
	struct str call;
	struct str why;  /* rule after it, "rfc3261-17.1.1.2", or empty */
	unsigned number; /* F1, F2 … in order; 0: has none */
	unsigned copies; /* arrivals; of a MEDIA row the packets that arrived */
	enum layout_cost cost; /* of a message */
	size_t fwd;            /* row of the message it forwards, or NONE */
	size_t since; /* of a timer: row sent when it was set, or NONE */
	bool
	    ambiguous; /* it could be taken for the answer to another request */
	bool lost;
	bool stream;    /* sent over a connection, which copies nothing */
	bool changed;   /* a fault changed it on its way */
	bool under_way; /* neither arrived nor lost when the trace ends */
	double y, y_end;
	struct layout_repeat repeat;
	struct layout_media media;
	struct layout_loss loss;
	struct layout_note note;
};

/* A state that one machine was in, beside its column's lifeline. */
struct layout_bar {
	size_t column;
	struct str machine, state;
	uint64_t seq; /* the fsm record that entered it */
	/* The recv, timer or act that it began and ended with; 0: none. */
	uint64_t since, until;
	int64_t t, t_end;
	double y, y_end;
	bool inferred; /* inferred, not observed */
	bool open;     /* goes on behind the last row */
};

/* A piece of a lifeline, between two steps of its node: what a crash there
 * costs. */
struct layout_piece {
	size_t column;
	enum layout_cost cost;
	int64_t t, t_end;
	double y, y_end;
};

/* What a handset computed for a message that it sent; only with `states`. */
struct layout_work {
	size_t row;   /* of the message */
	size_t since; /* the row that came in and set it off, or NONE */
	uint64_t seq; /* the cycles record */
	int64_t t, t_end;
	uint64_t count; /* instructions */
	double y, y_end;
};

/* A call's messages that are not shown since a node is hidden. */
struct layout_left {
	struct str call; /* Call-ID */
	size_t messages; /* transmissions … */
	size_t lost;     /* … and of these, those lost on their way */
};

/* The time axis: where a time is written, and where time was left out. */
struct layout_tick {
	int64_t t;
	double y;
};
struct layout_gap {
	int64_t from, to; /* the times between which nothing happens */
	double y;         /* the middle of the mark */
};

/* Bits: what rows have that a legend explains. */
enum layout_mark {
	LAYOUT_HAS_REQUEST = 1,
	LAYOUT_HAS_PROVISIONAL = 2,
	LAYOUT_HAS_FINAL = 4,
	LAYOUT_HAS_OTHER = 8,
	LAYOUT_HAS_LOST = 16,
	LAYOUT_HAS_AGAIN = 32,
	LAYOUT_HAS_FOLDED = 64,
	LAYOUT_HAS_GONE = 128,
	LAYOUT_HAS_COPIES = 256,
	LAYOUT_HAS_UNDER_WAY = 512,
	LAYOUT_HAS_DISCARDED = 1024,
	LAYOUT_HAS_MEDIA = 2048,
	LAYOUT_HAS_EARLY = 4096,
	LAYOUT_HAS_VIDEO = 8192,
	LAYOUT_HAS_SIGNALLING = 16384,
	LAYOUT_HAS_CRASH_GOAL = 32768, /* pieces of lifelines */
	LAYOUT_HAS_CRASH_RULE = 65536,
	LAYOUT_HAS_COST = 131072, /* of a message */
};

struct layout_options {
	bool true_time; /* time=true: y follows time */
	bool number;    /* F1, F2 … */
	bool fold;      /* a retransmission joins the one before it, if that
			   got through or was lost in the same way */
	/* and those lost join the one that got through after them; for whole
	 * traces, not while one is played */
	bool state_at_lost;
	bool notes;      /* timers, rejections, notes, states */
	bool timers;     /* every timer that fires, not only those with
			    consequences */
	bool states;     /* of a machine at each column, not only where a
			    timer's stands */
	bool keep_order; /* columns in header order within a frame */
	int64_t from_ns; /* messages sent within, both ends included */
	int64_t to_ns;   /* INT64_MAX: no limit */
	const char *const *nodes; /* one: all it sends and receives; several:
				     what passes between them; 0: all */
	size_t nnodes;
	/* nodes left out, with their messages and remarks; a node that talks
	 * only with these keeps its column */
	const char *const *hide;
	size_t nhide;
	const char *const *order; /* these have columns in any case, in this
				     order, a frame's together; then others */
	size_t norder;
	bool order_only;  /* `order` only sorts: it adds no columns */
	const char *call; /* only this Call-ID (or its beginning); NULL */
	const char *const *calls; /* or one of these Call-IDs */
	size_t ncalls;
	/* Asked for each `send`: whether it is shown.  NULL: all. */
	bool (*keep)(
	    const struct trace *t, const struct trace_rec *rec, void *arg);
	void *keep_arg;
	/* Called for each message, by its send: the cost of its loss; WORDS
	 * about it go behind its label, *GIST bytes of them also where there is
	 * no room for all.  NULL: no costs. */
	enum layout_cost (*cost)(
	    uint64_t send, struct buf *words, size_t *gist, void *arg);
	/* The next piece of a lifeline, in the order of each node's time: of
	 * NODE, with its cost and times; *AT is 0 at first.  False behind the
	 * last.  NULL: there is none. */
	bool (*piece)(size_t *at, struct str *node, struct layout_piece *piece,
	    void *arg);
	void *cost_arg;          /* of both */
	const uint64_t *remarks; /* records, each to be explained by a `note`
				    of the row it belongs to */
	size_t nremarks;
	bool empty;      /* lay out nothing, for a placeholder */
	size_t max_rows; /* the rest is cut; 0: no limit */
};

#define LAYOUT_OPTIONS \
	((struct layout_options){ .notes = true, .to_ns = INT64_MAX })

struct layout {
	struct str title;
	int64_t seed;
	bool complete;  /* the trace has its end */
	bool held;      /* … by trace_cut: more is to come */
	bool failed;    /* and the end is an error */
	bool true_time; /* false too where everything is at one time */
	struct layout_column *columns;
	size_t ncolumns;
	size_t hidden; /* columns that `hide` leaves out */
	struct layout_left *left;
	size_t nleft;
	struct layout_frame *frames;
	size_t nframes;
	struct layout_row *rows;
	size_t nrows;
	struct layout_bar *bars;
	size_t nbars;
	bool newest; /* bars have gone over to newer transactions */
	struct layout_piece *pieces;
	size_t npieces;
	struct layout_work *works;
	size_t nworks;
	struct layout_tick *ticks;
	size_t nticks;
	struct layout_gap *gaps;
	size_t ngaps;
	double width, height;
	/* Rows of messages, and how many further transmissions they stand for;
	 * the lost ones and the repetitions among all these. */
	size_t nmessages, nfolded, nlost, nretx;
	bool cut;          /* there are more rows than `max_rows`: … */
	int64_t cut_ns;    /* … the first of them is of that time */
	size_t ndiscarded; /* arrived, and thrown away; not among those lost */
	struct layout_store *store; /* owns the strings */
};

/*
 * Lays TRACE out; O may be NULL for LAYOUT_OPTIONS.  One of `nodes`, or a
 * `call`, that the trace does not have is a mistake with a suggestion in D (may
 * be NULL).
 * 0, ERR_NOMEM, ERR_NOTFOUND, ERR_RANGE, ERR_LIMIT.
 */
int layout_create(struct layout **l, const struct trace *t,
    const struct layout_options *o, struct diag *d);
void layout_destroy(struct layout *l);

/*
 * The same in slices, for a caller with other things to do meanwhile:
 * layout_begin, then layout_go_on until there is a layout or an error, then
 * layout_leave.  Records added to T after layout_begin are not laid out.  T,
 * O's call, remarks and keep_arg are borrowed until layout_making_free, O's
 * lists only during layout_begin.
 */
struct layout_making;
int layout_begin(struct layout_making **m, const struct trace *t,
    const struct layout_options *o, struct diag *d);
/* Looks at about MOST more records.  0 or an error; *L is NULL until the layout
 * is complete, which the caller then owns. */
int layout_go_on(struct layout_making *m, uint64_t most, struct layout **l);
unsigned layout_percent(const struct layout_making *m);
/* Frees M, which may be NULL. */
void layout_making_free(struct layout_making *m);

/* What a reader must know before believing the ladder: the trace breaks off,
 * or the run failed.  A sentence in the user's language, or NULL. */
const char *layout_warning(const struct layout *l);
/* "Messages: 12; lost: 1; retransmitted: 3." */
void layout_put_counts(const struct layout *l, struct buf *out);
/* The bits of enum layout_mark that L's rows have. */
unsigned layout_marks(const struct layout *l);
/* "×72", "×72 of 89": how many packets of media R stands for. */
void layout_put_packets(const struct layout_row *r, struct buf *out);
/* " ↻1 ×2": the marks behind R's label.  AGAIN is LAYOUT_AGAIN, or its
 * replacement. */
#define LAYOUT_AGAIN " ↻"
void layout_put_marks(
    const struct layout_row *r, const char *again, struct buf *out);

/* The row of the message or remark that record SEQ made or ended, or that of
 * the one it is folded into; else the last row that begins at or before it;
 * LAYOUT_NONE where there is none. */
size_t layout_row_at(const struct layout *l, uint64_t seq);
/* Whether record SEQ made or ended ROW, or one that is folded into it. */
bool layout_row_has(const struct layout *l, size_t row, uint64_t seq);

#define LAYOUT_NOTE_LINES 24
size_t layout_note_lines(struct str text, struct str lines[LAYOUT_NOTE_LINES]);

/* layout.c: the first row of A that B does not have, and the first of B
 * that A does not have; LAYOUT_NONE: none. */
void layout_find_parting(const struct layout *a, const struct layout *b,
    size_t *row_a, size_t *row_b);

#endif
