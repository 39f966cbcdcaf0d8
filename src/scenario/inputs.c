/* Reading and writing what a run is made of. */
#include "scenario/inputs.h"

#include "base/err.h"
#include "base/mem.h"
#include "scenario/share.h"
#include "trace/reader.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A script or topology is at most this long, a trace ends at memory. */
#define TEXT_MAX (1u << 20)

static void
act_free(struct input_act *a)
{
	for (size_t i = 0; i < a->nargs; i++) {
		mem_free(a->keys[i]);
		mem_free(a->values[i]);
	}
	mem_free(a->keys);
	mem_free(a->values);
	mem_free(a->on);
	mem_free(a->verb);
}

void
inputs_free(struct inputs *in)
{
	for (size_t i = 0; i < in->nsettings; i++)
		mem_free(in->settings[i]);
	for (size_t i = 0; i < in->nacts; i++)
		act_free(&in->acts[i]);
	mem_free(in->settings);
	mem_free(in->acts);
	mem_free(in->topology_file);
	mem_free(in->topology);
	mem_free(in->script_file);
	mem_free(in->script);
	mem_free(in->folder);
	memset(in, 0, sizeof(*in));
}

/* A byte order mark, as some editors write it, means nothing in UTF-8. */
static const char *
without_bom(const char *text)
{
	return text + (strncmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0);
}

static int
read_text(const char *path, char **text, struct diag *d)
{
	struct buf b = BUF_INIT;
	int err = buf_read_file(&b, path, TEXT_MAX);

	if (err == ERR_IO)
		diag_set(
		    d, err, path, 0, _("can't be read: %s"), strerror(errno));
	else if (err == ERR_LIMIT)
		diag_set(
		    d, err, path, 0, _("is longer than %u bytes"), TEXT_MAX);
	if (err == 0 && b.n > 0 && memchr(b.p, '\0', b.n) != NULL)
		err = diag_set(d, ERR_SYNTAX, path, 0,
		    _("holds a NUL byte: this is no text file"));
	if (err != 0) {
		buf_free(&b);
		return err;
	}
	*text = mem_strdup(without_bom(buf_cstr(&b)));
	buf_free(&b);
	if (*text == NULL)
		return diag_set(
		    d, ERR_NOMEM, NULL, 0, "%s", err_text(ERR_NOMEM));
	return 0;
}

/* The part of PATH before its last slash; "." without one. */
static char *
folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL
		   ? mem_dup(path, (size_t)(slash - path) + (slash == path))
		   : mem_strdup(".");
}

static const char *
base_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/* ---- from a trace ---- */

static int
take_text(struct json_value object, const char *name, char **file, char **text)
{
	struct json_value v = json_member(object, name);
	struct buf b = BUF_INIT;
	int err;

	if (v.type == JSON_NONE)
		return 0;
	if (v.type != JSON_OBJECT)
		return ERR_SYNTAX;
	err = json_text(json_member(v, "file"), &b);
	*file = err == 0 ? buf_take(&b) : NULL;
	if (err == 0)
		err = json_text(json_member(v, "text"), &b);
	if (err == 0 && b.n > 0 && memchr(b.p, '\0', b.n) != NULL)
		err = ERR_SYNTAX;
	*text = err == 0 ? buf_take(&b) : NULL;
	buf_free(&b);
	return err == 0 && (*file == NULL || *text == NULL) ? ERR_NOMEM : err;
}

static int
take_list(struct inputs *in, struct json_value list,
    int (*add)(struct inputs *, const char *, struct diag *))
{
	struct buf b = BUF_INIT;
	struct json_value v;
	struct str key;
	size_t at = 0;
	int err =
	    list.type == JSON_ARRAY || list.type == JSON_NONE ? 0 : ERR_SYNTAX;

	while (err == 0 && list.type == JSON_ARRAY &&
	       json_next(list.raw, &at, &key, &v)) {
		buf_clear(&b);
		err = json_text(v, &b);
		if (err == 0)
			err = add(in, buf_cstr(&b), NULL);
	}
	buf_free(&b);
	return err;
}

static int
add_setting(struct inputs *in, const char *text, struct diag *d)
{
	(void)d;
	return inputs_add_setting(in, text);
}

static int
from_trace(
    struct inputs *in, struct buf *text, const char *file, struct diag *d)
{
	struct buf b = BUF_INIT;
	struct trace *t;
	struct json_value v;
	int64_t n;
	int err = trace_load_buf(&t, text, file, d);

