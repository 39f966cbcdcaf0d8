/* Copies a lab's files. */
#include "grade/lab_copy.h"

#include "base/err.h"
#include "base/outfile.h"
#include "base/folder.h"
#include "base/page_file.h"
#include "inputs/inputs.h"
#include "sound/wav.h"
#include "text/json.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_SIZE_MAX (16u << 20)

int
lab_make_folder(const char *path, struct diag *d)
{
	if (mkdir(path, 0777) == 0)
		return 0;
	return errno == EEXIST
		   ? diag_set(d, ERR_EXISTS, path, 0,
			 _("is there already; take another name"))
		   : diag_set(d, ERR_IO, path, 0, _("can't be made: %s"),
			 outfile_why(errno));
}

int
lab_copy_write(const struct buf *text, const char *path, struct diag *d)
{
	int err = buf_write_own_file(text, path);

	return err == 0 ? 0
			: diag_set(d, err, path, 0, _("can't be written: %s"),
			      err_system(errno));
}

/* The page TEXT, which is called NAME, becomes the copy's. */
static int
name_copy(const struct lab_copy *c, const char *name, struct buf *text,
    struct diag *d)
{
	struct buf asked = BUF_INIT, named = BUF_INIT;
	char lang[8];
	bool asks = c->lesson != NULL && page_file_is(name, PAGE_HANDOUT);
	int err = 0;

	page_file_language(name, lang, sizeof(lang));
	if (asks)
		err = lesson_put_handout(
		    c->lesson, buf_view(text), lang, &asked, d);
	if (err == 0)
		err = c->put_handout(buf_view(asks ? &asked : text),
		    c->lab->name, c->arg, &named);
	buf_free(&asked);
	buf_free(text);
	*text = named;
	return err;
}

static int
copy_file(const struct lab_copy *c, const char *name, const char *from,
    const char *to, struct diag *d)
{
	bool page = page_file_is(name, PAGE_HANDOUT) ||
		    page_file_is(name, PAGE_ANSWERS);
	struct buf text = BUF_INIT;
	int err = diag_read_file(&text, from, FILE_SIZE_MAX, d);

	if (err == 0 && page)
		err = name_copy(c, name, &text, d);
	if (err == 0 && access(to, F_OK) == 0)
		err = diag_set(d, ERR_EXISTS, to, 0, _("there is such a file"));
	if (err == 0)
		err = lab_copy_write(&text, to, d);
	buf_free(&text);
	return err;
}

static int
copy_beside(const struct lab_copy *c, const char *name, struct diag *d)
{
	struct buf source = BUF_INIT, target = BUF_INIT;
	struct stat st;
	int err = 0;

	buf_printf(&source, "%s/%s", c->lab->lab, name);
	buf_printf(&target, "%s/%s", c->to, name);
	if (source.err != 0 || target.err != 0)
		err = ERR_NOMEM;
	else if (stat(buf_cstr(&source), &st) == 0 && S_ISREG(st.st_mode))
		err =
		    copy_file(c, name, buf_cstr(&source), buf_cstr(&target), d);
	buf_free(&source);
	buf_free(&target);
	return err;
}

static int
copy_files(const struct lab_copy *c, struct diag *d)
{
	struct folder_names f;
	int err = folder_names_read(&f, c->lab->lab);

	if (err != 0)
		diag_set(d, err, c->lab->lab, 0, "%s", err_system(errno));
	for (size_t i = 0; err == 0 && i < f.n; i++)
		if (c->is_kept_back == NULL || !c->is_kept_back(f.names[i]))
			err = copy_beside(c, f.names[i], d);
	folder_names_free(&f);
	return err;
}

/* A sound is kept as base64. */
static int
decode(struct buf *text)
{
	struct buf bytes = BUF_INIT;
	int err = json_base64(buf_view(text), &bytes);

	buf_free(text);
	*text = bytes;
	return err;
}

/* V, a text with its file's name, is put beside the lab's copy, unless it lies
 * there. */
static int
copy_named(const struct lab_copy *c, struct json_value v, struct diag *d)
{
	struct buf target = BUF_INIT, text = BUF_INIT;
	struct str file;
	int err = 0;

	if (json_plain(json_member(v, "file"), &file) == 0 &&
	    str_chr(file, '/') < 0) {
		buf_printf(&target, "%s/%.*s", c->to, STR_ARG(file));
		err = json_text(json_member(v, "text"), &text);
		if (err == 0 && wav_is_named(file))
			err = decode(&text);
	}
	if (err == 0 && target.n > 0 && access(buf_cstr(&target), F_OK) != 0)
		err = lab_copy_write(&text, buf_cstr(&target), d);
	buf_free(&target);
	buf_free(&text);
	return err;
}

/* The network that the lab shares with others comes along, to be changed: as
 * the run has it; and the programs of its nodes. */
static int
copy_network(const struct lab_copy *c, struct diag *d)
{
	struct json_value inputs, v;
	struct trace *t = NULL;
	size_t at = 0;
	int err = rerun_file(c->lab->lab, NULL, &t, NULL, d);

	if (err == 0) {
		inputs = trace_head(t)->inputs;
		err = copy_named(c, json_member(inputs, "topology"), d);
		inputs = json_member(inputs, "programs");
		while (err == 0 && json_is_list(inputs) &&
		       json_item(inputs, &at, &v))
			err = copy_named(c, v, d);
	}
	trace_destroy(t);
	return err;
}

int
lab_copy(const struct lab_copy *c, struct diag *d)
{
	int err = copy_files(c, d);

	return err == 0 ? copy_network(c, d) : err;
}
