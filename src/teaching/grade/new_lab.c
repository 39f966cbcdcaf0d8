/* Labs copied, and labs and topologies made to begin with. */
#include "grade/new_lab.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/folder.h"
#include "base/i18n.h"
#include "base/outfile.h"
#include "base/page_file.h"
#include "inputs/share.h"
#include "lesson/handout.h"
#include "sound/wav.h"
#include "text/json.h"
#include "text/utf8.h"

/* ---- copies a lab's files ---- */

#define FILE_SIZE_MAX (16u << 20)

int
lab_begin_folder(const char *path, struct diag *d)
{
	int trouble = outfile_left_make(path);

	if (trouble == 0)
		return 0;
	return trouble == EEXIST
		   ? diag_set(d, ERR_EXISTS, path, 0,
			 _("already exists; choose another name"))
		   : diag_set(d, ERR_IO, path, 0, _("can't be created: %s"),
			 outfile_why(trouble));
}

int
lab_make_folder(const char *path, struct diag *d)
{
	int err = lab_begin_folder(path, d);

	if (err == 0)
		outfile_left_keep(path);
	return err;
}

int
lab_end_folder(const char *path, int err)
{
	if (err != 0)
		folder_remove(path);
	outfile_left_keep(path);
	return err;
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
	LOCAL_BUF asked = BUF_INIT, named = BUF_INIT;
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
	buf_free(text);
	buf_move(text, &named);
	return err;
}

static int
copy_file(const struct lab_copy *c, const char *name, const char *from,
    const char *to, struct diag *d)
{
	bool page = page_file_is(name, PAGE_HANDOUT) ||
		    page_file_is(name, PAGE_ANSWERS);
	LOCAL_BUF text = BUF_INIT;
	int err = diag_read_file(&text, from, FILE_SIZE_MAX, d);

	if (err == 0 && page)
		err = name_copy(c, name, &text, d);
	if (err == 0 && access(to, F_OK) == 0)
		err = diag_set(
		    d, ERR_EXISTS, to, 0, _("the file already exists"));
	if (err == 0)
		err = lab_copy_write(&text, to, d);
	return err;
}

static int
copy_beside(const struct lab_copy *c, const char *name, struct diag *d)
{
	LOCAL_BUF source = BUF_INIT, target = BUF_INIT;
	struct stat st;
	int err = 0;

	buf_printf(&source, "%s/%s", c->lab->lab, name);
	buf_printf(&target, "%s/%s", c->to, name);
	if (source.err != 0 || target.err != 0)
		err = ERR_NOMEM;
	else if (stat(buf_cstr(&source), &st) == 0 && S_ISREG(st.st_mode))
		err =
		    copy_file(c, name, buf_cstr(&source), buf_cstr(&target), d);
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
new_lab_decode(struct buf *text)
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
	LOCAL_BUF target = BUF_INIT, text = BUF_INIT;
	struct str file;
	int err = 0;

	if (json_plain(json_member(v, "file"), &file) == 0 &&
	    str_chr(file, '/') < 0) {
		buf_printf(&target, "%s/%.*s", c->to, STR_ARG(file));
		err = json_text(json_member(v, "text"), &text);
		if (err == 0 && wav_is_named(file))
			err = new_lab_decode(&text);
	}
	if (err == 0 && target.n > 0 && access(buf_cstr(&target), F_OK) != 0)
		err = lab_copy_write(&text, buf_cstr(&target), d);
	return err;
}

/* The network that the lab shares with others comes along, to be changed: as
 * the run has it; and the programs of its nodes. */
static int
copy_network(const struct lab_copy *c, struct diag *d)
{
	struct json_value inputs, v;
	LOCAL_TRACE struct trace *t = NULL;
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
	return err;
}

int
lab_copy(const struct lab_copy *c, struct diag *d)
{
	int err = copy_files(c, d);

	return err == 0 ? copy_network(c, d) : err;
}

/* ---- makes labs and topologies to begin with ---- */

#define TEMPLATE      "templates/new-lab"
#define NETWORK       "network.gv"
#define NAME_MOST     100
#define TOPOLOGY_MOST (64u << 10)

/* The template's folder of scripts in the language in force, "…/zh", which ends
 * with OWN; else the template's own.  0 or D's error. */
static int
find_scripts(struct buf *path, bool *own, struct diag *d)
{
	const char *lang = i18n_language();
	LOCAL_BUF name = BUF_INIT;
	int err;

	buf_printf(&name, TEMPLATE "/%.*s", (int)strcspn(lang, "_"), lang);
	err = name.err != 0 ? ERR_NOMEM : share_find(buf_cstr(&name), path);
	*own = err == 0;
	if (err == ERR_NOTFOUND)
		err = share_find(TEMPLATE, path);
	return err != ERR_NOTFOUND
		   ? err
		   : diag_set(d, err, NULL, 0,
			 _("there is no %s next to rung's own labs"), TEMPLATE);
}

