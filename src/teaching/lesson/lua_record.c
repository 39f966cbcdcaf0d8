/* Records in checks: what one says, by the names of docs/TRACE.md. */
#include "base/err.h"
#include "lesson/lesson_in.h"
#include "msg/headers.h"
#include "msg/message.h"

#include <string.h>

#define RECORD "rung.record"
/* What reading a message costs. */
#define MESSAGE_STEPS 60

struct record_object {
	uint64_t turn, seq;
	size_t trace;
};

void
lesson_push_text(lua_State *L, struct str s)
{
	lua_pushlstring(L, s.p != NULL ? s.p : "", s.n);
}

void
lesson_bind_type(lua_State *L, const char *type, const luaL_Reg *meta)
{
	luaL_newmetatable(L, type);
	luaL_setfuncs(L, meta, 0);
	lua_pushboolean(L, false);
	lua_setfield(L, -2, "__metatable");
	lua_pop(L, 1);
}

void
lesson_push_record(lua_State *L, size_t trace, uint64_t seq)
{
	struct record_object *o;

	if (seq == 0) {
		lua_pushnil(L);
		return;
	}
	o = lua_newuserdatauv(L, sizeof(*o), 0);
	o->turn = lesson_of(L)->turn;
	o->trace = trace;
	o->seq = seq;
	luaL_setmetatable(L, RECORD);
}

bool
lesson_get_record(lua_State *L, int index, size_t *trace, uint64_t *seq)
{
	struct record_object *o = luaL_testudata(L, index, RECORD);
	struct lesson *l = lesson_of(L);

	if (o == NULL || o->turn != l->turn || o->trace >= l->ntraces)
		return false;
	*trace = o->trace;
	*seq = o->seq;
	return true;
}

/* The record at index 1; raises where its trace is gone. */
static const struct trace *
lua_record_check(lua_State *L, size_t *trace, uint64_t *seq)
{
	luaL_checkudata(L, 1, RECORD);
	if (!lesson_get_record(L, 1, trace, seq))
		sandbox_error(L, _("this trace is gone; use the one that the "
				   "function was given"));
	return lesson_of(L)->traces[*trace];
}

/* ---- messages ---- */

/* The send that record SEQ is of: itself, or what it receives or loses; what a
 * node throws away is lost by way of its recv.  0: none. */
static uint64_t
send_of(const struct trace *t, uint64_t seq)
{
	struct trace_rec rec;
	int64_t of;

	while (trace_kind_of(t, seq) != TRACE_SEND) {
		trace_get(t, seq, &rec);
		of = trace_int(&rec, "of", 0);
		if (of < 1 || (uint64_t)of >= seq ||
		    (trace_kind_of(t, (uint64_t)of) != TRACE_SEND &&
			trace_kind_of(t, (uint64_t)of) != TRACE_RECV))
			return 0;
		seq = (uint64_t)of;
	}
	return seq;
}

/* Pushes what the message of record SEQ has in its header field NAME, the NTH
 * (from 1) of that name, or nil. */
static void
push_header(lua_State *L, const struct trace *t, uint64_t seq, struct str name,
    lua_Integer nth)
{
	struct buf scratch = BUF_INIT;
	struct trace_rec rec;
	struct str value = STR_NULL, at;
	char copy[1024];
	struct msg *m;
	size_t n;

	sandbox_charge(L, MESSAGE_STEPS);
	m = mem_alloc(sizeof(*m));
	if (m != NULL && seq != 0) {
		trace_get(t, seq, &rec);
		if (msg_read(m, trace_bytes(&rec, &scratch), &at) == 0)
			for (size_t i = 0; i < m->nfields; i++)
				if (str_ieq(m->fields[i].name, name) ||
				    (m->fields[i].id != MSG_H_OTHER &&
					m->fields[i].id ==
					    msg_header_find(name)))
					if (--nth == 0)
						value = m->fields[i].value;
	}
	/* What raises must find nothing to be freed. */
	n = value.n < sizeof(copy) ? value.n : sizeof(copy);
	if (n > 0)
		memcpy(copy, value.p, n);
	mem_free(m);
	buf_free(&scratch);
	if (value.p != NULL)
		lua_pushlstring(L, copy, n);
	else
		lua_pushnil(L);
}