	if (err != 0)
		return err;
	v = trace_head(t)->inputs;
	if (v.type != JSON_OBJECT) {
		trace_destroy(t);
		return diag_set(d, ERR_UNSUPPORTED, file, 1,
		    _("this trace does not hold the inputs of its run (it was "
		      "not made by rung run) and can't be run again"));
	}
	err = take_text(v, "topology", &in->topology_file, &in->topology);
	if (err == 0)
		err = take_text(v, "script", &in->script_file, &in->script);
	if (err == 0)
		err = take_list(in, json_member(v, "settings"), add_setting);
	if (err == 0)
		err = take_list(in, json_member(v, "acts"), inputs_add_act);
	if (json_int(json_member(v, "seed"), &n) == 0) {
		in->has_seed = true;
		in->seed = (uint64_t)n;
	}
	if (json_int(json_member(v, "until"), &n) == 0 && n > 0)
		in->until_ns = n;
	if (err == 0 && json_text(json_member(v, "detail"), &b) == 0)
		trace_detail_find(buf_view(&b), &in->detail);
	buf_free(&b);
	trace_destroy(t);
	if (err != 0)
		return diag_set(d, err, file, 1,
		    _("the inputs in the trace's first line are damaged"));
	return 0;
}

void
inputs_write(const struct inputs *in, struct buf *json)
{
	buf_putc(json, '{');
	if (in->topology != NULL) {
		json_put_key(json, "topology");
		buf_putc(json, '{');
		json_put_field(json, "file", str_of(in->topology_file));
		json_put_field(json, "text", str_of(in->topology));
		buf_putc(json, '}');
	}
	if (in->script != NULL) {
		json_put_key(json, "script");
		buf_putc(json, '{');
		json_put_field(json, "file", str_of(in->script_file));
		json_put_field(json, "text", str_of(in->script));
		buf_putc(json, '}');
	}
	json_put_key(json, "settings");
	buf_putc(json, '[');
	for (size_t i = 0; i < in->nsettings; i++) {
		if (i > 0)
			buf_putc(json, ',');
		json_put_str(json, str_of(in->settings[i]));
	}
	buf_putc(json, ']');
	if (in->has_seed)
		json_put_int(json, "seed", (int64_t)in->seed);
	if (in->until_ns != 0)
		json_put_int(json, "until", in->until_ns);
	json_put_field(json, "detail", str_of(trace_detail_name(in->detail)));
	json_put_key(json, "acts");
	buf_putc(json, '[');
	for (size_t i = 0; i < in->nacts; i++) {
		const struct input_act *a = &in->acts[i];
		struct buf text = BUF_INIT;

		buf_printf(&text, "%llu:%s.%s", (unsigned long long)a->after,
		    a->on, a->verb);
		for (size_t k = 0; k < a->nargs; k++)
			buf_printf(&text, "%c%s=%s", k == 0 ? ':' : ',',
			    a->keys[k], a->values[k]);
		if (i > 0)
			buf_putc(json, ',');
		json_put_str(json, buf_view(&text));
		buf_free(&text);
	}
	buf_puts(json, "]}");
}

/* ---- acts and settings ---- */

int
inputs_add_setting(struct inputs *in, const char *text)
{
	char **list =
	    mem_realloc_array(in->settings, in->nsettings + 1, sizeof(*list));

	if (list == NULL)
		return ERR_NOMEM;
	in->settings = list;
	list[in->nsettings] = mem_strdup(text);
	if (list[in->nsettings] == NULL)
		return ERR_NOMEM;
	in->nsettings++;
	return 0;
}

static int
add_arg(struct input_act *a, struct str pair)
{
	struct str value, key = str_cut(pair, '=', &value);
	char **keys = mem_realloc_array(a->keys, a->nargs + 1, sizeof(*keys));
	char **values;

	if (keys == NULL)
		return ERR_NOMEM;
	a->keys = keys;
	values = mem_realloc_array(a->values, a->nargs + 1, sizeof(*values));
	if (values == NULL)
		return ERR_NOMEM;
	a->values = values;
	keys[a->nargs] = mem_dup(key.p, key.n);
	values[a->nargs] = mem_dup(value.p, value.n);
	a->nargs++;
	return keys[a->nargs - 1] != NULL && values[a->nargs - 1] != NULL
		   ? 0
		   : ERR_NOMEM;
}

