/* Shared by the files of a run. */
#ifndef RUNS_RUN_IN_H
#define RUNS_RUN_IN_H

#include "base/diag.h"
#include "base/list.h"
#include "bindings/lua_programs.h"
#include "node/world.h"
#include "runs/fault.h"
#include "runs/run.h"
#include "script/sandbox.h"
#include "topology/topology.h"

/* States an object has been in; scripts wait for them. */
#define WATCH_STATES 12

/* Shared (base/ref.h) by threads, handles and the nodes' own; in the run's map
 * as long as it is referenced. */
struct watch {
	struct run *run;
	char name[96];
	char node[64]; /* whose call it is; "" for a node */
	char peer[128];
	const char *seen[WATCH_STATES];
	size_t nseen;
	const char *state;
	unsigned status;     /* of a request's answer, 0: it has none */
	bool over;           /* no further state can come */
	bool nameless;       /* another call has its name: run_threads.c */
	struct list waiting; /* threads */
};

/* A function of the script, and where it was handed over. */
struct script_fn {
	int ref;          /* in Lua's registry */
	const char *file; /* kept by the sandbox; NULL: nowhere */
	unsigned line;
};

/* A coroutine of the script; CO is NULL until it has begun. */
struct thread {
	struct list link;
	struct run *run;
	lua_State *co;
	struct script_fn fn;
	struct watch *call; /* its argument, or NULL */
	char *text;         /* one more, or NULL */
	sim_event wake;
	struct list wait_link; /* in waits->waiting */
	struct watch *waits;   /* for this object … */
	char wanted[24];       /* … to be in this state */
	char *wanted_text;     /* or to show this on its screen */
	bool reached, timed_out;
};

/* What a node's functions can be called for. */
#define RUN_EVENTS(X)           \
	X(INVITE, "invite")     \
	X(REDIRECT, "redirect") \
	X(REINVITE, "reinvite")

enum run_event {
#define X(id, name) RUN_ON_##id,
	RUN_EVENTS(X)
#undef X
	    RUN_EVENT_COUNT
};

/* on("invite", fn) of one node. */
struct handler {
	struct list link;
	struct node *node;
	enum run_event event;
	struct script_fn fn;
};

struct run {
	struct inputs *in;
	struct trace_writer *writer;
	struct world *world;
	struct topology *topology; /* shared with its inputs */
	struct sandbox *sandbox;
	struct faults *faults;
	struct outside *outside; /* NULL: the run has none */
	size_t next_arrival;
	bool open;       /* arrivals may still come */
	bool closed;     /* the inputs' time for that is over */
	size_t past_act; /* all is quiet, but the act before this is to come */
	struct map *watches;  /* name → struct watch */
	struct map *by_state; /* lua_State * → struct thread */
	struct list threads, handlers;
	struct lua_programs programs; /* of nodes */
	char *title;
	int64_t duration_ns; /* 0: none */
	int64_t until_ns;
	int64_t longest_ns; /* at the latest, where there is no duration */
	size_t next_act;
	bool awaiting; /* the next act waits for its time */
	bool started, ended, lab_said;
	bool rewriting;        /* a fault's rewrite function is running */
	uint64_t start;        /* seq of the act that began it */
	struct diag *warnings; /* about probable mistakes … */
	size_t nwarnings;      /* … in the topology, of faults, of programs */
	size_t nmistakes[2];   /* of programs; by which they have failed */
	struct diag refusal;   /* of a person's act */
	struct diag warning;   /* after a person's act: the run went on */
	struct diag error;     /* what a script did wrong in a slice */
	char where[128];       /* "lab.lua:6": where the script was last */
	struct diag *loading;  /* where lab{} writes its faults */
};

/* run_world.c: topology → world, faults, header. */
int run_make_world(struct run *r, struct diag *d);

/* run_warnings.c */
/* One more of them, of LINE of FILE; FMT is translated already. */
void run_warn(struct run *r, const char *file, unsigned line, const char *fmt,
    ...) __attribute__((format(printf, 4, 5)));
