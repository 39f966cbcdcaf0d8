/* Shared by the files of a lesson; see lesson/lesson.h. */
#ifndef LESSON_LESSON_IN_H
#define LESSON_LESSON_IN_H

#include "base/mem.h"
#include "lesson/handout.h"
#include "lesson/lesson.h"
#include "script/sandbox.h"
#include "words/record_filter.h"

#include <lauxlib.h>

#define LESSON_VARIED_MAX 16
/* Traces that a check can see at once: the lab's and the student's runs. */
#define LESSON_TRACES_MAX 65

struct task {
	struct lesson_task shown; /* its texts are of the table below, which
				     keeps them */
	unsigned line;            /* where it stands */
	int table;                /* task { … }, in Lua's registry */
	char *given;              /* a ladder in part, lines; owned, or NULL */
	struct agent_task *agent; /* of an agent (agent.h); owned, or NULL */
};

/* A goal: its parts are in Lua's registry. */
struct goal {
	int function, held;
	const char *text; /* of what `held` holds; NULL */
};

struct lesson {
	char *folder, *student;
	char *file;    /* the check.lua in the folder */
	uint64_t hash; /* of its text */
	char *copy;    /* the student's folder, as commands name it; NULL */
	struct sandbox *sb;
	struct task tasks[LESSON_TASKS_MAX];
	size_t ntasks;
	bool said;     /* lesson { … } came */
	char *set;     /* these are the questions alone; NULL: no */
	char *shuffle; /* the name behind the order of options; NULL: as here */
	unsigned minutes, level, tries;
	char *varied[LESSON_VARIED_MAX];
	size_t nvaried;
	struct goal goals[LESSON_GOALS_MAX];
	size_t ngoals;
	struct handout handout;
	/* The traces that the check may look at now.  Lua objects of a trace or
	 * record hold the turn they were made in: with another turn than this
	 * they are of a trace that is gone, and are rejected. */
	const struct trace *traces[LESSON_TRACES_MAX];
	size_t ntraces;
	uint64_t turn;
	/* What was sought last in this turn and not found; may be empty. */
	char missed[128];
};

/* The lesson whose sandbox L is of. */
struct lesson *lesson_of(lua_State *L);

/* ---- lua_trace.c, lua_record.c: what a check looks with ---- */

/* Makes the types known; raises. */
void lesson_bind_trace(lua_State *L);
void lesson_bind_record(lua_State *L);
/* One type with the functions of META, which scripts can't look into; raises.
 */
void lesson_bind_type(lua_State *L, const char *type, const luaL_Reg *meta);
void lesson_push_text(lua_State *L, struct str s);
/* Trace I of the lesson's present turn; raises. */
void lesson_push_trace(lua_State *L, size_t i);
/* Says before D's sentence, where it is of a nil, what L's check has sought in
 * vain.  Returns D's error. */
int lesson_say_missed(const struct lesson *l, struct diag *d);
/* Record SEQ of that trace, nil for 0; raises. */
void lesson_push_record(lua_State *L, size_t trace, uint64_t seq);
/* The record at INDEX: its trace's number and its own; false where there is
 * none, or its trace is gone. */
bool lesson_get_record(lua_State *L, int index, size_t *trace, uint64_t *seq);

/* A walk over the records of T that a filter lets through. */
struct lesson_walk {
	const struct trace *t;
	struct record_filter filter;
	uint64_t seq; /* the record it stands at; 0: before the first */
};

/* By the filter at index FILTER; raises. */
void lesson_walk_begin(
    lua_State *L, struct lesson_walk *w, const struct trace *t, int filter);
/* The next record, by STEP 1 from the beginning or -1 from the end; 0: there is
 * no more.  Charges for each that it looks at; raises. */
uint64_t lesson_walk_next(lua_State *L, struct lesson_walk *w, int step);

/* ---- lesson_load_task.c ---- */

/* task { … }, for a check.lua. */
int lesson_fn_task(lua_State *L);
/* What the task at index 1 asks, into T; its number and parts that are judged
 * by programs are left.  Raises. */
void lesson_read_task(lua_State *L, struct lesson_task *t);
/* Raises where the value at the index TABLE is not a table, or has a field that
 * is not of the N NAMES; it is called WHAT. */
void lesson_check_fields(lua_State *L, int table, const char *what,
    const char *const *names, size_t n);
/* A whole number FROM … TO in field NAME of the table at index 1, or
 * OTHERWISE; raises. */
unsigned lesson_get_number(lua_State *L, const char *name, unsigned from,
    unsigned to, unsigned otherwise);

/* The text at INDEX: a string, or { "…", zh = "…" } in the language in force;
 * NULL where there is none.  It lives as long as what holds it in Lua. */
