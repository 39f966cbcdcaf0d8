/*
 * Declarations shared by the files of the quiz: the messages around a question
 * with the properties of each, and the parties of its call.
 */
#ifndef QUIZ_QUIZ_IN_H
#define QUIZ_QUIZ_IN_H

#include "msg/constants.h" /* within T1 a line that loses nothing answers */
#include "quiz/quiz.h"
#include "role/role.h"
#include "follower/sent_message.h"

#define SCENE_BEFORE 96
#define SCENE_AFTER  64

/* Why a send may not come first, seen from the message before the question. */
#define SCENE_AFTER_SEND 1u /* another message has to be sent before */
#define SCENE_TIMED      2u /* a timer has to fire */
#define SCENE_ACTED      4u /* a user has to act */

struct scene_message {
	struct quiz_event event;
	struct str call_id, cseq_method; /* of a request its own method */
	bool sip, stream;
	uint64_t fwd, retx;
	int64_t t;
	unsigned flags; /* SCENE_…, of those from `now` on */
};

struct scene {
	struct quiz *q;
	const struct trace *t;
	struct sent_message read; /* scratch */
	struct scene_message messages[SCENE_BEFORE + 1 + SCENE_AFTER];
	size_t n, now;    /* messages[now] is asked for */
	bool timer_fires; /* a timer fires before it */
	uint64_t last;    /* the message before, 0: none */
	/* Of the call it belongs to; empty where that is not seen. */
	struct str caller, callee;
	struct str first_hop; /* where the caller's INVITE went */
	struct str last_hop;  /* who handed it to the callee */
};

/* Reads the surroundings of send NEXT.  0 or ERR_NOMEM. */
int scene_read(struct scene *s, struct quiz *q, uint64_t next);
/* One of the roles that the head gives NODE is one of the set IS. */
bool scene_is(const struct scene *s, struct str node, const char *role);
bool scene_has(const struct scene *s, struct str node, enum role_trait trait);
/* The message asked for. */
static inline const struct scene_message *
scene_now(const struct scene *s)
{
	return &s->messages[s->now];
}

/* A copy of TEXT that lives as long as the question, the same for the same
 * text; 0 or ERR_NOMEM. */
int quiz_keep(struct quiz *q, struct str text, struct str *kept);
/* Same sender, receiver and message. */
bool quiz_same(const struct quiz_event *a, const struct quiz_event *b);
/* The one of Q's right answers that E is, or NULL. */
const struct quiz_event *
quiz_find_right(const struct quiz *q, const struct quiz_event *e);
bool quiz_is_right(const struct quiz *q, const struct quiz_event *e);
/* Record SEQ is a step of a machine whose connection failed. */
bool quiz_is_transport_error(const struct trace *t, uint64_t seq);

/* What PICK means; false where there is no such answer. */
bool quiz_picked(
    const struct quiz *q, const struct quiz_pick *pick, struct quiz_event *e);

/* The verdict on E as an answer to who sends what next. */
enum quiz_verdict
quiz_check_event(const struct quiz *q, const struct quiz_event *e);

/* "INVITE again" */
void quiz_put_message(struct buf *b, const struct quiz_event *e);
/* B as lines of D, INDENT from the second on; frees B, its error becomes D's.
 */
void quiz_put_wrapped(struct doc *d, enum canvas_style style, struct buf *b,
    size_t indent, size_t width);

/* The answer is put together from the three lists.  Questions about what a
 * message means have no lists. */
static inline bool
quiz_is_free(const struct quiz *q, const struct quiz_state *s)
{
	return s->free && q->fact == NULL;
}

/* How many entries list PART has: 0 senders, 1 messages, 2 receivers. */
static inline size_t
quiz_list_size(const struct quiz *q, unsigned part)
{
	return part == 1 ? q->nmessages : q->nnodes;
}

/* Puts S, which may be of an older question, within what Q has. */
void quiz_put_in_bounds(const struct quiz *q, struct quiz_state *s);

/* Fills in the question's misconceptions. */
void misconception_find(struct scene *s);

/* quiz_fact.c: an answer to what a message means. */
struct quiz_answer_row {
	unsigned fact;     /* the question */
	enum rule_id rule; /* that makes it right; RULE_NONE: it never is */
	const char *text;  /* untranslated */
	const char *why;   /* why it is wrong, untranslated; NULL */
	const char *word;  /* in files */
};

/* Row ANSWER of the table, from 1; an empty one for 0 and out of range. */
const struct quiz_answer_row *quiz_answer_row(unsigned answer);
/* The first rule of the questions with that word, or NULL. */
const struct rule *quiz_fact_rule(struct str word);

/* misconceptions.c: why something does not happen. */
struct quiz_reason {
	const char *text; /* untranslated */
	unsigned rfc;     /* 0: no rule, only how things follow one another */
	const char *section;
	bool may; /* the rules allow it; it just did not come */
};
/* WRONG is an option's; NULL for 0 and out of range. */
const struct quiz_reason *quiz_reason(unsigned wrong);
/* For an answer that is not a known misconception: the reason why its parts are
 * wrong. */
const struct quiz_reason *
quiz_reason_of(const struct quiz *q, const struct quiz_event *e);

#endif
