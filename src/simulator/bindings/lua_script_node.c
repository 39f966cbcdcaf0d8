/*
 * What a program of a node knows and can do beside messages: who it is (self,
 * settings), digest, streams.
 */
#include "bindings/lua_program.h"

#include "base/err.h"
#include "msg/parts.h"
#include "node/script.h"
#include "script/sandbox.h"
#include "sip/digest.h"

/* A response costs some hashes. */
#define DIGEST_STEPS 200

static void
set_text(lua_State *L, const char *key, struct str s)
{
	lua_pushlstring(L, s.n > 0 ? s.p : "", s.n);
	lua_setfield(L, -2, key);
}

/* self = { name =, addr =, user =, domain = } */
static void
bind_self(lua_State *L, const struct node *n)
{
	struct str aor = str_of(node_attr(n, "aor", ""));
	struct buf addr = BUF_INIT;
	struct msg_uri uri;

	lua_newtable(L);
	set_text(L, "name", str_of(n->name));
	set_text(L, "domain", str_of(n->domain != NULL ? n->domain : ""));
	set_text(L, "user",
	    msg_uri_read(aor, &uri) == 0 ? uri.user : str_of(n->name));
	addr_write_bare(node_addr(n), &addr);
	set_text(L, "addr", buf_view(&addr));
	buf_free(&addr);
	lua_setglobal(L, "self");
}

/* settings.NAME: what the attribute says now, "name=value other=value"; nil
 * where it says nothing of that. */
static int
fn_setting(lua_State *L)
{
	const struct node *n = lua_program_of(L)->node;
	struct str rest = str_of(node_attr(n, "settings", ""));
	struct str name = sandbox_tostring(L, 2), value, word;

	sandbox_charge(L, 1 + rest.n / 8);
	while (rest.n > 0) {
		word = str_cut(str_trim(rest), ' ', &rest);
		word = str_cut(word, '=', &value);
		if (!str_eq(word, name))
			continue;
		lua_pushlstring(L, value.n > 0 ? value.p : "", value.n);
		return 1;
	}
	return 0;
}

static void
bind_settings(lua_State *L)
{
	lua_newtable(L);
	lua_newtable(L);
	lua_pushcfunction(L, fn_setting);
	lua_setfield(L, -2, "__index");
	lua_setmetatable(L, -2);
	lua_setglobal(L, "settings");
}

/* ---- digest ---- */

/* digest.read(value): what credentials say; nil for what are none. */
static int
fn_read(lua_State *L)
{
	struct str value = sandbox_tostring(L, 1);
	struct digest_credentials c;

	sandbox_charge(L, 1 + value.n / 8);
	if (digest_credentials_read(value, &c) != 0)
		return 0;
	lua_newtable(L);
	set_text(L, "username", c.username);
	set_text(L, "realm", c.realm);
	set_text(L, "nonce", c.nonce);
	set_text(L, "uri", c.uri);
	set_text(L, "response", c.response);
	return 1;
}

/* digest.response(value, method, password): what the response in these
 * credentials should be; nil where they are none. */
static int
fn_response(lua_State *L)
{
	struct str value = sandbox_tostring(L, 1);
	struct str method = sandbox_tostring(L, 2);
	struct str password = sandbox_tostring(L, 3);
	struct digest_credentials c;
	char hex[DIGEST_HEX];

	sandbox_charge(L, DIGEST_STEPS);
	if (digest_credentials_read(value, &c) != 0 ||
	    digest_response(&c, password, method, STR_NULL, hex) != 0)
		return 0;
	lua_pushstring(L, hex);
	return 1;
}

/* ---- streams ---- */

static struct str
text_of(lua_State *L, const char *key)
{
	struct str s = STR_NULL;

	lua_pushstring(L, key);
	if (lua_rawget(L, 2) != LUA_TNIL)
		s = sandbox_tostring(L, -1);
	return s;
}

/* An SSRC by its decimal digits; 0: none. */
static uint32_t
source_of(lua_State *L, const char *key)
{
	struct str s = text_of(L, key);
	uint32_t n = 0;

	if (s.n > 0 && str_u32(s, &n) != 0)
		sandbox_error(
		    L, _("an SSRC is a number below 2^32, as y= has it"));
	return n;
}

int
lua_fn_stream(lua_State *L)
{
	struct lua_program *p = lua_program_of(L);
	const struct script_host *host = lua_host_of(L, p);
	struct script_place place = lua_place_of(L);
	struct script_media m = { .name = STR_NULL };
	struct diag d = DIAG_INIT;

	lua_settop(L, 2);
	m.name = sandbox_tostring(L, 1);
	if (!lua_isnoneornil(L, 2)) {
		luaL_checktype(L, 2, LUA_TTABLE);
		luaL_checkstack(L, 20, NULL);
		lua_check_names(L, 2, "own theirs answered source awaits");
		m.own = text_of(L, "own");
		m.theirs = text_of(L, "theirs");
		m.source = source_of(L, "source");
		m.awaits = source_of(L, "awaits");
		lua_pushliteral(L, "answered");
		m.answered =
		    lua_rawget(L, 2) != LUA_TNIL && lua_toboolean(L, -1);
		if (m.own.n == 0 || m.theirs.n == 0)
			return sandbox_error(L,
			    _("a stream is what two descriptions agree upon: "
			      "stream(\"live\", { own = …, theirs = … })"));
	}
	return lua_check_done(
	    L, host->stream(p->base.role, &place, &m, &d), &d);
}

void
lua_bind_node(lua_State *L)
{
	static const luaL_Reg functions[] = {
		{ "read", fn_read },
		{ "response", fn_response },
		{ NULL, NULL },
	};
	bind_self(L, lua_program_of(L)->node);
	bind_settings(L);
	luaL_newlib(L, functions);
	lua_setglobal(L, "digest");
}