static int
parse_act(struct input_act *a, const char *text)
{
	struct str rest, args, on, verb;
	struct str seq = str_cut(str_of(text), ':', &rest);
	ptrdiff_t dot;
	int err;

	if (str_u64(seq, &a->after) != 0 || a->after == 0)
		return ERR_SYNTAX;
	rest = str_cut(rest, ':', &args);
	dot = str_rchr(rest, '.');
	if (dot <= 0)
		return ERR_SYNTAX;
	on = str_slice(rest, 0, (size_t)dot);
	verb = str_slice(rest, (size_t)dot + 1, rest.n);
	a->on = mem_dup(on.p, on.n);
	a->verb = mem_dup(verb.p, verb.n);
	if (a->on == NULL || a->verb == NULL)
		return ERR_NOMEM;
	for (err = 0; err == 0 && args.n > 0;)
		err = add_arg(a, str_cut(args, ',', &args));
	return err;
}

int
inputs_add_act(struct inputs *in, const char *text, struct diag *d)
{
	struct input_act *list =
	    mem_realloc_array(in->acts, in->nacts + 1, sizeof(*list));
	struct input_act a = { 0 };
	size_t i;
	int err;

	if (list == NULL)
		return ERR_NOMEM;
	in->acts = list;
	err = parse_act(&a, text);
	if (err != 0) {
		act_free(&a);
		return diag_set(d, err, NULL, 0,
		    _("\"%s\" is no act; expected RECORD:NODE.VERB, such as "
		      "41:bob.crash or 52:alice/1.bye"),
		    text);
	}
	for (i = in->nacts; i > 0 && list[i - 1].after > a.after; i--)
		list[i] = list[i - 1];
	list[i] = a;
	in->nacts++;
	return 0;
}

/* ---- files ---- */

static bool
exists(const char *path)
{
	return access(path, R_OK) == 0;
}

int
inputs_find_topology(struct inputs *in, const char *name, struct diag *d)
{
	/* A lab lies in labs/NAME, topologies beside labs. */
	static const char *const beside[] = { "", "../topologies/",
		"../../topologies/" };
	struct buf path = BUF_INIT;
	int err;

	if (in->topology != NULL)
		return 0;
	for (size_t i = 0; i < 3; i++) {
		buf_clear(&path);
		buf_printf(&path, "%s/%s%s",
		    in->folder != NULL ? in->folder : ".", beside[i], name);
		if (exists(buf_cstr(&path)))
			break;
	}
	if (!exists(buf_cstr(&path))) {
		struct buf shared = BUF_INIT;

		buf_clear(&path);
		buf_printf(&shared, "topologies/%s", name);
		if (share_find(buf_cstr(&shared), &path) != 0) {
			buf_free(&shared);
			buf_free(&path);
			return diag_set(d, ERR_NOTFOUND, NULL, 0,
			    _("there is no topology \"%s\", neither beside the "
			      "script nor in topologies/"),
			    name);
		}
		buf_free(&shared);
	}
	err = read_text(buf_cstr(&path), &in->topology, d);
	buf_free(&path);
	if (err != 0)
		return err;
	in->topology_file = mem_strdup(name);
	return in->topology_file != NULL ? 0 : ERR_NOMEM;
}

static int
from_folder(struct inputs *in, const char *folder, struct diag *d)
{
	struct buf path = BUF_INIT;
	int err;

	buf_printf(&path, "%s/lab.lua", folder);
	if (!exists(buf_cstr(&path))) {
		buf_free(&path);
		return diag_set(d, ERR_NOTFOUND, folder, 0,
		    _("is no lab: it holds no lab.lua"));
	}
	in->folder = mem_strdup(folder);
	in->script_file = mem_strdup("lab.lua");
	err = read_text(buf_cstr(&path), &in->script, d);
	buf_free(&path);
	return err != 0                                        ? err
	       : in->folder == NULL || in->script_file == NULL ? ERR_NOMEM
							       : 0;
}

/* The first word that is no comment, for telling Graphviz from Lua. */
static bool
is_graphviz(struct str text)
{
	static const char *const words[] = { "graph", "digraph", "strict" };

	for (;;) {
		struct str rest;

		text = str_trim(text);
		if (str_starts(text, "/*")) {
			ptrdiff_t end = str_find(text, "*/");

			text = end < 0
				   ? STR_NULL
				   : str_slice(text, (size_t)end + 2, text.n);
		} else if (str_starts(text, "//") || str_starts(text, "#")) {
			str_cut(text, '\n', &rest);
			text = rest;
		} else {
			break;
		}
	}
	for (size_t i = 0; i < 3; i++)
		if (str_istarts(text, words[i]))
			return true;
	return false;
}

/* A script says lab { … }, or at least bears the name of one. */
static bool
is_script(struct str text, const char *file)
{
	return str_find(text, "lab") >= 0 || str_ends(str_of(file), ".lua");
}

