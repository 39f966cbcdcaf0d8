/*
 * What a program of a node remembers: by call (state), and over a crash of its
 * node (store).
 */
#include "bindings/lua_program.h"

#include "base/err.h"
#include "base/mem.h"
#include "script/sandbox.h"

#include <stdlib.h>
#include <string.h>

/* Bytes that a node keeps of it over a crash, and names of values. */
#define STORE_BYTES 65536
#define STORE_NAMES 1000

#define STATE_TABLE "rung.state"

/* state(message): the table of its call (Call-ID). */
int
lua_fn_state(lua_State *L)
{
	struct str id = msg_value(lua_message_bytes(L, 1), MSG_H_CALL_ID);

	sandbox_charge(L, 20);
	luaL_getsubtable(L, LUA_REGISTRYINDEX, STATE_TABLE);
	lua_pushlstring(L, id.n > 0 ? id.p : "", id.n);
	if (lua_rawget(L, -2) != LUA_TNIL)
		return 1;
	lua_pop(L, 1);
	lua_newtable(L);
	lua_pushlstring(L, id.n > 0 ? id.p : "", id.n);
	lua_pushvalue(L, -2);
	lua_rawset(L, -4);
	return 1;
}

/* forget(message): that table is no more. */
int
lua_fn_forget(lua_State *L)
{
	struct str id = msg_value(lua_message_bytes(L, 1), MSG_H_CALL_ID);

	luaL_getsubtable(L, LUA_REGISTRYINDEX, STATE_TABLE);
	lua_pushlstring(L, id.n > 0 ? id.p : "", id.n);
	lua_pushnil(L);
	lua_rawset(L, -3);
	return 0;
}

/* A value is kept as text behind a letter for its type. */
static int
store_index(lua_State *L)
{
	struct lua_program *p = lua_program_of(L);
	struct str key;
	const char *v;

	key.p = luaL_checklstring(L, 2, &key.n);
	sandbox_charge(L, 20);
	v = p->store != NULL ? map_get(p->store, key) : NULL;
	if (v == NULL)
		lua_pushnil(L);
	else if (v[0] == 's')
		sandbox_push_text(L, v + 1);
	else if (v[0] == 'b')
		lua_pushboolean(L, v[1] == '1');
	else if (v[0] == 'f')
		lua_pushnumber(L, strtod(v + 1, NULL));
	else if (lua_stringtonumber(L, v + 1) == 0)
		lua_pushnil(L);
	return 1;
}

/* The value at INDEX as it is kept, into OUT. */
static void
write_kept(lua_State *L, int index, struct buf *out)
{
	switch (lua_type(L, index)) {
	case LUA_TBOOLEAN:
		buf_puts(out, lua_toboolean(L, index) ? "b1" : "b0");
		break;
	case LUA_TNUMBER:
		if (lua_isinteger(L, index))
			buf_printf(
			    out, "n%lld", (long long)lua_tointeger(L, index));
		else
			/* Also what is no number, or above all. */
			buf_printf(out, "f%a", lua_tonumber(L, index));
		break;
	default:
		buf_putc(out, 's');
		buf_puts(out, lua_tostring(L, index));
	}
}

/* 0, ERR_NOMEM, ERR_LIMIT. */
static int
keep_value(lua_State *L, struct lua_program *p, struct str key)
{
	struct buf text = BUF_INIT;
	char *old, *new = NULL;
	size_t was;
	int err = p->store == NULL ? map_create(&p->store) : 0;

	if (err != 0)
		return err;
	old = map_get(p->store, key);
	was = old != NULL ? key.n + strlen(old) : 0;
	if (!lua_isnil(L, 3)) {
		write_kept(L, 3, &text);
		if (text.err == 0 &&
		    (p->stored - was + key.n + text.n > STORE_BYTES ||
			(old == NULL && map_count(p->store) == STORE_NAMES)))
			err = ERR_LIMIT;
		if (err == 0)
			new = buf_take(&text);
		if (err == 0 && new == NULL)
			err = ERR_NOMEM;
	}
	buf_free(&text);
	if (err != 0)
		return err;
	map_remove(p->store, key);
	mem_free(old);
	p->stored -= was;
	if (new == NULL)
		return 0;
	p->stored += key.n + strlen(new);
	err = map_put(p->store, key, new);
	if (err != 0) {
		p->stored -= key.n + strlen(new);
		mem_free(new);
	}
	return err;
}

static int
store_newindex(lua_State *L)
{
	struct lua_program *p = lua_program_of(L);
	struct str key, value = STR_NULL;
	int type = lua_type(L, 3), err;

	key.p = luaL_checklstring(L, 2, &key.n);
	sandbox_charge(L, 100);
	if (type == LUA_TSTRING)
		value.p = lua_tolstring(L, 3, &value.n);
	if ((type != LUA_TNIL && type != LUA_TBOOLEAN && type != LUA_TNUMBER &&
		type != LUA_TSTRING) ||
	    (value.n > 0 && memchr(value.p, '\0', value.n) != NULL))
		return sandbox_error(L,
		    _("store keeps texts, numbers, true and false, not a %s"),
		    luaL_typename(L, 3));
	err = keep_value(L, p, key);
	if (err == ERR_LIMIT)
		return sandbox_error(L,
		    _("store keeps at most %d values, and %d bytes"),
		    STORE_NAMES, STORE_BYTES);
	return err == 0 ? 0 : sandbox_error(L, "%s", err_text(err));
}

void
lua_forget_store(struct lua_program *p)
{
	if (p->store != NULL)
		map_destroy_all(p->store);
	p->store = NULL;
}

void
lua_bind_store(lua_State *L)
{
	lua_newtable(L);
	lua_createtable(L, 0, 3);
	lua_pushcfunction(L, store_index);
	lua_setfield(L, -2, "__index");
	lua_pushcfunction(L, store_newindex);
	lua_setfield(L, -2, "__newindex");
	lua_pushliteral(L, "store");
	lua_setfield(L, -2, "__metatable");
	lua_setmetatable(L, -2);
	lua_setglobal(L, "store");
}
