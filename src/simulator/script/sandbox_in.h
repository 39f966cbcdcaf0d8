/*
 * Shared by the files of the sandbox; see script/sandbox.h.
 */
#ifndef SCRIPT_SANDBOX_IN_H
#define SCRIPT_SANDBOX_IN_H

#include "base/diag.h"
#include "base/map.h"
#include "script/lua_names.h"
#include "script/sandbox.h"

#include <lauxlib.h>

/* The count hook comes after as many instructions. */
#define OWN_HOOK_STEPS 100
/* Runs within runs: a script's call that makes the host call a script. */
#define OWN_DEPTH_MAX 4
/* Values that one call may return by unpack, byte, codepoint, resume. */
#define OWN_VALUES_MAX 1000
#define OWN_CHUNKS_MAX 16
/* So many different errors, the last ones, are known in both languages. */
#define OWN_SAID_MAX 8
/* Values that tidying has on the stack. */
#define OWN_TIDY_SLOTS 4
/* So many metatables are known before it is looked which are none any more. */
#define OWN_METATABLES 8
/* Values on the stack of one coroutine: some thousand calls within calls. */
#define OWN_STACK_MAX 12000

struct own_place {
	char file[sizeof(((struct diag *)0)->file)];
	unsigned line; /* 0: nowhere in the user's code */
};

/* A sentence of the host's in both languages; owned. */
struct own_said {
	char *english, *text;
};

struct own_chunk {
	char *file;             /* as the host named it */
	char *text;             /* a copy */
	char shown[LUA_IDSIZE]; /* as Lua writes it into messages */
};

enum own_refusal {
	OWN_NOT_REFUSED,
	OWN_NO_MEMORY, /* the machine has none */
	OWN_MEMORY,    /* Lua holds enough */
	OWN_ALL,       /* Lua and the host together hold enough */
	OWN_STRING,    /* a string would be too long */
	OWN_STACK,     /* a coroutine's stack would be too large */
};

struct sandbox {
	lua_State *L;
	struct sandbox_room *room; /* where it lies; NULL: elsewhere */
	struct sandbox_limits limits;
	struct sandbox_host host;
	uint64_t left_run, left_all; /* steps */
	uint64_t left_acts;          /* of acts, where they have a bound */
	uint64_t acts_run;        /* how often sandbox_charge_act, in a run */
	uint64_t acts;            /* … and in all */
	uint64_t debt;            /* steps of allocations not yet counted */
	size_t used;              /* bytes */
	size_t longest;           /* bytes of a string that may be there */
	struct map *strings;      /* sizes of the long ones, by address */
	bool collect;             /* what has stopped a run must go */
	bool untidy;              /* a long string was made */
	uint64_t tidy_next;       /* not before as many hooks */
	uint64_t hooks;           /* how many came so far */
	uint64_t values_weight;   /* of what a function had at a hook */
	enum own_refusal refused; /* why the last allocation failed */
	struct map *stacks;       /* the coroutines' stacks, by address */
	void *first_stack;        /* of a copy, its only */
	bool stack_is_next;       /* the next new block is a stack */
	void *newest;             /* the last new block, if of no Lua type */
	size_t newest_size;
	bool ready;           /* the host's script waits compiled */
	uint64_t ready_debt;  /* `debt` of that */
	size_t ready_longest; /* … and `longest` */
	struct diag stopped;
	lua_State *pausable; /* the coroutine the host resumed last */
	lua_State *current;  /* the one that runs, or NULL */
	unsigned depth;
	lua_Integer next_id;
	unsigned returned;           /* the line of the last return */
	struct own_place raised;     /* of the last error in a call */
	struct own_place refused_at; /* of the last allocation that failed */
	struct own_chunk chunks[OWN_CHUNKS_MAX];
	size_t nchunks;
	struct lua_names names;             /* declared in the chunks */
	size_t nmetatables;                 /* known to own_check_metatables */
	size_t metatables_many;             /* as many are looked at again */
	struct own_said said[OWN_SAID_MAX]; /* none where all is English */
	size_t nsaid;                       /* ever; the ring's next place */
};