/* How long the body of the message of record SEQ is; its bytes go to TO, if
 * there is one. */
static size_t
copy_body(const struct trace *t, uint64_t seq, char *to)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;
	struct str bytes;
	ptrdiff_t head;

	trace_get(t, seq, &rec);
	bytes = trace_bytes(&rec, &scratch);
	head = str_find(bytes, "\r\n\r\n");
	bytes =
	    str_slice(bytes, head >= 0 ? (size_t)head + 4 : bytes.n, bytes.n);
	if (to != NULL && bytes.n > 0)
		memcpy(to, bytes.p, bytes.n);
	return bytes.n;
}

/* Pushes the body of the message that the record is of; empty: it has none. */
static void
push_body(lua_State *L, const struct trace *t, uint64_t seq)
{
	size_t n = copy_body(t, seq, NULL);
	char *copy;

	sandbox_charge(L, MESSAGE_STEPS + n / 64);
	/* Lua holds the memory while it makes its string. */
	copy = lua_newuserdatauv(L, n + 1, 0);
	n = copy_body(t, seq, copy);
	lua_pushlstring(L, copy, n);
	lua_remove(L, -2);
}

/* r:header("Via"), r:header("Via", 2): its value or nil */
static int
fn_header(lua_State *L)
{
	size_t trace, n;
	uint64_t seq;
	const struct trace *t = lua_record_check(L, &trace, &seq);
	const char *name = luaL_checklstring(L, 2, &n);

	push_header(L, t, send_of(t, seq), (struct str){ name, n },
	    luaL_optinteger(L, 3, 1));
	return 1;
}

/* r:arrival(): the recv of this send, nil where it never arrived */
static int
fn_arrival(lua_State *L)
{
	size_t trace;
	uint64_t seq;
	const struct trace *t = lua_record_check(L, &trace, &seq);
	uint64_t send = send_of(t, seq), n = trace_count(t);

	for (uint64_t at = send + 1; send != 0 && at <= n; at++) {
		struct trace_rec rec;

		sandbox_charge(L, 1);
		if (trace_kind_of(t, at) != TRACE_RECV)
			continue;
		trace_get(t, at, &rec);
		if (trace_int(&rec, "of", 0) == (int64_t)send) {
			lesson_push_record(L, trace, at);
			return 1;
		}
	}
	lua_pushnil(L);
	return 1;
}

/* ---- fields ---- */

/* A record's member as the trace has it, nil where there is none. */
static void
push_member(lua_State *L, const struct trace_rec *rec, const char *key)
{
	struct json_value v = trace_member(rec, key);
	struct buf text = BUF_INIT;
	int64_t n;

	if (v.type == JSON_NUMBER && json_int(v, &n) == 0) {
		lua_pushinteger(L, (lua_Integer)n);
	} else if (v.type == JSON_BOOL) {
		lua_pushboolean(L, v.raw.p[0] == 't');
	} else if (v.type == JSON_STRING) {
		struct str plain;
		char *copy;

		if (json_plain(v, &plain) == 0) {
			lesson_push_text(L, plain);
			return;
		}
		/* Lua holds the memory while it makes its string. */
		copy = lua_newuserdatauv(L, v.raw.n + 1, 0);
		if (json_text(v, &text) != 0 || text.n > v.raw.n) {
			buf_free(&text);
			sandbox_error(L, "%s", err_text(ERR_NOMEM));
		}
		memcpy(copy, buf_cstr(&text), text.n);
		v.raw.n = text.n;
		buf_free(&text);
		lua_pushlstring(L, copy, v.raw.n);
		lua_remove(L, -2);
	} else if (v.type == JSON_NONE || v.type == JSON_NULL) {
		lua_pushnil(L);
	} else {
		lesson_push_text(L, v.raw);
	}
}

