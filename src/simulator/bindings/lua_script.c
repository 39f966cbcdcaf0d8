/*
 * Programs that are what a node does, in Lua: role=script, program=FILE.  Such
 * a program is notified of requests, responses and timers (node/script_host.h),
 * and answers, sends and passes on through its node.
 */
#include "bindings/lua_program.h"

#include "base/err.h"
#include "bindings/lua_lines.h"
#include "msg/chars.h"
#include "msg/header_names.h"
#include "node/script_host.h"
#include "rules/rules.h"
#include "script/sandbox.h"

#include <string.h>

/* What it costs to have the node do something; many of them are a loop. */
#define DEED_STEPS 3000
#define RULE_STEPS 50
/* Routes of a request of its own. */
#define ROUTES 20

/* ---- what it has the node do ---- */

struct script_place
lua_place_of(lua_State *L)
{
	struct script_place place = { 0 };

	place.line = sandbox_line(L, &place.file);
	place.rule = RULE_NONE;
	if (place.file == NULL) {
		/* A module is at work: for what the program has asked of it. */
		const struct lua_program *p = lua_program_of(L);

		place.file = p->file;
		place.line = p->blamed;
	}
	return place;
}

const struct script_host *
lua_host_of(lua_State *L, struct lua_program *p)
{
	if (p->loading || p->base.host == NULL)
		sandbox_error(L, _("the node is not up yet; write this in "
				   "function on_start() … end"));
	sandbox_charge_act(L, DEED_STEPS);
	return p->base.host;
}

int
lua_check_done(lua_State *L, int err, const struct diag *d)
{
	if (err == 0)
		return 0;
	if (d->err == 0)
		return sandbox_error(L, "%s", err_text(err));
	return sandbox_error_of(L, d);
}

/* That of what was done, which a function that is called may return. */
static int
push_done_number(lua_State *L, struct lua_program *p, unsigned number)
{
	p->number = number;
	lua_pushinteger(L, number);
	return 1;
}

/* The string that the table at TABLE has by the name KEY; empty: none. */
static struct str
lua_script_field_of(lua_State *L, int table, const char *key)
{
	struct str s = STR_NULL;

	lua_pushstring(L, key);
	if (lua_rawget(L, table) != LUA_TNIL)
		s = sandbox_tostring(L, -1);
	return s;
}

/* S, which goes into a message as it is, by the name KEY. */
static struct str
check_text_line(lua_State *L, struct str s, const char *key)
{
	if (!chars_is_line(s))
		sandbox_error(L, _("“%s” must be one line of text"), key);
	return s;
}

static struct str
lua_script_line_of(lua_State *L, int table, const char *key)
{
	return check_text_line(L, lua_script_field_of(L, table, key), key);
}

void
lua_check_names(lua_State *L, int table, const char *words)
{
	lua_pushnil(L);
	while (sandbox_next(L, table) != 0) {
		struct str rest = str_of(words), name = STR_NULL;
		bool known = false;

		if (lua_type(L, -2) == LUA_TSTRING)
			name.p = lua_tolstring(L, -2, &name.n);
		while (rest.n > 0 && !known)
			known = str_eq(str_cut(rest, ' ', &rest), name);
		if (!known)
			sandbox_error(L,
			    _("there is no “%.*s” here; there are: %s"),
			    (int)(name.n < 40 ? name.n : 40),
			    name.n > 0 ? name.p : "", words);
		lua_pop(L, 1);
	}
}

enum rule_id
lua_rule_of(lua_State *L, struct str key)
{
	enum rule_id rule = key.n > 0 ? rule_find_id(key) : RULE_NONE;

	sandbox_charge(L, RULE_STEPS);
	if (key.n > 0 && rule == RULE_NONE)
		sandbox_error(L,
		    _("there is no rule “%.*s”; rung help clauses lists "
		      "some"),
		    (int)(key.n < 40 ? key.n : 40), key.p);
	return rule;
}

/* By which rule is done what the table at TABLE says. */
static enum rule_id
lua_script_rule_of(lua_State *L, int table)
{
	return lua_rule_of(L, lua_script_field_of(L, table, "rule"));
}

/* `headers` of the table at TABLE, read into *F, a userdata's own memory: Lua
 * frees it. */
