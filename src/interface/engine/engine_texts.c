/* The texts that an engine was opened from: which of them is run, and where
 * what it names is found among them. */
#include "engine/engine_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/page_file.h"

#include <string.h>

int
engine_keep_texts(struct engine *e, const struct engine_text *texts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct engine_kept *k;

		if (ARRAY_RESIZE(&e->texts, i + 1) != 0)
			return ERR_NOMEM;
		k = &e->texts[i];
		*k =
		    (struct engine_kept){ mem_strdup(texts[i].path), BUF_INIT };
		e->ntexts = i + 1;
		buf_str(&k->text, texts[i].text);
		if (k->path == NULL || k->text.err != 0)
			return ERR_NOMEM;
	}
	return 0;
}

/* The text whose path is FOLDER, a slash where it is not empty, and NAME. */
static struct buf *
find_text(struct engine *e, struct str folder, const char *name)
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

/* The folder of the text that was opened; empty: none. */
static struct str
opened_folder(const struct engine *e)
{
	struct str path = str_of(e->texts[0].path);
	ptrdiff_t slash = str_rchr(path, '/');

	return slash > 0 ? str_slice(path, 0, (size_t)slash) : STR_NULL;
}

/* What a run names: beside what was opened, or among the topologies. */
static int
supply(const struct inputs *in, enum inputs_named what, const char *name,
    struct buf *out, struct diag *d)
{
	struct engine *e = in->supplier;
	const struct buf *text = find_text(e, opened_folder(e), name);

	/* A link stands in the place of its lab's script. */
	if (what == INPUTS_FOLDER) {
		buf_str(out, opened_folder(e));
		return out->err == 0 ? 0 : engine_no_memory(d);
	}
	if (text == NULL && what != INPUTS_FIRMWARE && what != INPUTS_ARRIVALS)
		text = find_text(e, STR("topologies"), name);
	if (text == NULL)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("“%s” is not among the texts that were given"), name);
	buf_str(out, buf_view(text));
	return out->err == 0 ? 0 : engine_no_memory(d);
}

int
engine_begin(struct engine *e, const struct session_options *o, struct diag *d)
{
	struct inputs in = {
		.detail = TRACE_PROTOCOL, .supply = supply, .supplier = e
	};
	struct buf text = BUF_INIT;
	int err;

	buf_str(&text, buf_view(&e->texts[0].text));
	err = text.err;
	if (err == 0)
		err = inputs_take_text(&in, e->texts[0].path, &text, d);
	buf_free(&text);
	if (err == 0)
		return session_begin(&e->s, e->texts[0].path, &in, o, d);
	inputs_free(&in);
	return err;
}

int
engine_link(struct engine *e, size_t branch, const char *page, struct buf *out,
    struct diag *d)
{
	const struct trace *t = engine_trace(e, branch, 0, d);
	struct inputs in = { .lab = NULL };
	int err = t != NULL ? inputs_from_head(&in, t, page, d) : d->err;

	/* Without texts of its own it knows no lab. */
	in.supply = e->ntexts > 0 ? supply : NULL;
	in.supplier = e;
	if (err == 0)
		err = inputs_link(&in, page, out, d);
	inputs_free(&in);
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
			text = find_text(e, folder, buf_cstr(&name));
	}
	buf_free(&name);
	return text;
}

static int
read_lesson(struct engine *e, struct diag *d)
{
	struct str folder = opened_folder(e);
	const struct buf *check = find_text(e, folder, LESSON_CHECK);
	const struct buf *handout = find_handout(e, folder);
	struct buf name = BUF_INIT;
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
	buf_free(&name);
	return err;
}

int
engine_lesson(struct engine *e, struct lesson **l, struct diag *d)
{
	int err = 0;

	if (e->lesson != NULL && strcmp(e->language, i18n_language()) != 0) {
		lesson_destroy(e->lesson);
		e->lesson = NULL;
	}
	if (e->lesson == NULL && e->ntexts > 0) {
		err = read_lesson(e, d);
		strncpy(e->language, i18n_language(), sizeof(e->language) - 1);
	}
	*l = e->lesson;
	return err;
}
