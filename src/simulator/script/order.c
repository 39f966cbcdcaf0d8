/*
 * An order for what Lua leaves unordered: pairs and next walk a table's keys by
 * kind and value instead of by a hash that differs on each run, and tostring
 * numbers objects instead of printing addresses.
 * Sorting is a stable merge sort: an invalid comparison gives some order, never
 * an error.
 */
#include "script/sandbox_in.h"

#include "base/i18n.h"

#include <limits.h>

/* What it costs to look at a key, and to name an object by its number. */
#define KEY_STEPS    8
#define OBJECT_STEPS 30

static const char ids_key;

/* ---- sorting ---- */

/* Elements I and I + 1 of the table on top. */
static bool
in_order(lua_State *L, lua_Integer i, own_less_fn *less)
{
	bool wrong;

	lua_rawgeti(L, -1, i);
	lua_rawgeti(L, -2, i + 1);
	wrong = less(L, -1, -2);
	lua_pop(L, 2);
	return !wrong;
}

/* Where STEPS is 0 all was charged before. */
static void
charge_if(lua_State *L, uint64_t steps)
{
	if (steps > 0)
		sandbox_charge(L, steps);
}

/* Merges LOW..MID-1 and MID..END-1 of the table A into B. */
static void
merge(lua_State *L, int a, int b, lua_Integer low, lua_Integer mid,
    lua_Integer end, own_less_fn *less, uint64_t steps)
{
	lua_Integer i = low, k = mid;

	for (lua_Integer out = low; out < end; out++) {
		bool right = i == mid;

		charge_if(L, steps);
		if (i < mid && k < end) {
			lua_rawgeti(L, a, i);
			lua_rawgeti(L, a, k);
			/* Equal ones keep their order. */
			right = less(L, -1, -2);
			lua_pop(L, 2);
		}
		lua_rawgeti(L, a, right ? k++ : i++);
		lua_rawseti(L, b, out);
	}
}

static lua_Integer
least_integer(lua_Integer a, lua_Integer b)
{
	return a < b ? a : b;
}

void
own_sort(lua_State *L, lua_Integer n, own_less_fn *less, uint64_t steps)
{
	int a, b, table = lua_gettop(L);
	lua_Integer sorted = 1;

	luaL_checkstack(L, 12, NULL);
	while (sorted < n && in_order(L, sorted, less)) {
		charge_if(L, steps);
		sorted++;
	}
	if (sorted >= n)
		return;
	charge_if(L, (uint64_t)n * steps);
	lua_createtable(L, (int)n, 0);
	lua_createtable(L, (int)n, 0);
	a = table + 1;
	b = table + 2;
	for (lua_Integer i = 1; i <= n; i++) {
		lua_rawgeti(L, table, i);
		lua_rawseti(L, a, i);
	}
	for (lua_Integer width = 1; width < n; width *= 2) {
		int other = a;

		for (lua_Integer low = 1; low <= n; low += 2 * width)
			merge(L, a, b, low, least_integer(low + width, n + 1),
			    least_integer(low + 2 * width, n + 1), less, steps);
		a = b;
		b = other;
	}
	for (lua_Integer i = 1; i <= n; i++) {
		lua_rawgeti(L, a, i);
		lua_rawseti(L, table, i);
	}
	lua_settop(L, table);
}

/* ---- the order of keys ---- */

enum rank { NUMBER, TEXT, BOOLEAN, ORDERED, UNORDERED };

/* Pushes what the userdata at INDEX is ordered by; false where nothing. */
static bool
push_order(lua_State *L, int index)
{
	if (lua_type(L, index) != LUA_TUSERDATA ||
	    luaL_getmetafield(L, index, "__order") == LUA_TNIL)
		return false;
	lua_pushvalue(L, index);
	lua_call(L, 1, 1);
	return true;
}

static enum rank
rank_of(lua_State *L, int index)
{
	switch (lua_type(L, index)) {
	case LUA_TNUMBER:
		return NUMBER;
	case LUA_TSTRING:
		return TEXT;
	case LUA_TBOOLEAN:
		return BOOLEAN;
	case LUA_TUSERDATA:
		if (luaL_getmetafield(L, index, "__order") == LUA_TNIL)
			return UNORDERED;
		lua_pop(L, 1);
		return ORDERED;
	default:
		return UNORDERED;
	}
}

static bool
text_less(lua_State *L, int a, int b)
{
	struct str x, y;

	x.p = lua_tolstring(L, a, &x.n);
	y.p = lua_tolstring(L, b, &y.n);
	return str_cmp(x, y) < 0;
}