static struct node_fields *
push_headers(lua_State *L, int table)
{
	struct node_fields *f;
	struct diag d = DIAG_INIT;
	struct str lines = STR_NULL;

	lua_pushliteral(L, "headers");
	if (lua_rawget(L, table) == LUA_TTABLE)
		lines = lua_push_lines(L, lua_gettop(L));
	else if (!lua_isnil(L, -1))
		sandbox_error(L, _("write header fields in braces: headers = { "
				   "Subject = \"lunch\" }"));
	f = lua_newuserdatauv(L, sizeof(*f), 0);
	memset(f, 0, sizeof(*f));
	luaL_setmetatable(L, "rung.fields");
	lua_check_done(L, node_fields_read(f, lines, &d), &d);
	lua_check_done(L, node_fields_check(f, &d), &d);
	return f;
}

/* *VALUE, if it is empty, is that of the field with ID, which leaves F. */
static void
take_missing(struct node_fields *f, enum msg_header id, struct str *value)
{
	if (value->n == 0)
		*value = node_fields_take(f, id);
}

static int
free_headers(lua_State *L)
{
	node_fields_free(lua_touserdata(L, 1));
	return 0;
}

/* The table of what else is said, at INDEX, made where there is none. */
static int
to_table(lua_State *L, int index)
{
	if (lua_isnoneornil(L, index)) {
		lua_settop(L, index - 1);
		lua_newtable(L);
	}
	luaL_checktype(L, index, LUA_TTABLE);
	lua_settop(L, index);
	luaL_checkstack(L, 40, NULL);
	return index;
}

/* reply(request, status, { reason =, headers =, body =, type =, contact =,
 * tag = }) */
static int
fn_reply(lua_State *L)
{
	struct lua_program *p = lua_program_of(L);
	const struct script_host *host = lua_host_of(L, p);
	struct script_place place = lua_place_of(L);
	unsigned request = lua_message_number(L, 1);
	lua_Integer status = luaL_checkinteger(L, 2);
	int table = to_table(L, 3);
	struct sip_response_spec spec = { 0 };
	struct node_fields *f;
	struct diag d = DIAG_INIT;
	unsigned number = 0;

	if (status < 100 || status > 699)
		return sandbox_error(
		    L, _("it needs a status code from %u to %u"), 100, 699);
	lua_check_names(L, table, "reason headers body type contact tag rule");
	place.rule = lua_script_rule_of(L, table);
	spec.status = (unsigned)status;
	spec.reason = lua_script_line_of(L, table, "reason");
	spec.body = lua_script_field_of(L, table, "body");
	spec.content_type = lua_script_line_of(L, table, "type");
	spec.contact = lua_script_line_of(L, table, "contact");
	spec.to_tag = lua_script_line_of(L, table, "tag");
	f = push_headers(L, table);
	take_missing(f, MSG_H_CONTACT, &spec.contact);
	take_missing(f, MSG_H_CONTENT_TYPE, &spec.content_type);
	spec.headers = f->list;
	spec.nheaders = f->n;
	lua_check_done(L,
	    host->reply(p->base.role, &place, request, &spec, &number, &d), &d);
	return number != 0 ? push_done_number(L, p, number) : 0;
}

/* The list `routes` of the table at TABLE; their strings stay on the stack. */
static size_t
lua_script_read_routes(lua_State *L, int table, struct str *list)
{
	size_t n = 0;
	int at;

	lua_pushliteral(L, "routes");
	if (lua_rawget(L, table) == LUA_TNIL)
		return 0;
	luaL_checktype(L, -1, LUA_TTABLE);
	at = lua_gettop(L);
	luaL_checkstack(L, ROUTES + 8, NULL);
	while (lua_rawgeti(L, at, (lua_Integer)n + 1) != LUA_TNIL) {
		if (n == ROUTES)
			sandbox_error(L, _("there are more than %d"), ROUTES);
		list[n++] =
		    check_text_line(L, sandbox_tostring(L, -1), "routes");
	}
	return n;
}

/* send { protocol =, to =, body = } */
static int
lua_script_send_message(
    lua_State *L, const struct script_host *host, struct script_place *place)
{
	struct lua_program *p = lua_program_of(L);
	struct diag d = DIAG_INIT;

	lua_check_names(L, 1, "protocol to body");
	return lua_check_done(L,
	    host->message(p->base.role, place,
		lua_script_field_of(L, 1, "protocol"),
		lua_script_line_of(L, 1, "to"),
		lua_script_field_of(L, 1, "body"), &d),
	    &d);
}

