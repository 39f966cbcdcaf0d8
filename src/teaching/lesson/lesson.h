/*
 * The tasks of a lab: those of its check.lua, their right answers by a trace,
 * and the points of a student's work. docs/LESSONS.md is the page for authors.
 *
 * A lesson knows traces and texts, no runs: the caller gives the trace of the
 * lab itself, from which the right answers are computed, and those of the
 * student's own runs.
 */
#ifndef LESSON_LESSON_H
#define LESSON_LESSON_H

#include "base/diag.h"
#include "rules/rule_id.h"
#include "trace/reader.h"

/* X(ID, the field of task { … }, the instruction) */
#define LESSON_KINDS(X)                                     \
	X(NUMBER, "number", N_("a number"))                 \
	X(TIME, "time", N_("a time"))                       \
	X(CHOICE, "choice", N_("one of these"))             \
	X(TEXT, "text", N_("a word"))                       \
	X(PREDICT, "predict", N_("predictions"))            \
	X(DRAW, "draw", N_("a ladder"))                     \
	X(RUN, "run", N_("a lab whose run refutes it"))     \
	X(GOAL, "goal", N_("a run in which"))               \
	X(FIND, "find", N_("node, rule and record"))        \
	X(BUILD, "build", N_("a run of your own in which")) \
	X(FIGURE, "figure", N_("a figure"))                 \
	X(AGENT, "agent", N_("a program of your own"))

enum lesson_kind {
#define X(id, field, text) LESSON_##id,
	LESSON_KINDS(X)
#undef X
	    LESSON_KIND_COUNT
};

#define LESSON_TASKS_MAX   12
#define LESSON_OPTIONS_MAX 8
#define LESSON_HINTS_MAX   4
#define LESSON_GOALS_MAX   8
/* Points are counted in hundredths. */
#define LESSON_POINT 100
/* Parts of a task are worth halves. */
#define LESSON_HALF 50

struct lesson;

#define LESSON_CHECK "check.lua"

/*
 * Reads FOLDER/check.lua, and the handout in the language in force for the
 * tasks' texts, as STUDENT has them: the options of a choice are in an order
 * of the student's own, for "" (no particular student) in that of check.lua.
 * 0, ERR_NOTFOUND without a check.lua, or D's error.
 */
int lesson_load(
    struct lesson **l, const char *folder, const char *student, struct diag *d);
/* The same of the texts of CHECK and HANDOUT, which may be empty, in the place
 * of the files of FOLDER, of whose path only the name counts.  All is
 * copied. */
int lesson_take_texts(struct lesson **l, const char *folder, struct str check,
    struct str handout, const char *student, struct diag *d);
/* Makes the commands in L's handout run the lab with the student's values: they
 * name COPY, the student's copy of the lab, or where that is NULL the lab and
 * the student's number.  Call it once.  0 or ERR_NOMEM. */
int lesson_name_commands(struct lesson *l, const char *copy);
/* Some of L's ladders have arrows that are told. */
bool lesson_gives(const struct lesson *l);
/* Adds to what such tasks ask which arrows of LAB, the student's own, are told:
 * in L's handout, and in what lesson_put_handout writes.  Once it is done it
 * does nothing, nor for a graded set, which asks for all.  0 or D's error. */
int
lesson_take_given(struct lesson *l, const struct trace *lab, struct diag *d);
/* The text of FOLDER's check.lua goes into TEXT.  0 or D's error. */
int lesson_read_check(const char *folder, struct buf *text, struct diag *d);
void lesson_destroy(struct lesson *l);
/* Makes what lessons and runs begin with, for processes that are forked then.
 */
void lesson_prepare(void);

/* One of a choice's options, a goal's conditions. */
struct lesson_option {
	unsigned entry;   /* its place in check.lua, from 1 */
	const char *text; /* in the language in force */
	const char *why;  /* its fault; NULL */
	enum rule_id rule;
	bool right;
};

struct lesson_task {
	unsigned number; /* from 1 */
	unsigned other;  /* which of its others the student has, from 1; 0: the
			  * one in the handout without a number */
	enum lesson_kind kind;
	unsigned points;  /* hundredths */
	struct str text;  /* of the handout, Markdown, else what `ask` has */
	const char *unit; /* of a number; NULL */
	const char *why;  /* said of a wrong answer that has no own; NULL */
	struct lesson_option options[LESSON_OPTIONS_MAX]; /* and conditions */
	size_t noptions;
	const char *hints[LESSON_HINTS_MAX]; /* each costs a quarter */
	size_t nhints;
	unsigned predictions; /* how many are asked for */
	unsigned given;       /* so many arrows of a ladder are told */
	bool ahead;   /* it is to be answered before the run is looked at */
	bool by_run;  /* the right answer follows from the lab's run */
	bool process; /* it asks for a program that is a process */
	/* What of these a find asks for. */
	bool asks_node, asks_rule, asks_record;
	enum rule_id rule;
};