static bool
key_less(lua_State *L, int a, int b)
{
	enum rank x, y;
	bool less = false;

	a = lua_absindex(L, a);
	b = lua_absindex(L, b);
	if (lua_rawequal(L, a, b))
		return false;
	x = rank_of(L, a);
	y = rank_of(L, b);
	if (x != y)
		return x < y;
	switch (x) {
	case NUMBER:
		return lua_compare(L, a, b, LUA_OPLT);
	case TEXT:
		return text_less(L, a, b);
	case BOOLEAN:
		return !lua_toboolean(L, a);
	case ORDERED:
		push_order(L, a);
		push_order(L, b);
		if (rank_of(L, -1) <= TEXT && rank_of(L, -2) <= TEXT)
			less = key_less(L, -2, -1);
		lua_pop(L, 2);
		return less;
	case UNORDERED:
		break;
	}
	return false;
}

/* A table's keys, as they are before they are sorted. */
struct keys {
	uint64_t price; /* steps, of comparing each with another one */
	bool chance;    /* in which order Lua has them is chance */
	int unordered;  /* how many have no order; their types: */
	int least, most;
};

static void
note_key(lua_State *L, int index, struct keys *k)
{
	enum rank rank = rank_of(L, index);
	int type = lua_type(L, index);
	struct str s;

	k->chance |= rank != NUMBER;
	if (rank == TEXT) {
		s.p = lua_tolstring(L, index, &s.n);
		k->price += own_compare_steps(s);
	} else if (rank == UNORDERED) {
		k->least =
		    k->unordered == 0 || type < k->least ? type : k->least;
		k->most = k->unordered == 0 || type > k->most ? type : k->most;
		k->unordered++;
	}
}

/* Raises where several have no order, also where they would not meet: which of
 * them do is chance. */
static void
check_order(lua_State *L, const struct keys *k)
{
	if (k->unordered > 1)
		/* TRANSLATORS: both %s are types of Lua's, such as table. */
		sandbox_error(L,
		    _("keys of this table can't be sorted (a %s and a %s); use "
		      "numbers or texts as keys"),
		    lua_typename(L, k->least), lua_typename(L, k->most));
}

/* for's function: () -> key, value.  Upvalues: keys, position, table. */
static int
pairs_next(lua_State *L)
{
	lua_Integer i = lua_tointeger(L, lua_upvalueindex(2));

	for (;;) {
		lua_settop(L, 0);
		if (lua_rawgeti(L, lua_upvalueindex(1), ++i) == LUA_TNIL)
			return 1;
		lua_pushvalue(L, 1);
		/* Removed meanwhile? */
		if (lua_rawget(L, lua_upvalueindex(3)) != LUA_TNIL)
			break;
		sandbox_charge(L, 1);
	}
	lua_pushinteger(L, i);
	lua_replace(L, lua_upvalueindex(2));
	return 2;
}

/* for's function: (table, position) -> position, value. */
static int
ipairs_next(lua_State *L)
{
	lua_Integer i = luaL_checkinteger(L, 2);

	sandbox_charge(L, 1);
	i = (lua_Integer)((lua_Unsigned)i + 1);
	lua_pushinteger(L, i);
	return lua_geti(L, 1, i) == LUA_TNIL ? 1 : 2;
}

static int
ipairs(lua_State *L)
{
	luaL_checkany(L, 1);
	lua_pushcfunction(L, ipairs_next);
	lua_pushvalue(L, 1);
	lua_pushinteger(L, 0);
	return 3;
}

/*
 * In which order Lua has keys that are no numbers is chance: it hashes texts
 * with a number of its own for each state, and objects by their addresses.  So
 * what it costs to sort them is charged before, and is what it may cost at
 * most.
 */
static void
sort_keys(lua_State *L, lua_Integer n, uint64_t price)
{
	struct sandbox *sb = sandbox_of(L);
	uint64_t rounds = 1, debt;

	while (INT64_C(1) << (rounds - 1) < n)
		rounds++;
	sandbox_charge(L, rounds * (price + (uint64_t)n * OWN_ELEMENT_STEPS));
	debt = sb->debt;
	own_sort(L, n, key_less, 0);
	sb->debt = debt;
}

static int
pairs(lua_State *L)
{
	lua_Integer n = 0;
	struct keys k = { 0 };

	luaL_checkany(L, 1);
	if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
		lua_pushvalue(L, 1);
		lua_call(L, 1, 3);
		return 3;
	}
	luaL_checktype(L, 1, LUA_TTABLE);
	lua_settop(L, 1);
	lua_newtable(L);
	lua_pushnil(L);
	while (lua_next(L, 1) != 0) {
		sandbox_charge(L, KEY_STEPS);
		lua_pop(L, 1);
		note_key(L, -1, &k);
		lua_pushvalue(L, -1);
		lua_rawseti(L, 2, ++n);
	}
	luaL_argcheck(L, n < INT_MAX, 1, "table too big");
	check_order(L, &k);
	if (k.chance)
		sort_keys(L, n, k.price);
	else
		own_sort(L, n, key_less, OWN_ELEMENT_STEPS);
	lua_pushinteger(L, 0);
	lua_pushvalue(L, 1);
	lua_pushcclosure(L, pairs_next, 3);
	lua_pushvalue(L, 1);
	lua_pushnil(L);
	return 3;
}

