/*
 * What a program of a node knows and can do beside messages: who it is (self,
 * settings), digest, streams.
 */
#include "bindings/lua_program.h"

#include "base/err.h"
#include "base/param.h"
#include "msg/parts.h"
#include "node/script.h"
#include "script/sandbox.h"
#include "sip/digest.h"

#include <stdio.h>
#include <string.h>

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

/* Takes the first of LIST, "name=… name=…" with blanks or new lines between:
 * its name, and what stands behind =. */
static struct str
take_setting(struct str *list, struct str *value)
{
	struct str rest = str_trim(*list);
	size_t n = 0;

	while (n < rest.n && !chr_is_space(rest.p[n]))
		n++;
	*list = str_slice(rest, n, rest.n);
	return str_cut(str_slice(rest, 0, n), '=', value);
}

/* What LIST says of NAME, into *VALUE; false where that is nothing. */
static bool
find_setting(struct str list, struct str name, struct str *value)
{
	while (list.n > 0)
		if (str_eq(take_setting(&list, value), name))
			return true;
	return false;
}

/* settings.NAME: what the attribute says now, "name=value other=value"; nil
 * where it says nothing of that. */
static int
fn_setting(lua_State *L)
{
	const struct node *n = lua_program_of(L)->node;
	struct str rest = str_of(node_attr(n, "settings", ""));
	struct str name = sandbox_tostring(L, 2), value;

	sandbox_charge(L, 1 + rest.n / 8);
	if (!find_setting(rest, name, &value))
		return 0;
	lua_pushlstring(L, value.n > 0 ? value.p : "", value.n);
	return 1;
}

/* VALUE is one of FORM, "live|bye", a number or any text. */
static bool
is_word(struct str value, struct str form)
{
	double number;

	if (str_is(form, "text"))
		return true;
	if (str_is(form, "number"))
		return param_decimal(value, &number) == 0;
	while (form.n > 0)
		if (str_eq(str_cut(form, '|', &form), value))
			return value.n > 0;
	return false;
}

/* VALUE is as FORM says: "number", "active|passive", "live|bye@number,…". */
static bool
is_setting(struct str value, struct str form)
{
	bool list = str_ends(form, ",…"), well = true;
	struct str number, what, one, at;

	if (list && value.n == 0)
		return true;
	what = str_cut(str_slice(form, 0, form.n - (list ? strlen(",…") : 0)),
	    '@', &number);
	do {
		one = list ? str_cut(value, ',', &value) : value;
		if (number.n > 0) {
			one = str_cut(one, '@', &at);
			well = well && is_word(at, number);
		}
		well = well && is_word(one, what);
	} while (list && value.n > 0);
	return well;
}

/* settings "password=text plan=live|bye@number,… limit=number!": which there
 * are, each with its form, and with ! where it must be there. */
static int
fn_declare(lua_State *L)
{
	struct str forms = sandbox_tostring(L, 2), rest = forms, name, form;
	const struct node *node = lua_program_of(L)->node;
	struct str said = str_of(node_attr(node, "settings", ""));
	char names[300];
	struct diag d = DIAG_INIT;
	size_t n = 0;

	sandbox_charge(L, 1 + forms.n + said.n);
	while (rest.n > 0) {
		struct str value;
		bool there;

		name = take_setting(&rest, &form);
		there = find_setting(said, name, &value);
		if (n < sizeof(names))
			n += (size_t)snprintf(names + n, sizeof(names) - n,
			    "%s%.*s", n > 0 ? ", " : "", STR_ARG(name));
		if (str_ends(form, "!")) {
			form.n--;
			if (!there)
				sandbox_error(L,
				    _("%s.settings: %.*s is missing: "
				      "%.*s=%.*s"),
				    node->name, STR_ARG(name), STR_ARG(name),
				    STR_ARG(form));
		}
		if (there && !is_setting(value, form))
			sandbox_error(L,
			    _("%s.settings: %.*s is “%.*s”, expected %.*s"),
			    node->name, STR_ARG(name), STR_ARG(value),
			    STR_ARG(form));
	}
	while (said.n > 0) {
		name = take_setting(&said, &form);
		if (name.n == 0 || find_setting(forms, name, &form))
			continue;
		diag_set(&d, ERR_NOTFOUND, NULL, 0,
		    _("%s.settings: there is no “%.*s”; there are: %s"),
		    node->name, STR_ARG(name), names);
		diag_near(&d, ERR_NOTFOUND, name, names);
		sandbox_error_of(L, &d);
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
	lua_pushcfunction(L, fn_declare);
	lua_setfield(L, -2, "__call");
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
lua_bind_self(lua_State *L)
{
	bind_self(L, lua_program_of(L)->node);
	bind_settings(L);
}

void
lua_bind_node(lua_State *L)
{
	static const luaL_Reg functions[] = {
		{ "read", fn_read },
		{ "response", fn_response },
		{ NULL, NULL },
	};
	lua_bind_self(L);
	luaL_newlib(L, functions);
	lua_setglobal(L, "digest");
}
