/*
 * The engine: rung without screen, files, processes and clock.  It is opened
 * from texts, runs them, tells the records, draws the panes and the ladder, and
 * asks and judges questions.  A screen, a command line, a page or a server
 * stands above it and calls it with texts and numbers: the same inputs and
 * calls give the same bytes anywhere.
 *
 *	engine.c         opened, its branches, running, acting
 *	engine_texts.c   the texts it was opened from
 *	engine_look.c    records, panes, figure, finding, questions, verdicts
 *	engine_quiz.c    predictions
 *	engine_work.c    the lab's tasks, what a student has done, the hand-in
 *
 * Branch 0 is what was opened; a branch keeps its number until one before it is
 * deleted.  A record's number is 1 … records, 0 the moment before the first.
 * Where one is and how one looks at it is a value (struct engine_view) that the
 * caller keeps; the engine remembers nothing of it.
 *
 * Functions that can fail return 0 or an error (base/err.h) with a sentence in
 * D, in the chosen language; what they were to do is then not done, and what
 * they append to may hold a part.  Texts are UTF-8.
 */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include "draw/doc.h"
#include "ladder/ladder_file.h"
#include "lesson/answers.h"
#include "session/session.h"
#include "words/state_doc.h"

struct engine;

/* A text, and the path by which it and others name each other; no file of that
 * name is looked for. */
struct engine_text {
	const char *path; /* "labs/busy/lab.lua" */
	struct str text;
};

/* The source of an engine: one of these.  Zeroed: none of them. */
struct engine_inputs {
	/* The first is opened: a lab's lab.lua, a script, a topology, or a
	 * trace, whose run is made again, or a link, which is in the folder
	 * of its lab as "labs/two-proxies/a.link".  The others are what it
	 * names: a topology next to it or in "topologies/", the firmware of
	 * handsets; of a lab check.lua and the handouts.  Copied. */
	const struct engine_text *texts;
	size_t ntexts;
	/* The path of the lab's script, where the first text is one that a
	 * student has changed, in another folder; NULL: the first. */
	const char *lab;
	/* As it is, nothing runs.  Taken, also on failure. */
	struct trace *trace;
	/* What runs already.  Borrowed: outlives the engine. */
	struct session *session;
	/* Of texts: seed, detail, settings, acts …, records at most. */
	struct session_options options;
	/* The student whose values and order of options the lab has; NULL:
	 * none. */
	const char *student;
};

int
engine_open(struct engine **e, const struct engine_inputs *in, struct diag *d);

/*
 * Adds the N TEXTS to those of engine_open: a lab's handout and tasks may come
 * late.  A path that it has keeps its text.  0 or D's error, ERR_LIMIT beyond
 * 1,000 texts or 16 MiB.
 */
int engine_add_texts(struct engine *e, const struct engine_text *texts,
    size_t n, struct diag *d);
/* LINES, whole ones as in engine_records, go on with branch 0, a trace that is
 * shown as it is; those before one that is wrong stay.  0 or D's error. */
int engine_grow(struct engine *e, struct str lines, struct diag *d);
void engine_close(struct engine *e); /* NULL is fine */

/* ---- branches ---- */

/* Borrowed, until the next function that takes the engine not const. */
struct engine_branch {
	const char *name;
	/* Grows as it runs; another object once an act has gone on at its end.
	 */
	const struct trace *trace;
	uint64_t records; /* so far */
	bool has_parent;
	size_t parent;  /* the branch that it left … */
	uint64_t after; /* … after this record */
	bool may_act;
};

/* Branch I to *B; false behind the last. */
bool engine_branch(const struct engine *e, size_t i, struct engine_branch *b);
/* Calls it NAME, or with NULL deletes it: those after it move down by one. */
int engine_rename(
    struct engine *e, size_t branch, const char *name, struct diag *d);

struct engine_progress {
	bool done;        /* the branch has ended, the act is done */
	size_t branch;    /* where the act is seen, once it is done */
	unsigned percent; /* of the act */
};

/* In place of a branch's number: the act that is being done. */
#define ENGINE_ACT SIZE_MAX

/*
 * Goes on with BRANCH by at most BUDGET slices of some milliseconds (0: to its
 * end).  A run that fails is done, and D says why, once, while 0 is returned;
 * its trace ends there.  An act that fails is over, and all is as it was
 * before.
 */
