/* A lab as one student has it. */
#ifndef CLI_STUDENT_H
#define CLI_STUDENT_H

#include "cli/cli.h"
#include "grade/variant.h"

/*
 * What --student changes in FILE, a lab with tasks; without it, what the
 * student does whose copy FILE is (rung copy); else nothing.  V is begun anew; free it in any case.  0 or D's error.
 */
int cli_make_variant(
    const struct cli *c, const char *file, struct variant *v, struct diag *d);

#endif
