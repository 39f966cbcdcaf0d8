/*
 * Whether what options ask for can be: an empty figure would be taken for an
 * answer.  Each returns 0, or an error with a sentence in D.
 */
#ifndef CLI_CHOICE_H
#define CLI_CHOICE_H

#include "cli/cli.h"

/* --from does not come after --to. */
int cli_check_times(const struct cli *c, struct diag *d);
/* T has every --call, by its beginning. */
int cli_check_calls(const struct cli *c, const struct trace *t, struct diag *d);
/* T goes on to --from. */
int cli_check_from(const struct cli *c, const struct trace *t, struct diag *d);
/* Where options chose, and nothing was SHOWN of T. */
int cli_check_shown(
    const struct cli *c, const struct trace *t, size_t shown, struct diag *d);
/* FILE is run, or there is no option that only a run obeys. */
int cli_check_run(const struct cli *c, const char *file, struct diag *d);
/* Every option does something in PLACE: a format of ladders, "machines" or
 * "topology". */
int cli_check_place(const struct cli *c, const char *place, struct diag *d);

#endif
