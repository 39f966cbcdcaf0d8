/*
 * The Lua 5.4 sandbox in which labs and checks run.
 *
 * What a script can do is bounded: steps for each run and in all, memory, the
 * length of a string.  What it sees is the same on every run: pairs goes in a
 * defined order, nothing prints an address, no clock and no chance but the
 * host's.  A limit that was hit ends the sandbox: no pcall of the script gets
 * over it, and every later run answers with the same diagnosis.
 *
 * Functions that the host binds are plain lua_CFunctions and may raise errors
 * with sandbox_error (a longjmp: hold no memory of your own across it). Outside
 * of bindings no Lua function that can raise may be called but within
 * sandbox_protect.  Reading a global with lua_getglobal raises where there is
 * none; use lua_rawget.
 */
#ifndef SCRIPT_SANDBOX_H
#define SCRIPT_SANDBOX_H

#include "base/diag.h"

#include <lauxlib.h>
#include <lua.h>

struct sandbox;

/*
 * A step is one instruction of Lua's machine, or as much work in a library
 * function, some 10 ns: one character tried against a pattern, 64 bytes of a
 * string made.  An instruction counts more where it may do more: 1 + the
 * longest string / 256, and what a float or a string with zero bytes costs that
 * its function has (memory.c).
 */
struct sandbox_limits {
	uint64_t steps_run;  /* for each load, resume or call */
	uint64_t steps_all;  /* in the sandbox's life */
	uint64_t steps_acts; /* of sandbox_charge_act; 0: among STEPS_ALL */
	size_t memory;       /* bytes that Lua holds */
	size_t all;          /* and the host with it */
	size_t string;       /* bytes of the longest string */
	size_t text;         /* bytes of a script's file */
};

#define SANDBOX_LIMITS                                                     \
	((struct sandbox_limits){ 10000000, 25000000, 0, (size_t)64 << 20, \
	    SIZE_MAX, (size_t)1 << 20, (size_t)1 << 20 })

/* What the host provides; members may be NULL. */
struct sandbox_host {
	/* print(...): TEXT without newline. 0 or an error, which stops the
	 * sandbox; it may raise on L, as a binding may. */
	int (*print)(lua_State *L, struct str text, void *arg);
	/* 64 even bits for math.random; NULL: there is no math.random. */
	uint64_t (*random)(void *arg);
	/* Bytes that the host holds at the script's wish: they count towards
	 * the limit of all.  NULL: none. */
	size_t (*memory)(void *arg);
	/* What it knows of NAME, which is nothing here, to D, or false. */
	bool (*missing)(struct str name, struct diag *d, void *arg);
	/* sandbox_returned is asked: each return of a function is noted. */
	bool returns;
	/* Sets the host's functions, in protected mode.  Its result is kept
	 * for further sandboxes: it depends on nothing, and the functions ask
	 * for sandbox_arg when they are called. */
	lua_CFunction bind;
	/* What sandbox_load is given first, where that is known, as it will be
	 * given: what it is compiled to is kept likewise. */
	struct str script;
	const char *file;
	void *arg;
};

/* LIMITS NULL: SANDBOX_LIMITS; HOST NULL: print is silent. Copies both.
 * 0 or ERR_NOMEM. */
int sandbox_create(struct sandbox **sb, const struct sandbox_limits *limits,
    const struct sandbox_host *host);
void sandbox_destroy(struct sandbox *sb);
/* Makes what sandboxes for HOST begin with, for processes that are forked
 * then. */
void sandbox_prepare(const struct sandbox_host *host);

/* The sandbox that L (any coroutine of it) belongs to. */
struct sandbox *sandbox_of(lua_State *L);
/* Its host's `arg`. */
void *sandbox_arg(lua_State *L);

/*
 * Runs FN(L), which finds ARG as a light userdata at index 1, in protected
 * mode on the main state: for setting globals, for pushing strings onto a
 * coroutine, for calling functions of the script and reading their results.
 * Errors and limits as in sandbox_call.  FN's results are thrown away.
 */
int sandbox_protect(
    struct sandbox *sb, lua_CFunction fn, void *arg, struct diag *d);

/*
 * Compiles and runs TEXT (the bytes of FILE, which is in sentences).  Text
 * only, no bytecode.  The chunk can't pause (sandbox_may_pause is false).
 */
int sandbox_load(
    struct sandbox *sb, struct str text, const char *file, struct diag *d);

/*
 * Makes a coroutine of the function on top of L's stack (any state of the
 * sandbox) and takes it off.  It lives until sandbox_drop.  0 or an error; it
 * does not raise, so it may be called from bindings and from outside.
 */
int sandbox_spawn(lua_State *L, lua_State **co, struct diag *d);
/* The coroutine may be collected. Not from within itself. CO may be NULL. */
void sandbox_drop(struct sandbox *sb, lua_State *co);

enum sandbox_status {
	SANDBOX_DONE,   /* returned; its results are on CO's stack */
	SANDBOX_PAUSED, /* a binding yielded; what it yielded is on the stack */
	SANDBOX_FAILED, /* D says why; CO is dead */
};