/* Pushes method or status of the message that the record is of, or nil. */
static void
push_start(lua_State *L, const struct trace *t, uint64_t seq, bool method)
{
	uint64_t send = send_of(t, seq);
	struct buf scratch = BUF_INIT;
	struct trace_send s;
	struct trace_rec rec;
	char name[64] = "";
	unsigned status = 0;

	if (send != 0) {
		trace_get(t, send, &rec);
		if (trace_get_send_parts(
			&rec, TRACE_SEND_START, &s, &scratch) == 0 &&
		    s.method.n < sizeof(name)) {
			if (s.method.n > 0)
				memcpy(name, s.method.p, s.method.n);
			name[s.method.n] = '\0';
			status = s.status;
		}
		buf_free(&scratch);
	}
	if (method && name[0] != '\0')
		sandbox_push_text(L, name);
	else if (!method && status != 0)
		lua_pushinteger(L, (lua_Integer)status);
	else
		lua_pushnil(L);
}

/* Pushes the name of the node whose address REC's peer is, or nil. */
static void
push_other(lua_State *L, const struct trace *t, const struct trace_rec *rec)
{
	struct buf scratch = BUF_INIT;
	struct str node = trace_node_at(t, trace_str(rec, "peer", &scratch));

	buf_free(&scratch);
	if (node.n > 0)
		lesson_push_text(L, node);
	else
		lua_pushnil(L);
}

static int
index_record(lua_State *L)
{
	size_t trace;
	uint64_t seq;
	const struct trace *t = lua_record_check(L, &trace, &seq);
	const char *key = luaL_checkstring(L, 2);
	struct trace_rec rec;

	sandbox_charge(L, 4);
	trace_get(t, seq, &rec);
	if (strcmp(key, "header") == 0)
		lua_pushcfunction(L, fn_header);
	else if (strcmp(key, "arrival") == 0)
		lua_pushcfunction(L, fn_arrival);
	else if (strcmp(key, "seq") == 0)
		lua_pushinteger(L, (lua_Integer)seq);
	else if (strcmp(key, "time") == 0)
		lua_pushnumber(L, (double)rec.t / 1e9);
	else if (strcmp(key, "kind") == 0)
		sandbox_push_text(L, trace_kind_name(rec.kind));
	else if (strcmp(key, "node") == 0)
		lesson_push_text(L, rec.node);
	else if (strcmp(key, "cause") == 0)
		lesson_push_record(L, trace, rec.cause);
	else if (strcmp(key, "other") == 0)
		push_other(L, t, &rec);
	else if (strcmp(key, "of") == 0)
		lesson_push_record(L, trace, send_of(t, seq));
	else if ((strcmp(key, "method") == 0 || strcmp(key, "status") == 0) &&
		 send_of(t, seq) != 0)
		push_start(L, t, seq, key[0] == 'm');
	else if (strcmp(key, "body") == 0 && send_of(t, seq) != 0)
		push_body(L, t, send_of(t, seq));
	else
		push_member(L, &rec, key);
	return 1;
}

/* r1 == r2 */
static int
equal_records(lua_State *L)
{
	struct record_object *a = luaL_testudata(L, 1, RECORD);
	struct record_object *b = luaL_testudata(L, 2, RECORD);

	lua_pushboolean(L, a != NULL && b != NULL && a->turn == b->turn &&
			       a->trace == b->trace && a->seq == b->seq);
	return 1;
}

static int
record_to_string(lua_State *L)
{
	struct record_object *o = luaL_checkudata(L, 1, RECORD);

	lua_pushinteger(L, (lua_Integer)o->seq);
	lua_tostring(L, -1);
	return 1;
}

void
lesson_bind_record(lua_State *L)
{
	static const luaL_Reg meta[] = {
		{ "__index", index_record },
		{ "__eq", equal_records },
		{ "__tostring", record_to_string },
		{ NULL, NULL },
	};

	lesson_bind_type(L, RECORD, meta);
}
