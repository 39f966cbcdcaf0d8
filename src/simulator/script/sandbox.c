/*
 * The sandbox's limits.
 *
 * Steps: a count hook fires after every OWN_HOOK_STEPS instructions and charges
 * them; library functions charge their own work.  The hook is Lua's only way
 * to interrupt a script, and the error it raises can be caught; so the reason
 * is kept in `stopped`, the hook is set to fire at each instruction from then
 * on, and our pcall, xpcall and coroutine functions raise again whatever they
 * catch.  While a hook's error looks for a handler Lua has hooks switched off:
 * no function of the script may run in that time (see xpcall in globals.c).
 *
 * Memory: memory.c.
 */
#include "script/sandbox_in.h"

#include "base/err.h"

#include <stdio.h>
#include <string.h>

#define BYTES_PER_WEIGHT 256
/* As many arguments in `...` weigh nothing. */
#define VALUES_FREE       64
#define VALUES_PER_WEIGHT 16
/* Values are looked at in one of as many hooks. */
#define LOOK_HOOKS 4
/* Values looked at that cost an instruction more. */
#define LOOKS_PER_WEIGHT 16
static const char stop_token;

struct sandbox *
sandbox_of(lua_State *L)
{
	struct sandbox *sb;

	memcpy(&sb, lua_getextraspace(L), sizeof(sb));
	return sb;
}

void *
sandbox_arg(lua_State *L)
{
	return sandbox_of(L)->host.arg;
}

void
own_where(lua_State *L, struct own_place *place)
{
	lua_Debug ar;

	for (int level = 0; lua_getstack(L, level, &ar); level++) {
		lua_getinfo(L, "l", &ar);
		if (ar.currentline > 0)
			lua_getinfo(L, "S", &ar);
		if (ar.currentline > 0 && ar.source[0] == '@') {
			str_join(place->file, sizeof(place->file), 0,
			    str_of(ar.source + 1));
			place->line = (unsigned)ar.currentline;
			return;
		}
	}
	*place = (struct own_place){ "", 0 };
}

static void
sandbox_write_place(const struct own_place *place, char *out, size_t size)
{
	char digits[STR_DIGITS], *end = digits + sizeof(digits);
	char *at = str_decimal(end, place->line);
	size_t n = str_join(out, size, 0, str_of(place->file));

	n = str_join(out, size, n, STR(":"));
	str_join(out, size, n, (struct str){ at, (size_t)(end - at) });
}

unsigned
sandbox_where(lua_State *L, char *out, size_t size)
{
	struct own_place place;

	own_where(L, &place);
	if (size > 0)
		out[0] = '\0';
	if (place.line > 0)
		sandbox_write_place(&place, out, size);
	return place.line;
}

unsigned
sandbox_line(lua_State *L, const char **file)
{
	const struct sandbox *sb = sandbox_of(L);
	struct own_place place;

	*file = NULL;
	own_where(L, &place);
	for (size_t i = 0; i < sb->nchunks && *file == NULL; i++)
		if (strcmp(sb->chunks[i].file, place.file) == 0)
			*file = sb->chunks[i].file;
	return place.line;
}

static void sandbox_hook(lua_State *L, lua_Debug *ar);

_Noreturn static void
raise_stop(lua_State *L)
{
	lua_sethook(L, sandbox_hook, LUA_MASKCOUNT, 1);
	lua_pushlightuserdata(L, (void *)(uintptr_t)&stop_token);
	lua_error(L);
	__builtin_unreachable();
}

_Noreturn void
own_stop(lua_State *L, int err, const char *fmt, ...)
{
	struct sandbox *sb = sandbox_of(L);
	char text[sizeof(sb->stopped.text)];
	struct own_place place;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	own_where(L, &place);
	diag_set(&sb->stopped, err, place.file, place.line, "%s", text);
	raise_stop(L);
}

void
own_check(lua_State *L, int status)
{
	struct sandbox *sb = sandbox_of(L);

	if (status == LUA_ERRMEM)
		own_note_memory(sb);
	if (sb->stopped.err != 0)
		raise_stop(L);
}

