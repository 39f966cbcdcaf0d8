/* A SIP message as an object in Lua: what a script reads of it. */
#include "bindings/lua_message_in.h"

#include "base/err.h"
#include "msg/header_names.h"
#include "msg/headers.h"
#include "node/uri.h"
#include "script/sandbox.h"
#include "sip/defaults.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#define MESSAGE "rung.message"

/* What a look at a message costs, and at as many of its fields. */
#define LOOK_STEPS      5
#define FIELDS_PER_STEP 4

/* TEXT can be in a Request-URI; it is U. */
static bool
lua_message_read_target(struct str text, struct msg_uri *u)
{
	if (text.n == 0 || text.n > SIP_MAX_URI)
		return false;
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] <= ' ' || text.p[i] > '~' ||
		    strchr("<>\",", text.p[i]) != NULL)
			return false;
	return msg_uri_read(text, u) == 0 && u->host.n > 0;
}

bool
lua_is_target(struct str text)
{
	struct msg_uri u;

	return lua_message_read_target(text, &u) && node_speaks(NULL, &u);
}

bool
lua_is_led_target(struct str text)
{
	struct msg_uri u;

	return lua_message_read_target(text, &u) &&
	       (node_speaks(NULL, &u) || node_is_led(&u));
}

struct lua_message *
lua_to_message(lua_State *L)
{
	struct lua_message *h = luaL_testudata(L, 1, MESSAGE);
	lua_Debug ar;

	if (h == NULL && lua_getstack(L, 0, &ar) && lua_getinfo(L, "n", &ar) &&
	    ar.name != NULL)
		sandbox_error(
		    L, _("write a colon to call it: …:%s(…)"), ar.name);
	h = luaL_checkudata(L, 1, MESSAGE);
	sandbox_charge(L, LOOK_STEPS + h->m->nfields / FIELDS_PER_STEP);
	return h;
}

struct str
lua_to_text(lua_State *L, int index)
{
	struct str s;

	s.p = luaL_checklstring(L, index, &s.n);
	return s;
}

unsigned
lua_message_number(lua_State *L, int index)
{
	const struct lua_message *h = luaL_checkudata(L, index, MESSAGE);

	return h->number;
}

uint64_t
lua_message_recv(lua_State *L, int index)
{
	const struct lua_message *h = luaL_checkudata(L, index, MESSAGE);

	return h->recv;
}

const struct msg *
lua_message_bytes(lua_State *L, int index)
{
	const struct lua_message *h = luaL_checkudata(L, index, MESSAGE);

	return h->m;
}

const struct lua_changes *
lua_message_changes(lua_State *L, int index)
{
	const struct lua_message *h = luaL_checkudata(L, index, MESSAGE);

	if (h->changes != NULL && h->changes->serial == h->serial)
		return h->changes;
	if (h->changed)
		sandbox_error(
		    L, _("the changed message no longer exists: it can only be "
			 "forwarded in the call in which it was changed"));
	return NULL;
}

static void
push_str(lua_State *L, struct str s)
{
	lua_pushlstring(L, s.n > 0 ? s.p : "", s.n);
}

/* Empty strings become nil. */
static void
push_any(lua_State *L, struct str s)
{
	if (s.n > 0)
		push_str(L, s);
	else
		lua_pushnil(L);
}

static void
lua_message_put_text(lua_State *L, const char *key, struct str s)
{
	if (s.n == 0)
		return;
	push_str(L, s);
	lua_setfield(L, -2, key);
}

/* ---- fields ---- */

const struct msg_field *
lua_next_named(const struct msg *m, struct str name, size_t *at)
{
	enum msg_header id = msg_header_find(name);

	while (*at < m->nfields) {
		const struct msg_field *f = &m->fields[(*at)++];

		if (id != MSG_H_OTHER ? f->id == id : str_ieq(f->name, name))
			return f;
	}
	return NULL;
}

/* F's values stand one beside the other, with commas. */
static bool
is_list(const struct msg_field *f)
{
	const struct msg_header_info *info = msg_header_info(f->id);

	return info != NULL && (info->flags & MSG_HF_LIST) != 0;
}

static struct str
first_value(const struct msg *m, struct str name)
{
	size_t at = 0;
	const struct msg_field *f = lua_next_named(m, name, &at);
	struct str rest = f != NULL ? f->value : STR_NULL;

	return f != NULL && is_list(f) ? msg_cut_value(&rest) : rest;
}

/* m:get(name) */
static int
message_get(lua_State *L)
{
	const struct lua_message *h = lua_to_message(L);
	size_t at = 0;
	const struct msg_field *f =
	    lua_next_named(h->m, lua_to_text(L, 2), &at);

	if (f == NULL)
		lua_pushnil(L);
	else
		push_str(L, first_value(h->m, lua_to_text(L, 2)));
	return 1;
}

