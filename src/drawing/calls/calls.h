/*
 * The calls of a trace: one row for each Call-ID, so registrations and other
 * requests are rows as well.  Made from the messages alone, a part of the trace
 * at a time and on as it grows.  A call's outcome is judged from its
 * initiator's side: by the responses that were sent to the node whose request
 * came first.
 */
#ifndef CALLS_CALLS_H
#define CALLS_CALLS_H

#include "base/field.h"
#include "draw/grid.h"
#include "trace/reader.h"
#include "outcome/outcome.h"

/* X(ID, word in commands, word, style): the call's outcome.  The last three but
 * one are for requests other than INVITE as well; no answer: the client gives
 * up, 64*T1 after the request (RFC 3261 17.1.1.2, 17.1.2.2). */
#define CALLS_STATES(X)                                            \
	X(CALLING, "calling", N_("calling"), REQUEST)              \
	X(RINGING, "ringing", N_("ringing"), PROVISIONAL)          \
	X(IN_CALL, "in-call", N_("in call"), SUCCESS)              \
	X(COMPLETED, "completed", N_("completed"), PLAIN)          \
	X(CANCELLED, "cancelled", N_("cancelled"), OTHER)          \
	X(DIVERTED, "diverted", N_("diverted"), OTHER)             \
	X(CHALLENGED, "challenged", N_("challenged"), PROVISIONAL) \
	X(BUSY, "busy", N_("busy"), FAILURE)                       \
	X(REJECTED, "rejected", N_("rejected"), FAILURE)           \
	X(FAILED, "failed", N_("failed"), FAILURE)                 \
	X(UNANSWERED, "unanswered", N_("unanswered"), FAILURE)     \
	X(WAITING, "waiting", N_("waiting"), REQUEST)              \
	X(DONE, "done", N_("done"), PLAIN)

enum calls_state {
#define X(id, name, word, style) CALLS_##id,
	CALLS_STATES(X)
#undef X
	    CALLS_STATE_COUNT
};

/* How a request ended for its sender, where no final response ended it: what
 * its client transaction tells (RFC 3261 8.1.3.1), or its node was gone. */
enum calls_end {
	CALLS_END_NONE,
	CALLS_END_TIMEOUT,
	CALLS_END_TRANSPORT,
	CALLS_END_CRASH,
};

const char *calls_state_word(enum calls_state s); /* user's language */
/* What S is called in commands, "in-call"; NULL behind the last; and the state
 * called NAME, CALLS_STATE_COUNT: none. */
const char *calls_state_name(unsigned s);
enum calls_state calls_state_find(struct str name);

#define CALLS_NODES 8

/* Slices are valid as long as the list and its trace. */
struct calls_row {
	struct str call_id;
	struct str method;         /* of the first request */
	struct str from, to;       /* "alice@atlanta.example.com" */
	size_t from_user, to_user; /* bytes of them that are the user part */
	enum calls_state state;
	uint64_t first, last;        /* `send` records */
	int64_t t, t_last;           /* when they were sent */
	int64_t asked;               /* the present attempt; -1: it has got a
					response, to an INVITE any, else
					a final one */
	uint64_t asking;             /* its latest `send`; 0: as above */
	enum calls_end end;          /* except for a timeout */
	int64_t told;                /* the first response that says how it
					stands arrived; -1: none yet */
	int64_t talk_from, talk_to;  /* first 2xx, BYE; -1: not yet */
	unsigned status;             /* of the last response above 100; 0 */
	struct str reason;           /* its reason phrase */
	struct str of_call;          /* another leg of that call; or empty */
	uint64_t telling;            /* the first such response on its way;
					private */
	uint32_t branch;             /* hash of the present attempt's; 0: it was
					not seen; private */
	uint32_t talk_tag;           /* hash of the 2xx's To tag; private */
	uint32_t messages;           /* on all hops, repetitions too */
	uint32_t retx;               /* of them, repetitions */
	bool referred;               /* a REFER was sent in it */
	uint32_t nodes[CALLS_NODES]; /* in order of appearance: calls_node */
	uint32_t nnodes;             /* may be more than are kept */
	uint32_t moment; /* its latest calls_moment plus 1; private */
};

struct calls;

int calls_create(struct calls **c); /* 0 or ERR_NOMEM */
void calls_destroy(struct calls *c);
/* Reads on over at most MAX_RECORDS more records of T, the same trace at each
 * call.  False when all that T has now was read, or memory ran out. */
bool calls_extend(struct calls *c, const struct trace *t, uint64_t max_records);
int calls_error(const struct calls *c); /* 0 or ERR_NOMEM, of the last time */

/* calls.c: a call summed up elsewhere, without its messages.  A list of
 * such rows has no trace behind it: they look the same at every position. */
struct calls_given {
	struct str call_id, method; /* of the first message */
	struct str from, to;        /* its URIs; may be empty */
	/* The outcome, as the sender of the first message saw it. */
	unsigned status;            /* of the last response; 0: none */
	unsigned result;            /* the same, or what others saw; 0: none */
	struct str reason;          /* the reason phrase of `result` */
	struct str of_call;         /* this is another leg of that; or empty */
	int64_t asked, told;        /* as in a row */
	bool cancelled, ended;      /* by CANCEL before that, by BYE */
	int64_t t, t_last;          /* of the first and last message */
	int64_t talk_from, talk_to; /* as in a row */
	uint32_t messages, retx;
	const char *const *nodes; /* their names, in order of appearance */
	size_t nnodes;
	bool more; /* there are more nodes than these */
};

