/*
 * Programs of nodes, in Lua (node/program.h): what their kinds share, and what
 * each kind has of its own.  Each node has a sandbox of its own, so that what
 * one program does to itself no other node feels, and what its script remembers
 * is the node's own.  It begins again when the node does.
 *
 *   lua_program.c      their life, and the bounds of each call; what a
 *                      program remembers of calls, and over a crash
 *   lua_route.c        route=FILE: where a proxy's requests go
 *                      … and which servers it asks whether they are there
 *   lua_menu.c         menu=FILE: what becomes of a voice menu's calls
 *   lua_program_process.c  what time it is; a program that is a process of
 *                      its own
 *   lua_script.c       program=FILE: a node that is what its program makes of
 *                      it; lua_program_node.c has who it is, digest, streams,
 *                      its machines, its timers
 *   lua_program_modules.c  modules of rung's own that it may use
 *                      (modules/NAME.lua)
 */
#ifndef BINDINGS_LUA_PROGRAM_H
#define BINDINGS_LUA_PROGRAM_H

#include "bindings/lua_message.h"
#include "bindings/lua_programs.h"
#include "node/program.h"
#include "node/script_host.h"
#include "script/sandbox.h"
#include "sim/rng.h"

#include <lauxlib.h>

struct lua_program;

/* What a topology's attribute makes of a file. */
struct lua_program_kind {
	const char *attribute; /* which names the file, and its random draws */
	struct program_ops ops;
	const char *plays; /* the word of the role that has it */
	const struct sandbox_function *functions; /* that its Lua has */
	void (*bind)(lua_State *L); /* … and further functions; NULL: none */
	/* Its main part has run; NULL: nothing.  May raise. */
	void (*loaded)(lua_State *L, struct lua_program *p);
	void (*forget)(struct lua_program *p); /* its end; NULL: as any other */
	const char *const *listeners;          /* functions that are called */
	size_t nlisteners;                     /* at most 32 */
	bool required; /* by nodes with one of these roles */
	unsigned
	    needed; /* bits of listeners that must be there; 0: any will do */
	/* The sentence for a program that has none of these. */
	const char *needs;
	/* A node that can't have such a program: D's error.  NULL: none. */
	int (*check)(const struct lua_programs *all, const struct node *n,
	    struct diag *d);
};

extern const struct lua_program_kind lua_route_kind, lua_script_kind;
extern const struct lua_program_kind lua_menu_kind;

struct lua_program {
	struct program base;
	const struct lua_program_kind *kind;
	struct list link; /* in programs->all */
	struct lua_programs *programs;
	struct node *node;
	const char *file, *text; /* of the run's inputs */
	struct sandbox *sandbox;
	bool own;         /* the text is rung's: what `routes` makes */
	bool fresh;       /* loaded, and not asked yet */
	bool loading;     /* its main part runs */
	unsigned listens; /* bits of the kind's `listeners` */
	struct rng rng;
	struct lua_changes changes;
	int64_t saved;    /* steps */
	int64_t saved_at; /* when they were that many */
	int64_t factor;   /* of the steps that others get */
	size_t counted;   /* bytes of its Lua that count as the run's */
	/* The fault of the call at work, else TRACE_PROGRAM_FAULT_COUNT. */
	enum trace_program_fault fault;
	/* Of a route's answer that is being read. */
	const struct program_question *question;
	struct program_answer *answer;
	/* Of a script: what it is told, whether it has said false, and what it
	 * keeps over a crash of its node (name → text), with its bytes; the
	 * number of what it has had done last. */
	const struct script_news *news;
	bool keeps;
	unsigned number;
	unsigned timers; /* that are set */
	unsigned blamed; /* its line for which a module works; 0: not known */
	struct map *store;
	size_t stored;
	/* Of one that is a process of its own: the process, NULL where none
	 * runs; how many answers of the inputs are used up; its last one, and
	 * how many there were. */
	void *process;
	size_t next_answer;
	struct buf answered, word;
	unsigned answers;
	/* Of a menu: the call at work, and the INVITE that it begins with. */
	struct menu_talk *talk;
	const struct msg *invite;
	const struct addr *invite_from;
};

/* The program to which L belongs. */
struct lua_program *lua_program_of(lua_State *L);
/* Makes what programs begin with, for processes that are forked then. */
void lua_program_prepare(void);
struct sim *lua_program_sim(const struct lua_program *p);
/* Pushes the function with the name that LISTENER has, or nil. */
void
lua_program_push(const struct lua_program *p, lua_State *L, unsigned listener);

