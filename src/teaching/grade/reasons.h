/*
 * The reasons of a task's answers, for teachers: why the right one is right,
 * and the reply to each known mistake.
 */
#ifndef GRADE_REASONS_H
#define GRADE_REASONS_H

#include "grade/mark.h"
#include "rules/rule_names.h"

enum reason_of {
	REASON_RIGHT,  /* the right answer: its rule and records */
	REASON_WRONG,  /* one wrong answer */
	REASON_OTHERS, /* any other wrong answer */
};

struct reason {
	enum reason_of of;
	struct str answer; /* the wrong one: a letter, a value, a condition
			      that does not hold; else empty */
	struct str why;    /* may be empty */
	enum rule_id rule; /* RULE_NONE: none */
	const uint64_t *records; /* of the right one, in the lab's run */
	size_t nrecords;
};

/* Not 0 ends the walk. */
typedef int reason_fn(const struct reason *r, void *arg);

/* Calls FN for each reason of task I of M, which has been judged: the right
 * answer's first, then those of wrong ones, as LAB's run decides them.  0, FN's
 * result, or D's error. */
int mark_each_reason(
    struct mark *m, size_t i, reason_fn *fn, void *arg, struct diag *d);

/* Of one task: rules whose sentence was said; OUT is the caller's. */
struct reason_rules {
	struct buf *out;
	bool said[RULE_COUNT];
};

/* R's why, its rule (the sentence once in SAID, then the section) and its
 * records; nothing where there is nothing to say. */
void
reason_put(const struct reason *r, struct reason_rules *said, struct buf *out);
/* "1:" of a wrong answer, "any other answer:" of the others. */
void reason_put_answer(const struct reason *r, struct buf *out);

#endif
