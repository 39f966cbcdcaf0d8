/*
 * A script's text becomes a function and runs: what the compiler rejects is
 * explained, and the host's script may be compiled before it is loaded.
 */
#include "script/sandbox_in.h"

#include "base/err.h"
#include "base/mem.h"

#include <stdio.h>
#include <string.h>

struct load {
	struct str text;
	const char *name; /* "@file" */
	struct own_chunk *chunk;
	size_t given;  /* bytes, to the compiler */
	unsigned line; /* the last of them are this line's */
};

/* The compiler gets the text line by line, so that where it stops is known also
 * where it does not say so. */
static const char *
load_read_line(lua_State *L, void *data, size_t *n)
{
	struct load *load = data;
	struct str rest = str_slice(load->text, load->given, load->text.n);
	ptrdiff_t end = str_chr(rest, '\n');

	(void)L;
	*n = end >= 0 ? (size_t)end + 1 : rest.n;
	load->given += *n;
	load->line += *n > 0;
	return rest.p;
}

/* The line that the compiler read last. */
static struct str
load_last_line(const struct load *load)
{
	size_t end = load->given, at = end;

	if (at > 0)
		at--;
	while (at > 0 && load->text.p[at - 1] != '\n')
		at--;
	return str_slice(load->text, at, end);
}

/* Raises the compiler's error; only the error about too deep recursion has no
 * line: the compiler recurses for nested constructs, and for each .. and ^. */
static int
raise_syntax(lua_State *L, const struct load *load)
{
	size_t n;
	const char *text = lua_tolstring(L, -1, &n);
	struct diag d = DIAG_INIT;

	if (text != NULL && str_is((struct str){ text, n }, "C stack overflow"))
		lua_pushfstring(L, "%s:%d: %s", load->chunk->shown,
		    (int)load->line,
		    _("nested at too many levels, or too many “..” in one "
		      "expression"));
	else if (text != NULL && own_find_mistake((struct str){ text, n },
				     load->text, load_last_line(load), &d))
		lua_pushfstring(
		    L, "%s:%d: %s", load->chunk->shown, (int)d.line, d.text);
	else if (text != NULL) {
		own_push_mistake(
		    L, (struct str){ text, n }, load_last_line(load));
		lua_concat(L, 2);
	}
	return lua_error(L);
}

/* Notes how Lua names the file of the function on top of the stack. */
static void
note_shown(lua_State *L, struct own_chunk *c)
{
	lua_Debug ar;

	lua_pushvalue(L, -1);
	lua_getinfo(L, ">S", &ar);
	memcpy(c->shown, ar.short_src, sizeof(ar.short_src));
}

/* Pushes the function that LOAD's text is; raises. */
static void
load_compile(lua_State *L, struct load *load)
{
	int status;

	/* The name's short form, before the compiler needs it in a message. */
	status = luaL_loadbufferx(L, "", 0, load->name, "t");
	own_check(L, status);
	note_shown(L, load->chunk);
	/* No bytecode: its reader trusts what it reads. */
	status = lua_load(L, load_read_line, load, load->name, "t");
	own_check(L, status);
	if (status != LUA_OK)
		raise_syntax(L, load);
}

/* TEXT of FILE may go to the compiler; else a sentence in D. */
static int
check_text(
    const struct sandbox *sb, struct str text, const char *file, struct diag *d)
{
	if (text.n > sb->limits.text)
		return diag_set(d, ERR_LIMIT, file, 0,
		    _("a script of %zu bytes is too long; at most %zu"), text.n,
		    sb->limits.text);
	if (text.n > 0 && text.p[0] == LUA_SIGNATURE[0])
		return diag_set(d, ERR_SYNTAX, file, 0,
		    _("this is compiled Lua; rung runs only Lua source text"));
	return compile_work_check(text, file, d);
}

/* ---- before it is loaded ---- */

/* Where the compiled script waits. */
static const char ready_key;

