/* Where labs and topologies are, and the name nearest to one that is not found.
 */
#include "inputs/share.h"

#include "base/err.h"
#include "base/folder.h"
#include "base/mem.h"
#include "base/param.h"
#include "base/rows.h"
#include "inputs/share_labs.h"
#include "inputs/share_table.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The limit of names tried. */
#define NAMES_MAX 1000
/* The depth of folders in a set's folder. */
#define SET_DEPTH_MAX 16

int
share_program(struct buf *path)
{
	const char *said = getenv("RUNG_PROGRAM");
	char self[PATH_MAX];
	ssize_t n;

	buf_clear(path);
	if (said != NULL && said[0] == '/') {
		buf_puts(path, said);
	} else {
		n = readlink("/proc/self/exe", self, sizeof(self));
		if (n <= 0 || n == (ssize_t)sizeof(self))
			return ERR_NOTFOUND;
		buf_add(path, self, (size_t)n);
	}
	return path->err;
}

/* The program's folder, or the one LEVELS above it, with a slash after it. */
static int
put_above(struct buf *path, unsigned levels)
{
	int err = share_program(path);
	struct str s = buf_view(path);

	for (unsigned i = 0; err == 0 && i <= levels; i++) {
		ptrdiff_t slash = str_rchr(s, '/');

		if (slash < 0)
			return ERR_NOTFOUND;
		s.n = (size_t)slash;
	}
	buf_truncate(path, s.n);
	buf_putc(path, '/');
	return err;
}

int
share_set(const char *folder, struct buf *path)
{
	bool found = false;

	buf_clear(path);
	buf_printf(path, "%s%s", folder, folder[0] != '\0' ? "/" : "");
	for (unsigned up = 0; up < SET_DEPTH_MAX && !found; up++) {
		size_t n;

		buf_puts(path, up > 0 ? "../" : "");
		n = path->n;
		buf_puts(path, SHARE_SET_FILE);
		if (path->err != 0)
			return path->err;
		found = access(buf_cstr(path), R_OK) == 0;
		buf_truncate(path, n);
	}
	return found ? 0 : ERR_NOTFOUND;
}

int
share_place(struct buf *path, unsigned i)
{
	const char *share = getenv("RUNG_SHARE");

	buf_clear(path);
	switch (i) {
	case 0:
		return share_set("", path);
	case 1:
		if (share == NULL || share[0] == '\0')
			return ERR_NOTFOUND;
		buf_printf(path, "%s/", share);
		return 0;
	case 2:
		return 0;
	case 3:
	case 4:
	case 5:
		return put_above(path, i - 3);
	case 6:
		/* Installed: PREFIX/bin/rung, PREFIX/share/rung. */
		if (put_above(path, 1) != 0)
			return ERR_NOTFOUND;
		buf_puts(path, "share/rung/");
		return 0;
	default:
		return ERR_RANGE;
	}
}

int
share_find(const char *name, struct buf *path)
{
	int err = 0;

	for (unsigned i = 0; err != ERR_RANGE; i++) {
		err = share_place(path, i);
		if (err != 0)
			continue;
		buf_puts(path, name);
		if (path->err != 0)
			return path->err;
		if (access(buf_cstr(path), R_OK) == 0)
			return 0;
	}
	return ERR_NOTFOUND;
}

int
share_find_input(const char *name, struct buf *path)
{
	static const char *const folders[] = { "labs", "topologies" };
	LOCAL_BUF file = BUF_INIT;
	int err = ERR_NOTFOUND;

	for (size_t i = 0; err == ERR_NOTFOUND && i < 2; i++) {
		buf_clear(&file);
		buf_printf(&file, "%s/%s", folders[i], name);
		err = file.err != 0 ? file.err
				    : share_find(buf_cstr(&file), path);
	}
	return err;
}

/* Places that share_place knows, and more. */
#define PLACES 8

static bool
was_seen(const struct stat *st, const struct stat *seen, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (seen[i].st_dev == st->st_dev &&
		    seen[i].st_ino == st->st_ino)
			return true;
	return false;
}

void
share_places(struct buf *out)
{
	LOCAL_BUF path = BUF_INIT;
	struct stat seen[PLACES], st;
	size_t n = 0;
	int err = 0;

	for (unsigned i = 0; err != ERR_RANGE && n < PLACES; i++) {
		err = share_place(&path, i);
		if (err != 0)
			continue;
		buf_puts(&path, "labs");
		if (stat(buf_cstr(&path), &st) != 0 || was_seen(&st, seen, n))
			continue;
		seen[n++] = st;
		buf_puts(out, n > 1 ? ", " : "");
		buf_str(out, buf_view(&path));
		if (path.err != 0)
			out->err = path.err;
	}
}

