/* See script/sandbox.h. */
#include "script/sandbox.h"

#include "base/err.h"
#include "surveillance/manscdp.h"
#include "surveillance/mansrtsp.h"
#include "surveillance/ptz.h"
#include "text/xml.h"

#include <lauxlib.h>
#include <string.h>

#define WORK "rung.surveillance"

/* What reading and writing costs: a step for so many bytes, and for each
 * element. */
#define BYTES_PER_STEP   8
#define STEPS_OF_ELEMENT 4
/* Elements within each other, as a script writes them. */
#define DEPTH 8
/* Bytes of a body that a script may write. */
#define LONGEST 1000000

/* What raises leaves this to Lua. */
struct work {
	struct manscdp m;
	struct buf text, out;
};

static int
lua_gb_free_work(lua_State *L)
{
	struct work *w = luaL_checkudata(L, 1, WORK);

	manscdp_free(&w->m);
	buf_free(&w->text);
	buf_free(&w->out);
	return 0;
}

static struct work *
push_work(lua_State *L)
{
	struct work *w = lua_newuserdatauv(L, sizeof(*w), 0);

	*w = (struct work){ .text = BUF_INIT, .out = BUF_INIT };
	w->m.text = BUF_INIT;
	luaL_setmetatable(L, WORK);
	return w;
}

static struct str
lua_gb_check_text(lua_State *L, int index)
{
	struct str s;

	s.p = luaL_checklstring(L, index, &s.n);
	sandbox_charge(L, 1 + s.n / BYTES_PER_STEP);
	return s;
}

static void
lua_gb_push_text(lua_State *L, struct str s)
{
	lua_pushlstring(L, s.n > 0 ? s.p : "", s.n);
}

static void
lua_gb_set_text(lua_State *L, const char *key, struct str s)
{
	lua_gb_push_text(L, s);
	lua_setfield(L, -2, key);
}

/* ---- reading ---- */

/* A whole number as one, all else as a text; codes with zeros before them stay
 * what they are. */
static void
push_value(lua_State *L, const struct manscdp_element *e)
{
	bool number = e->field != NULL && e->field->kind == MANSCDP_NUMBER;
	uint64_t n;

	if (number && str_u64(e->value, &n) == 0 && n <= INT32_MAX)
		lua_pushinteger(L, (lua_Integer)n);
	else
		lua_gb_push_text(L, e->value);
}

/* The children of element AT, into the table on top: those of a list as its
 * items, others by their names.  Of several with one name the first counts. */
static void
put_children(lua_State *L, const struct manscdp *m, size_t at, size_t depth)
{
	const struct manscdp_element *e = &m->elements[at];
	bool list = e->field != NULL && e->field->kind == MANSCDP_LIST;
	lua_Integer items = 0;

	luaL_checkstack(L, 8, NULL);
	for (size_t i = at + 1; i < e->end; i = m->elements[i].end) {
		const struct manscdp_element *child = &m->elements[i];

		sandbox_charge(L, STEPS_OF_ELEMENT);
		lua_gb_push_text(L, child->name);
		if (child->end > i + 1 && depth < DEPTH) {
			lua_newtable(L);
			put_children(L, m, i, depth + 1);
		} else if (child->field != NULL &&
			   child->field->kind == MANSCDP_LIST) {
			lua_newtable(L);
		} else {
			push_value(L, child);
		}
		if (list) {
			lua_rawseti(L, -3, ++items);
			lua_pop(L, 1);
			continue;
		}
		lua_pushvalue(L, -2);
		if (lua_rawget(L, -4) == LUA_TNIL) {
			lua_pop(L, 1);
			lua_rawset(L, -3);
		} else {
			lua_pop(L, 3);
		}
	}
}

/* faults = { { what = "missing", where = "Notify", field = "Status" }, … } */
static void
put_faults(lua_State *L, const struct manscdp *m)
{
	lua_createtable(L, (int)m->nfindings, 0);
	for (size_t i = 0; i < m->nfindings; i++) {
		const struct manscdp_finding *f = &m->findings[i];

		lua_createtable(L, 0, 3);
		sandbox_push_text(L, manscdp_finding_word(f->kind));
		lua_setfield(L, -2, "what");
		lua_gb_set_text(L, "where", m->elements[f->element].name);
		if (f->field != NULL)
			lua_gb_set_text(L, "field", str_of(f->field));
		lua_rawseti(L, -2, (lua_Integer)i + 1);
	}
	lua_setfield(L, -2, "faults");
}