bool
own_is_memory(lua_State *L, int status)
{
	/* luaL_Buffer says it in words instead of by the status. */
	return status == LUA_ERRMEM ||
	       (status != LUA_OK && sandbox_of(L)->refused != 0 &&
		   lua_type(L, -1) == LUA_TSTRING &&
		   strcmp(lua_tostring(L, -1), "not enough memory") == 0);
}

void
own_check_caught(lua_State *L, int status)
{
	own_check(L, own_is_memory(L, status) ? LUA_ERRMEM : status);
}

/* So many acts in a run are worth a word. */
#define ACTS_MANY 100

static void
stop_run(lua_State *L, const struct sandbox *sb)
{
	char steps[32], acts[32];

	str_grouped(sb->limits.steps_run, steps);
	if (sb->acts_run < ACTS_MANY)
		own_stop(L, ERR_LIMIT,
		    _("the script executed %s instructions without pausing; "
		      "stopped here"),
		    steps);
	own_stop(L, ERR_LIMIT,
	    _("the script performed %s actions without pausing, which counts "
	      "as %s instructions; stopped here (use sleep between them)"),
	    str_grouped(sb->acts_run, acts), steps);
}

_Noreturn static void
stop_all(lua_State *L, struct sandbox *sb, uint64_t *left)
{
	char number[32];

	*left = 0;
	if (left == &sb->left_acts)
		own_stop(L, ERR_LIMIT,
		    _("the script performed %s actions in all; stopped here "
		      "(--limit=instructions=N allows more)"),
		    str_grouped(sb->acts, number));
	own_stop(L, ERR_LIMIT,
	    _("the script executed %s instructions in all; stopped here "
	      "(--limit=instructions=N allows more)"),
	    str_grouped(sb->limits.steps_all, number));
}

/* N steps off LEFT, one of SB's bounds of its whole life. */
static void
charge(lua_State *L, struct sandbox *sb, uint64_t n, uint64_t *left)
{
	if (sb->stopped.err != 0)
		raise_stop(L);
	own_check_memory(L);
	n = n < UINT64_MAX - sb->debt ? n + sb->debt : n;
	sb->debt = 0;
	if (n > *left)
		stop_all(L, sb, left);
	*left -= n;
	if (n > sb->left_run) {
		sb->left_run = 0;
		stop_run(L, sb);
	}
	sb->left_run -= n;
}

void
sandbox_charge(lua_State *L, uint64_t n)
{
	struct sandbox *sb = sandbox_of(L);

	charge(L, sb, n, &sb->left_all);
}

void
sandbox_charge_act(lua_State *L, uint64_t n)
{
	struct sandbox *sb = sandbox_of(L);

	sb->acts_run++;
	/* What Lua has allocated until now is its own. */
	sandbox_charge(L, 0);
	charge(L, sb, n,
	    sb->limits.steps_acts > 0 ? &sb->left_acts : &sb->left_all);
	sb->acts++;
}

/* What it may cost that an instruction has the value on top of the stack: `..`
 * turns a float into text, `%` divides it bit by bit, `<` compares a text with
 * zero bytes piece by piece. */
static uint64_t
weigh_value(lua_State *L)
{
	struct str s;

	if (lua_type(L, -1) == LUA_TNUMBER)
		return lua_isinteger(L, -1)
			   ? 0
			   : own_number_steps(lua_tonumber(L, -1));
	if (lua_type(L, -1) != LUA_TSTRING)
		return 0;
	s.p = lua_tolstring(L, -1, &s.n);
	return own_zeros_steps(s);
}

/* The most that one of the values costs which the running function has. */
static uint64_t
weigh_values(lua_State *L, lua_Debug *ar)
{
	uint64_t most = 0;
	int n = 0;

	while (lua_getlocal(L, ar, ++n) != NULL) {
		uint64_t w = weigh_value(L);

		most = w > most ? w : most;
		lua_pop(L, 1);
	}
	return most + (uint64_t)n / LOOKS_PER_WEIGHT;
}

