/* A lab as one student has it. */
#ifndef CLI_STUDENT_H
#define CLI_STUDENT_H

#include "cli/cli.h"
#include "grade/variant.h"

/*
 * V becomes the seed and settings of --student for FILE, a lab with tasks;
 * without --student those of the student whose copy FILE is (rung copy), else
 * none.  V is begun anew; free it in any case.  0 or D's error.
 */
int cli_make_variant(
    const struct cli *c, const char *file, struct variant *v, struct diag *d);

#endif