/* read(body): a table; nil and why where it can't be read. */
static int
lua_gb_fn_read(lua_State *L)
{
	struct str body = lua_gb_check_text(L, 1);
	struct work *w = push_work(L);
	int err = manscdp_read(&w->m, body);

	if (err == ERR_SYNTAX) {
		lua_pushnil(L);
		sandbox_push_text(L, manscdp_fault_words(w->m.fault));
		return 2;
	}
	if (err != 0)
		return sandbox_error(L, "%s", err_text(err));
	lua_newtable(L);
	put_children(L, &w->m, 0, 0);
	sandbox_push_text(L, manscdp_root_name(w->m.root));
	lua_setfield(L, -2, "root");
	put_faults(L, &w->m);
	return 1;
}

/* ---- writing ---- */

static void write_group(lua_State *L, struct buf *out, int table,
    const struct manscdp_field *group, unsigned depth);

/* <NAME>…</NAME> of the value at INDEX. */
static void
lua_gb_write_element(lua_State *L, struct buf *out, struct str name, int index,
    const struct manscdp_field *f, unsigned depth)
{
	size_t items = 0;

	sandbox_charge(L, STEPS_OF_ELEMENT);
	if (depth == DEPTH)
		sandbox_error(L, _("there are more than %d"), DEPTH);
	if (out->n > LONGEST)
		sandbox_error(L, _("a body is longer than %d bytes"), LONGEST);
	if (!lua_istable(L, index)) {
		struct str text = sandbox_tostring(L, index);

		sandbox_charge(L, text.n / BYTES_PER_STEP);
		xml_print(out, "<%.*s>", STR_ARG(name));
		xml_put(out, text);
		lua_pop(L, 1);
	} else if (f != NULL && f->kind == MANSCDP_LIST) {
		items = (size_t)lua_rawlen(L, index);
		xml_print(out, "<%.*s Num=\"%zu\">\r\n", STR_ARG(name), items);
		for (size_t i = 1; i <= items; i++) {
			lua_rawgeti(L, index, (lua_Integer)i);
			lua_gb_write_element(L, out, str_of(f->group->name),
			    lua_gettop(L), f->group, depth + 1);
			lua_pop(L, 1);
		}
	} else {
		xml_print(out, "<%.*s>\r\n", STR_ARG(name));
		write_group(
		    L, out, index, f != NULL ? f->group : NULL, depth + 1);
	}
	xml_print(out, "</%.*s>\r\n", STR_ARG(name));
}

static bool
is_element_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!chr_is_alpha(s.p[i]) && s.p[i] != '_' &&
		    (i == 0 || !chr_is_digit(s.p[i])))
			return false;
	return s.n > 0;
}

/* The table at TABLE: first what GROUP has, in its order, then all else. */
static void
write_group(lua_State *L, struct buf *out, int table,
    const struct manscdp_field *group, unsigned depth)
{
	const struct manscdp_field *f = group;

	luaL_checkstack(L, 12, NULL);
	for (; f != NULL && f->name != NULL; f++) {
		sandbox_push_text(L, f->name);
		if (lua_rawget(L, table) != LUA_TNIL)
			lua_gb_write_element(
			    L, out, str_of(f->name), lua_gettop(L), f, depth);
		lua_pop(L, 1);
	}
	lua_pushnil(L);
	while (sandbox_next(L, table) != 0) {
		struct str name = STR_NULL;

		if (lua_type(L, -2) == LUA_TSTRING)
			name.p = lua_tolstring(L, -2, &name.n);
		if (!is_element_name(name))
			sandbox_error(
			    L, _("an element's name consists of letters and "
				 "digits, such as CmdType"));
		if (manscdp_field(group, name) == NULL &&
		    (depth > 0 ||
			(!str_is(name, "root") && !str_is(name, "faults"))))
			lua_gb_write_element(
			    L, out, name, lua_gettop(L), NULL, depth);
		lua_pop(L, 1);
	}
}

/* The string by the name KEY of the table at index 1. */
static struct str
named_text(lua_State *L, const char *key)
{
	struct str s = STR_NULL;

	sandbox_push_text(L, key);
	if (lua_rawget(L, 1) == LUA_TSTRING)
		s.p = lua_tolstring(L, -1, &s.n);
	return s;
}

