/* Shared by the engine's files. */
#ifndef ENGINE_ENGINE_IN_H
#define ENGINE_ENGINE_IN_H

#include "engine/engine.h"
#include "lesson/lesson.h"
#include "search/fault_preview.h"
#include "search/left_open.h"
#include "trace/checkpoints.h"
#include "calls/calls.h"

/* A text that was copied. */
struct engine_kept {
	char *path;
	struct buf text;
};

/* What was made of a branch's trace to look at it quickly. */
struct engine_cache {
	const struct trace *t;
	struct checkpoints *checkpoints;
	struct calls *calls;
	struct outcomes *ends;
	struct fault_preview *preview; /* or NULL */
};

/* The beginning of a branch's trace, as far as it may be seen. */
struct engine_cut {
	const struct trace *of;
	struct trace *seen;
};

/* A run beside the branches, made once. */
struct engine_made {
	char *what; /* "": the lab's own; a link; a command */
	struct engine *run;
};

struct engine {
	struct session *s;
	bool owned; /* the session is the engine's */
	bool shown; /* it is a trace as it is */
	char *lab;  /* the path of the lab's script; NULL: the first text's */
	struct engine_made *made;
	size_t nmade;
	struct engine_kept *texts;
	size_t ntexts;
	char *student;
	struct lesson *lesson;
	char language[16]; /* that it was read in */
	/* Of each task lesson_asks_from, where the lesson is FROM_OF. */
	uint64_t from[LESSON_TASKS_MAX];
	const struct lesson *from_of;
	struct engine_cache *caches;
	size_t ncaches;
	uint64_t before; /* as engine_hold has it */
	struct engine_cut *cuts;
	size_t ncuts;
	uint64_t cut_before; /* of all of them */
};

/* ---- engine_texts.c ---- */

/* Copies TEXTS: 0 or ERR_NOMEM. */
int
engine_keep_texts(struct engine *e, const struct engine_text *texts, size_t n);
/* The text whose path is FOLDER, a slash where it is not empty, and NAME. */
struct buf *
engine_find_text(struct engine *e, struct str folder, const char *name);
/* The folder of the lab; empty: none. */
struct str engine_lab_folder(const struct engine *e);
/* Begins the run of the first text, a lab's own with its student's values. */
int
engine_begin(struct engine *e, const struct session_options *o, struct diag *d);
/* The lab's tasks in the chosen language to *L, the engine's; *L is NULL where
 * there are none.  0 or D's error. */
int engine_lesson(struct engine *e, struct lesson **l, struct diag *d);

/* ---- engine_quiz.c ---- */

/* As engine_question and engine_verdict, of messages. */
int engine_ask_quiz(struct engine *e, const struct engine_question *from,
    struct buf *out, struct diag *d);
int engine_judge_quiz(struct engine *e, const struct engine_question *from,
    struct str answer, struct buf *out, struct diag *d);
/* How the predictions of FROM's work went. */
int engine_ask_score(struct engine *e, const struct engine_question *from,
    struct buf *out, struct diag *d);

/* ---- engine_work.c ---- */

/* Adds to L's tasks the parts that depend on ladders.  0 or D's error. */
int engine_take_given(struct engine *e, struct lesson *l, struct diag *d);
/* Appends the handout of L with its tasks as an object.  0 or D's error. */
int engine_put_lesson(
    struct engine *e, struct lesson *l, struct buf *out, struct diag *d);
/* Appends task T as an object. */
void engine_put_task(const struct lesson_task *t, struct buf *out);
/* Appends what L's tasks hold of runs after WORK as an object.  0 or D's error.
 */
int engine_put_hold(struct engine *e, struct lesson *l,
    const struct engine_work *work, struct buf *out, struct diag *d);
/* What task I of L is worth, as an object; ANSWER is part of WORK's answers
 * from then on. */
int
engine_judge(struct engine *e, struct lesson *l, size_t i, struct str answer,
    struct engine_work *work, struct buf *out, struct diag *d);
void engine_free_made(struct engine *e);

/* ---- engine.c ---- */

/* The trace of BRANCH, or NULL and D says that there is no such branch, or that
 * it has no record SEQ. */
const struct trace *engine_trace(
    const struct engine *e, size_t branch, uint64_t seq, struct diag *d);

#endif
