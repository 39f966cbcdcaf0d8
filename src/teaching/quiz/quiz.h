/*
 * Predictions: rung stops before a message and asks for the next message with
 * its sender and receiver, and once that is answered, for its contents and
 * effects.  A question depends on the trace and its message alone; right are
 * all messages that could come next after the past ones, not only the one that
 * this run put first; and a message that the rules allow, but this run does not
 * send, is not a mistake.
 *
 * The caller that shows it keeps four things: the question (struct quiz), how
 * far its reader is with it (struct quiz_state), what was answered (struct
 * quiz_score) and the names of the keys.
 */
#ifndef QUIZ_QUIZ_H
#define QUIZ_QUIZ_H

#include "base/field.h"
#include "draw/doc.h"
#include "trace/reader.h"

#define QUIZ_OPTIONS       6
#define QUIZ_RIGHT_MOST    16
#define MISCONCEPTION_MOST 48

/* SRC sends DST a request METHOD or a response STATUS.  No SRC: nothing is
 * sent before a timer fires. */
struct quiz_event {
	struct str src, dst;
	struct str method; /* empty: a response */
	unsigned status;
	bool again;
	uint64_t seq; /* the send; 0 for what does not happen */
};

/* Of who sends what next: an event.  Of what a message means: a text. */
struct quiz_option {
	struct quiz_event event;
	struct str text;
	unsigned answer; /* of a text: its row of quiz_fact_table.h */
	unsigned wrong;  /* why not, a row of misconceptions_table.h or of
			    quiz_fact_table.h; 0: it is right */
};

struct quiz_fact;

struct quiz {
	const struct trace *trace;
	/* What a message means; NULL: who sends what next. */
	const struct quiz_fact *fact;
	struct str question; /* of a fact */
	uint64_t at;   /* the position at which to ask: no answer shows yet */
	uint64_t next; /* the send that is asked for */
	uint64_t last; /* the message before it, or 0 */
	/* What could come next; the first of them does. */
	struct quiz_event right[QUIZ_RIGHT_MOST];
	size_t nright;
	struct quiz_option options[QUIZ_OPTIONS];
	size_t noptions;
	/* Wrong answers, each by a row of misconceptions.c. */
	struct quiz_option misconceptions[MISCONCEPTION_MOST];
	size_t nmisconceptions;
	/* The lists of QUIZ_FREE. */
	struct str *nodes;
	size_t nnodes, nodes_cap;
	struct quiz_event *messages; /* method and status alone */
	size_t nmessages, messages_cap;
	struct quiz_block *kept; /* owns the strings */
};

/*
 * The question about the first message behind position SEQ (0 … count).  0,
 * ERR_NOTFOUND where no message follows, ERR_NOMEM.  Q needs no beginning;
 * quiz_free in any case.  Borrows the trace.
 */
int quiz_make(const struct trace *t, uint64_t seq, struct quiz *q);
/*
 * The NTH question (from 0) about what the message SEQ says and does, of those
 * in quiz_fact_table.h that it raises.  0, ERR_NOTFOUND behind the last,
 * ERR_NOMEM.  Q as in quiz_make; its `next` is SEQ.
 */
int
quiz_make_fact(const struct trace *t, uint64_t seq, size_t nth, struct quiz *q);
struct quiz_score;

struct quiz_given {
	uint64_t seq;    /* the send that was asked for */
	char fact[16];   /* what was asked about it; "": who sends it */
	unsigned tries;  /* answers given */
	bool right;      /* in the end */
	bool shown;      /* the solution was asked for */
	char chosen[80]; /* the last answer in words, UTF-8 */
	/* To be judged again: the hash of the record's line, and the first
	 * answer as JSON, of quiz_put_said; "": none. */
	uint64_t record;
	char first[200];
};

struct quiz_score {
	struct quiz_given *list; /* in the order of asking */
	size_t n, cap;
	size_t right, first_try, shown;
};

/*
 * The question behind ASKED, which was answered, to *Q: once the sender of a
 * message is known, the first about its meaning, of *NTH of them, of a kind
 * that SCORE does not know; behind that one the next message.  As quiz_make
 * gives it, ASKED stays as it is.
 */
int quiz_make_following(const struct quiz *asked, const struct quiz_score *s,
    struct quiz *q, size_t *nth);
/* The word that tells one kind of question from another; "": the next message.
 */
const char *quiz_fact_word(const struct quiz_fact *fact);
/* A message that is asked about: signalling, not media. */
bool quiz_is_asked(const struct trace *t, uint64_t seq);
/* How many answers may be given. */
unsigned quiz_tries(const struct quiz *q);
void quiz_free(struct quiz *q);

/* An answer: one of the options, or QUIZ_FREE and three list indices. */
#define QUIZ_FREE SIZE_MAX
struct quiz_pick {
	size_t option;
	size_t src, message, dst;
};

enum quiz_verdict {
	QUIZ_WRONG,
	QUIZ_RIGHT,
	QUIZ_RIGHT_LATER, /* could be next; something comes a moment earlier */
	QUIZ_COULD,       /* the rules allow it; this run has something else */
};

/* Any pick may be asked about; one out of range is wrong. */
enum quiz_verdict
quiz_check(const struct quiz *q, const struct quiz_pick *pick);
/* What PICK says, as JSON that is the same in all languages: an event, or of a
 * fact the word of the answer; and what that is worth. */