/* The values behind NUMBER: without transactions a program recognizes responses
 * by the branch. */
static int
push_sent(lua_State *L, struct lua_program *p, const struct script_host *host,
    unsigned number)
{
	const struct msg *m =
	    host->sent != NULL ? host->sent(p->base.role, number) : NULL;
	int n = push_done_number(L, p, number);

	if (m == NULL)
		return n;
	lua_push_message(L, m, NULL, NULL);
	return n + 1;
}

/* send { method =, uri =, from =, to =, call_id =, cseq =, branch =, routes =,
 * contact =, headers =, body =, type = }: its number. */
static int
fn_send(lua_State *L)
{
	struct lua_program *p = lua_program_of(L);
	const struct script_host *host = lua_host_of(L, p);
	struct script_place place = lua_place_of(L);
	struct sip_request_spec spec = { 0 };
	struct str routes[ROUTES];
	struct node_fields *f;
	struct diag d = DIAG_INIT;
	unsigned number = 0;
	struct str cseq;

	luaL_checktype(L, 1, LUA_TTABLE);
	lua_settop(L, 1);
	luaL_checkstack(L, 40, NULL);
	if (lua_script_field_of(L, 1, "protocol").n > 0)
		return lua_script_send_message(L, host, &place);
	lua_check_names(L, 1,
	    host->again != NULL
		? "method uri from to call_id cseq branch routes contact "
		  "headers body type rule"
		: "method uri from to call_id cseq routes contact headers "
		  "body type rule");
	place.rule = lua_script_rule_of(L, 1);
	spec.branch = lua_script_line_of(L, 1, "branch");
	spec.method = lua_script_line_of(L, 1, "method");
	spec.uri = lua_script_line_of(L, 1, "uri");
	spec.from = lua_script_line_of(L, 1, "from");
	spec.to = lua_script_line_of(L, 1, "to");
	spec.call_id = lua_script_line_of(L, 1, "call_id");
	spec.contact = lua_script_line_of(L, 1, "contact");
	spec.body = lua_script_field_of(L, 1, "body");
	spec.content_type = lua_script_line_of(L, 1, "type");
	cseq = lua_script_field_of(L, 1, "cseq");
	if (cseq.n > 0 &&
	    (str_u32(cseq, &spec.cseq) != 0 || spec.cseq > INT32_MAX))
		return sandbox_error(
		    L, _("a CSeq is a number below 2^31 (RFC 3261 8.1.1.5)"));
	spec.routes = routes;
	spec.nroutes = lua_script_read_routes(L, 1, routes);
	if (spec.method.n == 0 ||
	    !(spec.nroutes > 0 ? lua_is_led_target(spec.uri)
			       : lua_is_target(spec.uri)))
		return sandbox_error(
		    L, _("send needs a method and a SIP URI: send { method = "
			 "\"OPTIONS\", uri = \"sip:…\" }"));
	if (str_is(spec.method, "CANCEL") && host->again == NULL)
		return sandbox_error(L, _("a CANCEL is made from the request "
					  "that it cancels: cancel(…)"));
	f = push_headers(L, 1);
	take_missing(f, MSG_H_CONTACT, &spec.contact);
	take_missing(f, MSG_H_CONTENT_TYPE, &spec.content_type);
	spec.headers = f->list;
	spec.nheaders = f->n;
	lua_check_done(
	    L, host->send(p->base.role, &place, &spec, &number, &d), &d);
	return push_sent(L, p, host, number);
}

/* forward(request, uri, { record_route =, branch = }): its number.  Without a
 * URI where m.uri, or the Request-URI, leads. */
