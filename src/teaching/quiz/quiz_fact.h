/*
 * The source of the questions about a message: the message, the one that it
 * answers, and the others with its Call-ID.  Right answers follow from the
 * messages alone, so that a trace without machines, or one of a capture, is
 * asked about as well; tests compare them with the machines' records.
 */
#ifndef QUIZ_QUIZ_FACT_H
#define QUIZ_QUIZ_FACT_H

#include "msg/header_names.h"
#include "quiz/quiz_fact_table.h"
#include "quiz/quiz_in.h"

/* Answers: the rows of all questions, one after the other, from 1. */
enum quiz_answer {
	QUIZ_ANSWER_NONE,
#define QUIZ_ANSWER_ID(id, answer, ...) QUIZ_##id##_##answer,
#define QUIZ_ANSWER_SKIP(...)
	QUIZ_FACTS(QUIZ_ANSWER_SKIP, QUIZ_ANSWER_ID) QUIZ_ANSWER_COUNT
};

struct fact_scene {
	const struct trace *t;
	int err; /* ERR_NOMEM, remembered */
	struct sent_message now;
	struct sent_message request; /* that `now` answers; seq 0: none */
	struct sent_message other;   /* to look with */
	/* For the texts; set by the question's function. */
	struct str sender, receiver;
	unsigned long numbers[4]; /* {first} … {fourth} */
	enum quiz_answer without; /* an answer that is not offered */
};

/* What F's message makes right, or QUIZ_ANSWER_NONE: it is not asked. */
#define QUIZ_FACT_FN(id, fn, when, question) \
	enum quiz_answer quiz_fact_##fn(struct fact_scene *f);
QUIZ_FACTS(QUIZ_FACT_FN, QUIZ_ANSWER_SKIP)

/* quiz_fact.c.  0, or ERR_NOMEM, or ERR_NOTFOUND where SEQ is no SIP
 * message that is sent for the first time.  fact_free in any case. */
int fact_read(struct fact_scene *f, const struct trace *t, uint64_t seq);
void fact_free(struct fact_scene *f);
/*
 * The next message of the same Call-ID behind F's other one, into it: later
 * (STEP 1) or earlier (-1), without forwarded and repeated ones.  False at the
 * end, or out of memory (F's err).
 */
bool fact_next(struct fact_scene *f, struct str call_id, int step);
/* Begins at `now`: for (fact_begin(f); fact_earlier(f);) */
static inline void
fact_begin(struct fact_scene *f)
{
	f->other.seq = f->now.seq;
}

/* The next one of the Call-ID of `now`. */
static inline bool
fact_earlier(struct fact_scene *f)
{
	return fact_next(f, f->now.send.call_id, -1);
}

static inline bool
fact_later(struct fact_scene *f)
{
	return fact_next(f, f->now.send.call_id, 1);
}

/* The final response to `now`, as its receiver gives it; 0: none is seen. */
unsigned fact_final_status(struct fact_scene *f);
/* M, a NOTIFY, says that it is the last one of its subscription. */
bool fact_is_last(const struct sent_message *m);
/* F's other message is of the same dialog as `now`: the same two tags. */
bool fact_same_dialog(const struct fact_scene *f);

static inline bool
fact_is(const struct sent_message *m, enum msg_method method)
{
	return m->msg.request && m->msg.method == method;
}

/* A response of CLASS (2: 200 to 299) to METHOD. */
static inline bool
fact_answers(
    const struct sent_message *m, enum msg_method method, unsigned class)
{
	return !m->msg.request && m->msg.method == method &&
	       m->msg.status / 100 == class;
}

/* It has a To tag: it belongs to a dialog. */
static inline bool
fact_is_within(const struct sent_message *m)
{
	return m->to_tag.n > 0;
}

/* It has a session description. */
static inline bool
fact_has_sdp(const struct sent_message *m)
{
	return m->msg.body.n > 0 &&
	       str_istarts(
		   msg_value(&m->msg, MSG_H_CONTENT_TYPE), "application/sdp");
}

static inline bool
fact_is_reliable(const struct sent_message *m)
{
	return fact_answers(m, MSG_INVITE, 1) && m->msg.status > 100 &&
	       msg_lists(&m->msg, MSG_H_REQUIRE, "100rel") &&
	       msg_value(&m->msg, MSG_H_RSEQ).n > 0;
}

#endif
