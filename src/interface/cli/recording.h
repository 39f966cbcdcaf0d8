/* Running something and keeping its trace, in memory or in a file. */
#ifndef CLI_RECORDING_H
#define CLI_RECORDING_H

#include "base/outfile.h"
#include "cli/cli.h"
#include "grade/variant.h"
#include "runs/inputs_named.h"

struct run;

#define CLI_SETTINGS_MOST       \
	(VARIANT_SETTINGS_MAX + \
	    sizeof(((struct cli *)0)->settings) / sizeof(const char *))

/* What C's options and V ask of a run; SETTINGS has the room for both. */
struct inputs_options
cli_inputs_options(const struct cli *c, const struct variant *v,
    struct topology_setting settings[CLI_SETTINGS_MOST]);

/* FILE with C's options into IN, to be freed in any case.  0 or D's error. */
int recording_inputs(
    const struct cli *c, const char *file, struct inputs *in, struct diag *d);

struct recording {
	const char *file;    /* NULL: in memory */
	struct diag refused; /* FILE is one of them */
	struct outfile out;
	bool opened;      /* it has its first line */
	bool replaces;    /* an older file with something in it */
	bool passing;     /* a pipe or device, which gives nothing back */
	int trouble;      /* errno of an error of the file, or 0 */
	bool forget;      /* the trace is not kept in memory */
	int interrupted;  /* the signal that ended it too early, or 0 */
	int64_t until_ns; /* the virtual time at which it did */
	struct buf text;
};

/*
 * Runs FILE with C's options, writing to OUTPUT (NULL: memory).  A file comes
 * to its place when it is whole.  A trace that was ended by a mistake of the
 * script, or (in a file) by SIGINT, SIGTERM or SIGHUP, is whole too, and its
 * last record says so.  0 or D's error; free the recording in any case.
 */
int recording_run(struct cli *c, const char *file, const char *output,
    struct recording *rec, struct diag *d);
/* Says what R is doubtful about, such as a program of a node that has failed,
 * from the FROM-th on; how many there are.  Run, show and export say the latter
 * at their end, and fail by it. */
size_t cli_tell_warnings(struct cli *c, const struct run *r, size_t from);
/* Says which nodes of the run of IN have their roles because their programs,
 * processes, are not started. */
void cli_tell_roles(const struct cli *c, const struct inputs *in);
/* The trace just made. */
int recording_load(struct recording *rec, struct trace **t, struct diag *d);
void recording_free(struct recording *rec);

#endif
