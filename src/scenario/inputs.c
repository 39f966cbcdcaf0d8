/* Reading and writing what a run is made of. */
#include "scenario/inputs.h"

#include "base/charset.h"
#include "base/err.h"
#include "base/gzip.h"
#include "base/inside.h"
#include "base/mem.h"
#include "base/page_file.h"
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

/* A byte order mark, as some editors write it, means nothing in UTF-8. */
static const char *
without_bom(const char *text)
{
	return text + (strncmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0);
}

static int
read_text_file(const char *path, char **text, struct diag *d)
{
	struct buf b = BUF_INIT;
	int err = diag_read_file(&b, path, TEXT_MAX, d);

	if (err == 0)
		err = charset_check(buf_view(&b), path, d);
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

char *
inputs_folder_of(const char *path)
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

static bool
exists(const char *path)
{
	return access(path, R_OK) == 0;
}

/* Topology NAME: beside the script, in topologies/ beside the labs, or in the
 * one that is shared.  0 and PATH, or an error. */
static int
find_topology_file(const struct inputs *in, const char *name, struct buf *path)
{
	/* A lab lies in labs/NAME, topologies beside labs. */
	static const char *const beside[] = { "", "/../topologies",
		"/../../topologies" };
	struct buf folder = BUF_INIT;
	int err = ERR_NOTFOUND;

	if (!inside_name(name))
		return ERR_RANGE;
	for (size_t i = 0; err == ERR_NOTFOUND && i < 3; i++) {
		buf_clear(&folder);
		buf_printf(&folder, "%s%s",
		    in->folder != NULL ? in->folder : ".", beside[i]);
		err = folder.err != 0
			  ? folder.err
			  : inside_path(buf_cstr(&folder), name, path);
	}
	if (err == ERR_NOTFOUND) {
		buf_clear(&folder);
		buf_printf(&folder, "topologies/%s", name);
		buf_clear(path);
		err = folder.err != 0 ? folder.err
				      : share_find(buf_cstr(&folder), path);
	}
	buf_free(&folder);
	return err;
}

int
inputs_find_topology(struct inputs *in, const char *name, struct diag *d)
{
	struct buf path = BUF_INIT;
	int err;

	if (in->topology != NULL)
		return 0;
	err = find_topology_file(in, name, &path);
	if (err == ERR_NOTFOUND)
		diag_set(d, err, NULL, 0,
		    _("there is no topology “%s”, neither beside the "
		      "script nor in topologies/"),
		    name);
	else if (err == ERR_RANGE)
		diag_set(d, err, NULL, 0,
		    _("the topology “%s” must lie beside the script, below, "
		      "or in topologies/, and be no link to elsewhere"),
		    name);
	else if (err != 0)
		diag_set(d, err, NULL, 0, "%s", err_text(err));
	if (err == 0)
		err = read_text_file(buf_cstr(&path), &in->topology, d);
	buf_free(&path);
	if (err != 0)
		return err;
	in->topology_file = mem_strdup(name);
	return in->topology_file != NULL ? 0 : ERR_NOMEM;
}

/* The last name in FOLDER's path, where it has one, as the lab's. */
static int
name_lab(struct inputs *in, const char *folder)
{
	struct str path = str_of(folder);
	struct str name;

	while (path.n > 1 && path.p[path.n - 1] == '/')
		path.n--;
	name = str_slice(path, (size_t)(str_rchr(path, '/') + 1), path.n);
	if (name.n == 0 || str_is(name, ".") || str_is(name, ".."))
		return 0;
	in->lab = mem_dup(name.p, name.n);
	return in->lab != NULL ? 0 : ERR_NOMEM;
}

/* FOLDER's script is a lab's: what people have written beside it stays. */
static int
take_lab(struct inputs *in, const char *folder)
{
	page_file_note_all(folder);
	return name_lab(in, folder);
}

static int
from_folder(struct inputs *in, const char *folder, struct diag *d)
{
	struct buf path = BUF_INIT;
	int err;

	err = inside_path(folder, "lab.lua", &path);
	if (err != 0) {
		buf_free(&path);
		return diag_set(d, err, folder, 0, "%s",
		    err == ERR_NOTFOUND ? _("is no lab: it holds no lab.lua")
		    : err == ERR_RANGE
			? _("is no lab: its lab.lua is a link to elsewhere")
			: err_text(err));
	}
	in->folder = mem_strdup(folder);
	in->script_file = mem_strdup("lab.lua");
	err = read_text_file(buf_cstr(&path), &in->script, d);
	if (err == 0)
		err = take_lab(in, folder);
	buf_free(&path);
	return err != 0                                        ? err
	       : in->folder == NULL || in->script_file == NULL ? ERR_NOMEM
							       : 0;
}

/* The first word that is no comment, for telling Graphviz from Lua. */
static bool
begins_graph(struct str text)
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

/* By its name it is a script or a topology. */
static bool
is_named(const char *file)
{
	struct str name = str_of(file);

	return str_ends(name, ".lua") || str_ends(name, ".gv") ||
	       str_ends(name, ".dot");
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
	if (strcmp(file, "-") == 0 || exists(file) ||
	    strchr(file, '/') != NULL || share_find_input(file, path) != 0) {
		buf_clear(path);
		buf_puts(path, file);
	}
	return path->err;
}

static int
from_trace_text(
    struct inputs *in, struct buf *text, const char *file, struct diag *d)
{
	struct trace *t;
	int err = trace_load_buf(&t, text, file, d);

	if (err != 0)
		return err;
	err = inputs_from_trace(in, t, file, d);
	trace_destroy(t);
	return err;
}

static int
from_text(struct inputs *in, struct buf *text, const char *file, struct diag *d)
{
	struct str s = str_of(without_bom(buf_cstr(text)));
	char **where_file, **where_text;

	if (trace_is_begin(buf_view(text)) || (s.n > 0 && s.p[0] == '{'))
		return from_trace_text(in, text, file, d);
	if (s.n > TEXT_MAX)
		return diag_set(d, ERR_LIMIT, file, 0,
		    _("is longer than %u bytes"), TEXT_MAX);
	if (text->n == 0)
		return diag_set(d, ERR_SYNTAX, file, 0, _("is empty"));
	if ((is_named(file) || charset_is_utf16(buf_view(text)) ||
		gunzip_is(buf_view(text)) || begins_graph(s)) &&
	    charset_check(buf_view(text), file, d) != 0)
		return d->err;
	if (memchr(text->p, '\0', text->n) != NULL ||
	    (!begins_graph(s) && !is_script(s, file)))
		return diag_set(d, ERR_SYNTAX, file, 0,
		    _("is neither a lab, a script, a topology nor a trace"));
	where_file = begins_graph(s) ? &in->topology_file : &in->script_file;
	where_text = begins_graph(s) ? &in->topology : &in->script;
	*where_file = mem_strdup(base_of(file));
	in->folder = inputs_folder_of(file);
	*where_text = mem_dup(s.p, s.n);
	if (*where_file == NULL || *where_text == NULL || in->folder == NULL)
		return ERR_NOMEM;
	return strcmp(*where_file, "lab.lua") == 0 ? take_lab(in, in->folder)
						   : 0;
}

/* Only a trace may be long; of standard input nobody knows. */
static size_t
longest(const char *path)
{
	return trace_is_file(path) ? SIZE_MAX / 4 : TEXT_MAX;
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
		    err_system(ENOENT));
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
			    err_system(errno));
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
