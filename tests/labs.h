/*
 * For tests that run labs and topologies in their own process: a run into a
 * buffer, with options, in slices; and the trace of it.
 */
#ifndef LABS_H
#define LABS_H

#include "base/err.h"
#include "base/mem.h"
#include "runs/run.h"
#include "trace/reader.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct lab_options {
	uint64_t seed; /* 0: the lab's own */
	enum trace_detail detail;
	uint64_t slice; /* events in one slice; 0: to the end */
	const char *act, *setting;
};

#define LAB_OPTIONS ((struct lab_options){ .detail = TRACE_PROTOCOL })

int lab_sink(const char *line, size_t n, void *arg);

/* Runs inputs that have been read. */
int lab_run_inputs(
    struct inputs *in, uint64_t slice, struct buf *out, struct diag *d);
int lab_run(const char *file, const struct lab_options *o, struct buf *out,
    struct diag *d);

/* As lab_run, but from what is recorded where that is the same. */
int lab_run_or_recorded(const char *file, const struct lab_options *o,
    struct buf *out, struct diag *d);

/* The same, read as a trace; NULL, with a word about it, when that fails. */
struct trace *lab_trace(const char *file, const struct lab_options *o);

#define LABS_MAX 256

/* Lesson plans, which lie beside the labs. */
#define LABS_PLANS "labs/plans"

void labs_list_folder(
    const char *folder, const char *ending, char **names, size_t *n);
size_t labs_list(char **names, bool topologies);

/* Those of tests/sample, in its order: what a pass over all of them looks at
 * that costs much.  With LABS=all it is all of them. */
size_t labs_list_some(char **names, bool topologies);

/* The emulated board of a handset takes thirty times as long as another lab. */
bool lab_is_slow(const char *file);
void labs_free(char **names, size_t n);

/* Runs FN for each lab (and topology), or each NTH of tests/sample, and says in
 * which a check has failed. */
void labs_each(void (*fn)(const char *file), bool topologies);
void labs_each_nth(void (*fn)(const char *file), bool topologies, size_t nth);

/* Of labs under sanitizers, where each takes four times as long and another
 * build has them all. */
#define LABS_SOME (IS_SANITIZED ? 4 : 1)

#endif
