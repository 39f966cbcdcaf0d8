/*
 * What a run is made of, from texts: which of them a text is, and what it names
 * in its turn.  No file is read here.
 */
#include "inputs/inputs.h"

#include "text/charset.h"
#include "text/utf8.h"
#include "base/err.h"
#include "base/gzip.h"
#include "base/mem.h"
#include "inputs/arrivals_file.h"
#include "trace/file_kind.h"
#include "trace/page_link.h"

#include <string.h>

char *
inputs_text_of(struct buf *text)
{
	return mem_strdup(str_unmarked(str_of(buf_cstr(text))).p);
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

/* SETTING, "alice.program=x.lua", has the file NAME as its value, or as one of
 * several. */
static bool
inputs_text_names_file(const char *setting, const char *name)
{
	struct str value, key = str_cut(str_of(setting), '=', &value);

	return key.n > 0 && name[0] != '\0' &&
	       str_has_word(str_trim(value), str_of(name));
}

/* A link is untrusted, and reads no file of its opener's; the opener may set
 * one. */
static bool
is_closed(const struct inputs *in, enum inputs_named what, const char *name)
{
	if (!in->linked || what == INPUTS_ARRIVALS || what == INPUTS_FOLDER)
		return false;
	for (size_t i = in->nlinked; i < in->nsettings; i++)
		if (inputs_text_names_file(in->settings[i].text, name))
			return false;
	return true;
}

int
inputs_supply(const struct inputs *in, enum inputs_named what, const char *name,
    struct buf *out, struct diag *d)
{
	static const char *const missing[] = {
		[INPUTS_TOPOLOGY] = N_("there is no topology “%s” here"),
		[INPUTS_FIRMWARE] = N_("there is no firmware “%s” here"),
		[INPUTS_ARRIVALS] = N_("there are no arrivals “%s” here"),
		[INPUTS_PROGRAM] = N_("there is no program “%s” here"),
		[INPUTS_ZONE] = N_("there is no zone “%s” here"),
		[INPUTS_SOUND] = N_("there is no sound “%s” here"),
		[INPUTS_FOLDER] = N_("there is no lab “%s” here"),
	};

	if (is_closed(in, what, name))
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("the link refers to “%s” but does not contain it"), name);
	if (in->supply != NULL)
		return in->supply(in, what, name, out, d);
	return diag_set(d, ERR_NOTFOUND, NULL, 0, _(missing[what]), name);
}

int
inputs_find_topology(struct inputs *in, const char *name, struct diag *d)
{
	LOCAL_BUF text = BUF_INIT;
	int err;

	if (in->topology != NULL)
		return 0;
	err = inputs_supply(in, INPUTS_TOPOLOGY, name, &text, d);
	if (err == 0) {
		in->topology = inputs_text_of(&text);
		in->topology_file = mem_strdup(name);
		if (in->topology == NULL || in->topology_file == NULL)
			err = diag_fail(d, ERR_NOMEM);
	}
	return err;
}

int
inputs_name_lab(struct inputs *in, const char *folder)
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

/* A script says lab { … }, or at least bears the name of one. */
static bool
inputs_text_is_script(struct str text, const char *file)
{
	return str_ends(str_of(file), ".lua") ||
	       (str_find(text, "lab") >= 0 && text.p[0] != '#' &&
		   text.p[0] != '<');
}

/* FILE is a topology by its name alone. */
static int
no_graph(struct str text, const char *file, struct diag *d)
{
	struct str name = str_of(file), word = str_trim(text), rest;

	if (!str_ends(name, ".gv") && !str_ends(name, ".dot"))
		return diag_set(d, ERR_SYNTAX, file, 0,
		    _("is not a lab, a Lua script, a topology, a trace, a "
		      "capture or a log with SIP messages"));
	if (word.n == 0)
		return diag_set(d, ERR_SYNTAX, file, 0, _("is empty"));
	if (str_starts(word, "/*") && str_find(word, "*/") < 0)
		return diag_set(d, ERR_SYNTAX, file, 0,
		    _("a comment has no end: */ is missing"));
	word = utf8_clip(str_cut(word, ' ', &rest), 20);
	return diag_set(d, ERR_SYNTAX, file, 0,
	    _("begins with “%.*s”; a topology begins with “graph {”"),
	    STR_ARG(word));
}