/* One more of what NODE's program in FILE has done wrong (lua_programs.h). */
void run_warn_program(
    void *r, const char *node, const char *file, const struct diag *d);
/* Those about the topology; 0 or ERR_NOMEM. */
int run_warn_topology(struct run *r);
/* … about a script whose functions are never called. */
void run_warn_script(struct run *r);
/* Those about a run that has come to its end. */
void run_warn_end(struct run *r);
/* N has the role WORD; a phone calls N where a topology comes without a
 * script. */
bool run_warn_has_role(const struct topology_node *n, const char *word);
bool run_warn_is_called(const struct topology_node *n);

/* run_warnings_paths.c: of the topology before the run, where there is no
 * script; of what was lost in it. */
void run_warn_paths(struct run *r);
void run_warn_astray(struct run *r);

/* run_world.c */
/* A node is read by another libosip2 than when IN was run: D says so. */
int run_world_check_parsers(const struct run *r, struct diag *d);
int run_write_header(struct run *r);

/* run_acts.c: does VERB on OBJECT (a node, a call, a link); writes the act.
 * WHERE is a script's "lab.lua:6" or NULL, AFTER the record of a person's act
 * or 0. */
int run_act(struct run *r, const char *by, const char *where, uint64_t after,
    const char *verb, const char *object, const struct node_args *args,
    struct node_result *result, struct diag *d);
/* A remark of the script: the act, and the note it makes. */
void run_note(struct run *r, const char *where, struct str text);
/* The outside's action on NODE, or (BY "node") NODE to the outside. */
uint64_t run_record_arrival(struct run *r, const char *by, const char *node,
    const char *verb, const struct node_args *args);
/* What NODE's process has answered, TEXT, to the question whose hash is ASKED:
 * the act that this is, by which what follows is caused. */
void run_record_answer(
    void *run, const char *node, uint64_t asked, const char *text);
/* The act with which every run begins. */
uint64_t run_record_start(struct run *r);
/* A person's acts that are due after record SEQ. */
int run_due_acts(struct run *r, uint64_t seq, struct diag *d);
/* run.c: the next act is not done before its time. */
void run_await(struct run *r);
/* The first mistake of a script, which ends the run. */
void run_fail(struct run *r, const struct diag *why);

/* run_outside.c */
int outside_create(struct run *r, struct diag *d);
void outside_destroy(struct outside *o);
/* The next arrival's time, INT64_MAX where none is to come. */
int64_t outside_next(const struct run *r);
/* The next arrival arrives: 0, or D's error. */
int outside_take(struct run *r, struct diag *d);

/* run_acts.c: acts on messages, faults in force from the start. */
int run_add_past(struct run *r, struct diag *d);
/* At the end of the run: 0, or D's error where the record of such an act was
 * not one that sends a message. */
int run_check_past(struct run *r, struct diag *d);

/* run_threads.c */
/* The nodes' watches live as long as the run: events before the first wait
 * count too.  0 or ERR_NOMEM. */
int watch_nodes(struct run *r);
void watch_free_all(struct run *r);
/* *NAMES gets the states that W can have; returns how many they are. */
size_t watch_states(const struct watch *w, const char *const **names);
/* Makes it where there is none; ref_drop gives it back.  NULL: no memory. */
struct watch *watch_get(struct run *r, const char *name);
/* What NODE's script has for EVENT, or NULL. */
struct handler *
run_find_handler(struct run *r, enum run_event event, const char *node);
bool watch_saw(const struct watch *w, const char *state);
/* V comes too late for what NAME is, a call or subscription: that is over, or
 * is answered where V is said before. */
bool watch_is_late(struct run *r, const char *name, const struct verb *v);
/* A verb has made the call or subscription. */
void watch_made(struct watch *w);
void run_changed(const char *object, const char *state, void *arg);
void run_answered(const char *object, unsigned status, void *arg);
/* W is a request of a script's own. */
bool watch_is_request(const struct watch *w);
bool run_incoming(const char *node, const char *call, void *arg);
bool run_reinvited(const char *node, const char *call, void *arg);
void
run_redirected(const char *node, const char *call, const char *uri, void *arg);

