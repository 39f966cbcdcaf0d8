/*
 * The goals of a lab's check.lua for the runs of a search.  Each run is asked
 * by a check that is read again, so that no answer follows from what was asked
 * before.
 */
#ifndef LESSON_SEARCH_GOALS_H
#define LESSON_SEARCH_GOALS_H

#include "lesson/lesson.h"
#include "search/search.h"

struct search_goals {
	const char *lab; /* the folder's name; borrowed, as its check */
	struct str check;
	struct lesson *lesson; /* for its texts; lesson_destroy it */
	struct judge_goals goals;
};

/* Those of CHECK, of the folder LAB, into O where it has some: G outlives the
 * search.  0 or D's error. */
int search_goals_take(struct search_goals *g, const char *lab, struct str check,
    struct search_options *o, struct diag *d);

#endif
