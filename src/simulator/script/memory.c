/*
 * The sandbox's allocator.
 *
 * It counts bytes and rejects allocations beyond one of two limits: that of
 * Lua's own memory, and that of Lua and of what the host holds at the script's
 * wish together.  It knows when a string is made (Lua tells a new block's
 * type), so it also keeps the longest string within its limit and charges for
 * copying long ones, which an instruction such as `..` does without any
 * function of ours.
 *
 * And it knows the stack of each coroutine and keeps it small, because how far
 * one instruction may move values on the stack depends on its size (see
 * globals.c).  Lua makes a stack right after its coroutine; one that grows
 * is a new block, after which the old one is freed, or a block that moves.
 *
 * What a run leaves behind that would cost those after it (a stack that was too
 * large, long strings, metatables) is collected before the next one begins: a
 * program is run again after it was stopped.
 */
#include "script/sandbox_in.h"

#include "base/err.h"
#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Blocks but strings are charged by their size from here on. */
#define FREE_BLOCK     ((size_t)64 << 10)
#define BYTES_PER_STEP 64
/* What a new block costs, and its going away. */
#define BLOCK_STEPS 6
/* What a string's block has beside its bytes, at most. */
#define STRING_HEAD 64
/* The largest block of a string of at most 40 bytes, which Lua has but once. */
#define SHORT_STRING 72
/* Of blocks of so many bytes it is known which are strings. */
#define KNOWN_STRING ((size_t)256)
/* Strings of so many are worth a collection. */
#define LONG_STRING ((size_t)4 << 10)
/* Of a value on the stack. */
#define STACK_VALUE 16
/* No stack is smaller. */
#define STACK_LEAST (40 * STACK_VALUE)

/*
 * Lua unwinds the stack before the error is reported, so the place is noted
 * here; looking at the stack allocates nothing.
 */
static void
note_refusal(struct sandbox *sb, enum own_refusal why)
{
	/* Of a stack the place where it grew counts, not a later one. */
	if (sb->refused == OWN_STACK)
		return;
	sb->refused = why;
	if (sb->current != NULL)
		own_where(sb->current, &sb->refused_at);
}

static struct str
block_key(void *const *p)
{
	return (struct str){ (const char *)p, sizeof(*p) };
}

static bool
is_stack(const struct sandbox *sb, void *p, size_t size)
{
	return size >= STACK_LEAST && sb->stacks != NULL &&
	       map_get(sb->stacks, block_key(&p)) != NULL;
}

/* The block Q of N bytes is a stack. */
static void
add_stack(struct sandbox *sb, void *q, size_t n)
{
	if ((sb->stacks == NULL && map_create(&sb->stacks) != 0) ||
	    map_put(sb->stacks, block_key(&q), sb) != 0)
		note_refusal(sb, OWN_NO_MEMORY);
	else if (n > (size_t)OWN_STACK_MAX * STACK_VALUE) {
		note_refusal(sb, OWN_STACK);
		sb->collect = true;
	}
}

void *
own_only_stack(const struct sandbox *sb)
{
	struct str key;
	size_t at = 0;
	void *value, *stack = NULL;

	if (sb->stacks != NULL && map_count(sb->stacks) == 1 &&
	    map_next(sb->stacks, &at, &key, &value))
		memcpy(&stack, key.p, sizeof(stack));
	return stack;
}

bool
own_know_stack(struct sandbox *sb, void *stack)
{
	sb->stacks = NULL;
	add_stack(sb, stack, STACK_LEAST);
	return sb->refused == OWN_NOT_REFUSED;
}

/* The block Q is a string of N bytes. */
static void
note_string_block(struct sandbox *sb, void *q, size_t n)
{
	if ((sb->strings == NULL && map_create(&sb->strings) != 0) ||
	    map_put(sb->strings, block_key(&q), (void *)(uintptr_t)n) != 0)
		note_refusal(sb, OWN_NO_MEMORY);
	sb->untidy = sb->untidy || n >= LONG_STRING;
}

static void
free_block(struct sandbox *sb, void *p, size_t old)
{
	void *newest = sb->newest;

	sb->newest = NULL;
	if (p != NULL && is_stack(sb, p, old)) {
		map_remove(sb->stacks, block_key(&p));
		if (newest != NULL)
			add_stack(sb, newest, sb->newest_size);
	}
	if (p != NULL && old >= KNOWN_STRING && sb->strings != NULL)
		map_remove(sb->strings, block_key(&p));
	if (!sandbox_copy_has(sb, p))
		mem_free(p);
	sb->used -= old;
}

static void *
alloc_block(struct sandbox *sb, size_t n)
{
	void *q = sandbox_copy_alloc(sb, n);

	return q != NULL ? q : mem_alloc(n);
}

/* P, which may be NULL, of OLD bytes with N, elsewhere perhaps; NULL: there is
 * no memory. */
