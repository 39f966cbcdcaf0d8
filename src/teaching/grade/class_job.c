/* What the process of one submission does. */
#include "base/err.h"
#include "base/folder.h"
#include "base/mem.h"
#include "grade/class_evidence.h"
#include "grade/handin.h"
#include "grade/mark_json.h"
#include "grade/report.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* How deep folders may stand in each other, and zip files in them. */
#define DEPTH_MAX 6
/* What may lie in a submission, unpacked or not. */
#define ITEMS_MAX 2000

/* One submission.  What it may take holds for the whole of it, however it is
 * packed: what is unpacked, how many items are looked at, and how deep; time is
 * its process's. */
struct visit {
	const char *temp;
	const struct class_options *o;
	struct unzip_budget left;
	unsigned unpacked; /* zip files so far */
	unsigned items;    /* so far; no others are looked at */
	struct buf *out;
	size_t found;
	struct diag *trouble; /* of this machine */
};

/* This machine is lacking something: that says nothing of the work. */
static bool
is_own_trouble(int err)
{
	return err == ERR_IO || err == ERR_UNSUPPORTED;
}

static int
visit_path(struct visit *v, const char *path, const char *name, unsigned depth);

static int
say_failure(struct visit *v, const char *name, const struct diag *d)
{
	const struct work none = WORK_INIT;

	v->found++;
	return mark_put_failure(name, &none, d->text, v->out);
}

static int
put_work(const struct mark *m, const struct work *w, const char *name,
    struct buf *out)
{
	int err = mark_put_json(m, w, name, out);

	return err == 0 ? class_evidence_find(m, w, out) : err;
}

/* The work at PATH, a folder or a file, which is called NAME. */
static int
judge_work(struct visit *v, bool folder, const char *path, const char *name)
{
	struct diag d = DIAG_INIT;
	struct mark m = MARK_INIT;
	struct work w;
	int err = folder ? work_read_folder(&w, path, v->o->lab, false, &d)
			 : handin_read(&w, path, v->o->lab, &d);

	v->found++;
	w.processes = v->o->processes;
	if (err == 0)
		err = mark_work(&m, &w, NULL, &d);
	if (err == 0)
		err = put_work(&m, &w, name, v->out);
	else if (err != ERR_NOMEM)
		err = mark_put_failure(name, &w,
		    d.text[0] != '\0' ? d.text : err_text(err), v->out);
	mark_free(&m);
	work_free(&w);
	return err;
}

/* ---- folders ---- */

static int
visit_items(struct visit *v, const char *path, const char *name, unsigned depth)
{
	struct folder_names f;
	int err = folder_names_read(&f, path);

	/* A folder that can't be read has no work in it. */
	if (err == ERR_IO) {
		folder_names_free(&f);
		return 0;
	}
	for (size_t i = 0; err == 0 && i < f.n && v->items < ITEMS_MAX; i++) {
		struct buf item = BUF_INIT, shown = BUF_INIT;

		/* What Macs add to zip files is nobody's work. */
		if (strcmp(f.names[i], "__MACOSX") == 0)
			continue;
		buf_printf(&item, "%s/%s", path, f.names[i]);
		buf_printf(&shown, "%s/%s", name, f.names[i]);
		err = item.err != 0 || shown.err != 0
			  ? ERR_NOMEM
			  : visit_path(v, buf_cstr(&item), buf_cstr(&shown),
				depth + 1);
		buf_free(&item);
		buf_free(&shown);
	}
	folder_names_free(&f);
	return err;
}

/* ---- zip files ---- */

static int
visit_zip(struct visit *v, const char *path, const char *name, unsigned depth)
{
	struct diag d = DIAG_INIT;
	struct buf to = BUF_INIT;
	int err;

	buf_printf(&to, "%s/%u", v->temp, ++v->unpacked);
	err = to.err != 0 ? ERR_NOMEM
			  : class_unzip(path, buf_cstr(&to), &v->left, &d);
	if (err == 0)
		err = visit_path(v, buf_cstr(&to), name, depth + 1);
	else if (is_own_trouble(err))
		*v->trouble = d;
	else if (err != ERR_NOMEM)
		err = say_failure(v, name, &d);
	if (d.err == ERR_LIMIT)
		v->items = ITEMS_MAX;
	buf_free(&to);
	return err;
}

/* ---- any ---- */

static int
refuse_path(struct visit *v, const char *name, const char *why)
{
	struct diag d = DIAG_INIT;

	diag_set(&d, ERR_SYNTAX, NULL, 0, "%s", why);
	return say_failure(v, name, &d);
}

static int
visit_path(struct visit *v, const char *path, const char *name, unsigned depth)
{
	struct stat st;

	if (++v->items == ITEMS_MAX)
		return refuse_path(
		    v, name, _("this and all behind it is too much"));
	if (depth > DEPTH_MAX)
		return refuse_path(v, name, _("folders stand too deep"));
	if (lstat(path, &st) != 0)
		return refuse_path(v, name, err_system(errno));
	if (S_ISLNK(st.st_mode))
		return refuse_path(
		    v, name, _("it is a link to something else"));
	if (S_ISDIR(st.st_mode))
		return folder_has(path, ANSWERS_FILE)
			   ? judge_work(v, true, path, name)
			   : visit_items(v, path, name, depth);
	if (!S_ISREG(st.st_mode))
		return refuse_path(v, name, _("it is no file"));
	if (handin_is_file(path) || report_is_file(path) ||
	    handin_is_link(path))
		return judge_work(v, false, path, name);
	if (handin_begins(path, CLASS_ZIP_BEGIN))
		return visit_zip(v, path, name, depth);
	/* Of a folder's files those that are no work are passed over. */
	return depth == 0 ? refuse_path(v, name,
				_("it is neither of rung hand-in nor of rung "
				  "report nor a folder or zip file with "
				  "answers.txt"))
			  : 0;
}

int
class_judge_path(const char *path, const char *name, const char *temp,
    const struct class_options *o, struct buf *out, struct diag *d)
{
	struct visit v = { .temp = temp,
		.o = o,
		.left = UNZIP_BUDGET,
		.out = out,
		.trouble = d };
	int err = visit_path(&v, path, name, 0);

	if (err == 0 && v.found == 0)
		err = refuse_path(&v, name, _("there is no work in it"));
	return err;
}
