/* Shared by the files of rung sweep. */
#ifndef CLI_SWEEP_IN_H
#define CLI_SWEEP_IN_H

#include "cli/cli.h"
#include "sweep/experiment.h"
#include "sweep/store.h"
#include "sweep/table.h"

/* A folder and the experiment in it. */
struct sweep {
	struct cli *c;
	struct store store;
	struct experiment e;
	struct sweep_runs runs;
	struct sweep_table *table; /* while it is made; NULL */
	uint64_t killed;           /* runs: sweep_work */
	uint64_t left_out;         /* lines and files that are no results */
};

/* The results in the folder into S->runs, and S->table where there is one.  0
 * or D's error. */
int sweep_load(struct sweep *s, struct diag *d);
/* sweep_go.c: the table and the plots of the folder's results, S->runs being
 * empty before; the status. */
int sweep_merge(struct sweep *s, struct diag *d);
/* sweep_go.c: 0 or D's error. */
int sweep_print_plan(struct sweep *s, struct diag *d);
/* The commands of PLAN, of which all but program, folder and jobs are given, in
 * the folder NAME, in the form that C asks for, into FILE (NULL: standard
 * output); how much there is to do is said.  0 or D's error. */
int cli_print_plan(struct cli *c, const char *name, const char *file,
    struct sweep_plan *plan, struct diag *d);
/* sweep_go.c: runs the missing runs; the status. */
int sweep_go(struct sweep *s, struct diag *d);

#endif
