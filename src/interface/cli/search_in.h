/* Shared by the files of rung search. */
#ifndef CLI_SEARCH_IN_H
#define CLI_SEARCH_IN_H

#include "cli/cli.h"
#include "lesson/search_goals.h"
#include "search/search_folder.h"

/* The watcher of a search under way. */
struct search_watch {
	struct cli *c;
	int64_t until_ns; /* when it is to end; 0: whenever */
	int64_t usual_ns; /* what the run without faults took, judged */
	unsigned jobs;
	int signal;                /* that ended it; 0: none */
	struct search_folder keep; /* where C says in which folder */
};

/* search_printed.c: a form in which a search is told; NULL and D's error where
 * there is none of that NAME. */
struct search_form;
const struct search_form *search_form_find(const char *name, struct diag *d);
/* What S has found, where C says.  0 or D's error. */
int search_tell(struct cli *c, struct search *s, struct search_origin *from,
    const struct search_form *f, struct diag *d);

#endif
