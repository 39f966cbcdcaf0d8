/* What a script changes in a message (bindings/lua_message.h): kept next to it,
 * line by line, as far as a proxy may. */
#include "bindings/lua_message_in.h"

#include "msg/chars.h"
#include "msg/headers.h"
#include "msg/proxy_header_rules.h"
#include "script/sandbox.h"

#include <lauxlib.h>
#include <string.h>

/* Bytes that a script may add to a message, and of one value. */
#define ADDED_MAX 8192
#define VALUE_MAX 2048

void
lua_changes_begin(struct lua_changes *c)
{
	c->serial++;
	buf_clear(&c->add);
	buf_clear(&c->uri);
	c->ndrop = 0;
	c->refused = false;
}

void
lua_changes_free(struct lua_changes *c)
{
	buf_free(&c->add);
	buf_free(&c->uri);
}

/* Raises that something is not allowed. */
#define REFUSE(L, c, ...) ((c)->refused = true, sandbox_error(L, __VA_ARGS__))

static struct lua_changes *
to_changes(lua_State *L, struct lua_message *h)
{
	if (h->changes == NULL || h->changes->serial != h->serial)
		sandbox_error(
		    L, _("this message can't be changed: it is read-only, or "
			 "it has already been forwarded"));
	h->changed = true;
	return h->changes;
}

/* RFC 3261 25.1: a field's name, and a value that is one line. */
static void
lua_change_check_line(lua_State *L, struct str name, struct str value)
{
	if (!chars_is_token(name) || name.n > 64)
		sandbox_error(L, _("“%.*s” is not the name of a header field"),
		    (int)(name.n < 40 ? name.n : 40), name.p);
	if (value.n == 0 || value.n > VALUE_MAX || !chars_is_line(value))
		sandbox_error(L,
		    _("the value of %.*s must be one line of 1 to %d bytes"),
		    STR_ARG(name), VALUE_MAX);
}

/* 7.3.1: some fields may stand once only. */
static bool
stands_already(
    const struct lua_message *h, const struct lua_changes *c, struct str name)
{
	enum msg_header id = msg_header_find(name);
	const struct msg_header_info *info = msg_header_info(id);
	bool dropped = false;
	size_t at = 0;

	if (info == NULL || (info->flags & MSG_HF_ONCE) == 0)
		return false;
	for (size_t i = 0; i < c->ndrop; i++)
		dropped = dropped || c->drop[i] == id;
	return !dropped && lua_next_named(h->m, name, &at) != NULL;
}

static void
lua_change_add_line(lua_State *L, const struct lua_message *h,
    struct lua_changes *c, struct str name, struct str value)
{
	lua_change_check_line(L, name, value);
	if (stands_already(h, c, name))
		REFUSE(L, c,
		    _("%.*s is already in the message, and may appear only "
		      "once"),
		    STR_ARG(name));
	if (c->add.n + name.n + value.n > ADDED_MAX)
		sandbox_error(L,
		    _("the header fields are longer than %d bytes"), ADDED_MAX);
	buf_str(&c->add, name);
	buf_puts(&c->add, ": ");
	buf_str(&c->add, value);
	buf_puts(&c->add, "\r\n");
}

static void
drop_fields(lua_State *L, struct lua_changes *c, struct str name)
{
	enum msg_header id = msg_header_find(name);

	for (size_t i = 0; i < c->ndrop; i++)
		if (c->drop[i] == id)
			return;
	if (c->ndrop == LUA_CHANGES_DROPS)
		sandbox_error(L, _("there are more than %d header fields"),
		    LUA_CHANGES_DROPS);
	c->drop[c->ndrop++] = id;
}

/* m:add(name, value) */
int
lua_message_add(lua_State *L)
{
	struct lua_message *h = lua_to_message(L);
	struct lua_changes *c = to_changes(L, h);
	struct str name = lua_to_text(L, 2);

	if ((msg_proxy_may(h->m, name) & MSG_PROXY_ADDS) == 0)
		REFUSE(L, c,
		    _("a proxy must not add %.*s to a message (RFC 3261 20)"),
		    STR_ARG(name));
	lua_change_add_line(L, h, c, name, lua_to_text(L, 3));
	return 0;
}

/* m:remove(name) */
int
lua_message_remove(lua_State *L)
{
	struct lua_message *h = lua_to_message(L);
	struct lua_changes *c = to_changes(L, h);
	struct str name = lua_to_text(L, 2);
	size_t at = 0;

	if (lua_next_named(h->m, name, &at) == NULL)
		return 0;
	if ((msg_proxy_may(h->m, name) & MSG_PROXY_DROPS) == 0)
		REFUSE(L, c,
		    _("a proxy must not remove %.*s from a message (RFC 3261 "
		      "16.6)"),
		    STR_ARG(name));
	drop_fields(L, c, name);
	return 0;
}

/* m:set(name, value): in place of the existing fields of that name. */
int
lua_message_set(lua_State *L)
{
	struct lua_message *h = lua_to_message(L);
	struct lua_changes *c = to_changes(L, h);
	struct str name = lua_to_text(L, 2);
	unsigned may = msg_proxy_may(h->m, name);
	size_t at = 0;
	bool there = lua_next_named(h->m, name, &at) != NULL;

	if (there && (may & MSG_PROXY_CHANGES) == 0 &&
	    may != (MSG_PROXY_ADDS | MSG_PROXY_DROPS))
		REFUSE(L, c, _("a proxy must not change %.*s (RFC 3261 16.6)"),
		    STR_ARG(name));
	if (!there && (may & MSG_PROXY_ADDS) == 0)
		REFUSE(L, c,
		    _("a proxy must not add %.*s to a message (RFC 3261 20)"),
		    STR_ARG(name));
	if (there)
		drop_fields(L, c, name);
	lua_change_add_line(L, h, c, name, lua_to_text(L, 3));
	return 0;
}

/* m.uri = text */
int
lua_message_newindex(lua_State *L)
{
	struct lua_message *h = lua_to_message(L);
	struct lua_changes *c = to_changes(L, h);
	const char *key = luaL_checkstring(L, 2);
	struct str uri;

	if (strcmp(key, "uri") != 0 || !h->m->request)
		return REFUSE(
		    L, c, _("a proxy must not change %s (RFC 3261 16.6)"), key);
	uri = lua_to_text(L, 3);
	if (!lua_is_target(uri))
		return sandbox_error(L, _("“%.*s” is not a SIP URI"),
		    (int)(uri.n < 80 ? uri.n : 80), uri.p);
	buf_clear(&c->uri);
	buf_str(&c->uri, uri);
	return 0;
}
