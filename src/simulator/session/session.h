/*
 * A session: a trace as it is, or a run with its branches.  A branch is the
 * run's inputs with some acts of a person; its trace grows while the run goes
 * on in slices.  Acting in the past makes another branch: the run is repeated
 * from its seed up to there, is checked to be the same to the last byte, and
 * goes another way.  All of it can be kept in a file and gone on with later
 * (session/session_keep.c).
 *
 * Branch 0 is what was opened, by the name "main".  A branch keeps its number
 * until one before it is deleted.
 */
#ifndef SESSION_SESSION_H
#define SESSION_SESSION_H

#include "base/diag.h"
#include "runs/inputs_named.h"
#include "runs/run.h"
#include "trace/act.h"
#include "trace/reader.h"

#include <time.h>

struct session;
struct drive;

/* Zeroed: none of them.  All is copied. */
struct session_options {
	struct inputs_options run;
	uint64_t max_records; /* of one branch; 0: as many as is usual */
	/* The first branch has an outside that is open until session_stop, and
	 * so have branches that leave it earlier. */
	bool open;
	/* That branch goes as this clock does, of nanoseconds, and what a
	 * person does at its end is done now.  What leaves it before is a run
	 * with what has come as it came, and no outside; NULL: time flies. */
	int64_t (*clock)(void *arg);
	void *clock_arg;
};

/*
 * FILE is a lab, a script or a topology: its run begins; or a trace, which is
 * shown as it is, or run again where an option is given.  OPTIONS may be NULL.
 * 0, or D's error.
 */
int session_open(struct session **s, const char *file,
    const struct session_options *options, struct diag *d);
/* Begins the run of IN, which is taken, also on failure; NAME is what was
 * opened.  No file is read, so such a session can't be kept.  0, or D's error.
 */
int session_begin(struct session **s, const char *name, struct inputs *in,
    const struct session_options *options, struct diag *d);
/* Shows T, a trace that the caller has made of FILE (a capture); such a session
 * can't be kept.  Takes T, also on failure.  0, or D's error. */
int session_view(
    struct session **s, struct trace *t, const char *file, struct diag *d);
/* LINES, whole ones, go on with branch 0, which is such a trace, or with what
 * was loaded as it is.  Those before one that is wrong stay.  0, or D's error.
 */
int session_grow(struct session *s, struct str lines, struct diag *d);
void session_destroy(struct session *s);

/* What was opened: a path from the root, or a lab's name. */
const char *session_opened(const struct session *s);
/* The title of what was opened, else the name of its file. */
const char *session_title(const struct session *s);
/* There are inputs to act on: not so for a trace from elsewhere. */
bool session_can_act(const struct session *s);
/* It can be kept and gone on with later. */
bool session_can_keep(const struct session *s);
/* ---- branches ---- */

size_t session_branches(const struct session *s);
/* That S has no such BRANCH, T no such record; which there are.  ERR_RANGE. */
int session_no_branch(const struct session *s, size_t branch, struct diag *d);
int session_no_record(const struct trace *t, uint64_t seq, struct diag *d);
/* It may have no record yet.  The object is the same as long as the branch only
 * grows; session_act at its end puts another in its place, and the old one is
 * valid until the next act. */
const struct trace *session_trace(const struct session *s, size_t branch);
const char *session_name(const struct session *s, size_t branch);
/* 0, or D's error: empty, too long or another's name. */
int session_rename(
    struct session *s, size_t branch, const char *name, struct diag *d);
/* Frees BRANCH and its trace.  The numbers of later branches go down by one;
 * the branches that left BRANCH count as having left its parent.  An act that
 * is being tried is cancelled.  0, or D's error: the first branch can't go. */
int session_delete(struct session *s, size_t branch, struct diag *d);
/* Where BRANCH left which other; false where it is the first. */
bool session_parent(
    const struct session *s, size_t branch, size_t *parent, uint64_t *after);

/*
 * Runs on for some milliseconds; *DONE when the branch has ended.  A run that
 * fails is done, and D says why (once); its trace ends where it failed.
 * Returns 0.
 */
