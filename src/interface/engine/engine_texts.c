/* The texts that an engine was opened from: which of them is run, and where
 * what it names is found among them. */
#include "engine/engine_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/page_file.h"
#include "base/param.h"
#include "grade/variant.h"
#include "trace/page_link.h"

#include <string.h>

int
engine_keep_texts(struct engine *e, const struct engine_text *texts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct engine_kept *k;

		if (ARRAY_RESIZE(&e->texts, e->ntexts + 1) != 0)
			return ERR_NOMEM;
		k = &e->texts[e->ntexts];
		*k =
		    (struct engine_kept){ mem_strdup(texts[i].path), BUF_INIT };
		e->ntexts++;
		buf_str(&k->text, texts[i].text);
		if (k->path == NULL || k->text.err != 0)
			return ERR_NOMEM;
	}
	return 0;
}

#define TEXTS_MOST      ((size_t)1000)
#define TEXT_BYTES_MOST ((size_t)16 << 20)

static size_t
engine_texts_count_bytes(const struct engine *e)
{
	size_t n = 0;

	for (size_t i = 0; i < e->ntexts; i++)
		n += e->texts[i].text.n;
	return n;
}

static bool
has_path(const struct engine *e, const char *path)
{
	for (size_t i = 0; i < e->ntexts; i++)
		if (strcmp(e->texts[i].path, path) == 0)
			return true;
	return false;
}

int
engine_add_texts(
    struct engine *e, const struct engine_text *texts, size_t n, struct diag *d)
{
	size_t bytes = engine_texts_count_bytes(e);
	int err = 0;

	for (size_t i = 0; err == 0 && i < n; i++) {
		if (has_path(e, texts[i].path))
			continue;
		bytes += texts[i].text.n;
		if (e->ntexts >= TEXTS_MOST || bytes > TEXT_BYTES_MOST)
			return diag_set(d, ERR_LIMIT, texts[i].path, 0,
			    _("the texts exceed the size that a run may have"));
		err = engine_keep_texts(e, &texts[i], 1);
	}
	return err == 0 ? 0 : diag_fail(d, ERR_NOMEM);
}

struct buf *
engine_find_text(struct engine *e, struct str folder, const char *name)
{
	for (size_t i = 0; i < e->ntexts; i++) {
		struct str path = str_of(e->texts[i].path);

		if (folder.n == 0 && str_is(path, name))
			return &e->texts[i].text;
		if (folder.n > 0 &&
		    str_eq(str_slice(path, 0, folder.n), folder) &&
		    path.n > folder.n && path.p[folder.n] == '/' &&
		    str_is(str_slice(path, folder.n + 1, path.n), name))
			return &e->texts[i].text;
	}
	return NULL;
}

static struct str
folder_of(const char *path)
{
	struct str s = str_of(path);
	ptrdiff_t slash = str_rchr(s, '/');

	return slash > 0 ? str_slice(s, 0, (size_t)slash) : STR_NULL;
}

struct str
engine_lab_folder(const struct engine *e)
{
	return folder_of(e->lab != NULL ? e->lab : e->texts[0].path);
}

/* NAME is not there; another may be meant. */
static int
no_text(const struct engine *e, const char *name, struct diag *d)
{
	LOCAL_MEM const char **names =
	    mem_zalloc(e->ntexts + 1, sizeof(*names));

	if (names == NULL)
		return diag_fail(d, ERR_NOMEM);
	for (size_t i = 0; i < e->ntexts; i++) {
		const char *path = e->texts[i].path;
		const char *slash = strrchr(path, '/');

		names[i] = slash != NULL ? slash + 1 : path;
	}
	diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("“%s” is not one of the texts that were given"), name);
	return diag_one_of(
	    d, ERR_NOTFOUND, str_of(name), names, e->ntexts, sizeof(names[0]));
}

/* What a run names: next to it or what was opened, beside the lab, or among the
 * topologies. */
static int
supply(const struct inputs *in, enum inputs_named what, const char *name,
    struct buf *out, struct diag *d)
{
	struct engine *e = in->supplier;
	const struct buf *text = engine_find_text(e,
	    in->folder != NULL && strcmp(in->folder, ".") != 0
		? str_of(in->folder)
		: folder_of(e->texts[0].path),
	    name);

	/* A link is in the place of its lab's script. */
	if (what == INPUTS_FOLDER) {
		buf_str(out, engine_lab_folder(e));
		return out->err == 0 ? 0 : diag_fail(d, ERR_NOMEM);
	}
	if (text == NULL)
		text = engine_find_text(e, engine_lab_folder(e), name);
	if (text == NULL && what != INPUTS_FIRMWARE && what != INPUTS_ARRIVALS)
		text = engine_find_text(e, STR("topologies"), name);
	if (text == NULL)
		return no_text(e, name, d);
	buf_str(out, buf_view(text));
	return out->err == 0 ? 0 : diag_fail(d, ERR_NOMEM);
}

