/* What the process of one submission does. */
#include "base/err.h"
#include "base/folder.h"
#include "base/mem.h"
#include "grade/class.h"
#include "grade/handin.h"
#include "grade/mark_json.h"
#include "grade/report.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How deep folders may stand in each other, and zip files in them. */
#define DEPTH_MAX 6

struct visit {
	const char *temp, *lab;
	unsigned unpacked; /* zip files so far */
	struct buf *out;
	size_t found;
};

static int
visit_path(struct visit *v, const char *path, const char *name, unsigned depth);

static int
say_failure(struct visit *v, const char *name, const struct diag *d)
{
	struct work none = WORK_INIT;
	struct buf why = BUF_INIT;
	int err;

	v->found++;
	buf_puts(&why, d->text[0] != '\0' ? d->text : err_text(d->err));
	err = why.err != 0
		  ? ERR_NOMEM
		  : mark_put_failure(name, &none, buf_cstr(&why), v->out);
	buf_free(&why);
	return err;
}

static int
judge_work(
    struct visit *v, struct work *w, int err, const char *name, struct diag *d)
{
	struct mark m = MARK_INIT;

	v->found++;
	if (err == 0)
		err = mark_work(&m, w, NULL, d);
	if (err == 0)
		err = mark_put_json(&m, w, name, v->out);
	else if (err != ERR_NOMEM)
		err = mark_put_failure(name, w,
		    d->text[0] != '\0' ? d->text : err_text(err), v->out);
	mark_free(&m);
	work_free(w);
	return err;
}

static int
judge_folder(struct visit *v, const char *path, const char *name)
{
	struct diag d = DIAG_INIT;
	struct work w = WORK_INIT;
	int err = work_read_folder(&w, path, v->lab, false, &d);

	return judge_work(v, &w, err, name, &d);
}

static int
judge_file(struct visit *v, const char *path, const char *name)
{
	struct diag d = DIAG_INIT;
	struct work w = WORK_INIT;
	int err = handin_read(&w, path, v->lab, &d);

	return judge_work(v, &w, err, name, &d);
}

/* ---- folders ---- */

static bool
has_answers(const char *path)
{
	struct buf file = BUF_INIT;
	struct stat st;
	bool there;

	buf_printf(&file, "%s/" ANSWERS_FILE, path);
	there = file.err == 0 && lstat(buf_cstr(&file), &st) == 0;
	buf_free(&file);
	return there;
}

static int
visit_items(struct visit *v, const char *path, const char *name, unsigned depth)
{
	struct folder_names f;
	int err = folder_names_read(&f, path);

	for (size_t i = 0; err == 0 && i < f.n; i++) {
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
	/* A folder that can't be read has no work in it. */
	return err == ERR_IO ? 0 : err;
}

/* ---- zip files ---- */

static bool
is_zip(const char *path)
{
	char begin[4];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t n = fd >= 0 ? read(fd, begin, 4) : -1;

	if (fd >= 0)
		close(fd);
	return n == 4 && memcmp(begin, "PK\3\4", 4) == 0;
}

static int
visit_zip(struct visit *v, const char *path, const char *name, unsigned depth)
{
	struct diag d = DIAG_INIT;
	struct buf to = BUF_INIT;
	int err;

	buf_printf(&to, "%s/%u", v->temp, ++v->unpacked);
	err = to.err != 0 ? ERR_NOMEM : class_unzip(path, buf_cstr(&to), &d);
	if (err == 0)
		err = visit_path(v, buf_cstr(&to), name, depth + 1);
	else if (err != ERR_NOMEM)
		err = say_failure(v, name, &d);
	buf_free(&to);
	return err;
}

/* ---- any ---- */

static int
refuse(struct visit *v, const char *name, const char *why)
{
	struct diag d = DIAG_INIT;

	diag_set(&d, ERR_SYNTAX, NULL, 0, "%s", why);
	return say_failure(v, name, &d);
}

static int
visit_path(struct visit *v, const char *path, const char *name, unsigned depth)
{
	struct stat st;

	if (depth > DEPTH_MAX)
		return refuse(v, name, _("folders stand too deep"));
	if (lstat(path, &st) != 0)
		return refuse(v, name, err_system(errno));
	if (S_ISLNK(st.st_mode))
		return refuse(v, name, _("it is a link to something else"));
	if (S_ISDIR(st.st_mode))
		return has_answers(path) ? judge_folder(v, path, name)
					 : visit_items(v, path, name, depth);
	if (!S_ISREG(st.st_mode))
		return refuse(v, name, _("it is no file"));
	if (handin_is_file(path) || report_is_file(path))
		return judge_file(v, path, name);
	if (is_zip(path))
		return visit_zip(v, path, name, depth);
	/* Of a folder's files those that are no work are passed over. */
	return depth == 0 ? refuse(v, name,
				_("it is neither of rung hand-in nor of rung "
				  "report nor a folder or zip file with "
				  "answers.txt"))
			  : 0;
}

int
class_judge_path(const char *path, const char *name, const char *temp,
    const char *lab, struct buf *out)
{
	struct visit v = { .temp = temp, .lab = lab, .out = out };
	int err = visit_path(&v, path, name, 0);

	if (err == 0 && v.found == 0)
		err = refuse(&v, name, _("there is no work in it"));
	return err;
}