static int
fn_forward(lua_State *L)
{
	struct lua_program *p = lua_program_of(L);
	const struct script_host *host = lua_host_of(L, p);
	struct script_place place = lua_place_of(L);
	unsigned request = lua_message_number(L, 1), number = 0;
	const struct msg *m = lua_message_bytes(L, 1);
	const struct lua_changes *c = lua_message_changes(L, 1);
	struct script_way way = { .uri = STR_NULL };
	struct diag d = DIAG_INIT;
	struct str uri = STR_NULL;
	int table = to_table(L, 3);

	lua_check_names(L, table,
	    host->again != NULL ? "record_route branch" : "record_route");
	way.branch = lua_script_line_of(L, table, "branch");
	lua_pushliteral(L, "record_route");
	way.stays = lua_rawget(L, table) != LUA_TNIL && lua_toboolean(L, -1);
	if (!lua_isnoneornil(L, 2)) {
		uri.p = luaL_checklstring(L, 2, &uri.n);
		if (!lua_is_target(uri))
			return sandbox_error(L, _("“%.*s” is not a SIP URI"),
			    (int)(uri.n < 80 ? uri.n : 80), uri.p);
	} else if (c != NULL && c->uri.n > 0) {
		uri = buf_view(&c->uri);
	}
	for (size_t i = 0; c != NULL && i < c->ndrop; i++)
		sip_change_drop(&way.change, c->drop[i]);
	if (c != NULL)
		way.change.add = buf_view(&c->add);
	way.uri = uri;
	way.recv = lua_message_recv(L, 1);
	lua_check_done(L,
	    host->forward(p->base.role, &place, request, m, &way, &number, &d),
	    &d);
	return push_sent(L, p, host, number);
}

/* again(number) */
static int
fn_again(lua_State *L)
{
	struct lua_program *p = lua_program_of(L);
	const struct script_host *host = lua_host_of(L, p);
	struct script_place place = lua_place_of(L);
	struct diag d = DIAG_INIT;
	lua_Integer number = luaL_checkinteger(L, 1);

	if (host->again == NULL)
		return sandbox_error(
		    L, _("the transaction retransmits; a program may do so "
			 "only without transactions (transactions=false)"));
	return lua_check_done(L,
	    host->again(p->base.role, &place,
		number > 0 && number <= UINT32_MAX ? (unsigned)number : 0, &d),
	    &d);
}

/* cancel(number) */
static int
fn_cancel(lua_State *L)
{
	struct lua_program *p = lua_program_of(L);
	const struct script_host *host = lua_host_of(L, p);
	struct script_place place = lua_place_of(L);
	struct diag d = DIAG_INIT;
	lua_Integer number = luaL_checkinteger(L, 1);

	return lua_check_done(L,
	    host->cancel(p->base.role, &place,
		number > 0 && number <= UINT32_MAX ? (unsigned)number : 0, &d),
	    &d);
}

/* ---- telling it ---- */

/* What a call of it is about; in protected mode. */
struct telling {
	struct lua_program *program;
	const struct script_news *news;
	struct script_said *said;
};

static int
push_news(lua_State *L, struct lua_program *p, const struct script_news *n)
{
	struct lua_message_from from = {
		.src = &n->src, .number = n->request, .recv = n->recv
	};

	switch (n->event) {
	case SCRIPT_ON_REQUEST:
		lua_push_message(L, n->m, &from, &p->changes);
		return 1;
	case SCRIPT_ON_CANCEL:
	case SCRIPT_ON_UNACKED:
	case SCRIPT_ON_RESPONSE:
		lua_push_message(L, n->m, &from, NULL);
		return 1;
	case SCRIPT_ON_REPLY:
		lua_push_message(L, n->sent, NULL, NULL);
		lua_push_message(L, n->m, &from, NULL);
		lua_pushinteger(L, n->number);
		return 3;
	case SCRIPT_ON_HANGUP:
		lua_pushlstring(L, n->text.p, n->text.n);
		return 1;
	case SCRIPT_ON_MESSAGE:
		lua_createtable(L, 0, 3);
		lua_pushstring(L, n->protocol);
		lua_setfield(L, -2, "protocol");
		lua_pushstring(L, n->from);
		lua_setfield(L, -2, "from");
		lua_pushlstring(L, n->text.p, n->text.n);
		lua_setfield(L, -2, "body");
		return 1;
	case SCRIPT_ON_FAILURE:
		lua_push_message(L, n->sent, NULL, NULL);
		lua_pushinteger(L, n->status);
		lua_pushinteger(L, n->number);
		return 3;
	default:
		return 0;
	}
}

/* Calls the hook that the program's modules have for N's event, if there is
 * one, and then the program's own function where there is no hook, or that
 * returns nothing: its result is on the stack; false: nothing is left to
 * call. */