/* write({ root =, CmdType =, … }, charset) */
static int
fn_write(lua_State *L)
{
	struct str charset = STR("GB2312"), name;
	const struct manscdp_command *c;
	enum manscdp_root root;
	struct work *w;
	int err;

	luaL_checktype(L, 1, LUA_TTABLE);
	if (!lua_isnoneornil(L, 2))
		charset = lua_gb_check_text(L, 2);
	lua_settop(L, 2);
	w = push_work(L);
	root = manscdp_root_find(named_text(L, "root"));
	name = named_text(L, "CmdType");
	if (root == MANSCDP_ROOT_COUNT)
		return sandbox_error(L, _("root must be one of Control, Query, "
					  "Notify and Response"));
	c = manscdp_command(root, name);
	xml_print(&w->text, "<%s>\r\n", manscdp_root_name(root));
	write_group(L, &w->text, 1, c != NULL ? c->fields : NULL, 0);
	xml_print(&w->text, "</%s>\r\n", manscdp_root_name(root));
	sandbox_charge(L, w->text.n / BYTES_PER_STEP);
	err = w->text.err != 0
		  ? w->text.err
		  : manscdp_encode(buf_view(&w->text), charset, &w->out);
	if (err == ERR_SYNTAX)
		return sandbox_error(L,
		    _("this can't be written in “%.*s”; there are UTF-8, "
		      "GB2312, GBK and GB18030"),
		    STR_ARG(charset));
	if (err != 0)
		return sandbox_error(L, "%s", err_text(err));
	lua_gb_push_text(L, buf_view(&w->out));
	return 1;
}

/* ---- PTZCmd ---- */

static int
read_ptz(lua_State *L, struct str text)
{
	struct ptz p;
	enum ptz_fault fault = ptz_read(text, &p);
	const char *word;
	unsigned n;

	if (fault != PTZ_FAULT_NONE) {
		lua_pushnil(L);
		sandbox_push_text(L, ptz_fault_words(fault));
		return 2;
	}
	lua_newtable(L);
	for (size_t i = 0; (word = ptz_part(&p, i, &n)) != NULL; i++) {
		lua_pushinteger(L, (lua_Integer)n);
		lua_setfield(L, -2, word);
	}
	return 1;
}

/* ptz(text): a table of what it does, empty for a stop, or nil and why; ptz {
 * right = 41 }: the text; `group` is the cruise that a point is of. */
static int
fn_ptz(lua_State *L)
{
	struct ptz p = { .address = 1 };
	struct work *w;

	if (lua_type(L, 1) == LUA_TSTRING)
		return read_ptz(L, lua_gb_check_text(L, 1));
	luaL_checktype(L, 1, LUA_TTABLE);
	lua_settop(L, 1);
	w = push_work(L);
	lua_pushnil(L);
	while (sandbox_next(L, 1) != 0) {
		struct str word = { luaL_checkstring(L, -2), 0 };
		lua_Integer n = luaL_checkinteger(L, -1);

		word.n = strlen(word.p);
		if (str_is(word, "group") && n >= 0 && n <= 255)
			p.data1 = (unsigned char)n;
		else if (n < 0 || !ptz_put(&p, word, (uint64_t)n))
			return sandbox_error(L,
			    _("a camera here can't do “%.*s” with %d"),
			    STR_ARG(word), (int)n);
		lua_pop(L, 1);
	}
	ptz_write(&p, &w->out);
	if (w->out.err != 0)
		return sandbox_error(L, "%s", err_text(w->out.err));
	lua_gb_push_text(L, buf_view(&w->out));
	return 1;
}

/* ---- MANSRTSP ---- */

/* control(body): { method = or status =, CSeq =, Scale = … }, all but status as
 * texts; nil and why where it can't be read. */
static int
fn_control(lua_State *L)
{
	struct str body = lua_gb_check_text(L, 1);
	struct mansrtsp r;

	mansrtsp_read(body, &r);
	if (r.fault != MANSRTSP_FAULT_NONE) {
		lua_pushnil(L);
		sandbox_push_text(L, mansrtsp_fault_words(r.fault));
		return 2;
	}
	lua_newtable(L);
	for (size_t i = 1; i < r.n; i++) {
		lua_gb_push_text(L, r.lines[i].name);
		lua_gb_push_text(L, r.lines[i].value);
		lua_rawset(L, -3);
	}
	if (r.method.n > 0) {
		lua_gb_set_text(L, "method", r.method);
	} else {
		lua_pushinteger(L, (lua_Integer)r.status);
		lua_setfield(L, -2, "status");
	}
	return 1;
}

void
sandbox_bind_surveillance(lua_State *L)
{
	static const luaL_Reg functions[] = {
		{ "read", lua_gb_fn_read },
		{ "write", fn_write },
		{ "ptz", fn_ptz },
		{ "control", fn_control },
		{ NULL, NULL },
	};

	luaL_newmetatable(L, WORK);
	lua_pushcfunction(L, lua_gb_free_work);
	lua_setfield(L, -2, "__gc");
	lua_pop(L, 1);
	luaL_newlib(L, functions);
	lua_setglobal(L, "gb28181");
}