int engine_advance(struct engine *e, size_t branch, unsigned budget,
    struct engine_progress *p, struct diag *d);
/* What BRANCH's run finds allowed and hardly meant in its inputs, from I = 0
 * on; NULL behind the last.  The last may come at its end. */
const struct diag *
engine_doubt(const struct engine *e, size_t branch, size_t i);

/* Begins to do ACT (NULL: gives up the one that is being done) right after
 * record AFTER of branch FROM; engine_advance does it.  Where that is the last
 * record, FROM goes on with it, else a new branch does. */
int engine_act(struct engine *e, size_t from, uint64_t after,
    const struct act *act, struct diag *d);
/* Tells FN what can be acted on right after record AFTER, the record's own node
 * first (words/state_doc.h); *MESSAGE is the send that an act on `message`
 * would mean there, 0: none.  0 or D's error. */
int engine_things(struct engine *e, size_t branch, uint64_t after, acted_fn *fn,
    void *arg, uint64_t *message, struct diag *d);
/* The verbs that make sense of ON, as in an act, right after record AFTER, the
 * most useful first; how many, at most MAX.  0 and D says so where there is no
 * such branch, record or ON. */
size_t engine_verbs(struct engine *e, size_t branch, uint64_t after,
    const char *on, struct act_verb *list, size_t max, struct diag *d);
/* ARG suits VERB, as far as can be told before it is done: 0 or D's error. */
int engine_check(struct engine *e, size_t branch, const char *on,
    const char *verb, const struct act_arg *arg, struct diag *d);

/* Appends the address of PAGE with what BRANCH's run is made of, as far as it
 * was acted on (trace/page_link.h).  0 or D's error. */
int engine_link(struct engine *e, size_t branch, const char *page,
    struct buf *out, struct diag *d);

/* ---- looking ---- */

/* Of branches only the records before BEFORE are seen, as if nothing else had
 * happened yet; 0: all of them.  Where BEFORE rises, traces that were seen
 * grow. 0 or D's error. */
int engine_hold(struct engine *e, uint64_t before, struct diag *d);

/* Appends the lines behind record SINCE, JSON as in a trace's file; from 0 on
 * the header as well. */
int engine_records(const struct engine *e, size_t branch, uint64_t since,
    struct buf *out, struct diag *d);

struct engine_view {
	size_t branch;
	uint64_t seq;     /* the position */
	int64_t t_ns;     /* now, where that is between it and the next; or 0 */
	const char *node; /* the chosen one; NULL: the record's own */
	bool has_machine; /* one of the node's machines is chosen: … */
	size_t machine;   /* … this */
	bool raw;         /* a message as it was sent */
	bool past;        /* future records are not shown */
	size_t width;     /* cells; 0: 80 */
	size_t height;    /* lines of a picture that are seen; 0: 24 */
};

/* Appends pane PANE ("message", "machines" …: the words of views/panes/panes.h)
 * at V to DOC: lines of styled pieces, of which some lead to records; as JSON
 * by draw/doc.h.
 * ERR_NOTFOUND: there is no such pane. */
int engine_doc(struct engine *e, const struct engine_view *v, const char *pane,
    struct doc *doc, struct diag *d);
/* Appends the same pane as a picture, members of the object of JSON that is
 * open (docs/TRACE.md, `figure`); `svg` is empty where there is none. */
int engine_figure(struct engine *e, const struct engine_view *v,
    const char *pane, struct buf *out, struct diag *d);
/* A fault of pane "faults", as the act that it is; free both texts. */
struct engine_fault {
	uint64_t after;
	const char *verb;
	struct buf on, by; /* "message"; how late, or empty */
};
/* The Ith fault right after record SEQ to *F, which is in the pane's line I
 * behind *HEAD others.  False behind the last, and where D says why there is
 * none. */
bool engine_fault(struct engine *e, size_t branch, uint64_t seq, size_t i,
    struct engine_fault *f, size_t *head, struct diag *d);
/* Appends the ladder of BRANCH as SVG.  O (NULL: all of it) has the range, the
 * nodes, the calls; F (NULL: as it is) title, brackets, lists. */