/* Adds a copy of G as a row, whose `first` is its number from 1, to a list for
 * which calls_extend is never called.  0; or ERR_NOMEM, and no row was added.
 */
int calls_give(struct calls *c, const struct calls_given *g);

/* T has what serves such rows: calls_served_by.  0 or ERR_NOMEM. */
int calls_serve(struct calls *c, const struct trace *t);

/* What ROW is in at the end of what was read. */
enum calls_state
calls_state_of(const struct calls *c, const struct calls_row *row);
/* The status that the sender of ROW's request has, a response's or the one that
 * its client transaction stands for; 0: none. */
unsigned calls_result(const struct calls *c, const struct calls_row *row);
/* How many messages of each other protocol serve ROW, by enum trace_proto;
 * NULL: none does. */
const uint32_t *
calls_served_by(const struct calls *c, const struct calls_row *row);
size_t calls_count(const struct calls *c);
/* In order of their first message; valid until the list is extended. */
const struct calls_row *calls_row(const struct calls *c, size_t row);
size_t calls_find(const struct calls *c, struct str call_id); /* or SIZE_MAX */
/* How many are in state S now. */
size_t calls_in_state(const struct calls *c, enum calls_state s);
/* Records read so far. */
uint64_t calls_position(const struct calls *c);
/* The I-th node of ROW. */
struct str
calls_node(const struct calls *c, const struct calls_row *row, size_t i);
/* Length of the conversation, until now where it goes on; -1: there was none.
 */
int64_t calls_talk(const struct calls *c, const struct calls_row *row);

/* Length of the wait until the first response that says how the call stands
 * (RFC 6076 4.3); -1: there was none. */
int64_t calls_delay(const struct calls_row *row);

/* ROW, an object that docs/TRACE.md tells of; O: why it ended, or NULL. */
void calls_put_json(const struct calls *c, const struct calls_row *row,
    const struct outcome *o, struct buf *out);
extern const struct field call_fields[];

/* X(ID, word in commands, title): the columns of the table. */
#define CALLS_COLUMNS(X)                    \
	X(TIME, "time", N_("Time"))         \
	X(METHOD, "method", N_("Method"))   \
	X(FROM, "from", N_("From"))         \
	X(TO, "to", N_("To"))               \
	X(STATE, "state", N_("State"))      \
	X(DELAY, "delay", N_("Delay"))      \
	X(TALK, "talk", N_("Talk"))         \
	X(MESSAGES, "messages", N_("Msgs")) \
	X(AGAIN, "again", N_("Retx"))       \
	X(NODES, "nodes", N_("Nodes"))      \
	X(RESULT, "result", N_("Result"))   \
	X(CALL_ID, "call-id", N_("Call-ID"))

enum calls_column {
#define X(id, word, title) CALLS_BY_##id,
	CALLS_COLUMNS(X)
#undef X
	    CALLS_COLUMN_COUNT
};

const char *calls_column_title(enum calls_column by); /* user's language */

/* Sorts the N rows in ORDER; rows alike in BY keep their order, DOWN or not.
 * 0 or ERR_NOMEM, and ORDER is as it was. */
int calls_sort(const struct calls *c, enum calls_column by, bool down,
    uint32_t *order, size_t n);

/* What of the list is shown, and how. */
struct calls_look {
	const uint32_t *order; /* rows; NULL: all as they came */
	size_t n;              /* of ORDER */
	size_t top, cursor;    /* places in it; cursor SIZE_MAX: none */
	const bool *marked;    /* by row; may be NULL */
	size_t nmarked;        /* rows that MARKED knows */
	enum calls_column sorted;
	bool down;
	/* The record after which rows are shown; rows that begin later are
	 * drawn as future. */
	uint64_t position;
	int64_t t_ns; /* now: a call still going on has talked until then */
	bool past;    /* how many calls begin later is not told */
	/* Why calls ended, told at their ends; NULL: it is not told. */
	const struct outcomes *ends;
};

#define CALLS_LOOK \
	((struct calls_look){ .position = UINT64_MAX, .t_ns = INT64_MAX })
/* Lines above the rows. */
#define CALLS_HEAD 1

/* "Calls: 120; ringing: 3; in call: 17; …" at LOOK's position, in the user's
 * language. */
void calls_put_summary_at(
    const struct calls *c, const struct calls_look *look, struct buf *out);
/* HAS, a bool a row, gets true where one of the N records SEQS, in order, is a
 * message of the row. */
void
calls_among(const struct calls *c, const uint64_t *seqs, size_t n, bool *has);

/* calls_draw.c: the text of column BY of ROW. */
void calls_put_cell(const struct calls *c, const struct calls_row *row,
    const struct calls_look *look, enum calls_column by, struct buf *out);
/* The table into A.  Columns for which there is no room are left
 * out, the least important first. */
void calls_draw(const struct calls *c, const struct calls_look *look,
    const struct grid_area *a);

#endif