/* In protected mode, with a struct load. */
static int
ready_body(lua_State *L)
{
	struct sandbox *sb = sandbox_of(L);

	load_compile(L, lua_touserdata(L, 1));
	sb->ready_debt = sb->debt;
	sb->ready_longest = sb->longest;
	lua_rawsetp(L, LUA_REGISTRYINDEX, &ready_key);
	sb->ready = true;
	return 0;
}

void
own_make_ready(struct sandbox *sb)
{
	struct str text = sb->host.script;
	struct own_chunk chunk;
	struct load load = { .text = text, .chunk = &chunk };
	LOCAL_BUF name = BUF_INIT;

	buf_printf(&name, "@%s", sb->host.file);
	load.name = buf_cstr(&name);
	/* Its faults are reported when it is loaded. */
	if (name.err != 0 || !lua_checkstack(sb->L, 2) ||
	    check_text(sb, text, sb->host.file, NULL) != 0)
		return;
	sb->debt = sb->longest = 0;
	lua_pushcfunction(sb->L, ready_body);
	lua_pushlightuserdata(sb->L, &load);
	lua_pcall(sb->L, 1, 0, 0);
	lua_settop(sb->L, 0);
	sb->refused = OWN_NOT_REFUSED;
}

/* TEXT is the host's script, and waits. */
static bool
is_ready(const struct sandbox *sb, struct str text)
{
	return sb->ready && text.p == sb->host.script.p &&
	       text.n == sb->host.script.n;
}

/* Pushes it, and it waits no more; it costs what compiling it now would. */
static void
take_ready(lua_State *L)
{
	struct sandbox *sb = sandbox_of(L);

	lua_rawgetp(L, LUA_REGISTRYINDEX, &ready_key);
	lua_pushnil(L);
	lua_rawsetp(L, LUA_REGISTRYINDEX, &ready_key);
	sb->debt += sb->ready_debt;
	if (sb->longest < sb->ready_longest)
		sb->longest = sb->ready_longest;
	sb->ready = false;
}

/* ---- loading ---- */

/* Compiles and runs; by sandbox_protect. */
static int
load_body(lua_State *L)
{
	struct load *load = lua_touserdata(L, 1);

	sandbox_charge(L, load->text.n);
	if (is_ready(sandbox_of(L), load->text)) {
		take_ready(L);
		note_shown(L, load->chunk);
	} else {
		load_compile(L, load);
	}
	lua_call(L, 0, 0);
	return 0;
}

int
sandbox_load(
    struct sandbox *sb, struct str text, const char *file, struct diag *d)
{
	struct own_chunk *c = &sb->chunks[sb->nchunks];
	struct load load = { .text = text, .chunk = c };
	LOCAL_BUF name = BUF_INIT;
	int err = 0;

	if (!is_ready(sb, text) || text.n > sb->limits.text)
		err = check_text(sb, text, file, d);
	if (err != 0)
		return err;
	if (sb->nchunks == OWN_CHUNKS_MAX)
		return diag_set(d, ERR_LIMIT, file, 0,
		    _("more than %d scripts in one"), OWN_CHUNKS_MAX);
	c->file = mem_strdup(file);
	c->text = mem_dup(text.p, text.n);
	buf_printf(&name, "@%s", file);
	if (c->file == NULL || c->text == NULL || name.err != 0)
		goto nomem;
	if (lua_names_scan(&sb->names, text) != 0)
		goto nomem;
	sb->nchunks++;
	load.text.p = text.n > 0 ? text.p : "";
	load.name = buf_cstr(&name);
	err = sandbox_protect(sb, load_body, &load, d);
	if (err != 0 && d != NULL && d->file[0] == '\0')
		snprintf(d->file, sizeof(d->file), "%s", file);
	return err;
nomem:
	mem_free(c->file);
	mem_free(c->text);
	c->file = c->text = NULL;
	return diag_fail_file(d, ERR_NOMEM, file);
}