int
sandbox_next(lua_State *L, int index)
{
	int key = lua_gettop(L), best = key + 1, other = key + 2;
	struct keys k = { 0 };

	index = lua_absindex(L, index);
	luaL_checkstack(L, 8, NULL);
	lua_pushnil(L);
	lua_pushnil(L);
	while (lua_next(L, index) != 0) {
		lua_pop(L, 1);
		k.price = 0;
		note_key(L, other, &k);
		sandbox_charge(L, KEY_STEPS + 2 * k.price);
		if ((lua_isnil(L, key) || key_less(L, key, other)) &&
		    (lua_isnil(L, best) || key_less(L, other, best))) {
			lua_pushvalue(L, other);
			lua_replace(L, best);
		}
	}
	check_order(L, &k);
	lua_replace(L, key);
	if (lua_isnil(L, key)) {
		lua_pop(L, 1);
		return 0;
	}
	lua_pushvalue(L, key);
	lua_rawget(L, index);
	return 1;
}

/* next(t, key) */
static int
next_pair(lua_State *L)
{
	luaL_checktype(L, 1, LUA_TTABLE);
	lua_settop(L, 2);
	if (sandbox_next(L, 1) != 0)
		return 2;
	lua_pushnil(L);
	return 1;
}

/* The number of the object at INDEX, given at first asking. */
static lua_Integer
object_id(lua_State *L, int index)
{
	struct sandbox *sb = sandbox_of(L);
	lua_Integer id;

	lua_rawgetp(L, LUA_REGISTRYINDEX, &ids_key);
	lua_pushvalue(L, index);
	if (lua_rawget(L, -2) == LUA_TNIL) {
		lua_pushvalue(L, index);
		lua_pushinteger(L, sb->next_id + 1);
		lua_rawset(L, -4);
		id = ++sb->next_id;
	} else {
		id = lua_tointeger(L, -1);
	}
	lua_pop(L, 2);
	return id;
}

struct str
sandbox_tostring(lua_State *L, int index)
{
	const char *kind;
	struct str s;

	luaL_checkstack(L, 8, NULL);
	index = lua_absindex(L, index);
	if (luaL_getmetafield(L, index, "__tostring") != LUA_TNIL) {
		lua_pushvalue(L, index);
		lua_call(L, 1, 1);
		if (!lua_isstring(L, -1))
			luaL_error(L, "'__tostring' must return a string");
		s.p = lua_tolstring(L, -1, &s.n);
		return s;
	}
	switch (lua_type(L, index)) {
	case LUA_TNUMBER:
	case LUA_TSTRING:
		own_charge_number(L, index);
		lua_pushvalue(L, index);
		break;
	case LUA_TBOOLEAN:
		lua_pushstring(L, lua_toboolean(L, index) ? "true" : "false");
		break;
	case LUA_TNIL:
	case LUA_TNONE:
		lua_pushliteral(L, "nil");
		break;
	default:
		sandbox_charge(L, OBJECT_STEPS);
		kind = luaL_typename(L, index);
		if (luaL_getmetafield(L, index, "__name") == LUA_TNIL)
			lua_pushnil(L);
		else if (lua_type(L, -1) == LUA_TSTRING)
			kind = lua_tostring(L, -1);
		lua_pushfstring(
		    L, "%s: %I", kind, (LUAI_UACINT)object_id(L, index));
		lua_remove(L, -2);
	}
	s.p = lua_tolstring(L, -1, &s.n);
	return s;
}

static int
to_string(lua_State *L)
{
	luaL_checkany(L, 1);
	sandbox_tostring(L, 1);
	return 1;
}

void
own_open_order(lua_State *L)
{
	static const luaL_Reg functions[] = {
		{ "ipairs", ipairs },
		{ "next", next_pair },
		{ "pairs", pairs },
		{ "tostring", to_string },
		{ NULL, NULL },
	};

	luaL_setfuncs(L, functions, 0);
	lua_newtable(L);
	lua_newtable(L);
	lua_pushliteral(L, "k");
	lua_setfield(L, -2, "__mode");
	lua_setmetatable(L, -2);
	lua_rawsetp(L, LUA_REGISTRYINDEX, &ids_key);
}