uint64_t
sandbox_steps(const struct sandbox *sb)
{
	return sb->limits.steps_all - sb->left_all;
}

/*
 * What an instruction may cost beyond one step: it may compare the longest
 * strings, have values that cost much, and pass on as many as its function or
 * the caller has in `...`, which is found by asking for them one by one in
 * doubling steps.
 */
static uint64_t
weight(lua_State *L, lua_Debug *ar)
{
	struct sandbox *sb = sandbox_of(L);
	uint64_t w = 1 + sb->longest / BYTES_PER_WEIGHT;
	lua_Debug caller;

	if (sb->hooks++ % LOOK_HOOKS == 0)
		sb->values_weight = weigh_values(L, ar);
	w += sb->values_weight;
	for (int level = 0; level < 2; level++) {
		int n = VALUES_FREE;

		while (n < LUAI_MAXSTACK && lua_getlocal(L, ar, -n) != NULL) {
			lua_pop(L, 1);
			n *= 2;
		}
		if (n > VALUES_FREE)
			w += (uint64_t)n / VALUES_PER_WEIGHT;
		if (!lua_getstack(L, 1, &caller))
			break;
		ar = &caller;
	}
	return w;
}

/* Of the user's code alone. */
static void
note_return(lua_State *L, lua_Debug *ar)
{
	lua_getinfo(L, "Sl", ar);
	if (ar->currentline > 0 && ar->source[0] == '@')
		sandbox_of(L)->returned = (unsigned)ar->currentline;
}

static void
sandbox_hook(lua_State *L, lua_Debug *ar)
{
	if (ar->event == LUA_HOOKRET) {
		note_return(L, ar);
		return;
	}
	if (sandbox_of(L)->refused == OWN_STACK) {
		own_note_memory(sandbox_of(L));
		raise_stop(L);
	}
	own_check_metatables(L);
	sandbox_charge(L, OWN_HOOK_STEPS * weight(L, ar));
}

void
sandbox_push_text(lua_State *L, const char *text)
{
	if (text != NULL)
		lua_pushlstring(L, text, strlen(text));
	else
		lua_pushnil(L);
}

void
own_check_length(lua_State *L, uint64_t n)
{
	const struct sandbox *sb = sandbox_of(L);
	char got[32], limit[32];

	if (n == UINT64_MAX)
		sandbox_error(L,
		    _("a string of that length is too long; at most %s bytes"),
		    str_grouped(sb->limits.string, limit));
	if (n > sb->limits.string)
		sandbox_error(L,
		    _("a string of %s bytes is too long; at most %s"),
		    str_grouped(n, got), str_grouped(sb->limits.string, limit));
}

void
own_check_values(lua_State *L, uint64_t n)
{
	if (n > OWN_VALUES_MAX)
		sandbox_error(L, _("too many values at once; at most %d"),
		    OWN_VALUES_MAX);
	sandbox_charge(L, n / 4);
	luaL_checkstack(L, (int)n + 4, NULL);
}

void
own_set_hook(struct sandbox *sb)
{
	lua_sethook(sb->L, sandbox_hook,
	    LUA_MASKCOUNT | (sb->host.returns ? LUA_MASKRET : 0),
	    OWN_HOOK_STEPS);
}

void
sandbox_revive(struct sandbox *sb, uint64_t steps)
{
	if (sb->stopped.err != 0)
		own_set_hook(sb);
	sb->stopped = DIAG_INIT;
	sb->refused = OWN_NOT_REFUSED;
	sb->limits.steps_all = sb->left_all = steps;
}

bool
sandbox_wants_memory(const struct sandbox *sb)
{
	return sb->stopped.err != 0 && sb->refused != OWN_NOT_REFUSED;
}

bool
sandbox_is_spent(const struct sandbox *sb)
{
	return sb->stopped.err != 0 && sb->left_all == 0;
}

size_t
sandbox_memory(const struct sandbox *sb)
{
	return sb->used;
}

unsigned
sandbox_returned(const struct sandbox *sb)
{
	return sb->returned;
}