static void *
resize_block(struct sandbox *sb, void *p, size_t old, size_t n)
{
	void *q;

	if (p != NULL && !sandbox_copy_has(sb, p))
		return mem_realloc(p, n);
	if (p != NULL && n <= old)
		return p;
	q = alloc_block(sb, n);
	if (q != NULL && p != NULL)
		memcpy(q, p, old);
	return q;
}

/* Notes what the new block Q of N bytes, of Lua's TYPE, is good for. */
static void
note_new(struct sandbox *sb, void *q, size_t n, size_t type)
{
	if (sb->stack_is_next && type == 0)
		add_stack(sb, q, n);
	sb->stack_is_next = type == LUA_TTHREAD;
	sb->newest = type == 0 ? q : NULL;
	sb->newest_size = n;
}

/* Steps for a new block of N bytes, of Lua's TYPE.  Only what the script alone
 * decides costs any: objects, and strings so long that each is one of its own.
 * Whether a short string is there still, and when a table or the stack is made
 * again, hangs on addresses, and on when Lua has last collected: with these a
 * script would be stopped in one run where it is not in the next. */
static uint64_t
price_block(size_t n, size_t type)
{
	if (type < LUA_TSTRING || (type == LUA_TSTRING && n <= SHORT_STRING))
		return 0;
	return BLOCK_STEPS +
	       (type == LUA_TSTRING || n > FREE_BLOCK ? n / BYTES_PER_STEP : 0);
}

static void
note_moved(struct sandbox *sb, void *p, size_t old, void *q, size_t n)
{
	sb->newest = NULL;
	if (!is_stack(sb, p, old))
		return;
	map_remove(sb->stacks, block_key(&p));
	add_stack(sb, q, n);
}

/* Bytes that Lua may still take, and the limit that says so in *WHY. */
static size_t
memory_find_room(const struct sandbox *sb, enum own_refusal *why)
{
	size_t all = sb->used, own;

	if (sb->host.memory != NULL)
		all += sb->host.memory(sb->host.arg);
	all = all < sb->limits.all ? sb->limits.all - all : 0;
	own = sb->used < sb->limits.memory ? sb->limits.memory - sb->used : 0;
	*why = own <= all ? OWN_MEMORY : OWN_ALL;
	return own <= all ? own : all;
}

/* May a block grow from OLD to N bytes? */
static enum own_refusal
judge_block(const struct sandbox *sb, size_t old, size_t n, bool string)
{
	enum own_refusal why;

	if (n <= old)
		return OWN_NOT_REFUSED;
	if (string && n > sb->limits.string + STRING_HEAD)
		return OWN_STRING;
	/* A stack is known to be too large once it is there. */
	if (sb->refused == OWN_STACK || sb->refused == OWN_NO_MEMORY)
		return sb->refused;
	return n - old > memory_find_room(sb, &why) ? why : OWN_NOT_REFUSED;
}

/* lua_Alloc: OSIZE of a new block is its type. */
void *
own_allocate(void *ud, void *p, size_t osize, size_t nsize)
{
	struct sandbox *sb = ud;
	bool string = p == NULL && osize == LUA_TSTRING;
	size_t old = p != NULL ? osize : 0;
	enum own_refusal why = judge_block(sb, old, nsize, string);
	void *q;

	if (nsize == 0) {
		free_block(sb, p, old);
		return NULL;
	}
	q = why == OWN_NOT_REFUSED ? resize_block(sb, p, old, nsize) : NULL;
	if (q == NULL && nsize > old) {
		note_refusal(sb, why == OWN_NOT_REFUSED ? OWN_NO_MEMORY : why);
		return NULL;
	}
	if (q == NULL)
		q = p; /* Lua takes it that shrinking never fails */
	if (p == NULL)
		note_new(sb, q, nsize, osize);
	else
		note_moved(sb, p, old, q, nsize);
	sb->used = sb->used - old + nsize;
	if (string && nsize > sb->longest)
		sb->longest = nsize;
	if (string && nsize >= KNOWN_STRING)
		note_string_block(sb, q, nsize);
	if (p == NULL)
		sb->debt += price_block(nsize, osize);
	return q;
}

void
own_check_memory(lua_State *L)
{
	struct sandbox *sb = sandbox_of(L);
	enum own_refusal why;

	if (memory_find_room(sb, &why) > 0)
		return;
	/* Unreachable objects do not count. */
	sb->debt += sb->used / BYTES_PER_STEP;
	lua_gc(L, LUA_GCCOLLECT);
	if (memory_find_room(sb, &why) > 0)
		return;
	note_refusal(sb, why);
	own_check(L, LUA_ERRMEM);
}

void
own_check_stack(struct sandbox *sb)
{
	if (sb->stopped.err == 0 && sb->refused == OWN_STACK)
		own_note_memory(sb);
}