static bool
is_directory(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* A lab's name alone is found among the labs. */
static int
find_input(const char *file, struct buf *path)
{
	struct buf name = BUF_INIT;
	int err = 0;

	buf_puts(path, file);
	if (strcmp(file, "-") != 0 && !exists(file) &&
	    strchr(file, '/') == NULL) {
		buf_printf(&name, "labs/%s", file);
		err = share_find(buf_cstr(&name), path);
		if (err != 0) {
			buf_clear(&name);
			buf_printf(&name, "topologies/%s", file);
			err = share_find(buf_cstr(&name), path);
		}
		if (err != 0) {
			buf_clear(path);
			buf_puts(path, file);
		}
	}
	buf_free(&name);
	return path->err;
}

static int
from_text(struct inputs *in, struct buf *text, const char *file, struct diag *d)
{
	struct str s = str_of(without_bom(buf_cstr(text)));
	char **where_file, **where_text;

	if (s.n > 0 && s.p[0] == '{')
		return from_trace(in, text, file, d);
	if (s.n > TEXT_MAX)
		return diag_set(d, ERR_LIMIT, file, 0,
		    _("is longer than %u bytes"), TEXT_MAX);
	if (s.n == 0)
		return diag_set(d, ERR_SYNTAX, file, 0, _("is empty"));
	if (memchr(text->p, '\0', text->n) != NULL)
		return diag_set(d, ERR_SYNTAX, file, 0,
		    _("is neither a lab, a script, a topology nor a trace"));
	if (!is_graphviz(s) && !is_script(s, file))
		return diag_set(d, ERR_SYNTAX, file, 0,
		    _("is neither a lab, a script, a topology nor a trace"));
	where_file = is_graphviz(s) ? &in->topology_file : &in->script_file;
	where_text = is_graphviz(s) ? &in->topology : &in->script;
	*where_file = mem_strdup(base_of(file));
	in->folder = folder_of(file);
	*where_text = mem_dup(s.p, s.n);
	return *where_file != NULL && *where_text != NULL && in->folder != NULL
		   ? 0
		   : ERR_NOMEM;
}

/* Only a trace, which begins with '{', may be long; of standard input nobody
 * knows. */
static size_t
longest(const char *path)
{
	FILE *f = strcmp(path, "-") != 0 ? fopen(path, "rb") : NULL;
	int c = f != NULL ? fgetc(f) : '{';

	if (f != NULL)
		fclose(f);
	return c == '{' ? SIZE_MAX / 4 : TEXT_MAX;
}

/* There is no FILE: what may be meant, or where labs are looked for. */
static int
not_there(const char *file, struct diag *d)
{
	struct buf text = BUF_INIT;
	int err = share_nearest(file, &text);

	if (err == 0 && text.n > 0) {
		err = diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("there is no “%s”; did you mean “%s”?"), file,
		    buf_cstr(&text));
	} else if (err == 0 && strchr(file, '/') != NULL) {
		err = diag_set(d, ERR_NOTFOUND, file, 0, _("can't be read: %s"),
		    strerror(ENOENT));
	} else if (err == 0) {
		share_places(&text);
		err = diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("there is neither a file “%s” nor a lab of that name; "
		      "labs are looked for in %s"),
		    file, buf_cstr(&text));
	}
	buf_free(&text);
	return err;
}

int
inputs_read(struct inputs *in, const char *file, struct diag *d)
{
	struct buf path = BUF_INIT, text = BUF_INIT;
	int err;

	memset(in, 0, sizeof(*in));
	in->detail = TRACE_PROTOCOL;
	if (file[0] == '\0')
		return diag_set(
		    d, ERR_SYNTAX, NULL, 0, _("the FILE's name is empty"));
	err = find_input(file, &path);
	if (err == 0 && is_directory(buf_cstr(&path))) {
		err = from_folder(in, buf_cstr(&path), d);
	} else if (err == 0) {
		err = buf_read_file(
		    &text, buf_cstr(&path), longest(buf_cstr(&path)));
		if (err == ERR_IO && errno == ENOENT)
			err = not_there(file, d);
		else if (err == ERR_IO)
			diag_set(d, err, file, 0, _("can't be read: %s"),
			    strerror(errno));
		if (err == ERR_LIMIT)
			diag_set(d, err, file, 0, _("is longer than %u bytes"),
			    TEXT_MAX);
		if (err == 0)
			err = from_text(in, &text, buf_cstr(&path), d);
	}
	buf_free(&path);
	buf_free(&text);
	if (err != 0)
		diag_set(d, err, file, 0, "%s", err_text(err));
	return err;
}
