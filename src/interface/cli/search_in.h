/* What the files of rung search share. */
#ifndef CLI_SEARCH_IN_H
#define CLI_SEARCH_IN_H

#include "cli/cli.h"
#include "lesson/search_goals.h"
#include "search/keep.h"

/* Who looks on while a search goes on. */
struct search_watch {
	struct cli *c;
	int64_t until_ns; /* when it is to end; 0: whenever */
	int64_t usual_ns; /* what the run without faults took, judged */
	unsigned jobs;
	int signal;              /* that ended it; 0: none */
	struct search_keep keep; /* where C says in which folder */
};

/* search_goals.c: the goals of the check.lua beside the script of IN, or where
 * FROM says, into O where it has some.  0 or D's error. */
int search_find_goals(struct search_goals *g, const struct inputs *in,
    struct search_options *o, struct search_origin *from, struct diag *d);

/* search_folder.c: the inputs and options of FILE, or where that is NULL of
 * what C's folder keeps.  Free IN and FROM in any case. */
int search_take_inputs(struct cli *c, const char *file, struct inputs *in,
    struct search_options *o, struct search_origin *from, struct diag *d);
/* S, which has begun, is kept where C says, by W.  0 or D's error. */
int search_keep_begin(struct search_watch *w, struct search *s,
    struct search_origin *from, struct diag *d);
/* Prints the commands for parts of S, kept by W; nothing is run.  0 or D's
 * error.
 */
int search_print_plan(
    const struct search_watch *w, struct search *s, struct diag *d);

/* search_told.c: a form in which a search is told; NULL and D's error where
 * there is none of that NAME. */
struct search_form;
const struct search_form *search_form_find(const char *name, struct diag *d);
/* What S has found, where C says.  0 or D's error. */
int search_tell(struct cli *c, struct search *s, struct search_origin *from,
    const struct search_form *f, struct diag *d);

#endif
