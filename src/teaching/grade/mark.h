/*
 * One student's work in one lab, judged: every task with its verdict, and the
 * sum.
 */
#ifndef GRADE_MARK_H
#define GRADE_MARK_H

#include "grade/rerun.h"
#include "lesson/answers.h"
#include "quiz/quiz.h"

#define WORK_RUNS_MAX 32

struct work_run {
	char *name;            /* "goal-4.lua", "main" */
	char *path;            /* of a script; NULL: INPUTS */
	struct inputs *inputs; /* owned; NULL: no run without a path */
	uint64_t hash; /* of the trace as it was handed in; 0: not known */
	struct trace *trace;
	struct buf failed; /* why it could not be made */
	struct buf said;   /* what it complained of, a line each */
};

/* What was handed in or lies in a folder; all of it owned. */
struct work {
	struct answers answers; /* its student: whose numbers the lab had */
	char *student;          /* the student who has handed it in; NULL or "":
				 * the same */
	char *lab;              /* the lab's folder */
	char *name;             /* its last part */
	char *copy; /* the student's folder, as commands name it; NULL */
	/* The student's runs: where they come from (paths of scripts, or inputs
	 * that were handed in), and once they are made their traces. */
	struct work_run runs[WORK_RUNS_MAX];
	size_t nruns;
	struct buf figure; /* an SVG; may be empty */
	/* Of what was handed in; else empty or false. */
	char *date;        /* ISO 8601, UTC */
	char *version;     /* of the rung that made it */
	uint64_t lab_hash; /* of the lab's trace as the student had it */
	struct inputs *lab_inputs; /* of that; owned, NULL where not said */
	bool edited;               /* it is not as rung wrote it */
	uint32_t uncounted;        /* bits: answers written beside an exam */
	/* Runs programs of its that are processes; NULL: none are run. */
	const struct inputs_processes *processes;
	bool uncoded; /* a report that does not give its own code */
	int64_t exam_ns, exam_took_ns;       /* 0: no exam */
	char exam_begun[32], exam_ended[32]; /* ISO 8601, UTC */
};

#define WORK_INIT ((struct work){ .lab = NULL })

/*
 * Reads FOLDER: its answers.txt, every *.lua but check.lua as a run, the first
 * *.svg.  The lab is LAB where it is not NULL (a lab, or a folder with labs in
 * it, of which it is the one that the answers name), else the one that
 * answers.txt names, else with OWN the folder itself.  W is begun again; free
 * it in any case.  0 or D's error.
 */
int work_read_folder(struct work *w, const char *folder, const char *lab,
    bool own, struct diag *d);
/* The lab of W's answers, or LAB (as above) where it is not NULL,
 * FOLDER where neither says any: sets w->lab and w->name.  0 or D's error. */
int work_find_lab(
    struct work *w, const char *folder, const char *lab, struct diag *d);
void work_free(struct work *w);
/* W's copy, where it is STUDENT's; NULL. */
const char *work_copy_of(const struct work *w, const char *student);
/* The student whose work it is, "" where that is not known. */
const char *work_student(const struct work *w);
/* The folder of the lab NAME, which is no path, into PATH.  0 or D's error. */
int work_find_named(const char *name, struct buf *path, struct diag *d);
/* Another version of rung has made W. */
bool work_is_of_other_version(const struct work *w);
/* T's hash, as the version that made W says it. */
uint64_t work_hash(const struct work *w, const struct trace *t);
/* A run more; takes NAME and PATH (of which mem_free frees) and IN.  0,
 * ERR_NOMEM or ERR_LIMIT. */
int work_add_run(struct work *w, char *name, char *path, struct inputs *in);
/* A run that can't be made any more; takes NAME.  Errors as work_add_run. */
int work_add_failed(struct work *w, char *name, const char *why);
/* Adds the run of W's lab of which T is the trace; takes NAME.  0, ERR_NOMEM,
 * ERR_LIMIT, or another error of what the inputs say. */
int work_add_inputs(struct work *w, char *name, const struct trace *t);
/* The inputs of a run of W's lab as INPUTS (as in a trace's header) describes
 * it, the caller's.  Errors
 * as above. */
int work_read_inputs(
    const struct work *w, struct inputs **in, struct json_value inputs);
/* Makes the runs of W, scripts as V has it. 0 or ERR_NOMEM. */
int work_run(struct work *w, const struct variant *v);

/* The runs of labs that answers name, kept to be used again; one more than this
 * displaces the oldest. */
#define NAMED_RUNS_MAX 16

struct named_runs {
	struct named_run {
		char *command;
		struct trace *trace; /* NULL: there is none */
		struct diag why;     /* and why */
	} list[NAMED_RUNS_MAX];
	size_t n;
	/* The run being made, its inputs and command; now.run NULL: none. */
	struct rerun now;
	struct inputs in;
	char *making;
};

/* For struct lesson_work: ARG is a struct named_runs. */
const struct trace *
named_runs_find(struct str command, struct diag *d, void *arg);
/* Makes the run that COMMAND names for some more milliseconds.  False when it
 * is finished, so that named_runs_find returns it at once. */
bool named_run_goes_on(struct named_runs *r, struct str command);
/* Gives up the run that is being made. */
void named_run_leave(struct named_runs *r);
void named_runs_free(struct named_runs *r);

struct mark {
	struct lesson *lesson;
	struct trace *trace; /* the lab's, as this student has it */
	/* Of work that another version has made (other_version.h). */
	struct trace *here; /* what the lab is now, where TRACE is the lab as
			       the work has it; NULL */
	bool uncertain;     /* TRACE may not be what the student saw */
	struct variant variant;
	struct lesson_result results[LESSON_TASKS_MAX];
	size_t n;
	unsigned points, of;         /* hundredths */
	struct quiz_count predicted; /* by the runs as they were made again */
	struct named_runs named;
};

#define MARK_INIT ((struct mark){ .lesson = NULL })

/*
 * Judges W for STUDENT (NULL: whom the answers name).  M is begun again; free
 * it in any case.  0 or D's error.
 */
int
mark_work(struct mark *m, struct work *w, const char *student, struct diag *d);
void mark_free(struct mark *m);

/*
 * Appends M as one line of JSON: the output of the process that judged a
 * submission for the one that reports. mark.c adds the work's kind and its
 * exam, and of a task its hints and tries:
 *
 *	{"file":…,"lab":…,"student":…,"date":…,"points":7.5,"of":10,
 *	 "tasks":[{"task":1,"verdict":"GOOD","points":2,"of":2,
 *	  "answer":…,"believed":…,"why":…,"rule":…,"records":[…]}],
 *	 "remarks":["…"]}
 *
 * FILE is where it came from. 0 or ERR_NOMEM.
 */
int mark_put_json(const struct mark *m, const struct work *w, const char *file,
    struct buf *out);
/* A file that could not be judged, and WHY; what W has of its student and lab
 * goes along. */
int mark_put_failure(
    const char *file, const struct work *w, const char *why, struct buf *out);

/* Remarks on the work as a whole, sentences. */
typedef void mark_remark_fn(const char *text, void *arg);
/* First of all: why a run could not be made, and its errors, as the user who
 * makes the run sees them. */
void mark_complaints(const struct work *w, mark_remark_fn *fn, void *arg);
/* Then: a run that comes out otherwise than it was handed in, a file that was
 * edited, an answer to no task. */
void mark_remarks(
    const struct mark *m, const struct work *w, mark_remark_fn *fn, void *arg);

#endif