/* m:all(name) */
static int
message_all(lua_State *L)
{
	const struct lua_message *h = lua_to_message(L);
	struct str name = lua_to_text(L, 2);
	const struct msg_field *f;
	size_t at = 0;
	int n = 0;

	lua_newtable(L);
	while ((f = lua_next_named(h->m, name, &at)) != NULL) {
		struct str rest = f->value;

		do {
			push_str(L, is_list(f) ? msg_cut_value(&rest) : rest);
			lua_rawseti(L, -2, ++n);
			rest = is_list(f) ? str_trim(rest) : STR_NULL;
		} while (rest.n > 0);
	}
	return 1;
}

/* m:fields() */
static int
message_fields(lua_State *L)
{
	const struct lua_message *h = lua_to_message(L);

	lua_newtable(L);
	for (size_t i = 0; i < h->m->nfields; i++) {
		lua_createtable(L, 0, 2);
		push_str(L, h->m->fields[i].name);
		lua_setfield(L, -2, "name");
		push_str(L, h->m->fields[i].value);
		lua_setfield(L, -2, "value");
		lua_rawseti(L, -2, (lua_Integer)i + 1);
	}
	return 1;
}

/* ---- addresses and parameters ---- */

/* ";a=b;lr" as a table: flags are true. */
static void
put_params(lua_State *L, struct str params)
{
	struct str name, value;

	lua_newtable(L);
	while (msg_next_param(&params, &name, &value)) {
		push_str(L, name);
		if (value.n > 0)
			push_str(L, value);
		else
			lua_pushboolean(L, true);
		lua_rawset(L, -3);
	}
	lua_setfield(L, -2, "params");
}

/* The parts of URI, into the table on top. */
static bool
lua_message_put_uri(lua_State *L, struct str uri, bool params)
{
	struct msg_uri u;

	if (msg_uri_read(uri, &u) != 0)
		return false;
	lua_message_put_text(L, "scheme", u.scheme);
	lua_message_put_text(L, "user", u.user);
	lua_message_put_text(L, "password", u.password);
	lua_message_put_text(L, "host", u.host);
	if (u.port != 0) {
		lua_pushinteger(L, u.port);
		lua_setfield(L, -2, "port");
	}
	if (params) {
		lua_message_put_text(L, "headers", u.headers);
		put_params(L, u.params);
	}
	return true;
}

/* uri(text): its parts, or nil. */
static int
fn_uri(lua_State *L)
{
	struct str text = lua_to_text(L, 1);

	sandbox_charge(L, LOOK_STEPS + text.n / 16);
	lua_newtable(L);
	if (!lua_message_put_uri(L, text, true))
		lua_pushnil(L);
	return 1;
}

/* m:address(name): of the first value, or nil. */
static int
message_address(lua_State *L)
{
	const struct lua_message *h = lua_to_message(L);
	struct msg_addr a;

	if (msg_addr_read(first_value(h->m, lua_to_text(L, 2)), &a) != 0 ||
	    a.star) {
		lua_pushnil(L);
		return 1;
	}
	lua_newtable(L);
	lua_message_put_text(L, "display", a.display);
	lua_message_put_text(L, "uri", a.uri);
	lua_message_put_text(L, "tag", a.tag);
	lua_message_put_uri(L, a.uri, false);
	put_params(L, a.params);
	return 1;
}

/* m:param(field, name): of the first value; true for a flag, or nil. */
static int
message_param(lua_State *L)
{
	const struct lua_message *h = lua_to_message(L);
	struct str value = first_value(h->m, lua_to_text(L, 2)), params, found;
	const char *name = luaL_checkstring(L, 3);
	struct msg_addr a;

	if (msg_addr_read(value, &a) == 0 && !a.star)
		params = a.params;
	else
		msg_cut_params(value, &params);
	if (!msg_param(params, name, &found))
		lua_pushnil(L);
	else if (found.n > 0)
		push_str(L, found);
	else
		lua_pushboolean(L, true);
	return 1;
}

/* ---- what it is ---- */

static void
tell_method(lua_State *L, const struct lua_message *h)
{
	struct msg_cseq cseq = { 0, STR_NULL };

	if (!h->m->request)
		msg_cseq_read(msg_value(h->m, MSG_H_CSEQ), &cseq);
	push_any(L, h->m->request ? h->m->method_name : cseq.method);
}

static void
tell_uri(lua_State *L, const struct lua_message *h)
{
	const struct lua_changes *c = h->changes;

	push_any(L, c != NULL && c->serial == h->serial && c->uri.n > 0
			? buf_view(&c->uri)
			: h->m->uri);
}

static void
tell_status(lua_State *L, const struct lua_message *h)
{
	if (h->m->request)
		lua_pushnil(L);
	else
		lua_pushinteger(L, h->m->status);
}