size_t lesson_count(const struct lesson *l);
const struct lesson_task *lesson_task(const struct lesson *l, size_t i);
unsigned lesson_minutes(const struct lesson *l); /* 0: not said */
unsigned lesson_level(const struct lesson *l);   /* 1 to 3; 0: not said */
unsigned lesson_points(const struct lesson *l);  /* of all tasks, hundredths */
/* What differs from student to student: "node.attr=RANGE" (sweep/range.h); NULL
 * behind the last. */
const char *lesson_varied(const struct lesson *l, size_t i);
/* The set of questions without keys: its teacher has the keys, and here answers
 * are taken, not judged (lesson_questions.c).  "": the keys are here. */
const char *lesson_set(const struct lesson *l);
/* It is of a graded set, whose options stand otherwise than in check.lua. */
bool lesson_is_shuffled(const struct lesson *l);
/* The check.lua that it was read from. */
const char *lesson_file(const struct lesson *l);
/* Whom it was loaded for. */
const char *lesson_student(const struct lesson *l);
/* A number that follows from the lab, the student and WHAT it is for. */
uint64_t lesson_draw(const struct lesson *l, const char *what);
/* How the N options of a choice stand for STUDENT: ORDER[i], room for N, is the
 * place in check.lua, from 0, of the one at i.  The choice is TASK, from 1, of
 * LAB, a folder's name. */
void lesson_option_order(struct str lab, const char *student, unsigned task,
    size_t n, size_t *order);
/* The handout has other tasks than the check, *TOLD of them: then the texts of
 * some are none's. */
bool lesson_tells_other_tasks(const struct lesson *l, size_t *told);
/* The handout's text, Markdown; empty where there is none. */
struct str lesson_handout(const struct lesson *l);
/* TEXT, L's handout in LANG ("zh_CN"), with what the student is asked in the
 * place of what others are (docs/LESSONS.md).  0 or D's error. */
int lesson_put_handout(struct lesson *l, struct str text, const char *lang,
    struct buf *out, struct diag *d);

/* The word of KIND in check.lua; what it asks for in words. */
const char *lesson_kind_name(enum lesson_kind kind);
const char *lesson_kind_text(enum lesson_kind kind);
/* The answer to such a task is a text that a student writes, not a run. */
bool lesson_kind_is_written(enum lesson_kind kind);

/* ---- goals: conditions on each run of a search ---- */

size_t lesson_goals(const struct lesson *l);
/* Goal I, from 0, in the language in force; NULL: it has no text. */
const char *lesson_goal_text(const struct lesson *l, size_t i);
/* All goals, one after the other, into HOLDS and RECORDS; *FAILED is the one
 * that has ended with the error, if one has. */
int lesson_ask_goals(struct lesson *l, const struct trace *t, bool *holds,
    uint64_t *records, size_t *failed, struct diag *d);

/* ---- judging ---- */

/* What the student has done for one task. */
struct lesson_answer {
	struct str text; /* empty: none */
	unsigned hints;  /* so many were looked at */
	unsigned wrong;  /* options of a choice, bits, that were tried before
			    and told to be wrong */
	/* Of predictions. */
	unsigned predicted, predicted_right;
};

struct lesson_work {
	const struct trace *lab; /* the lab's own run, as this student has it */
	const struct trace *const *runs; /* the student's runs */
	size_t nruns;
	struct str figure; /* an SVG file that rung made; may be empty */
	/* The run of a lab, with options, as an answer names it ("busy --set
	 * bob.busy=false"): it lives as long as the work.  NULL, and D says
	 * why. No function: such answers can't be judged here. */
	const struct trace *(*run)(
	    struct str command, struct diag *d, void *arg);
	void *arg;
	/* Runs a student's program that is a process; NULL: none are run. */
	const struct inputs_processes *processes;
};

/* X(ID, name in files, in words) */
#define LESSON_VERDICTS(X)                          \
	X(MISSING, "MISSING", N_("not answered"))   \
	X(BAD, "BAD", N_("wrong"))                  \
	X(PART, "PART", N_("right in part"))        \
	X(GOOD, "GOOD", N_("right"))                \
	X(RECEIVED, "RECEIVED", N_("to be judged")) \
	X(ERROR, "ERROR", N_("could not be checked"))