void quiz_put_said(
    struct buf *b, const struct quiz *q, const struct quiz_pick *pick);
enum quiz_verdict quiz_check_said(const struct quiz *q, struct json_value said);
/*
 * The verdict in words: right or wrong; of a wrong answer why that does not
 * happen; and with WHOLE what happens and the rule after it, on a line that
 * leads to the send.  Lines of WIDTH cells.  Memory: D's error.
 */
enum quiz_verdict quiz_judge(const struct quiz *q, const struct quiz_pick *pick,
    bool whole, size_t width, struct doc *d);

/* "atl → bil INVITE", as it is in a list; made safe when it is drawn. */
void quiz_put_event(struct buf *b, const struct quiz_event *e);
/* An option of Q, whatever it is made of. */
void quiz_put_option(struct buf *b, const struct quiz *q, size_t option);
/* What has happened since the message before: losses, what people did, how
 * much time has passed.  As lines of WIDTH cells; may be none. */
void quiz_put_context(const struct quiz *q, size_t width, struct doc *d);

/* ---- what was answered ---- */

extern const struct field quiz_given_fields[];

#define QUIZ_SCORE_INIT ((struct quiz_score){ .list = NULL })

void quiz_score_free(struct quiz_score *s);
/* A question that was answered before keeps its first outcome.  0 or
 * ERR_NOMEM. */
int quiz_score_add(struct quiz_score *s, const struct quiz_given *g);
const struct quiz_given *
quiz_score_find(const struct quiz_score *s, uint64_t seq, const char *fact);
/* The last few questions of this kind were answered right at the first try: it
 * need not be asked any more. */
bool quiz_score_knows(const struct quiz_score *s, const char *fact);
/* What quiz_score_again counts. */
struct quiz_count {
	unsigned made, right; /* at the first try */
	unsigned unknown;     /* of `made`: what was said is not kept */
};

/* Judges each first answer of S again, by the one of the N RUNS (at least one)
 * that has its record, else by the first of them.  0 or ERR_NOMEM. */
int quiz_score_again(const struct quiz_score *s,
    const struct trace *const *runs, size_t n, struct quiz_count *c);
/* The same of TEXT, as quiz_score_write wrote it; of any other nothing counts.
 */
int quiz_text_again(struct str text, const struct trace *const *runs, size_t n,
    struct quiz_count *c);
/* As a JSON array, and back: what can't be used of V is left out.  0 or
 * ERR_NOMEM. */
void quiz_score_write(const struct quiz_score *s, struct buf *out);
int quiz_score_read(struct quiz_score *s, struct json_value v);
int quiz_score_read_text(struct quiz_score *s, struct str text);
/* At the end: how it went, and by rule what to read again; lines lead to the
 * sends.  S may stem from anywhere. */
void quiz_score_summary(const struct trace *t, const struct quiz_score *s,
    size_t width, struct doc *d);

/* ---- asking ---- */

enum quiz_phase {
	QUIZ_HIDDEN, /* the choices are not shown yet */
	QUIZ_ASKING,
	QUIZ_AGAIN, /* one answer was wrong, another may be tried */
	QUIZ_DONE,
};

struct quiz_state {
	enum quiz_phase phase;
	bool free;        /* three lists instead of the options */
	size_t cursor;    /* of the options */
	unsigned part;    /* of the three: sender, message, receiver */
	size_t chosen[3]; /* in the lists */
	size_t top;       /* first line of the verdict */
	struct quiz_pick first, pick; /* the answers, from QUIZ_AGAIN on */
	unsigned tried;               /* options that were wrong, a bit each */
	unsigned tries;
	bool shown;
};

/* For a new question; FREE is kept from the one before.  HIDDEN: the choices
 * come only when they are asked for. */
void quiz_start(struct quiz_state *s, bool hidden);

enum quiz_key {
	QUIZ_UP,
	QUIZ_DOWN,
	QUIZ_ENTER,
	QUIZ_BACK, /* to the part before */
	QUIZ_MODE, /* options or lists */
	QUIZ_SHOW, /* the solution, without an answer */
	QUIZ_DIGIT /* QUIZ_DIGIT + n: option n, from 1 */
};

enum quiz_result {
	QUIZ_STAY,    /* draw again */
	QUIZ_STEP,    /* done with: go to q->next */
	QUIZ_IGNORED, /* means nothing here */
	QUIZ_NOMEM    /* the answer could not be kept; try again */
};

/* A key.  SCORE (may be NULL) takes the outcome once there is one. */
enum quiz_result quiz_press(const struct quiz *q, struct quiz_state *s,
    unsigned key, struct quiz_score *score);

/* What the keys are called on this screen (in ASCII on a grid that is). */
struct quiz_keys {
	const char *choose, *enter, *mode, *show;
};

#define QUIZ_KEYS ((struct quiz_keys){ "↑↓", "Enter", "Tab", "s" })

/* SCORE may be NULL.  Fits 80 by 8, 40 by 12 and more; what of a verdict does
 * not fit is scrolled, for which S's top is put within bounds. */
void quiz_draw(const struct quiz *q, struct quiz_state *s,
    const struct quiz_score *score, const struct quiz_keys *keys,
    const struct grid_area *a);

#endif
