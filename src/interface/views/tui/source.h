/*
 * The session played: one or more branches of a run, each a trace that may
 * still grow, behind a table of functions; the screen knows no simulator.  The
 * caller that opens the screen fills the table in (cli/play_command.c).  ARG is
 * handed back to each function.  A function that a source does not have is
 * NULL: a capture can be looked at and nothing else.
 */
#ifndef VIEWS_TUI_SOURCE_H
#define VIEWS_TUI_SOURCE_H

#include "base/diag.h"
#include "draw/doc.h"
#include "trace/act.h"
#include "trace/reader.h"
#include "lesson/answers.h"
#include "calls/calls.h"

/*
 * The tasks of a lab.  ARG is this table's own.
 */
struct play_lab {
	void *arg;
	const char *name, *student; /* of the lab; "": no particular student */
	const char *typed;          /* how the handout's commands name it */
	/* NULL: the number is not asked.  Else the user is asked for the number
	 * once: keeps NUMBER ("": none was given); 0 or D's error.  With one,
	 * the lab is then to be opened again for it. */
	int (*keep_student)(struct str number, struct diag *d, void *arg);
	/* An exam of so long is to begin, unless one goes on; 0: none. */
	int64_t exam_seconds;
	/* The lesson in the present language; another object once the language
	 * has changed.  NULL, and D says why. */
	struct lesson *(*lesson)(struct diag *d, void *arg);
	/* The run of the lab itself as this student has it, by which tasks are
	 * judged: goes on with it for some milliseconds; NULL until it is
	 * complete, and *MORE as long as that can be. */
	const struct trace *(*run)(bool *more, void *arg);
	/* The run that an answer names: of struct lesson_work. */
	const struct trace *(*named)(
	    struct str command, struct diag *d, void *arg);
	/* Goes on with that run for some milliseconds; true until it is
	 * complete and `named` returns it at once.  *RECORDS: how many it has
	 * so far. */
	bool (*named_more)(struct str command, uint64_t *records, void *arg);
	/* Gives up that run. */
	void (*named_leave)(void *arg);
	/* Its tasks hold the runs (lesson/prediction_hold.h); branch 0 began as
	 * the lab's own run. */
	bool holds, own;
	const char *script; /* of the run that was opened */
	/* What its student has written elsewhere; NULL: nothing. */
	const struct answers *written;
	/* The machine's clock: seconds since 1970. */
	int64_t (*clock)(void *arg);
};

struct play_source {
	void *arg;
	void *keeper;      /* handed to `remark`, `save` and `state` instead */
	const char *title; /* what was opened, for the top line */
	/* Branch 0 is the one that was opened. */
	size_t (*branches)(void *arg);
	/* The branch's trace; the same object until an act goes on at its end
	 * (then it is another one, with more behind the same beginning). */
	const struct trace *(*trace)(size_t branch, void *arg);
	/* From now on each branch's trace ends before record BEFORE, which
	 * rises.  0 or D's error.  NULL: nothing can be held. */
	int (*hold)(uint64_t before, struct diag *d, void *arg);
	/* What the branch's trace would be without that; NULL: `trace`. */
	const struct trace *(*whole)(size_t branch, void *keeper);
	const char *(*name)(size_t branch, void *arg);
	/* 0 or D's error: a name that another has. */
	int (*rename)(
	    size_t branch, const char *name, struct diag *d, void *arg);
	/* Frees it and its trace; those after it move down by one.  0 or D's
	 * error: branch 0 stays. */
	int (*remove)(size_t branch, struct diag *d, void *arg);
	/* Which branch it left, *PARENT, and after which record, *AFTER; false
	 * for branch 0. */
	bool (*parent)(
	    size_t branch, size_t *parent, uint64_t *after, void *arg);
	/* Runs on for some milliseconds; *DONE when it has ended.  A run that
	 * failed is 0 with D's error set, and done. */
	int (*advance)(size_t branch, bool *done, struct diag *d, void *arg);
	/* Branch 0 runs by the real clock, and acts at its end are done now:
	 * LIVE is the state of that, passed to the next three, or NULL.
	 */
	void *live;
	/* Takes what has come.  0 or D's error, which ends it. */
	int (*attend)(struct diag *d, void *live);
	/* How many milliseconds there is nothing to do, -1 as long as nothing
	 * comes, unless *FD can be read. */
	int (*idle)(int *fd, void *live);
	int64_t (*now_ns)(void *live); /* its virtual time */
	/* Lines of a box that the screen begins with; empty: none. */
	struct str notice;
	/* Remarks of the branch's run on doubtful inputs, from I = 0 on; NULL
	 * behind the last.  NULL: there are none. */
	const struct diag *(*remark)(size_t branch, size_t i, void *keeper);
	/* Begins to do ACT right after record AFTER of branch FROM (which may
	 * mean repeating the run up to there).  0 or D's error. */
	int (*act)(size_t from, uint64_t after, const struct act *act,
	    struct diag *d, void *arg);
	/* Goes on with that for some milliseconds; *DONE when it is done, and
	 * *BRANCH is where it is seen: FROM itself where AFTER was its last,
	 * else a new one.  *PERCENT of it is done.  0 or D's error, and nothing
	 * has changed. */
	int (*act_step)(bool *done, size_t *branch, unsigned *percent,
	    struct diag *d, void *arg);
	void (*act_cancel)(void *arg);
	/* The verbs of ON, which is as in an act, that make sense right after
	 * record AFTER, the most useful first; at most MAX, how many. */
	size_t (*verbs)(size_t branch, uint64_t after, const char *on,
	    struct act_verb *list, size_t max, void *arg);
	/* VALUE suits argument KEY of VERB: 0, or D's error with the expected
	 * form. */
	int (*check_arg)(size_t branch, const char *on, const char *verb,
	    const char *key, const char *value, struct diag *d, void *arg);
	/* Keeps STATE (a JSON object of the screen's own) with the session; 0
	 * or D's error. */
	int (*save)(struct str state, struct diag *d, void *keeper);
	/* STATE as it was kept, empty for a new session. */
	struct str (*state)(void *keeper);
	/* The tasks, where it is a lab with tasks; NULL. */
	const struct play_lab *lab;
	/* Makes LANGUAGE, chosen on the screen, that of later commands. */
	bool (*keep_language)(const char *language);
	/* Formats of files beside those of the ladder, NULL at the end; or
	 * NULL. */
	const char *const *formats;
	/* Writes T, or its N calls of CALLS alone, into FILE in one of them.  0
	 * or D's error. */
	int (*write_file)(const char *format, const struct trace *t,
	    const char *const *calls, size_t n, const char *file,
	    struct diag *d);
	/* All calls of a capture too large to be one trace; borrowed, never
	 * changed.  Branch 0, which is the only one, has a trace of the calls
	 * opened last, at first an empty one.  NULL: the trace has all. */
	struct calls *calls;
	/* Replaces branch 0's trace by one of the N calls (and what belongs to
	 * them).  The trace before stays valid until the next call of this
	 * function.  0 or D's error, and all is as it was. */
	int (*open_calls)(
	    const struct str *call_ids, size_t n, struct diag *d, void *arg);
};

#endif