void
own_note_memory(struct sandbox *sb)
{
	const char *file = sb->refused_at.file;
	unsigned line = sb->refused_at.line;
	char number[32];

	switch (sb->refused) {
	case OWN_NO_MEMORY:
		diag_set(&sb->stopped, ERR_NOMEM, file, line, "%s",
		    err_text(ERR_NOMEM));
		break;
	case OWN_STACK:
		/* One instruction may have filled it: that costs a run. */
		sb->left_all -=
		    sb->left_all < sb->left_run ? sb->left_all : sb->left_run;
		sb->left_run = 0;
		diag_set(&sb->stopped, ERR_LIMIT, file, line,
		    _("too many nested calls: more than %s values on the "
		      "stack; stopped here"),
		    str_grouped(OWN_STACK_MAX, number));
		break;
	case OWN_STRING:
		diag_set(&sb->stopped, ERR_LIMIT, file, line,
		    _("the script made a string of more than %s bytes; "
		      "stopped here"),
		    str_grouped(sb->limits.string, number));
		break;
	default:
		diag_set(&sb->stopped, ERR_LIMIT, file, line,
		    _("the script used more than %s bytes of memory; "
		      "stopped here"),
		    str_grouped(sb->refused == OWN_ALL ? sb->limits.all
						       : sb->limits.memory,
			number));
	}
}

static size_t
find_longest(const struct sandbox *sb)
{
	size_t longest =
	    sb->longest < KNOWN_STRING ? sb->longest : KNOWN_STRING - 1;
	struct str key;
	void *n;

	for (size_t at = 0;
	     sb->strings != NULL && map_next(sb->strings, &at, &key, &n);)
		if ((uintptr_t)n > longest)
			longest = (uintptr_t)n;
	return longest;
}

/* A collection costs as much as there are objects; so much work must have been
 * done since the last one, except where that stopped a run. */
static bool
is_tidying_due(const struct sandbox *sb)
{
	return sb->collect ||
	       (sb->hooks >= sb->tidy_next &&
		   (sb->untidy || sb->nmetatables >= sb->metatables_many));
}

void
own_tidy(struct sandbox *sb)
{
	if (!is_tidying_due(sb) || !lua_checkstack(sb->L, OWN_TIDY_SLOTS))
		return;
	own_weaken_metatables(sb->L);
	lua_gc(sb->L, LUA_GCCOLLECT);
	own_prune_metatables(sb->L);
	sb->longest = find_longest(sb);
	if (sb->collect)
		sb->debt += sb->used / BYTES_PER_STEP;
	sb->tidy_next = sb->hooks + sb->used / BYTES_PER_STEP / OWN_HOOK_STEPS;
	sb->collect = sb->untidy = false;
}

/* ---- What values cost by what they are ---- */

#define CALL_STEPS    4
#define CHARGED_BYTES 8

uint64_t
own_number_steps(double d)
{
	int exponent = 0;

	if (isfinite(d))
		frexp(d, &exponent);
	return 3 + (uint64_t)abs(exponent) / 32;
}

void
own_charge_number(lua_State *L, int index)
{
	if (lua_type(L, index) == LUA_TNUMBER)
		sandbox_charge(L, own_number_steps(lua_tonumber(L, index)));
}

uint64_t
own_zeros_steps(struct str s)
{
	return memchr(s.p, '\0', s.n) != NULL ? s.n / 2 : 0;
}

/*
 * Functions of Lua's own libraries read the strings they are given, as numbers
 * or as UTF-8, however long these are: each is called through this one, which
 * charges for the strings first.  Upvalue 1 is Lua's own, which has no
 * upvalues.  It runs in the same frame, so that the places and names in its
 * errors stay right.
 */
static int
call_charged(lua_State *L)
{
	uint64_t bytes = 0;
	int n = lua_gettop(L);

	for (int i = 1; i <= n; i++)
		if (lua_type(L, i) == LUA_TSTRING)
			bytes += lua_rawlen(L, i);
	sandbox_charge(L, CALL_STEPS + bytes / CHARGED_BYTES);
	return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

uint64_t
own_compare_steps(struct str s)
{
	return s.n / 64 + own_zeros_steps(s);
}

void
own_charge_compare(lua_State *L, int a, int b)
{
	struct str s;

	if (lua_type(L, a) != LUA_TSTRING || lua_type(L, b) != LUA_TSTRING)
		return;
	if (lua_rawlen(L, b) < lua_rawlen(L, a))
		a = b;
	s.p = lua_tolstring(L, a, &s.n);
	sandbox_charge(L, own_compare_steps(s));
}

void
own_charge_strings(lua_State *L)
{
	lua_pushnil(L);
	while (lua_next(L, -2) != 0) {
		if (!lua_iscfunction(L, -1)) {
			lua_pop(L, 1);
			continue;
		}
		lua_pushcclosure(L, call_charged, 1);
		lua_pushvalue(L, -2);
		lua_insert(L, -2);
		lua_rawset(L, -4);
	}
}