enum lesson_verdict {
#define X(id, name, text) LESSON_##id,
	LESSON_VERDICTS(X)
#undef X
	    LESSON_VERDICT_COUNT
};

const char *lesson_verdict_name(enum lesson_verdict v);
const char *lesson_verdict_text(enum lesson_verdict v);

#define LESSON_RECORDS_MAX 8

struct lesson_result {
	enum lesson_verdict verdict;
	unsigned points;     /* hundredths, hints and wrong tries taken off */
	size_t option;       /* of a choice, which was chosen; SIZE_MAX */
	struct buf why;      /* sentences, lines; may be empty */
	struct buf believed; /* the answer or mistake in short, for a class */
	struct buf value; /* of a number or time (seconds) as it was read, such
			     as 2.02; empty: it is none */
	/* Of the right answer, or of the mistake that was made; RULE_NONE where
	 * its sentence would tell the right answer. */
	enum rule_id rule;
	uint64_t records[LESSON_RECORDS_MAX]; /* of the lab's run, or of RUN */
	size_t nrecords;
	size_t run; /* index of the student's run that RECORDS are of, or
		       SIZE_MAX: the lab's */
};

#define LESSON_RESULT_INIT       \
	((struct lesson_result){ \
	    .run = SIZE_MAX, .option = SIZE_MAX, .why = BUF_INIT })

/* TEXT as an answer to T: of a find that has all its parts each word once,
 * "node=bob record=43"; else as it is. */
void
lesson_find_tidy(const struct lesson_task *t, struct str text, struct buf *out);

/*
 * What ANSWER and WORK are worth in task I.  R is begun again; free it.  0, or
 * ERR_NOMEM; a check that fails by itself makes the verdict ERROR, and R's
 * sentence says why.  Of questions alone (lesson_set) every answer is RECEIVED.
 */
int lesson_judge(struct lesson *l, size_t i, const struct lesson_answer *answer,
    const struct lesson_work *work, struct lesson_result *r);
void lesson_result_free(struct lesson_result *r);

/*
 * The right answer of task I in words, for teachers: "3", "b) the proxy atl", a
 * ladder's lines.  *TOLERANCE (may be NULL): how far off a number or a time (in
 * seconds) is right still.  0 or D's error.
 */
int lesson_key(struct lesson *l, size_t i, const struct trace *lab,
    struct buf *out, double *tolerance, struct diag *d);
/* The Kth value, from 0, that the check of task I knows as a mistake, as an
 * answer; behind the last nothing is written.  0 or D's error. */
int lesson_mistake(struct lesson *l, size_t i, size_t k,
    const struct trace *lab, struct buf *out, struct diag *d);
/* The same of the values that are right in task I, a number, time or text. */
int lesson_right_value(struct lesson *l, size_t i, size_t k,
    const struct trace *lab, struct buf *out, struct diag *d);
/* The record of LAB, the student's own run, from which on it shows what task I
 * asks: `ahead` says it, else the first arrow that is drawn or record in which
 * the right answer is seen.  0: none is said, so that any may show it; behind
 * the last one: this run does not show it.  0 or D's error. */
int lesson_asks_from(struct lesson *l, size_t i, const struct trace *lab,
    uint64_t *from, struct diag *d);

/*
 * Writes the questions of L as a check.lua of set SET: the kinds of its tasks,
 * the questions, options and conditions as texts, points, and the values of
 * each student; no keys, no known mistakes, no reasons, hints, rules and
 * records.  Options are in the order that is drawn from NAME, the lab's in
 * the set.  0 or D's error.
 */
int lesson_put_questions(struct lesson *l, const char *set, const char *name,
    struct buf *out, struct diag *d);
/* The same of task I alone, to be compared: two that ask the same give the same
 * bytes, whatever their keys, their points and the order of their options.  0
 * or D's error. */
int lesson_put_question(
    struct lesson *l, size_t i, struct buf *out, struct diag *d);
/* What task I asks has texts there, options or conditions, by which it is known
 * in another lesson; of a time, say, only the handout tells which. */
bool lesson_is_worded(const struct lesson *l, size_t i);
/* Begins the check.lua of the lab called NAME in the set, with its keys, so
 * that its options stand as there.  0 or ERR_NOMEM. */
int lesson_put_shuffle(const char *name, struct buf *out);

#endif