static bool
call_listener(lua_State *L, struct lua_program *p, const struct script_news *n)
{
	int hook, nargs;

	if (n->event == SCRIPT_ON_TIMER) {
		lua_push_timer(L, p, n->number);
		lua_call(L, push_news(L, p, n), 1);
		return true;
	}
	if (!lua_push_hook(L, script_event_name(n->event))) {
		lua_program_push(p, L, n->event);
		lua_call(L, push_news(L, p, n), 1);
		return true;
	}
	hook = lua_gettop(L);
	nargs = push_news(L, p, n);
	for (int i = 0; i <= nargs; i++)
		lua_pushvalue(L, hook + i);
	lua_call(L, nargs, 1);
	if (lua_isboolean(L, -1) && lua_toboolean(L, -1))
		return false;
	lua_pop(L, 1);
	lua_program_push(p, L, n->event);
	if (lua_isnil(L, -1))
		return false;
	lua_replace(L, hook);
	lua_call(L, nargs, 1);
	return true;
}

static int
tell_program_news(lua_State *L)
{
	struct lua_program *p = lua_touserdata(L, 1);
	const struct script_news *n = p->news;
	bool done;

	p->blamed = 0;
	if (!call_listener(L, p, n))
		return 0;
	/* What ends in "return forward(…)". */
	done = lua_isinteger(L, -1) &&
	       lua_tointeger(L, -1) == (lua_Integer)p->number;
	p->keeps = lua_isboolean(L, -1) && !lua_toboolean(L, -1);
	if (!lua_isnil(L, -1) && !p->keeps && !done)
		LUA_NONSENSE(L, p,
		    _("%s must not return anything (on_reply and on_failure "
		      "may return false: then the response is not forwarded)"),
		    script_event_name(n->event));
	return 0;
}

static int
lua_script_tell(struct program *base, const struct script_news *news,
    struct script_said *said)
{
	struct lua_program *p = (struct lua_program *)base;
	int err;

	p->news = news;
	p->keeps = false;
	p->number = 0;
	err = lua_program_run(
	    p, tell_program_news, &said->fault, &said->where.line);
	p->news = NULL;
	said->where.file = p->file;
	said->failed = err != 0 && err != ERR_NOMEM;
	said->keeps = err == 0 && p->keeps;
	return err == ERR_NOMEM ? err : 0;
}

static void
bind_script(lua_State *L)
{
	luaL_newmetatable(L, "rung.fields");
	lua_pushcfunction(L, free_headers);
	lua_setfield(L, -2, "__gc");
	lua_pop(L, 1);
	lua_bind_store(L);
	lua_bind_node(L);
}

static const struct sandbox_function functions[] = {
	{ "reply", fn_reply, 3, "reply(request, 200, { headers = … })" },
	{ "send", fn_send, 1, "send { method = \"…\", uri = \"sip:…\" }" },
	{ "forward", fn_forward, 3,
	    "forward(request, \"sip:…\", { record_route = true })" },
	{ "again", fn_again, 1, "again(number)" },
	{ "cancel", fn_cancel, 1, "cancel(number)" },
	{ "after", lua_fn_after, 3, "after(\"2s\", function() … end)" },
	{ "every", lua_fn_every, 3,
	    "every(\"60s\", \"keep-alive\", function() … end)" },
	{ "stop", lua_fn_stop, 1, "stop(number), stop \"keep-alive\"" },
	{ "note", lua_fn_note, 1, "note { \"…\", rule = \"…\" }" },
	{ "require", lua_fn_require, 1, "require \"calls\"" },
	{ "stream", lua_fn_stream, 2, "stream(\"…\", { own = … })" },
	{ "state", lua_fn_script_state, 3,
	    "state(message), state(\"…\", \"…\", \"…\")" },
	{ "forget", lua_fn_forget, 1, "forget(message)" },
	{ "now", lua_fn_now, 0, "now()" },
	{ "date", lua_fn_date, 1, "date()" },
	{ NULL, NULL, 0, NULL },
};

static const char *const listeners[] = {
#define X(id, name) [SCRIPT_ON_##id] = name,
	SCRIPT_EVENTS(X)
#undef X
};

const struct lua_program_kind lua_script_kind = {
	.attribute = "program",
	.required = true,
	.plays = "script",
	.ops = { .begin = lua_program_begin,
	    .tell = lua_script_tell,
	    .listens = lua_program_listens },
	.functions = functions,
	.bind = bind_script,
	.loaded = lua_load_callbacks,
	.forget = lua_forget_store,
	.listeners = listeners,
	.nlisteners = SCRIPT_EVENT_COUNT,
	.needs = N_(
	    "has neither on_request(request) nor on_start(), which rung calls"),
};