int engine_svg(const struct engine *e, size_t branch,
    const struct layout_options *o, const struct ladder_file_options *f,
    struct buf *out, struct diag *d);
/* Appends why record SEQ happened, its causes back to the act that began it. */
int engine_explain(const struct engine *e, size_t branch, uint64_t seq,
    size_t width, struct doc *doc, struct diag *d);
/* The next record behind FROM (BY 1), or the last before it (BY -1), that has
 * WORDS, a filter (words/record_filter.h), to *SEQ, 0 where there is none.  BY
 * 0: WORDS name one record, "INVITE@atl" (trace/record_name.h). */
int engine_find(const struct engine *e, size_t branch, const char *words,
    uint64_t from, int by, uint64_t *seq, struct diag *d);

/* ---- asking ---- */

enum engine_asks {
	ENGINE_NEXT,   /* who sends what first after position SEQ */
	ENGINE_MEANS,  /* the NTH question about what message SEQ means */
	ENGINE_TASK,   /* the NTH task of the lab, from 0 */
	ENGINE_LESSON, /* nothing: the handout, with all tasks */
	ENGINE_SCORE,  /* nothing: how the work's predictions went */
	ENGINE_HOLD,   /* nothing: what the tasks hold of runs */
};
/* "next" …; NULL behind the last. */
const char *engine_asks_word(unsigned asks);

/* What a student has done beside the branches. */
struct engine_work {
	struct answers answers;
	const char *const *links; /* of runs that count (trace/page_link.h) */
	size_t nlinks;
	struct str figure; /* an SVG; may be empty */
	/* Labs that an answer names: "labs/busy/lab.lua" and the like. */
	const struct engine_text *texts;
	size_t ntexts;
};

/* A question, a value; of a task BRANCH and SEQ mean nothing. */
struct engine_question {
	enum engine_asks asks;
	size_t branch;
	uint64_t seq;
	size_t nth;
	size_t width;             /* cells of a line; 0: 80 */
	struct engine_work *work; /* NULL: nothing */
};

/*
 * Appends the question as a JSON object.  Of the first two kinds: "at" (the
 * position at which to ask), "record" (the send that it is about), "question",
 * "context", "options", "tries"; of a task: "number", "form", "points" (in
 * hundredths), "text" (XHTML), "unit", "example", "hints" (how many),
 * "options", "process" (true of what no page can run); of a lesson: "own" (the
 * run has the student's values), "points", "minutes", "level", "set" and
 * "parts", each with a "text" or a "task"; of a
 * score: "asked", "right", "first_try", "shown" and "summary", a doc
 * (draw/doc.h); of a hold (lesson/prediction_hold.h): "own" as above, "before"
 * and "task", the record of the own run from which on it is hidden and the
 * number of the task that asks what comes, "others", that of a task about other
 * runs; 0: none; "open", those of all that hold something; "hidden", those of
 * tasks about hidden records.  Nothing of it tells the answer.  ERR_NOTFOUND:
 * there is no such question.
 */
int engine_question(struct engine *e, const struct engine_question *q,
    struct buf *out, struct diag *d);
/*
 * What ANSWER is worth, a JSON object: "verdict", "right", "text" (why), and
 * "answers", which are kept and given again with Q's work.
 * Of the first two kinds ANSWER has the numbers of options, from 1, in the
 * order in which they were tried, behind them "?" where the solution is to be
 * told; besides there is "done" (no more may be tried), "verdicts" (of each
 * option as far as it is told), "score" (the counts as above), and once it is
 * done "follows", the next question's "asks", "record" and "nth"; then it is
 * counted in the work's predictions, the first time alone. Of a task ANSWER is
 * what a student writes; besides there is "words", "points", "records", "rule",
 * "hints", "hold", as a question about it says, of predictions "predicted" and
 * "predicted_right". Tasks are judged
 * by the lab's own run as the student has it, and by all branches that have
 * ended and the work's runs.
 */
int engine_verdict(struct engine *e, const struct engine_question *q,
    struct str answer, struct buf *out, struct diag *d);

/* Appends what `rung hand-in` would write of WORK and the branches, at DATE
 * (ISO 8601, UTC).  0 or D's error. */
int engine_handin(struct engine *e, struct engine_work *work, const char *date,
    struct buf *out, struct diag *d);

#endif