static void
tell_reason(lua_State *L, const struct lua_message *h)
{
	push_any(L, h->m->reason);
}

static void
tell_version(lua_State *L, const struct lua_message *h)
{
	push_any(L, h->m->version);
}

static void
lua_message_tell_head(lua_State *L, const struct lua_message *h)
{
	push_str(L, msg_head(h->m));
}

static void
tell_message_body(lua_State *L, const struct lua_message *h)
{
	push_str(L, h->m->body);
}

static void
tell_text(lua_State *L, const struct lua_message *h)
{
	push_str(L, h->m->bytes);
}

static void
tell_source(lua_State *L, const struct lua_message *h)
{
	push_any(L, str_of(h->source));
}

static void
tell_transport(lua_State *L, const struct lua_message *h)
{
	struct msg_via via;

	push_any(L, msg_top_via(h->m, &via) == 0 ? via.transport : STR_NULL);
}

static void
tell_caller(lua_State *L, const struct lua_message *h)
{
	push_any(L, str_of(h->caller));
}

static const struct {
	const char *name;
	void (*tell)(lua_State *L, const struct lua_message *h);
} values[] = {
	{ "method", tell_method },
	{ "uri", tell_uri },
	{ "status", tell_status },
	{ "reason", tell_reason },
	{ "version", tell_version },
	{ "head", lua_message_tell_head },
	{ "body", tell_message_body },
	{ "text", tell_text },
	{ "source", tell_source },
	{ "transport", tell_transport },
	{ "caller", tell_caller },
};

static const luaL_Reg methods[] = {
	{ "get", message_get },
	{ "all", message_all },
	{ "fields", message_fields },
	{ "address", message_address },
	{ "param", message_param },
	{ "add", lua_message_add },
	{ "set", lua_message_set },
	{ "remove", lua_message_remove },
	{ NULL, NULL },
};

static int
message_index(lua_State *L)
{
	const struct lua_message *h = lua_to_message(L);
	const char *key = luaL_checkstring(L, 2);
	struct diag d = DIAG_INIT;

	for (size_t i = 0; i < COUNT_OF(values); i++)
		if (strcmp(values[i].name, key) == 0) {
			values[i].tell(L, h);
			return 1;
		}
	for (const luaL_Reg *f = methods; f->name != NULL; f++)
		if (strcmp(f->name, key) == 0) {
			lua_pushcfunction(L, f->func);
			return 1;
		}
	diag_set(&d, ERR_NOTFOUND, NULL, 0, _("a message has no “%s”"), key);
	return sandbox_error_near(L, &d, key, methods);
}

static int
message_to_string(lua_State *L)
{
	push_str(L, lua_to_message(L)->m->start_line);
	return 1;
}

void
lua_bind_message(lua_State *L)
{
	luaL_newmetatable(L, MESSAGE);
	lua_pushcfunction(L, message_index);
	lua_setfield(L, -2, "__index");
	lua_pushcfunction(L, lua_message_newindex);
	lua_setfield(L, -2, "__newindex");
	lua_pushcfunction(L, message_to_string);
	lua_setfield(L, -2, "__tostring");
	lua_pushliteral(L, "message");
	lua_setfield(L, -2, "__metatable");
	lua_pop(L, 1);
	lua_pushcfunction(L, fn_uri);
	lua_setglobal(L, "uri");
}

#define ALIGNED(n) (((n) + 15) & ~(size_t)15)

void
lua_push_message(lua_State *L, const struct msg *m,
    const struct lua_message_from *from, struct lua_changes *c)
{
	size_t bytes = ALIGNED(sizeof(struct lua_message));
	size_t view = bytes + ALIGNED(m->bytes.n + 1);
	char *p = lua_newuserdatauv(L, view + msg_size(m), 0);
	struct lua_message *h = (struct lua_message *)p;
	struct buf source = BUF_INIT;
	struct msg read;

	memset(h, 0, sizeof(*h));
	memcpy(p + bytes, m->bytes.p, m->bytes.n);
	/* The same bytes have the same fields. */
	msg_read(&read, (struct str){ p + bytes, m->bytes.n }, NULL);
	if (read.nfields > m->nfields)
		read.nfields = m->nfields;
	memcpy(p + view, &read, msg_size(m));
	h->m = (const struct msg *)(p + view);
	h->changes = c;
	h->serial = c != NULL ? c->serial : 0;
	if (from != NULL && from->src != NULL) {
		addr_write(from->src, &source);
		snprintf(h->source, sizeof(h->source), "%s", buf_cstr(&source));
		buf_free(&source);
	}
	if (from != NULL) {
		h->number = from->number;
		h->recv = from->recv;
	}
	if (from != NULL && from->caller != NULL)
		snprintf(h->caller, sizeof(h->caller), "%s", from->caller);
	luaL_setmetatable(L, MESSAGE);
}