int
session_advance(struct session *s, size_t branch, bool *done, struct diag *d);
/* The same, no further than TO says (its number of events does not count), or
 * NULL; *STATE says how it ended. */
int session_advance_to(struct session *s, size_t branch,
    const struct run_goal *to, enum run_state *state, struct diag *d);
/*
 * The outside of BRANCH's run, as drive_arrive and run_stop.  A
 * branch that is over, or no run, takes nothing: D's error.
 */
int session_arrive(
    struct session *s, size_t branch, const struct arrival *a, struct diag *d);
void session_stop(struct session *s, size_t branch);
/* BRANCH's run; NULL where it is over, or a trace.  Another one once something
 * was done at its end. */
struct drive *session_drive(const struct session *s, size_t branch);
/* The warnings of BRANCH's run about its inputs (run_warning), from I = 0 on;
 * NULL after the last.  The last may come at its end. */
const struct diag *
session_remark(const struct session *s, size_t branch, size_t i);
/* D says, once, that BRANCH has come out otherwise than it was kept. */
void session_tell_change(struct session *s, size_t branch, struct diag *d);

/* ---- acts ---- */

/*
 * Does ACT right after record AFTER of branch FROM (0: at the beginning). Where
 * that is the last record, FROM goes on with it, in place of its end; else a
 * new branch does.  The run is repeated up to the act before anything changes
 * (some three seconds for a million records), in slices: begin, then step until
 * *DONE, with *BRANCH where it was done; the rest comes by session_advance.  A
 * step's error ends it, and all is as it was; so does a cancel.  Where FROM was
 * advanced in between, it is a new branch in any case.
 */
int session_act_begin(struct session *s, size_t from, uint64_t after,
    const struct act *act, struct diag *d);
int
session_act_step(struct session *s, bool *done, size_t *branch, struct diag *d);
/* How many records have been repeated, of how many. */
void
session_act_progress(const struct session *s, uint64_t *now, uint64_t *all);
void session_act_cancel(struct session *s);

/* The verbs that make sense of ON, as in an act, right after record AFTER, the
 * most useful first; how many, at most MAX.  0 and D says so where there is no
 * ON. */
size_t session_verbs(const struct session *s, size_t branch, uint64_t after,
    const char *on, struct act_verb *list, size_t max, struct diag *d);
/* VALUE suits argument KEY of VERB, as far as can be told before the act: 0, or
 * D's error with the expected form. */
int session_check_arg(const struct session *s, size_t branch, const char *on,
    const char *verb, const char *key, const char *value, struct diag *d);

/* ---- keeping ---- */

/*
 * Writes the session with STATE, a JSON object of the screen's own, to its file
 * below $XDG_STATE_HOME/rung (~/.local/state/rung), at once or not at all.  0,
 * or D's error; the session itself stays as it is.
 */
int session_save(struct session *s, struct str state, struct diag *d);
/* STATE as it was kept, empty for a new session; valid until the next save. */
struct str session_state(const struct session *s);
/* Its file, or NULL before the first save. */
const char *session_file(const struct session *s);

/*
 * WHICH is a name or number of the list, the path of a file (with a slash), or
 * NULL for the newest.  The branches are run again, long ones by
 * session_advance.  0, or D's error.
 */
int session_resume(struct session **s, const char *which, struct diag *d);
/* The script or topology that S was opened with is in its files in another
 * form by now. */
bool session_has_old_texts(const struct session *s);

/* One session of the list. */
struct session_entry {
	char *name, *title, *file; /* file: what was opened */
	struct timespec when;      /* it was last saved */
	size_t branches;
	int64_t position; /* the number "position" of STATE, or 0 */
	char *state;      /* all of STATE, a JSON object */
};

/* The newest first; files that are no sessions are left out.  0 or D's error;
 * free the list. */
int session_list(struct session_entry **list, size_t *n, struct diag *d);
void session_list_free(struct session_entry *list, size_t n);

/* The folder of sessions into PATH, with CREATE made where it is missing.  0 or
 * D's error, as where neither XDG_STATE_HOME nor HOME says where it is. */
int folder_find(struct buf *path, bool create, struct diag *d);

#endif