/* The names in FOLDER, up to a sign of END, each with a NUL after it. */
static void
add_names(struct buf *names, size_t *count, const char *folder, const char *end)
{
	DIR *dir = opendir(folder);
	const struct dirent *e;

	while (
	    dir != NULL && *count < NAMES_MAX && (e = readdir(dir)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		buf_add(names, e->d_name, strcspn(e->d_name, end));
		buf_putc(names, '\0');
		++*count;
	}
	if (dir != NULL)
		closedir(dir);
}

static int
share_compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The one of COUNT names in LIST that begins with WORD, best with its ending
 * behind that; NULL: none. */
static const char *
find_longer(const char *const *list, size_t count, struct str word)
{
	const char *best = NULL;

	for (size_t i = 0; word.n > 3 && i < count; i++)
		if (str_ieq(str_slice(str_of(list[i]), 0, word.n), word) &&
		    (best == NULL ||
			(list[i][word.n] == '.' && best[word.n] != '.')))
			best = list[i];
	return best;
}

/* The one of COUNT NAMES that is most like WORD, or begins with it. */
static int
choose_nearest(
    const struct buf *names, size_t count, struct str word, struct buf *near)
{
	LOCAL_MEM const char **list = mem_zalloc(count + 1, sizeof(*list));
	const char *best, *longer;
	size_t at = 0;

	if (list == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < count; i++) {
		list[i] = names->p + at;
		at += strlen(list[i]) + 1;
	}
	/* A folder has no order of its own. */
	qsort(list, count, sizeof(*list), share_compare_names);
	best = param_nearest(word, list, count, sizeof(*list));
	longer = find_longer(list, count, word);
	if (best == NULL ||
	    (longer != NULL && longer[word.n] == '.' && strlen(best) != word.n))
		best = longer;
	if (best != NULL)
		buf_puts(near, best);
	return near->err;
}

int
share_nearest(const char *name, struct buf *near)
{
	const char *slash = strrchr(name, '/');
	LOCAL_BUF names = BUF_INIT, path = BUF_INIT, own = BUF_INIT;
	struct str word = str_of(slash != NULL ? slash + 1 : name);
	size_t count = 0;
	int err = 0;

	buf_clear(near);
	if (slash != NULL && slash[1] == '\0') {
		word = str_slice(str_of(name), 0, strcspn(name, "/"));
		slash = NULL;
	}
	if (slash != NULL) {
		buf_add(&path, name, (size_t)(slash - name) + 1);
		add_names(&names, &count, buf_cstr(&path), "");
		buf_str(near, buf_view(&path));
	}
	for (unsigned i = 0; slash == NULL && err != ERR_RANGE; i++) {
		for (int k = 0; k < 2; k++) {
			err = share_place(&path, i);
			buf_puts(&path, k == 0 ? "labs" : "topologies");
			if (err == 0)
				add_names(&names, &count, buf_cstr(&path), "");
		}
	}
	if (slash == NULL)
		add_names(&names, &count, ".", "");
	err = names.err != 0 || path.err != 0 ? ERR_NOMEM : 0;
	if (err == 0) {
		size_t before = near->n;

		err = choose_nearest(&names, count, word, near);
		if (near->n == before)
			buf_clear(near);
	}
	/* labs/busy is written so from elsewhere as well. */
	if (err == 0 && near->n == 0 && slash != NULL &&
	    share_find_input(word.p, &own) == 0)
		buf_str(near, word);
	/* busy.gv, busy.lua: the lab busy. */
	buf_clear(&path);
	buf_str(&path, str_slice(word, 0, word.n - file_ending(word).n - 1));
	if (err == 0 && near->n == 0 && slash == NULL &&
	    file_ending(word).n > 0 &&
	    share_find_input(buf_cstr(&path), &own) == 0)
		buf_str(near, buf_view(&path));
	return err;
}

int
share_nearest_plan(const char *name, struct buf *near)
{
	LOCAL_BUF names = BUF_INIT, path = BUF_INIT;
	size_t count = 0;
	int err = 0;

	buf_clear(near);
	for (unsigned i = 0; err != ERR_RANGE; i++) {
		err = share_place(&path, i);
		buf_puts(&path, "labs/plans");
		if (err == 0)
			add_names(&names, &count, buf_cstr(&path), ".");
	}
	return names.err != 0 || path.err != 0
		   ? ERR_NOMEM
		   : choose_nearest(&names, count, str_of(name), near);
}

int
share_no_lab(const char *folder, struct diag *d)
{
	LOCAL_BUF path = BUF_INIT;
	bool closed;

	buf_printf(&path, "%s/lab.lua", folder);
	closed = access(buf_cstr(&path), R_OK) != 0 && errno == EACCES;
	return closed ? diag_set(d, ERR_NOTFOUND, folder, 0,
			    _("can't be read: %s"), err_system(EACCES))
		      : diag_set(d, ERR_NOTFOUND, folder, 0,
			    _("is not a lab: it contains no lab.lua; to open a "
			      "capture or a trace in it, give its own path"));
}

int
share_meant(struct diag *d, int err, const char *name)
{
	LOCAL_BUF near = BUF_INIT;

	if (share_nearest(name, &near) == 0 &&
	    strcmp(buf_cstr(&near), name) != 0)
		diag_meant(d, err, buf_cstr(&near));
	return err;
}

/* Which labs are rung's own, by their names alone: no file is looked at. */

bool
share_is_own(const char *name)
{
	static const char *const names[] = {
#define GROUP(title)
#define LAB(folder, title, text) folder,
		SHARE_TABLE(GROUP, LAB)
#undef GROUP
#undef LAB
	};

	return ROWS_HAS(str_of(name), names);
}
