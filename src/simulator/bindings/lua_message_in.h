/* Shared by the files of a message in Lua. */
#ifndef BINDINGS_LUA_MESSAGE_IN_H
#define BINDINGS_LUA_MESSAGE_IN_H

#include "bindings/lua_message.h"

/* The userdata: after it the message's bytes, and the view of them. */
struct lua_message {
	struct lua_changes *changes; /* or NULL */
	uint64_t serial;             /* changed while it is theirs */
	char source[ADDR_TEXT];
	char caller[256];
	unsigned number;
	bool changed; /* a change was made, for the collecting caller */
	uint64_t recv;
	const struct msg *m;
};

/* The message that the first argument is; raises. */
struct lua_message *lua_to_message(lua_State *L);
/* The string at INDEX; raises. */
struct str lua_to_text(lua_State *L, int index);
/* The next field of M with NAME, whatever the case and form, from *AT (0 at
 * first) on, which goes after it; NULL: there are no more. */
const struct msg_field *
lua_next_named(const struct msg *m, struct str name, size_t *at);

/* ---- lua_message_change.c: its methods ---- */

int lua_message_add(lua_State *L);
int lua_message_set(lua_State *L);
int lua_message_remove(lua_State *L);
int lua_message_newindex(lua_State *L);

#endif
