/* Where a student's work is. */
#include "base/err.h"
#include "base/folder.h"
#include "base/mem.h"
#include "cli/check.h"
#include "grade/handin.h"
#include "inputs/share.h"
#include "session/own_labs.h"
#include "trace/link.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static bool
is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool
cli_is_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && !S_ISDIR(st.st_mode);
}

/* A folder below this one is named from here. */
static const char *
name_from_here(const char *path)
{
	char *here = getcwd(NULL, 0);
	size_t n = here != NULL ? strlen(here) : 0;
	bool below = n > 1 && strncmp(path, here, n) == 0 && path[n] == '/' &&
		     path[n + 1] != '\0';

	free(here);
	return below ? path + n + 1 : path;
}

/* PATH, W's folder, is a copy where the lab is elsewhere. */
static int
keep_copy(struct work *w, const char *path)
{
	if (folder_same(path, w->lab) || !folder_has(path, ANSWERS_FILE))
		return 0;
	w->copy = mem_strdup(name_from_here(path));
	return w->copy != NULL ? 0 : ERR_NOMEM;
}

int
cli_find_work(struct work *w, const char *path, const char *lab, struct diag *d)
{
	struct buf name = BUF_INIT, found = BUF_INIT;
	int err;

	*w = WORK_INIT;
	/* What the user names is a lab by his word from then on. */
	if (lab != NULL && folder_has(lab, "check.lua"))
		own_labs_add(lab);
	if (is_folder(path)) {
		err = work_read_folder(w, path, lab, true, d);
		return err == 0 ? keep_copy(w, path) : err;
	}
	if (link_is(str_of(path)))
		return handin_read_link(w, str_of(path), lab, d);
	if (access(path, F_OK) == 0)
		return handin_read(w, path, lab, d);
	buf_printf(&name, "labs/%s", path);
	err = name.err != 0 ? ERR_NOMEM : share_find(buf_cstr(&name), &found);
	if (err == ERR_NOTFOUND) {
		diag_set(d, err, NULL, 0,
		    _("%s is no folder, no hand-in and no lab"), path);
		share_meant(d, err, path);
	}
	if (err == 0)
		err = work_read_folder(w, buf_cstr(&found), path, true, d);
	buf_free(&name);
	buf_free(&found);
	return err;
}

/* A folder is judged by the tasks of the lab that its answers name, or of a lab
 * of its own. */
static int
check_has_lab(const struct work *w, const char *path, struct diag *d)
{
	if (str_of(w->answers.lab).n > 0 || folder_has(path, "check.lua"))
		return 0;
	return diag_set(d, ERR_NOTFOUND, path, 0,
	    _("no %s in it says of which lab the answers are (lab: "
	      "NAME); rung copy LAB FOLDER makes a folder to answer "
	      "in"),
	    ANSWERS_FILE);
}

int
cli_find_done(struct work *w, const char *path, const char *lab,
    const char *student, struct diag *d)
{
	int err = cli_find_work(w, path, lab, d);
	bool folder = is_folder(path);

	if (err == 0 && folder && lab == NULL)
		err = check_has_lab(w, path, d);
	if (err == 0 && folder)
		err = cli_take_session(w, path, student, d);
	else if (err == 0 && !link_is(str_of(path)) && access(path, F_OK) != 0)
		err = cli_take_session(w, w->lab, student, d);
	return err;
}

int
cli_check_student(
    const struct cli *c, const struct work *w, const char *path, struct diag *d)
{
	const char *said = w->answers.student;

	if (c->student == NULL || said == NULL || said[0] == '\0' ||
	    strcmp(said, c->student) == 0 || !folder_has(path, ANSWERS_FILE))
		return 0;
	return diag_set(d, ERR_SYNTAX, path, 0,
	    _("its %s says student: %s, so --student=%s does nothing; rung "
	      "copy %s FOLDER --student=%s makes that student's copy"),
	    ANSWERS_FILE, said, c->student, w->name, c->student);
}

void
cli_put_time(char out[32], int64_t seconds)
{
	time_t t = (time_t)seconds;
	struct tm tm;

	if (seconds <= 0 || gmtime_r(&t, &tm) == NULL ||
	    strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		out[0] = '\0';
}

void
cli_put_date(char out[32])
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	uint64_t s;

	if (epoch == NULL || str_u64(str_of(epoch), &s) != 0 || s > INT64_MAX)
		s = (uint64_t)time(NULL);
	cli_put_time(out, (int64_t)s);
}
