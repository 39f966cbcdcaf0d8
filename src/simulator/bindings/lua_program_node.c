/*
 * What a program of a node knows and can do beside messages: who it is (self,
 * settings), digest, streams, timers.
 */
#include "bindings/lua_program.h"

#include "base/err.h"
#include "base/param.h"
#include "msg/parts.h"
#include "sip/digest.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A response costs some hashes. */
#define DIGEST_STEPS 200

static void
lua_node_set_text(lua_State *L, const char *key, struct str s)
{
	lua_pushlstring(L, s.n > 0 ? s.p : "", s.n);
	lua_setfield(L, -2, key);
}

#define ADDR_TEXT_MOST 64 /* of IPv6 at most 45 */

/* self = { name =, addr =, user =, domain = } */
static void
bind_self(lua_State *L, const struct node *n)
{
	struct str aor = str_of(node_attr(n, "aor", ""));
	struct buf addr = BUF_INIT;
	struct msg_uri uri;
	char text[ADDR_TEXT_MOST];

	/* An error of Lua's frees no buffer. */
	addr_write_bare(node_addr(n), &addr);
	snprintf(text, sizeof(text), "%s", buf_cstr(&addr));
	buf_free(&addr);
	lua_newtable(L);
	lua_node_set_text(L, "name", str_of(n->name));
	lua_node_set_text(
	    L, "domain", str_of(n->domain != NULL ? n->domain : ""));
	lua_node_set_text(L, "user",
	    msg_uri_read(aor, &uri) == 0 ? uri.user : str_of(n->name));
	lua_node_set_text(L, "addr", str_of(text));
	lua_setglobal(L, "self");
}

/* Takes the first of LIST, "name=… name=…" with blanks or new lines between:
 * its name, and the value behind =. */
static struct str
lua_node_take_setting(struct str *list, struct str *value)
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
lua_node_find_setting(struct str list, struct str name, struct str *value)
{
	while (list.n > 0)
		if (str_eq(lua_node_take_setting(&list, value), name))
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
	if (!lua_node_find_setting(rest, name, &value))
		return 0;
	lua_pushlstring(L, value.n > 0 ? value.p : "", value.n);
	return 1;
}

/* VALUE is one of FORM, "live|bye", a number or any text. */
static bool
lua_node_is_word(struct str value, struct str form)
{
	double number;
	int64_t ns;

	if (str_is(form, "text"))
		return true;
	if (str_is(form, "time"))
		return param_time(value, &ns) == 0;
	if (str_is(form, "number"))
		return param_decimal(value, &number) == 0;
	while (form.n > 0)
		if (str_eq(str_cut(form, '|', &form), value))
			return value.n > 0;
	return false;
}

