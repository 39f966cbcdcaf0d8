/*
 * A folder with an experiment: experiment.json, and its results, lines of JSON
 * in files results*.jsonl.  A file is written to by one process at a time,
 * whole lines at its end; a last line that was cut off is removed by the next
 * writer.  The folder's contents are untrusted: symbolic links are not
 * followed, lines that are no results are counted, reported and left out.
 */
#ifndef SWEEP_STORE_H
#define SWEEP_STORE_H

#include "sweep/result.h"

#define STORE_EXPERIMENT "experiment.json"

struct store {
	const char *folder;
	int fd; /* of the folder; -1: none */
};

/* Gets what was left out of a file of results: D has the FILE and a sentence.
 */
typedef void store_tell_fn(const struct diag *d, void *arg);

/* Opens FOLDER, made where it is not there and MAKE is set.  Close also after a
 * failure.  0 or D's error. */
int store_open(struct store *s, const char *folder, bool make, struct diag *d);
void store_close(struct store *s);

/* The experiment in S: 0, ERR_NOTFOUND where the folder has none (D is not set
 * then), or D's error.  Free E. */
int store_read_experiment(
    const struct store *s, struct experiment *e, struct diag *d);
int store_write_experiment(
    const struct store *s, const struct experiment *e, struct diag *d);

/* A reader's verdict on a line of a file of results. */
enum store_line { STORE_TAKEN, STORE_BROKEN, STORE_FOREIGN, STORE_OUTSIDE };

/* LINE is *WHAT; an error ends all reading. */
typedef int store_line_fn(struct str line, enum store_line *what, void *arg);
/* Every line of the results in S, file by file in the order of their names.
 * What FN does not take, and files that can't be read, go to TELL with TO, and
 * *LEFT_OUT gets their number.  0 or D's error. */
int store_read_lines(const struct store *s, store_line_fn *fn, void *arg,
    store_tell_fn *tell, void *to, uint64_t *left_out, struct diag *d);

/* The text of NAME in S, at most MOST bytes long: 0, ERR_NOTFOUND where there
 * is none (D is not set then), or D's error. */
int store_read_text(const struct store *s, const char *name, size_t most,
    struct buf *text, struct diag *d);

/* Every readable result of experiment E, file by file in the order of their
 * names; FN's error ends it.  Lines and files that are no such results go to
 * TELL, and *LEFT_OUT gets their number.  0 or D's error. */
typedef int
store_result_fn(const struct sweep_result *r, struct str line, void *arg);
int store_read_results(const struct store *s, const struct experiment *e,
    store_result_fn *fn, store_tell_fn *tell, void *arg, uint64_t *left_out,
    struct diag *d);

/* A file of results to write to: part PART, or 0 for the one of a sweep that is
 * not divided.  *FD is for store_append; close(2) it.  0 or D's error, as when
 * another process writes to it. */
int store_open_results(
    const struct store *s, unsigned part, int *fd, struct diag *d);
/* LINE, whole.  0 or D's error. */
int
store_append(const struct store *s, int fd, struct str line, struct diag *d);

/* Writes OUT to NAME in S's folder, but never to a link.  0 or D's error. */
int store_write_file(const struct store *s, const char *name,
    const struct buf *out, struct diag *d);

#endif