/* The first text, with what it names. */
static int
engine_texts_begin_run(
    struct engine *e, const struct session_options *o, struct diag *d)
{
	struct inputs in = {
		.detail = TRACE_PROTOCOL, .supply = supply, .supplier = e
	};
	LOCAL_BUF text = BUF_INIT;
	int err;

	buf_str(&text, buf_view(&e->texts[0].text));
	err = text.err;
	if (err == 0)
		err = inputs_take_text(&in, e->texts[0].path, &text, d);
	if (err == 0)
		return session_begin(&e->s, e->texts[0].path, &in, o, d);
	inputs_free(&in);
	return err;
}

/* The settings of V before those of O, which may be others for the same. */
static int
begin_varied(struct engine *e, const struct session_options *o,
    const struct variant *v, size_t nsettings, struct diag *d)
{
	struct session_options with = *o;
	size_t n = nsettings + o->run.nsettings;
	LOCAL_MEM struct topology_setting *all =
	    mem_zalloc(n + 1, sizeof(struct topology_setting));
	int err = all != NULL ? 0 : diag_fail(d, ERR_NOMEM);

	for (size_t i = 0; err == 0 && i < n; i++)
		all[i] = i < nsettings ? v->settings[i]
				       : o->run.settings[i - nsettings];
	with.run.settings = all;
	with.run.nsettings = n;
	if (!o->run.has_seed) {
		with.run.has_seed = v->has_seed;
		with.run.seed = v->seed;
	}
	if (err == 0)
		err = engine_texts_begin_run(e, &with, d);
	return err;
}

int
engine_begin(struct engine *e, const struct session_options *o, struct diag *d)
{
	struct str first = buf_view(&e->texts[0].text);
	LOCAL(variant_free) struct variant v = VARIANT_INIT;
	struct lesson *l = NULL;
	int err = 0;

	/* Links and traces have their values. */
	if (e->student[0] != '\0' && !page_link_is(first) &&
	    !trace_is_begin(first))
		err = engine_lesson(e, &l, d);
	if (err == 0 && l != NULL)
		err = variant_make(&v, l, d);
	if (err == 0)
		err = begin_varied(e, o, &v, v.nsettings, d);
	/* A network of the student's own may lack what the settings name. */
	if (err != 0 && err != ERR_NOMEM && e->lab != NULL && v.nsettings > 0) {
		*d = DIAG_INIT;
		err = begin_varied(e, o, &v, 0, d);
	}
	return err;
}

int
engine_link(struct engine *e, size_t branch, const char *page, struct buf *out,
    struct diag *d)
{
	const struct trace *t = engine_trace(e, branch, 0, d);
	LOCAL(inputs_free) struct inputs in = { .lab = NULL };
	int err = t != NULL ? inputs_from_head(&in, t, page, d) : d->err;

	/* Without texts of its own it knows no lab. */
	in.supply = e->ntexts > 0 ? supply : NULL;
	in.supplier = e;
	if (err == 0)
		err = inputs_link(&in, page, out, d);
	return err;
}

/* ---- the lab's tasks ---- */

/* The handout in the chosen language, else in English; NULL: there is none. */
static const struct buf *
find_handout(struct engine *e, struct str folder)
{
	static const char *const fallback = "en";
	const char *languages[] = { i18n_language(), fallback };
	struct buf name = BUF_INIT, *text = NULL;

	for (size_t i = 0; i < 2 && text == NULL; i++) {
		buf_clear(&name);
		page_file_name(PAGE_HANDOUT, languages[i], &name);
		if (name.err == 0)
			text = engine_find_text(e, folder, buf_cstr(&name));
	}
	buf_free(&name);
	return text;
}

static int
read_lesson(struct engine *e, struct diag *d)
{
	struct str folder = engine_lab_folder(e);
	const struct buf *check = engine_find_text(e, folder, LESSON_CHECK);
	const struct buf *handout = find_handout(e, folder);
	LOCAL_BUF name = BUF_INIT;
	int err;

	if (check == NULL)
		return 0;
	buf_str(&name, folder);
	err = name.err;
	if (err == 0)
		err = lesson_take_texts(&e->lesson,
		    name.n > 0 ? buf_cstr(&name) : ".", buf_view(check),
		    handout != NULL ? buf_view(handout) : STR_NULL, e->student,
		    d);
	if (err == 0)
		err = lesson_name_commands(e->lesson, NULL);
	return err;
}

int
engine_lesson(struct engine *e, struct lesson **l, struct diag *d)
{
	int err = 0;

	if (e->lesson != NULL && strcmp(e->language, i18n_language()) != 0) {
		lesson_destroy(e->lesson);
		e->lesson = NULL;
		e->from_of = NULL;
	}
	if (e->lesson == NULL && e->ntexts > 0) {
		err = read_lesson(e, d);
		strncpy(e->language, i18n_language(), sizeof(e->language) - 1);
	}
	*l = e->lesson;
	return err;
}