/* From now on SB's steps are charged, by Lua's count hook. */
void own_set_hook(struct sandbox *sb);
/* Ends the sandbox: raises in L what no pcall gets over. */
_Noreturn void own_stop(lua_State *L, int err, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Sandboxes as they are before any script has run (sandbox_copies.c).  A
 * sandbox for HOST; MADE: with its libraries and the host's functions, and
 * ready if it can be, else all zero.  NULL: it is to be made elsewhere.  From
 * its beginning or sandbox_copy_record until sandbox_copy_keep its blocks come
 * from sandbox_copy_alloc, which gives NULL once the room is full. */
#define SANDBOX_ROOMS 3
struct sandbox *sandbox_copy_begin(const struct sandbox_host *host, bool *made);
void sandbox_copy_record(const struct sandbox *sb);
void *sandbox_copy_alloc(const struct sandbox *sb, size_t n);
bool sandbox_copy_has(const struct sandbox *sb, const void *p);
void sandbox_copy_keep(const struct sandbox *sb);
/* SB ends; false: its memory is not a room's. */
bool sandbox_copy_end(const struct sandbox *sb);

/* Compiles the host's script, if it has one that can be. */
void own_make_ready(struct sandbox *sb);

/* lua_Alloc; UD is the sandbox. */
void *own_allocate(void *ud, void *p, size_t osize, size_t nsize);
/* SB's stack, where it has one alone, or NULL; SB, a copy, has that one.
 * False: there is no memory. */
void *own_only_stack(const struct sandbox *sb);
bool own_know_stack(struct sandbox *sb, void *stack);
/* Stops the script when the host holds too much for it. */
void own_check_memory(lua_State *L);
/* Memory ran out: keeps that as the reason of the stop; raises nothing. */
void own_note_memory(struct sandbox *sb);
/* A coroutine pauses: a stack that has become too large stops the sandbox at
 * once, not only at the next hook. */
void own_check_stack(struct sandbox *sb);
/* Before a run: collects the unreachable objects of earlier users. */
void own_tidy(struct sandbox *sb);
/* Raises again when the sandbox was stopped; STATUS of a pcall or resume. */
void own_check(lua_State *L, int status);
/* Likewise, with an error's value on top of L. */
void own_check_caught(lua_State *L, int status);
/* Is the value on top of L, the error of STATUS, that memory ran out? */
bool own_is_memory(lua_State *L, int status);
/* As sandbox_where, in parts. */
void own_where(lua_State *L, struct own_place *place);

/* MESSAGE, an error of Lua's without its place, as a sentence, to OUT. */
void own_explain(struct str message, struct buf *out);
/* Finds the fault of TEXT, into D with its line; the compiler SAID that it
 * could not read a word of LINE, a part of TEXT.  False: unknown. */
bool own_find_mistake(
    struct str said, struct str text, struct str line, struct diag *d);
/* Finds the fault where L's line reads NAME, which is nil; likewise. */
bool own_find_missing(lua_State *L, struct str name, struct diag *d);
/* Pushes what may be meant in place of what the compiler SAID of LINE, to be
 * put after it; an empty text where nothing is known. */
void own_push_mistake(lua_State *L, struct str said, struct str line);
/* MESSAGE, with what the host said in it in the user's language, to OUT. */
void
own_translate(const struct sandbox *sb, struct str message, struct buf *out);
void own_forget_errors(struct sandbox *sb);

/* What it costs to write D in decimal. */
uint64_t own_number_steps(double d);
/* Charges the steps of writing the value at INDEX, if it is a number. */
void own_charge_number(lua_State *L, int index);
/* What it costs to compare S beyond its length: Lua does it piece by piece
 * between zero bytes. */
uint64_t own_zeros_steps(struct str s);
/* All that it costs to compare S with a text as long or longer. */
uint64_t own_compare_steps(struct str s);
/* A string of N bytes may be made; otherwise an error of the script. For
 * UINT64_MAX it does not say how many. */
void own_check_length(lua_State *L, uint64_t n);
/* N values may be given, which is charged; otherwise an error of the script. */
void own_check_values(lua_State *L, uint64_t n);

/* The argument INDEX, which must be a text. */
struct str own_check_str(lua_State *L, int index);

/* Registers the libraries on a new state; raises. */
int own_open_globals(lua_State *L);
/* Each fills the library's table on top of the stack. */
void own_open_coroutine(lua_State *L);
void own_open_string(lua_State *L);
void own_open_table(lua_State *L);
void own_open_order(lua_State *L);

/* What it costs to add a short text to others, or to put an element in its
 * place among others. */
#define OWN_ELEMENT_STEPS 6

/* Less-than of two stack slots. */
typedef bool own_less_fn(lua_State *L, int a, int b);
/* Sorts elements 1..N of the plain table at the top of the stack, stably, by
 * merging; the table is not touched when LESS raises.  STEPS for each that is
 * put in its place. */
void own_sort(lua_State *L, lua_Integer n, own_less_fn *less, uint64_t steps);
/* Charges for the comparison of two texts. */
void own_charge_compare(lua_State *L, int a, int b);

/* Stops the script when a metatable's __call is not a function; by the hook. */
void own_check_metatables(lua_State *L);
/* Around a collection: the list of metatables does not keep them, and collected
 * ones leave it.  They raise nothing. */
void own_weaken_metatables(lua_State *L);
void own_prune_metatables(lua_State *L);
/* Replaces every function of the table on top of the stack by one that first
 * charges for the strings among its arguments. */
void own_charge_strings(lua_State *L);

/* string.format, and what str.find and its kin are made of. */
int own_find(lua_State *L);
int own_match(lua_State *L);
int own_gmatch(lua_State *L);
int own_gsub(lua_State *L);

/* Lua's equivalents of other languages' words. */
#define OWN_NO_SWITCH \
	N_("Lua has no switch; use if … then … elseif … then … else … end")
#define OWN_NO_TRY                                                           \
	N_("Lua has no try; use local ok, why = pcall(function() … end), " \
	   "where ok is false after an error")

/*
 * How much work Lua's compiler has with a text.  It is linear in the text
 * except for a few lists, which are gone through once more for each of their
 * entries: a megabyte can take minutes, in which nothing else is heard.  So the
 * entries are counted before, and the same text is rejected on every machine.
 * A text may cost so many steps of those lists, 1 or 2 ns each.
 */
#define COMPILE_WORK_MAX UINT64_C(100000000)

/* 0, or ERR_LIMIT with FILE, the line and the reason in D. TEXT need not be
 * valid Lua. */
int compile_work_check(struct str text, const char *file, struct diag *d);

#endif