/*
 * Starts or goes on with CO; its NARGS arguments (at the start the function's,
 * later what the binding's lua_yield returns) were pushed on CO: push only
 * what needs no memory (nil, booleans, numbers) unless in sandbox_protect.
 * The caller pops the *NRESULTS (may be NULL) before the next resume.
 */
enum sandbox_status sandbox_resume(struct sandbox *sb, lua_State *co, int nargs,
    int *nresults, struct diag *d);

/*
 * May a binding called with L yield to the host (lua_yield, lua_yieldk)?  True
 * in a coroutine under sandbox_resume; false in a file's main part, in
 * sandbox_call, in a coroutine of the script's own, in a sort's comparison.
 */
bool sandbox_may_pause(lua_State *L);

/* Where the user's code is: "lab.lua:6" and its line; "" and 0 if nowhere. */
unsigned sandbox_where(lua_State *L, char *out, size_t size);
/* The same line; *FILE is its file, kept as long as the sandbox, NULL if
 * nowhere. */
unsigned sandbox_line(lua_State *L, const char **file);

/* A function that the host binds. */
struct sandbox_function {
	const char *name; /* NULL ends a list */
	lua_CFunction fn;
	int most;         /* arguments; more are rejected */
	const char *form; /* as it is written, for the sentence */
};

/* Sets the globals LIST. */
void sandbox_bind(lua_State *L, const struct sandbox_function *list);

/* That line, a part of *TEXT, of its file; empty if nowhere. */
struct str sandbox_source(lua_State *L, struct str *text);

/* Raises an error of the script at the user's line.  Does not return; for
 * `return sandbox_error(…)`.  FMT is as for printf, translated already.  Lua
 * code that catches it has it in English, a diagnosis in the user's language.
 */
int sandbox_error(lua_State *L, const char *fmt, ...)
    __attribute__((format(printf, 2, 3), noreturn));
/* The same with the sentence of WHY. */
int sandbox_error_of(lua_State *L, const struct diag *why)
    __attribute__((noreturn));
/* The same with that of the N names from FIRST, STRIDE bytes apart, which WORD
 * may mean (diag_one_of). */
int sandbox_error_one_of(lua_State *L, struct diag *why, const char *word,
    const char *const *first, size_t n, size_t stride)
    __attribute__((noreturn));
/* The same with that of the functions KNOWN. */
int sandbox_error_near(lua_State *L, struct diag *why, const char *word,
    const luaL_Reg *known) __attribute__((noreturn));
/* The same at the first line of the script's function on top of the stack. */
int sandbox_error_in(lua_State *L, const char *fmt, ...)
    __attribute__((format(printf, 2, 3), noreturn));
/* Pushes TEXT, or nil for NULL.  lua_pushstring keeps what it has pushed by the
 * address it came from: a long text is one more block in one run and none in
 * the next, and blocks are charged. */
void sandbox_push_text(lua_State *L, const char *text);

/* Steps taken so far. */
uint64_t sandbox_steps(const struct sandbox *sb);

/*
 * For a host that bounds what its scripts do by the call, or by time, instead
 * of in all: what stopped the sandbox is forgotten, and it may take STEPS from
 * now on; sandbox_steps counts again.  Not while a script runs.
 */
void sandbox_revive(struct sandbox *sb, uint64_t steps);
/* What stopped it was the memory that it wanted; that it had too many steps
 * behind it since it was made or revived. */
bool sandbox_wants_memory(const struct sandbox *sb);
bool sandbox_is_spent(const struct sandbox *sb);
/* Bytes that Lua holds. */
size_t sandbox_memory(const struct sandbox *sb);
/* The line at which the function that was called last has returned; 0: none
 * has. */
unsigned sandbox_returned(const struct sandbox *sb);

/* Counts N steps of work done in a binding; raises when they are used up. */
void sandbox_charge(lua_State *L, uint64_t n);
/* The same for one thing that the script has the host do: where many of them
 * used the steps up, the sentence says so.  They may have a bound of their own
 * (sandbox_limits): what the host does is not the script's time. */
void sandbox_charge_act(lua_State *L, uint64_t n);

/*
 * As tostring: no addresses, "table: 1" by order of first asking.  Pushes the
 * text.  A host's userdata shows as its metatable's __name or __tostring.
 *
 * pairs orders integers and floats by value, then strings by bytes, false,
 * true, then userdata by what the metatable's __order (a C function) gives for
 * them (a number or string).  Other keys have no order: two of them are an
 * error.
 */
struct str sandbox_tostring(lua_State *L, int index);
/* As lua_next, in the order of pairs: the way for a host to read a table, where
 * the result becomes visible. */
int sandbox_next(lua_State *L, int index);

/*
 * Bodies of GB/T 28181 in Lua, a table `gb28181` of functions:
 *
 *	gb28181.read(body)            { root = "Response", CmdType = …, … }
 *	gb28181.write(t, "GB2312")    the same as a body
 *	gb28181.ptz("A50F01…")        { right = 41, up = 64 }
 *	gb28181.ptz { right = 41 }    "A50F0101…"
 *	gb28181.control(body)         { method = "PLAY", CSeq = 4, Scale = 2 }
 *
 * Sets the global.  Raises.
 */
void sandbox_bind_surveillance(lua_State *L);

#endif
