/* rung show --follow: the records of a capture that is still being written. */
#ifndef CLI_FOLLOW_H
#define CLI_FOLLOW_H

#include "cli/cli.h"

/*
 * Prints the records of FILE's trace that FILTER lets through, as they come:
 * those of which little can change when 5 s of the capture have passed since,
 * and all when nothing has come for a second.  Where what comes shows that some
 * of them were otherwise a line says so, and they follow again.  Ends with the
 * writer of a pipe, or a signal; with an error where FILE becomes shorter or is
 * replaced.  0 or D's error.
 */
int
cli_follow(struct cli *c, const char *file, const char *filter, struct diag *d);

#endif