/* VALUE is as FORM says: "number", "active|passive", "live|bye@number,…". */
static bool
lua_node_is_setting(struct str value, struct str form)
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
			well = well && lua_node_is_word(at, number);
		}
		well = well && lua_node_is_word(one, what);
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

		name = lua_node_take_setting(&rest, &form);
		there = lua_node_find_setting(said, name, &value);
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
		if (there && !lua_node_is_setting(value, form))
			sandbox_error(L,
			    _("%s.settings: %.*s is “%.*s”, expected %.*s"),
			    node->name, STR_ARG(name), STR_ARG(value),
			    STR_ARG(form));
	}
	while (said.n > 0) {
		name = lua_node_take_setting(&said, &form);
		if (name.n == 0 || lua_node_find_setting(forms, name, &form))
			continue;
		diag_set(&d, ERR_NOTFOUND, NULL, 0,
		    _("%s.settings: there is no “%.*s”"), node->name,
		    STR_ARG(name));
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
lua_node_fn_read(lua_State *L)
{
	struct str value = sandbox_tostring(L, 1);
	struct digest_credentials c;

	sandbox_charge(L, 1 + value.n / 8);
	if (digest_credentials_read(value, &c) != 0)
		return 0;
	lua_newtable(L);
	lua_node_set_text(L, "username", c.username);
	lua_node_set_text(L, "realm", c.realm);
	lua_node_set_text(L, "nonce", c.nonce);
	lua_node_set_text(L, "uri", c.uri);
	lua_node_set_text(L, "response", c.response);
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
lua_node_text_of(lua_State *L, const char *key)
{
	struct str s = STR_NULL;

	lua_pushstring(L, key);
	if (lua_rawget(L, 2) != LUA_TNIL)
		s = sandbox_tostring(L, -1);
	return s;
}

/* An SSRC by its decimal digits; 0: none. */
static uint32_t
lua_node_source_of(lua_State *L, const char *key)
{
	struct str s = lua_node_text_of(L, key);
	uint32_t n = 0;

	if (s.n > 0 && str_u32(s, &n) != 0)
		sandbox_error(L, _("an SSRC is a number below 2^32, as in y="));
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
		lua_check_names(L, 2, "own theirs from answered source awaits");
		m.own = lua_node_text_of(L, "own");
		m.theirs = lua_node_text_of(L, "theirs");
		m.from = lua_node_text_of(L, "from");
		m.source = lua_node_source_of(L, "source");
		m.awaits = lua_node_source_of(L, "awaits");
		lua_pushliteral(L, "answered");
		m.answered =
		    lua_rawget(L, 2) != LUA_TNIL && lua_toboolean(L, -1);
		if (m.own.n == 0 || m.theirs.n == 0)
			return sandbox_error(
			    L, _("a stream needs two descriptions: "
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
		{ "read", lua_node_fn_read },
		{ "response", fn_response },
		{ NULL, NULL },
	};
	lua_bind_self(L);
	luaL_newlib(L, functions);
	lua_setglobal(L, "digest");
}

/* ---- Machines that a node's program makes up: state("ringing") ---- */

/* What the program is notified of, as the event of a step. */
static void
write_event(const struct script_news *n, struct buf *out)
{
	switch (n->event) {
	case SCRIPT_ON_REQUEST:
	case SCRIPT_ON_CANCEL:
		buf_str(out, n->m->method_name);
		break;
	case SCRIPT_ON_REPLY:
	case SCRIPT_ON_RESPONSE:
		buf_u64(out, n->m->status);
		break;
	case SCRIPT_ON_FAILURE:
		buf_u64(out, n->status);
		break;
	case SCRIPT_ON_TIMER:
		buf_puts(out, "timer");
		break;
	default:
		break;
	}
}

/* The machine that the value at INDEX names: a text, or a message's branch;
 * without one the node's. */
static struct str
get_machine_id(lua_State *L, int index, const struct lua_program *p)
{
	struct msg_via via;

	if (lua_isnoneornil(L, index))
		return str_of(p->node->name);
	if (lua_type(L, index) != LUA_TUSERDATA)
		return sandbox_tostring(L, index);
	return msg_top_via(lua_message_bytes(L, index), &via) == 0 ? via.branch
								   : STR_NULL;
}

/* state(message): what belongs to its call.  state(name, of, event): the state
 * of a machine of its own from now on. */
int
lua_fn_script_state(lua_State *L)
{
	struct lua_program *p = lua_program_of(L);
	const struct script_host *host;
	struct script_place place;
	struct script_step step;
	LOCAL_BUF event = BUF_INIT;
	struct diag d = DIAG_INIT;
	int err;

	lua_settop(L, 3);
	if (lua_type(L, 1) != LUA_TSTRING)
		return lua_fn_state(L);
	host = lua_host_of(L, p);
	place = lua_place_of(L);
	step.to = sandbox_tostring(L, 1);
	step.id = get_machine_id(L, 2, p);
	if (!lua_isnoneornil(L, 3))
		step.event = sandbox_tostring(L, 3);
	else {
		write_event(p->news, &event);
		step.event = buf_view(&event);
	}
	err = event.err != 0 ? event.err
			     : host->state(p->base.role, &place, &step, &d);
	return lua_check_done(L, err, &d);
}

/* ---- Timers of the program ---- */

#define TIMER_STEPS 100
/* Timers that are set. */
#define TIMERS 10000

/* Each timer is one entry of a table by its number:
 * number → { function, name, time of `every`, line, true where it watches } */
#define TIMER_TABLE "rung.timers"
/* Name → number.  A timer that has a name is the only one of that name: to set
 * it again replaces it, so that a timer set on several ways to one state runs
 * once. */
#define NAME_TABLE "rung.timer_names"

enum { AT_FUNCTION = 1, AT_NAME, AT_TIME, AT_LINE, AT_WATCH };

/* Forgets the timer NUMBER, whose entry is on top of the stack and stays. */
static void
forget_timer(lua_State *L, struct lua_program *p, lua_Integer number)
{
	luaL_getsubtable(L, LUA_REGISTRYINDEX, TIMER_TABLE);
	lua_pushnil(L);
	lua_rawseti(L, -2, number);
	lua_pop(L, 1);
	p->timers--;
	if (lua_rawgeti(L, -1, AT_NAME) != LUA_TNIL) {
		luaL_getsubtable(L, LUA_REGISTRYINDEX, NAME_TABLE);
		lua_pushvalue(L, -2);
		lua_pushnil(L);
		lua_rawset(L, -3);
		lua_pop(L, 1);
	}
	lua_pop(L, 1);
}

/* Pushes the entry of NUMBER; false, and nothing, where there is none. */
static bool
push_entry(lua_State *L, lua_Integer number)
{
	luaL_getsubtable(L, LUA_REGISTRYINDEX, TIMER_TABLE);
	lua_rawgeti(L, -1, number);
	lua_remove(L, -2);
	if (lua_istable(L, -1))
		return true;
	lua_pop(L, 1);
	return false;
}

/* The number of the timer with the name at INDEX; 0: there is none. */
static lua_Integer
lua_node_find_name(lua_State *L, int index)
{
	lua_Integer number;

	lua_pushvalue(L, index);
	luaL_getsubtable(L, LUA_REGISTRYINDEX, NAME_TABLE);
	lua_insert(L, -2);
	lua_rawget(L, -2);
	number = lua_tointeger(L, -1);
	lua_pop(L, 2);
	return number;
}

static void
stop_number(lua_State *L, struct lua_program *p, const struct script_host *host,
    lua_Integer number)
{
	if (number <= 0 || !push_entry(L, number))
		return;
	forget_timer(L, p, number);
	lua_pop(L, 1);
	host->stop(p->base.role, (unsigned)number);
}

/* The time at INDEX, "2s" or so many seconds. */
static int64_t
lua_node_time_of(lua_State *L, int index)
{
	int top = lua_gettop(L);
	int64_t ns = -1;

	if (lua_type(L, index) == LUA_TNUMBER) {
		double s = lua_tonumber(L, index);

		if (s >= 0 && s < 1e9)
			ns = (int64_t)llround(s * 1e9);
	} else if (lua_type(L, index) != LUA_TSTRING ||
		   param_time(sandbox_tostring(L, index), &ns) != 0) {
		ns = -1;
	}
	lua_settop(L, top);
	if (ns < 0)
		sandbox_error(
		    L, _("a timer needs a time and a function: after(\"2s\", "
			 "function() … end)"));
	return ns;
}

/* The entry on top of the stack is set to fire after NS, from PLACE; its
 * number. */
static unsigned
lua_node_set_timer(lua_State *L, struct lua_program *p,
    const struct script_host *host, struct script_place *place, int64_t ns)
{
	unsigned number = 0;

	sandbox_charge(L, TIMER_STEPS);
	if (p->timers >= TIMERS)
		sandbox_error(L, _("there are more than %d timers"), TIMERS);
	place->watches = lua_rawgeti(L, -1, AT_WATCH) != LUA_TNIL;
	lua_pop(L, 1);
	if (host->after(p->base.role, place, ns, &number) != 0)
		sandbox_error(L, "%s", err_text(ERR_NOMEM));
	luaL_getsubtable(L, LUA_REGISTRYINDEX, TIMER_TABLE);
	lua_pushvalue(L, -2);
	lua_rawseti(L, -2, (lua_Integer)number);
	lua_pop(L, 1);
	p->timers++;
	if (lua_rawgeti(L, -1, AT_NAME) != LUA_TNIL) {
		luaL_getsubtable(L, LUA_REGISTRYINDEX, NAME_TABLE);
		lua_pushvalue(L, -2);
		lua_pushinteger(L, number);
		lua_rawset(L, -3);
		lua_pop(L, 1);
	}
	lua_pop(L, 1);
	return number;
}

/* after(time, name, function), every(time, name, function): a number.  NAMED
 * is the name's index or 0; WATCHES: as in a place. */
static int
lua_node_start_timer(lua_State *L, int named, bool again, bool watches)
{
	struct lua_program *p = lua_program_of(L);
	const struct script_host *host = lua_host_of(L, p);
	struct script_place place = lua_place_of(L);
	int function = named != 0 ? 3 : 2;
	int64_t ns = lua_node_time_of(L, 1);

	luaL_checktype(L, function, LUA_TFUNCTION);
	if (named != 0)
		stop_number(L, p, host, lua_node_find_name(L, named));
	lua_createtable(L, watches ? AT_WATCH : AT_LINE, 0);
	lua_pushvalue(L, function);
	lua_rawseti(L, -2, AT_FUNCTION);
	if (named != 0) {
		lua_pushvalue(L, named);
		lua_rawseti(L, -2, AT_NAME);
	}
	if (again) {
		lua_pushvalue(L, 1);
		lua_rawseti(L, -2, AT_TIME);
	}
	lua_pushinteger(L, place.line);
	lua_rawseti(L, -2, AT_LINE);
	if (watches) {
		lua_pushboolean(L, true);
		lua_rawseti(L, -2, AT_WATCH);
	}
	p->number = lua_node_set_timer(L, p, host, &place, ns);
	lua_pushinteger(L, p->number);
	return 1;
}

int
lua_fn_after(lua_State *L)
{
	bool named = lua_type(L, 2) == LUA_TSTRING;

	lua_settop(L, 3);
	return lua_node_start_timer(L, named ? 2 : 0, false, false);
}

static int
lua_node_every(lua_State *L, bool watches)
{
	lua_settop(L, 3);
	luaL_checktype(L, 2, LUA_TSTRING);
	if (lua_node_time_of(L, 1) == 0)
		sandbox_error(L, _("every needs a time greater than 0"));
	return lua_node_start_timer(L, 2, true, watches);
}

int
lua_fn_every(lua_State *L)
{
	return lua_node_every(L, false);
}

int
lua_fn_watch_call(lua_State *L)
{
	return lua_node_every(L, true);
}

int
lua_fn_stop(lua_State *L)
{
	struct lua_program *p = lua_program_of(L);
	const struct script_host *host = lua_host_of(L, p);

	stop_number(L, p, host,
	    lua_type(L, 1) == LUA_TSTRING ? lua_node_find_name(L, 1)
					  : luaL_checkinteger(L, 1));
	return 0;
}

void
lua_push_timer(lua_State *L, struct lua_program *p, unsigned number)
{
	const struct script_host *host = p->base.host;
	struct script_place place = { .file = p->file };

	if (!push_entry(L, number)) {
		lua_pushcfunction(L, lua_fn_nothing);
		return;
	}
	lua_rawgeti(L, -1, AT_LINE);
	p->blamed = place.line = (unsigned)lua_tointeger(L, -1);
	lua_pop(L, 1);
	forget_timer(L, p, number);
	/* Before its function, which may fail, or stop it. */
	if (lua_rawgeti(L, -1, AT_TIME) != LUA_TNIL) {
		int64_t ns = lua_node_time_of(L, -1);

		lua_pop(L, 1);
		lua_node_set_timer(L, p, host, &place, ns);
	} else {
		lua_pop(L, 1);
	}
	lua_rawgeti(L, -1, AT_FUNCTION);
	lua_remove(L, -2);
}