/* Runs FN, which finds P at index 1, within P's bounds.  0, or what was wrong
 * in *FAULT and *LINE, which people were told, or ERR_NOMEM. */
int lua_program_run(struct lua_program *p, lua_CFunction fn,
    enum trace_program_fault *fault, unsigned *line);

/* The same for CO, a coroutine of P's with NARGS values on its stack, which
 * goes on until it pauses (*PAUSED) or returns; what it leaves on its stack is
 * gone. */
int lua_program_resume(struct lua_program *p, lua_State *co, int nargs,
    bool *paused, enum trace_program_fault *fault, unsigned *line);

/* For the kinds' ops. */
int lua_program_begin(struct program *base, struct diag *d);
bool lua_program_listens(const struct program *base, unsigned listener);

/* What it has returned is not an answer. */
#define LUA_NONSENSE(L, p, ...)                     \
	((p)->fault = TRACE_PROGRAM_FAULT_NONSENSE, \
	    sandbox_error(L, __VA_ARGS__))

/* ---- of processes (lua_program_process.c) ---- */

/* What module process has of C: ask(question), quote(text). */
int lua_fn_ask(lua_State *L);
int lua_fn_quote(lua_State *L);
int lua_fn_tell(lua_State *L);
/* P's program, COMMAND, is asked by module process: its text becomes that, an
 * input.  0 or D's error: there is nothing that runs processes, now or
 * before. */
int
lua_process_take(struct lua_programs *all, const char *command, struct diag *d);
/* P's process ends, if one runs. */
void lua_process_end(struct lua_program *p);

/* ---- of scripts ---- */

/* Where in its program L is. */
struct script_place lua_place_of(lua_State *L);
/* The functions of P's node; raises while its main part runs. */
const struct script_host *lua_host_of(lua_State *L, struct lua_program *p);
/* Raises ERR, with what D says of it. */
int lua_check_done(lua_State *L, int err, const struct diag *d);
/* The table at TABLE has no other names than WORDS, which spaces part. */
void lua_check_names(lua_State *L, int table, const char *words);
/* The rule with KEY, RULE_NONE for an empty one; raises where there is none. */
enum rule_id lua_rule_of(lua_State *L, struct str key);
/* after(time, name, function), every(time, name, function), stop(name) */
int lua_fn_after(lua_State *L);
int lua_fn_every(lua_State *L);
/* The same, of a module alone: it asks whether the other side of a call is
 * there. */
int lua_fn_watch_call(lua_State *L);
int lua_fn_stop(lua_State *L);
/* Pushes the function of the timer NUMBER, which has fired and, if it was set
 * by `every`, is set again. */
void lua_push_timer(lua_State *L, struct lua_program *p, unsigned number);
/* require(name); makes the functions of modules that need no require; loads the
 * modules that P's functions need. */
int lua_fn_require(lua_State *L);
void lua_bind_modules(lua_State *L);
void lua_load_callbacks(lua_State *L, struct lua_program *p);
/* Frees what programs of ALL had compiled. */
void lua_forget_modules(struct lua_programs *all);
/* Pushes the function of P's modules by the name of the program's function
 * NAME; false, and nothing, where there is none. */
bool lua_push_hook(lua_State *L, const char *name);
int lua_fn_nothing(lua_State *L);
/* way(uri), address(name): of a proxy's routes */
int lua_fn_way(lua_State *L);
int lua_fn_address(lua_State *L);
/* stream(name, { own =, theirs =, answered =, source =, awaits = }) */
int lua_fn_stream(lua_State *L);
/* state(message): what belongs to its call.  state(name, of, event): the state
 * of a machine of its own from now on. */
int lua_fn_script_state(lua_State *L);
/* self, settings */
void lua_bind_self(lua_State *L);
/* … and digest */
void lua_bind_node(lua_State *L);

/* ---- functions of several kinds ---- */

/* note { text, rule = key } */
int lua_fn_note(lua_State *L);
/* now(), date() */
int lua_fn_now(lua_State *L);
int lua_fn_date(lua_State *L);
/* watch(uri, every), alive(uri) */
void lua_forget_watched(struct lua_program *p);
/* state(message), forget(message); the table `store`, and its end. */
int lua_fn_state(lua_State *L);
int lua_fn_forget(lua_State *L);
void lua_bind_store(lua_State *L);
void lua_forget_store(struct lua_program *p);

#define LUA_SAVED_STEPS INT64_C(5000000)

#endif