const char *lesson_get_text(lua_State *L, int index);
/* The same in LANG, "zh_CN". */
const char *lesson_get_text_in(lua_State *L, int index, const char *lang);
/* That of field NAME of the table at INDEX; raises. */
const char *lesson_get_text_field(lua_State *L, int index, const char *name);
/* The rule named by field `rule` of the table at INDEX; raises where there is
 * no such rule. */
enum rule_id lesson_get_rule(lua_State *L, int index);

/* ---- lesson_load.c ---- */

/* As lesson_ask_goal of FUNCTION, in Lua's registry. */
int lesson_ask_function(struct lesson *l, int function, const struct trace *t,
    bool *holds, uint64_t *record, struct diag *d);

/* ---- answers.c ---- */

/* Puts the options of choices into the student's order. */
void lesson_shuffle(struct lesson *l);
/* How the N options of choice TASK, from 1, are in a graded set, as
 * lesson_option_order says it; SHUFFLE is the lab's name there. */
void
lesson_set_order(const char *shuffle, unsigned task, size_t n, size_t *order);

/* ---- judging ---- */

/* What a kind's function works with, in the sandbox: TASK's table is at index
 * 1 of the stack.  It may raise. */
struct judging {
	struct lesson *lesson;
	const struct lesson_task *task;
	const struct lesson_answer *answer;
	struct str plain; /* its text, as spelling_plain makes it */
	const struct lesson_work *work;
	struct lesson_result *result;
	struct buf *key;  /* not NULL: only the right answer is wanted */
	double tolerance; /* of a number or a time */
	size_t mistake;   /* not 0: the known mistake of that number is wanted,
			     as KEY */
	size_t value;     /* the same of the right values */
	uint64_t *from;   /* not NULL: lesson_asks_from is wanted, as KEY */
	bool given;       /* the arrows that are told are, as KEY */
};

/* Decides result->verdict and says why; the caller restores the stack. */
typedef void lesson_judge_fn(lua_State *L, struct judging *j);

lesson_judge_fn judge_number, judge_time, judge_text, judge_choice,
    judge_predict, judge_draw, judge_run, judge_goal, judge_find, judge_figure,
    judge_conditions;

/* The arrows of task I, a ladder, that are told, with "…" where some are not,
 * into OUT: lines.  0 or D's error. */
int judge_put_given(struct lesson *l, size_t i, const struct trace *lab,
    struct buf *out, struct diag *d);

/* Trace 0 is the lab's run; the student's runs follow. */
#define JUDGE_LAB 0

/* Puts the value of field NAME of the task on the stack: itself, or what it
 * gives as a function of the lab's trace. Raises. */
void judge_push_field(lua_State *L, const char *name);
/* The same of the value at INDEX. */
void judge_push_value(lua_State *L, int index);
/* Adds a sentence to the result's `why`. */
void judge_say(struct judging *j, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* Adds record SEQ of TRACE to the result's records; left out where there is no
 * such record, the list is full, or it is of another trace. */
void judge_show(struct judging *j, size_t trace, uint64_t seq);
/* Adds the records of field `records` of the table on top of the stack; raises.
 */
void judge_show_field(lua_State *L, struct judging *j);
/* The share RIGHT/OF of the task's points, in halves of a point; the verdict
 * follows from it. */
void judge_share(struct judging *j, unsigned right, unsigned of);
/* The share of POINTS, hundredths. */
unsigned judge_share_points(unsigned points, unsigned right, unsigned of);
/* RULE is the one of a wrong value, an entry of the task's field LIST.  It is
 * told where it is that value's own: the task's rule, or one of several values,
 * is the right answer's, and its sentence would tell that. */
void judge_own_rule(
    lua_State *L, struct judging *j, const char *list, enum rule_id rule);
/*
 * Says why an answer is wrong: by the entry of the task's field `wrong` whose
 * value is the answer (SAME is true of it), with that entry's records, else by
 * the task's field `why`.  Then adds the task's field `records`, where that
 * may be shown.
 */
typedef bool judge_same_fn(lua_State *L, int index, void *arg);
void
judge_explain(lua_State *L, struct judging *j, judge_same_fn *same, void *arg);
/* SAME is true of the value on top of the stack, or of one in the list there.
 */
bool judge_has(lua_State *L, judge_same_fn *same, void *arg);

/* ---- judge_draw.c ---- */

/* An arrow as a student writes it: "alice -> atl INVITE", "bob → bil 180". */
struct lesson_arrow {
	struct str from, to, what;
};

/* 0 or ERR_SYNTAX. */
int lesson_arrow_read(struct lesson_arrow *a, struct str line);
/* LINE, in any spelling, is an arrow with its record's number in front, "#9
 * alice -> bob INVITE", which looks like a comment. */
bool lesson_arrow_is_numbered(struct str line);

#endif
