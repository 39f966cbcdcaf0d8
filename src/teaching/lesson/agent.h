/*
 * A task whose answer is a program: the student's, in its node of the lab.  It
 * is run as the lab is, without faults and with each of a search's faults, and
 * it is sent malformed requests.  The expected behaviour is in check.lua:
 *
 *	agent = {
 *		{ "text", function(t) … end, why =, rule =, set = }, …
 *		program = "agent.lua", node = "agent", points = 2,
 *		like = { "agent.program=", "agent.role=redirect location" },
 *		rejects = { good = FILTER, points = 2, { "no-hops", 483 }, … },
 *		survives = { "drop,double,late", runs = 200, points = 3 },
 *	}
 */
#ifndef LESSON_AGENT_H
#define LESSON_AGENT_H

#include "lesson/lesson_in.h"
#include "msg/mutation.h"
#include "search/search.h"

#define AGENT_REFUSALS_MAX 16
#define AGENT_LIKE_MAX     8
#define AGENT_RUNS_USUAL   200
#define AGENT_RUNS_MAX     400

struct agent_refusal {
	enum msg_mutation what;
	/* The statuses that are right; 0: no answer at all. */
	unsigned from, to;
};

/* A program that is none in Lua is a process of its own, which the topology
 * puts into the node's place (process=, docs/PROGRAMS.md).
 * Its texts are of the task's table in Lua, which keeps them. */
struct agent_task {
	const char *program, *node;
	int functions[LESSON_OPTIONS_MAX]; /* of the task's options, in Lua's
					      registry */
	/* A setting of the run that is asked of each; NULL: it is the lab's. */
	const char *sets[LESSON_OPTIONS_MAX];
	/* Settings that put rung's own node into the agent's place. */
	const char *like[AGENT_LIKE_MAX];
	size_t nlike;
	const char *good; /* a filter: the request that is made wrong */
	struct agent_refusal refusals[AGENT_REFUSALS_MAX];
	size_t nrefusals;
	unsigned kinds; /* FAULT_ bits; 0: no search */
	uint64_t runs;
	/* Hundredths, of each part. */
	unsigned points_flows, points_refuses, points_survives;
};

/* Reads field `agent` of the task at index 1 into *OUT, to be freed with
 * mem_free: raises.  T's points are those of all parts. */
void
lesson_read_agent(lua_State *L, struct agent_task **out, struct lesson_task *t);

/* Judges the program that the student's runs have.  0 or D's error. */
int lesson_judge_agent(struct judging *j, struct diag *d);

/* What one judging has at hand. */
struct agent_trial {
	struct judging *j;
	const struct agent_task *a;
	char *program;      /* the student's */
	struct inputs in;   /* of the lab, with that program */
	struct inputs lab;  /* with its own */
	struct inputs like; /* of the lab, with rung's own node */
	struct search s, own;
	struct judge_goals goals;
	bool has_own;
	/* The last runs of conditions, of `in` and of `lab`, with this setting;
	 * TRACE NULL: none yet. */
	struct flow {
		const char *set;
		struct trace *trace;
	} flows[2];
	uint64_t records; /* of all runs so far */
};

/* The run that IN says, of RECORDS_MAX records at most, into *T, the caller's
 * in any case.  FAILED, or NULL, gets the first thing that went wrong in it.  0
 * or D's error. */
int agent_run(struct inputs *in, uint64_t records_max, struct trace **t,
    struct buf *failed, struct diag *d);
/* agent.c: sends the malformed requests, and judges the rejections.  *RIGHT of
 * them are as they should be; the lab's own program fails at *GAINED of these.
 * 0 or D's error. */
int agent_judge_refuses(
    struct agent_trial *tr, unsigned *right, unsigned *gained, struct diag *d);
/* agent.c: the search.  *RIGHT: so many kinds of faults were survived,
 * of *OF.  0 or D's error. */
int agent_judge_survives(
    struct agent_trial *tr, unsigned *right, unsigned *of, struct diag *d);

#endif
