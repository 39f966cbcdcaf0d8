/* Running something and keeping its trace, in memory or in a file. */
#ifndef CLI_RECORDING_H
#define CLI_RECORDING_H

#include "cli/cli.h"

#include <stdio.h>

struct recording {
	const char *file; /* NULL: in memory */
	FILE *f;
	int trouble; /* errno of what went wrong with the file, or 0 */
	bool forget; /* nobody will look at it */
	struct buf text;
};

/* Runs FILE with C's options, writing to OUTPUT (NULL: memory).  0 or D's
 * error; free the record in any case. */
int recording_run(struct cli *c, const char *file, const char *output,
    struct recording *rec, struct diag *d);
/* The trace just made. */
int recording_load(struct recording *rec, struct trace **t, struct diag *d);
void recording_free(struct recording *rec);

#endif