/* By its name it is a script or a topology. */
static bool
inputs_text_is_named(const char *file)
{
	struct str name = str_of(file);

	return str_ends(name, ".lua") || str_ends(name, ".gv") ||
	       str_ends(name, ".dot");
}

static int
inputs_text_take_trace(
    struct inputs *in, struct buf *text, const char *file, struct diag *d)
{
	const struct inputs was = *in;
	struct trace *t;
	int err = trace_read_buf(&t, text, file, d);

	if (err != 0)
		return err;
	err = inputs_from_head(in, t, file, d);
	in->supply = was.supply;
	in->supplier = was.supplier;
	trace_destroy(t);
	return err;
}

int
inputs_take_text(
    struct inputs *in, const char *file, struct buf *text, struct diag *d)
{
	char **where_file, **where_text;
	struct str s;
	bool topology;

	buf_unmark(text);
	s = str_of(buf_cstr(text));
	topology = file_kind_is_graph(s);
	if (page_link_is(s))
		return inputs_take_link(in, s, d);
	if (trace_is_begin(buf_view(text)) || (s.n > 0 && s.p[0] == '{'))
		return inputs_text_take_trace(in, text, file, d);
	if (s.n > INPUTS_TEXT_MAX)
		return diag_set(d, ERR_LIMIT, file, 0,
		    _("is longer than %u bytes"), INPUTS_TEXT_MAX);
	if (text->n == 0)
		return diag_set(d, ERR_SYNTAX, file, 0, _("is empty"));
	if ((inputs_text_is_named(file) || charset_is_utf16(buf_view(text)) ||
		(gunzip_is(buf_view(text)) &&
		    !file_kind_is_tar(buf_view(text))) ||
		file_kind_is_graph(s)) &&
	    charset_check(buf_view(text), file, d) != 0)
		return d->err;
	/* By its name "# …" is a comment. */
	if (file_kind_refuse(
		(struct str){ s.p, (size_t)(text->p + text->n - s.p) }, file,
		FILE_TOPOLOGY | FILE_SCRIPT |
		    (inputs_text_is_named(file) ? FILE_TEXT : 0),
		d) != 0)
		return d->err;
	if (memchr(text->p, '\0', text->n) != NULL ||
	    (!topology && !inputs_text_is_script(s, file)))
		return no_graph(s, file, d);
	where_file = topology ? &in->topology_file : &in->script_file;
	where_text = topology ? &in->topology : &in->script;
	*where_file = mem_strdup(base_of(file));
	in->folder = inputs_folder_of(file);
	*where_text = mem_dup(s.p, s.n);
	if (*where_file == NULL || *where_text == NULL || in->folder == NULL)
		return ERR_NOMEM;
	return strcmp(*where_file, INPUTS_LAB) == 0
		   ? inputs_name_lab(in, in->folder)
		   : 0;
}

int
inputs_read_arrivals(struct inputs *in, const char *file, struct diag *d)
{
	struct inputs_outside o = { .there = true };
	LOCAL_BUF text = BUF_INIT;
	struct trace *t = NULL;
	int err = inputs_supply(in, INPUTS_ARRIVALS, file, &text, d);

	if (err == 0) {
		buf_unmark(&text);
		err = file_kind_refuse(buf_view(&text), file, FILE_TRACE, d);
	}
	if (err == 0 && trace_is_head(buf_view(&text))) {
		err = trace_read_buf(&t, &text, file, d);
		if (err == 0)
			err = arrivals_from_trace(&o, t, d);
		trace_destroy(t);
	} else if (err == 0) {
		err = arrivals_read(&o, buf_view(&text), file, d);
	}
	arrivals_drop(in->outside.arrivals);
	in->outside = o;
	return diag_fail_file(d, err, file);
}