static int
make_above(const char *path, struct diag *d)
{
	int err = folder_make_above(path, 0777);

	return err != ERR_IO
		   ? err
		   : diag_set(d, err, path, 0, "%s", err_system(errno));
}

/* ---- a lab ---- */

/* Commands, hand-ins and tables have the name as a word. */
static int
new_lab_check_name(struct str name, struct diag *d)
{
	LOCAL_BUF safe = BUF_INIT;
	bool good = name.n > 0 && name.n <= NAME_MOST &&
		    strchr(".-", name.p[0]) == NULL;
	int err;

	for (size_t i = 0; i < name.n; i++)
		good &= chr_is_alnum(name.p[i]) ||
			(unsigned char)name.p[i] >= 0x80 ||
			strchr("-_.+", name.p[i]) != NULL;
	utf8_add_safe(&safe, name);
	err = safe.err;
	if (err == 0 && (!good || !str_eq(buf_view(&safe), name)))
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("“%.*s” is not a name for a lab; use letters, digits, "
		      "and within it - _ . +, at most %d bytes"),
		    STR_ARG(name), NAME_MOST);
	return err;
}

/* A hand-in has the lab's name alone. */
static int
check_unused(struct str name, struct diag *d)
{
	LOCAL_BUF copy = BUF_INIT, path = BUF_INIT;
	struct diag none = DIAG_INIT;
	int err;

	buf_str(&copy, name);
	err = copy.err != 0 ? ERR_NOMEM
			    : work_find_named(buf_cstr(&copy), &path, &none);
	if (err == 0)
		err = diag_set(d, ERR_EXISTS, NULL, 0,
		    _("rung has a lab “%.*s”, and work is judged by the name "
		      "of its lab; choose another name"),
		    STR_ARG(name));
	return err == ERR_NOTFOUND ? 0 : err;
}

static bool
is_no_page(const char *name)
{
	return !page_file_is(name, PAGE_HANDOUT) &&
	       !page_file_is(name, PAGE_ANSWERS);
}

/* The files of the template's folder FROM, but the KEPT ones (NULL: none). */
static int
copy_from(const char *from, bool (*kept)(const char *name), const char *to,
    struct str name, struct diag *d)
{
	LOCAL(work_free) struct work w = WORK_INIT;
	LOCAL_BUF arg = BUF_INIT;
	int err = work_find_lab(&w, NULL, from, d);

	buf_str(&arg, name);
	if (err == 0)
		err = arg.err;
	if (err == 0)
		err = lab_copy(&(struct lab_copy){ .lab = &w,
				   .to = to,
				   .is_kept_back = kept,
				   .put_handout = handout_put_renamed,
				   .arg = buf_cstr(&arg) },
		    d);
	return err;
}

static int
new_lab_fill(const char *folder, struct str name, struct diag *d)
{
	LOCAL_BUF path = BUF_INIT;
	bool own;
	int err = find_scripts(&path, &own, d);

	if (err == 0)
		err = copy_from(buf_cstr(&path), NULL, folder, name, d);
	if (err == 0 && own) {
		err = share_find(TEMPLATE, &path);
		if (err == 0)
			err = copy_from(
			    buf_cstr(&path), is_no_page, folder, name, d);
	}
	return err;
}

int
new_lab(const char *folder, struct diag *d)
{
	struct str name = folder_name(folder);
	int err = new_lab_check_name(name, d);

	if (err == 0)
		err = check_unused(name, d);
	if (err == 0)
		err = make_above(folder, d);
	if (err == 0)
		err = lab_begin_folder(folder, d);
	if (err == 0)
		err = lab_end_folder(folder, new_lab_fill(folder, name, d));
	return diag_fail(d, err);
}

/* ---- a topology ---- */

static int
new_lab_write_network(const struct buf *path, const char *to, struct diag *d)
{
	LOCAL_BUF text = BUF_INIT;
	struct stat st;
	int err = lstat(to, &st) == 0
		      ? diag_set(d, ERR_EXISTS, to, 0,
			    _("already exists; choose another name"))
		      : diag_read_file(&text, buf_cstr(path), TOPOLOGY_MOST, d);

	if (err == 0)
		err = make_above(to, d);
	if (err == 0)
		err = lab_copy_write(&text, to, d);
	return err;
}

int
new_topology(const char *name, struct buf *file, struct diag *d)
{
	LOCAL_BUF path = BUF_INIT;
	struct str s = str_of(name), last = folder_name(name);
	bool ends = str_ends(s, ".gv") || str_ends(s, ".dot");
	bool own;
	int err = last.n > 0 && last.p[0] != '.' && !str_ends(s, "/")
		      ? find_scripts(&path, &own, d)
		      : diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("“%s” is not a name for a topology"), name);

	buf_puts(&path, "/" NETWORK);
	buf_printf(file, "%s%s", name, ends ? "" : ".gv");
	if (err == 0)
		err = path.err != 0 || file->err != 0
			  ? ERR_NOMEM
			  : new_lab_write_network(&path, buf_cstr(file), d);
	return diag_fail(d, err);
}
