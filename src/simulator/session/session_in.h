/* Shared by the session's files. */
#ifndef SESSION_SESSION_IN_H
#define SESSION_SESSION_IN_H

#include "role/verb.h"
#include "runs/drive.h"
#include "session/session.h"

/* The limits, all in one place. */
#define SESSION_RECORDS_MAX  4000000      /* of one branch */
#define SESSION_BYTES_MAX    (2ull << 30) /* of one branch's trace */
#define SESSION_BRANCHES_MAX 100
#define SESSION_SLICE        500 /* events: about 5 ms */
#define SESSION_NAME_MAX     64  /* bytes of a branch's name */
#define SESSION_STATE_MAX    (1u << 20)
#define SESSION_FILE_MAX     (64u << 20)
#define SESSION_KEPT_MAX     20  /* files of one user */
#define SESSION_RESUME_MAX   200 /* slices before the first look */
/* How long a branch goes on behind what has come to a run by a clock: longer
 * than 64*T1 (RFC 3261 17). */
#define SESSION_BEHIND_NS INT64_C(40000000000)

/* One branch.  Its address is fixed: the run borrows the inputs. */
struct session_branch {
	char *name;
	bool has_parent;
	size_t parent;
	uint64_t after;
	struct inputs in;
	bool fixed; /* the trace is from a file: nothing runs */
	bool open;  /* something may come from outside until it is over */
	drive_clock_fn *clock; /* that it goes by; NULL: none */
	void *clock_arg;
	int64_t zero_ns;   /* of that, at virtual time 0; 0: not begun */
	struct drive *run; /* NULL when it is over */
	struct trace *trace;
	struct trace
	    *retired; /* the one before, for views that still show it */
	bool done;
	uint64_t max_records;
	uint64_t sum; /* of its records so far, to tell runs apart */
	/* the beginning that must be the same as another's */
	const struct trace *like;
	uint64_t like_upto, differs;
	/* what was kept of it: so many records with that sum, by which rung */
	uint64_t kept, kept_sum;
	char kept_by[24]; /* "": not said */
	/* Until they were told: why the run failed; that it is not as it was
	 * kept. */
	struct diag failure, change;
	struct diag *remarks; /* of a run that is over (run_warning) */
	size_t nremarks;
};

/* An act that is being tried. */
struct session_trial {
	struct session_branch *b; /* NULL: none */
	size_t from;
	uint64_t after;
	char *name; /* of the branch, should it be a new one */
};

struct session {
	char *file, *title; /* what was opened, absolute where it is a file */
	bool can_act;
	struct diag why_not; /* … act */
	bool passing;        /* of session_view: session_resume can't read it */
	struct session_branch **branches;
	size_t nbranches;
	struct session_trial trial;
	char *kept_in; /* NULL: not saved yet */
	struct buf state;
};

/* ---- session.c ---- */

struct session *session_new(const char *file);
/* Takes B, also on failure. */
int session_add(struct session *s, struct session_branch *b, struct diag *d);
/* The title, from the first branch's trace. */
int session_set_title(struct session *s);
/* S with its first branch B in *SP, unless ERR is an error; then both are
 * gone. */
int session_finish(struct session **sp, struct session *s,
    struct session_branch *b, int err, struct diag *d);
/* NAME made unique among the branches, or NULL without memory. */
char *session_unique_name(const struct session *s, const char *name);
/* What may be a branch's name, text without control characters: 0, ERR_SYNTAX
 * or ERR_NOMEM. */
int session_name_check(const char *name);

/* One slice of BRANCH, no further than TO (or NULL), or of an ancestor whose
 * records are needed first, for BRANCH's beginning to be compared with. */
enum run_state
session_step(struct session *s, size_t branch, const struct run_goal *to);

/* ---- branch.c ---- */

struct session_branch *branch_new(void);
void branch_destroy(struct session_branch *b);
/* Makes the run of B's inputs: the trace has its header. */
int branch_begin(struct session_branch *b, struct diag *d);
/* One slice, no further than TO, which may be NULL.  0 or ERR: the run failed,
 * B->failure says why, and B is done. */
int branch_step(
    struct session_branch *b, const struct run_goal *to, enum run_state *state);
/* The I-th remark of its run, also when that is over; NULL behind the last. */
const struct diag *branch_remark(const struct session_branch *b, size_t i);

/* ---- session_verbs.c ---- */

/* The verb that the run does for VERB on ON: VERB itself, or `set` for a link's
 * loss.  NAME gets ON as the run has it, "a--b" for a link "a-b". */
const char *session_verb_done(
    const struct trace *t, const char *on, const char *verb, struct buf *name);

/* verb_args.c: VALUE suits ARG of the offer VERB, which must have it where it
 * is NEEDED, ON is named in the error; 0, or D's error with the expected
 * form. */
int verb_arg_check(const char *verb, const struct verb_arg *arg, bool needed,
    const char *on, const char *value, struct diag *d);

/* verb_moment.c: what holds (enum verb_moment) of ON, a node's or call's name
 * or a link's as acts have it ("a--b"), right after record AFTER. */
unsigned verb_moment(const struct trace *t, uint64_t after,
    enum verb_thing thing, const char *on);
/* Appends the value that the last `set` up to record AFTER gave KEY of ON;
 * false where there was no such `set`. */
bool verb_last_set(const struct trace *t, uint64_t after, const char *on,
    const char *key, struct buf *value);

/* ---- folder.c: the files ---- */

/* PATH, which is empty, becomes that of the file NAME beside the sessions; NAME
 * does not end with ".json", as theirs do.  CREATE as folder_find.  False:
 * there is no such folder, or no memory. */
bool folder_find_file(const char *name, bool create, struct buf *path);

/* Writes TEXT to PATH as a whole or not at all. */
int folder_replace(const char *path, const struct buf *text, struct diag *d);
/* The same to a new file NAME-N.json in FOLDER, whose path is appended to
 * PATH. */
int folder_add(const char *folder, const char *name, const struct buf *text,
    struct buf *path, struct diag *d);
/* Removes all but the newest; KEEP stays, and those whose state has a true
 * member "pinned". */
void folder_prune(const char *folder, const char *keep);

struct folder_file {
	char name[256]; /* with its ".json" */
	struct timespec when;
};

/* The newest first; the caller frees. */
int folder_list(const char *folder, struct folder_file **list, size_t *n);
/* A regular file of at most SESSION_FILE_MAX bytes. */
int folder_read(const char *path, struct buf *text, struct diag *d);

/* ---- session_keep.c, session_list.c ---- */

#define SESSION_KIND    "session"
#define SESSION_VERSION 1

/* TEXT as the object that a session is: 0, ERR_SYNTAX, or ERR_UNSUPPORTED of a
 * newer version. */
int session_read_object(struct str text, struct json_value *v);

#endif
