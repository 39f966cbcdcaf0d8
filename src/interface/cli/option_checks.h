/*
 * Checks of options that would choose nothing, since an empty figure would be
 * taken for an answer.  Each function returns 0 where the comment above it
 * holds, else an error with a sentence in D.
 */
#ifndef CLI_OPTION_CHECKS_H
#define CLI_OPTION_CHECKS_H

#include "cli/cli.h"

/* --from does not come after --to. */
int cli_check_times(const struct cli *c, struct diag *d);
/* T has a call for every --call, which is the beginning of its Call-ID. */
int cli_check_calls(const struct cli *c, const struct trace *t, struct diag *d);
/* T does not end before --from. */
int cli_check_from(const struct cli *c, const struct trace *t, struct diag *d);
/* Something was SHOWN of T (a count), or no option chose what to show. */
int cli_check_shown(
    const struct cli *c, const struct trace *t, size_t shown, struct diag *d);
/* No option was given that is only for files that are run, unless RUN (FILE is
 * run), or only for captures, unless CAPTURE. */
int cli_check_inputs(const struct cli *c, const char *file, bool run,
    bool capture, struct diag *d);
/* The same for a command that runs FILE unless it is a trace or capture. */
int cli_check_run(const struct cli *c, const char *file, struct diag *d);
/* OPTION has an effect somewhere in C's command; otherwise D says so. */
int cli_check_idle(const struct cli *c, const char *option, struct diag *d);
/* Every option given has an effect in PLACE, a word for what the command makes
 * (the table of cli/option_checks.c). */
int cli_check_place(const struct cli *c, const char *place, struct diag *d);

/* Without JSON, or every option given has an effect in it. */
int cli_check_json(const struct cli *c, struct diag *d);

#endif
