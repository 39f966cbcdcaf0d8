/*
 * A SIP message as an object in Lua: over the bytes as they were received, so
 * that nothing of it is lost: every field in order, as often as it is
 * there, and the body.  It has bytes of its own, in Lua's memory, and is good
 * for as long as a script keeps it.
 *
 *	m.method  m.uri  m.status  m.reason  m.version  m.head  m.body  m.text
 *	m.source  m.transport  m.caller
 *	m:get "Subject"          the first value, or nil
 *	m:all "Via"              all values, a list
 *	m:fields()               { { name = …, value = … }, … }, in order
 *	m:address "From"         { display =, uri =, tag =, user =, host =, … }
 *	m:param("Via", "branch") of the first value
 *	m:add(name, value)  m:set(name, value)  m:remove(name)  m.uri = "sip:…"
 *
 * Changes go into a struct lua_changes, while the caller that gave the message
 * to the script collects them; a change of a field that a proxy may not touch
 * (msg/proxy_header_rules.h) is an error of the script's.
 */
#ifndef BINDINGS_LUA_MESSAGE_H
#define BINDINGS_LUA_MESSAGE_H

#include "base/addr.h"
#include "base/buf.h"
#include "msg/message.h"

#include <lua.h>

#define LUA_CHANGES_DROPS 8

/* Kept by the code that runs the script, as long as the script may have
 * messages. */
struct lua_changes {
	/* Of the messages that can be changed now. */
	uint64_t serial;
	struct buf add; /* whole lines */
	enum msg_header drop[LUA_CHANGES_DROPS];
	size_t ndrop;
	struct buf uri; /* the new Request-URI; empty: as it was */
	bool refused;   /* the last thing asked for was not allowed */
};

/* Empties the changes; messages given before can no longer be changed. */
void lua_changes_begin(struct lua_changes *c);
void lua_changes_free(struct lua_changes *c);

/* What the object tells beside the message's bytes. */
struct lua_message_from {
	const struct addr *src; /* NULL: not told */
	const char *caller;     /* its sender, proved by a password, or NULL */
	unsigned number;        /* by which its node knows it; 0: it does not */
	uint64_t recv;          /* seq of its recv record; 0: it has none */
};

/* Registers its type, and `uri`, which takes a SIP URI apart.  Raises. */
void lua_bind_message(lua_State *L);
/* Pushes M, of which it takes a copy; changes go to C, or are rejected where
 * that is NULL.  Raises. */
void lua_push_message(lua_State *L, const struct msg *m,
    const struct lua_message_from *from, struct lua_changes *c);

/* Of the message at INDEX; raise where there is none: its number, the seq of
 * its recv record (0: not told), its bytes (as long as it is there), and
 * what it was changed to, NULL where it was not.  Changes last as long as the
 * call in which they were made: later to ask for them raises as well. */
unsigned lua_message_number(lua_State *L, int index);
uint64_t lua_message_recv(lua_State *L, int index);
const struct msg *lua_message_bytes(lua_State *L, int index);
const struct lua_changes *lua_message_changes(lua_State *L, int index);

/* TEXT can stand where a URI is in a message: no blanks, no brackets, and
 * it is a SIP URI that nodes can reach. */
bool lua_is_target(struct str text);
/* The same where a Route leads on: tel and urn as well. */
bool lua_is_led_target(struct str text);

#endif