/* The role that has VERB, or NULL. */
const char *run_role_with(const char *verb);
/* NAME is "lan1-lan2" of two nodes with a link: which. */
bool run_link_meant(
    const struct run *r, struct str name, struct str *from, struct str *to);
/* run_acts.c: D's error for a VERB that N, or a CALL of it, does not have; the
 * next one: 0, or D's error for a VERB that links do not have. */
int
run_no_verb(const struct node *n, bool call, const char *verb, struct diag *d);
int run_check_link_verb(const char *verb, struct diag *d);

/* lua_bind.c: NAME is neither field nor verb of N, or of its call OBJECT: the
 * error. */
int lua_refuse_node_name(lua_State *L, struct node *n, const char *name);
int lua_refuse_call_name(
    lua_State *L, struct node *n, const char *object, const char *name);
bool lua_is_attribute(const char *name);
/* The same, and it is one of a node with N's roles. */
bool lua_is_attribute_of(const struct node *n, const char *name);
bool lua_is_verb(const struct node *n, const char *name, bool on_call);
/* The verbs of N, or of a call of it, into LIST of at most MAX: how many. */
size_t lua_list_verbs(
    const struct node *n, bool on_call, const char **list, size_t max);

/* lua_bind.c: screen(), wait_screen(text, timeout) */
int lua_screen(lua_State *L);
int lua_wait_screen(lua_State *L);
void run_screen(const char *node, void *arg);

/* run_threads.c */
/* A coroutine of FN (kept) that begins at AT_NS; its arguments CALL and TEXT
 * may be NULL. */
int thread_spawn(struct run *r, const struct script_fn *fn, struct watch *call,
    const char *text, int64_t at_ns);
void thread_wake(struct thread *t, int64_t at_ns);
void thread_free(struct thread *t);
struct thread *thread_of(struct run *r, lua_State *co);

/* lua_bind.c */
int
run_bind(struct run *r, struct str script, const char *file, struct diag *d);
struct run *run_of(lua_State *L);
/* The same; raises an error before lab { … }. */
struct run *lua_after_lab(lua_State *L);
/* The function at INDEX, kept; raises where there is none. */
struct script_fn lua_keep_function(lua_State *L, int index);
/* Says, once for a line, that VALUE, behind BEFORE, is hardly meant as LEAST
 * seconds or more. */
void run_warn_lua_time(
    lua_State *L, const char *before, struct str value, unsigned least);
/* The same of a pause of NS that lasts longer than the run. */
void run_warn_lua_pause(
    lua_State *L, const char *before, struct str value, int64_t ns);
/* Raises an error within a fault's rewrite, where nothing may be done. */
void run_refuse_in_rewrite(const struct run *r, lua_State *L);
/* lua_objects.c */
void lua_push_node(lua_State *L, struct run *r, const char *name);
void lua_push_call(lua_State *L, struct run *r, const char *name);
int lua_bind_objects(lua_State *L);
int lua_fn_wait(lua_State *L);
/* The node that the first argument of a method is. */
struct node *lua_to_node(lua_State *L);
/* The argument AT as a time; -1 where it is left out. */
/* A remark at the script's line, which has one. */
void run_warn_lua(lua_State *L, const char *text);
int64_t lua_timeout(lua_State *L, int at);
/* T waits for W, which it takes, at most TIMEOUT (negative: without end). */
int lua_begin_wait(
    lua_State *L, struct thread *t, struct watch *w, int64_t timeout);
/* fault.c */
int lua_fn_fault(lua_State *L);
int lua_fn_link(lua_State *L);

/*
 * Phones that were registered before the run begins (attribute `registered`):
 * figures and examples often start there.  Their bindings exist (RFC 3261
 * 10.3), they hold a nonce of each server that will ask them for a password,
 * and are registered in their own state.  To be called when all nodes have
 * started and nothing has happened yet. 0, ERR_NOMEM, or ERR_NOTFOUND with a
 * sentence: a phone's domain has no location service.
 */
int world_warm(struct world *w, struct diag *d);

#endif
