/* Makes graded sets, and keeps their questions from being asked elsewhere. */
#include "grade/graded.h"

#include "base/err.h"
#include "base/folder.h"
#include "base/page_file.h"
#include "grade/new_lab.h"
#include "grade/rerun.h"
#include "lesson/handout.h"
#include "inputs/share.h"

#include <string.h>

/* Labs of one set. */
#define SET_LABS_MAX 100

#define CHECK_FILE     "check.lua"
#define CHECK_SIZE_MAX (256u << 10)

struct set {
	const char *folder;
	struct str name;
	struct buf said; /* graded.txt */
	size_t n;
};

/* Whether the set has the lab NAME. */
static bool
graded_has_lab(const struct set *s, struct str name)
{
	struct str rest = buf_view(&s->said);

	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest);

		if (str_starts(line, "lab: ") &&
		    str_eq(str_slice(line, strlen("lab: "), line.n), name))
			return true;
	}
	return false;
}

/* FOLDER/PART, and with LABS the folder of labs in it. */
static int
graded_make_part(
    const char *folder, const char *part, bool labs, struct diag *d)
{
	LOCAL_BUF path = BUF_INIT;

	buf_printf(&path, "%s/%s%s", folder, part, labs ? "/labs" : "");
	return path.err != 0 ? ERR_NOMEM : lab_make_folder(buf_cstr(&path), d);
}

/* ---- a lab ---- */

/* Of students the lab itself alone: no solution of whatever name. */
static bool
is_for_teacher(const char *name)
{
	struct str s = str_of(name);

	if (str_ends(s, ".lua"))
		return !str_is(s, "lab.lua");
	return str_is(s, ANSWERS_FILE) ||
	       (str_ends(s, ".md") && !page_file_is(name, PAGE_HANDOUT));
}

static bool
is_for_nobody(const char *name)
{
	return strcmp(name, ANSWERS_FILE) == 0;
}

/* The check.lua of the lab NAME of SET in folder TO, without keys. */
static int
write_questions(const char *lab, const char *set, const char *name,
    const char *to, struct diag *d)
{
	LOCAL_BUF text = BUF_INIT, path = BUF_INIT;
	struct lesson *l = NULL;
	int err = lesson_load(&l, lab, "", d);

	if (err == 0 && lesson_set(l)[0] != '\0')
		err = diag_set(d, ERR_UNSUPPORTED, lab, 0,
		    _("has no keys, because it already belongs to the set "
		      "“%s”"),
		    lesson_set(l));
	if (err == 0)
		err = rerun_try_varied(l, lab, d);
	if (err == 0)
		err = lesson_put_questions(l, set, name, &text, d);
	buf_printf(&path, "%s/" CHECK_FILE, to);
	if (err == 0)
		err = path.err != 0 ? ERR_NOMEM
				    : lab_copy_write(&text, buf_cstr(&path), d);
	lesson_destroy(l);
	return err;
}

/* Has the options of the teacher's copy in TO stand as in the questions. */
static int
shuffle_keys(const char *name, const char *to, struct diag *d)
{
	LOCAL_BUF text = BUF_INIT, path = BUF_INIT, check = BUF_INIT;
	int err = lesson_put_shuffle(name, &text);

	buf_printf(&path, "%s/" CHECK_FILE, to);
	if (err == 0)
		err = path.err != 0 ? ERR_NOMEM
				    : diag_read_file(&check, buf_cstr(&path),
					  CHECK_SIZE_MAX, d);
	buf_str(&text, buf_view(&check));
	if (err == 0)
		err = text.err != 0 ? ERR_NOMEM
				    : lab_copy_write(&text, buf_cstr(&path), d);
	return err;
}

/* W's lab as the one of SET called NAME, for PART, students or teacher. */
static int
graded_add_part(const struct set *s, const struct work *w, const char *name,
    const char *part, struct diag *d)
{
	bool students = strcmp(part, GRADED_STUDENTS) == 0;
	LOCAL_BUF to = BUF_INIT, set = BUF_INIT;
	struct lab_copy c = { .lab = w,
		.is_kept_back = students ? is_for_teacher : is_for_nobody,
		.put_handout = handout_put_renamed,
		.arg = name };
	int err;

	buf_printf(&to, "%s/%s/labs/%s", s->folder, part, name);
	buf_str(&set, s->name);
	c.to = buf_cstr(&to);
	err =
	    to.err != 0 || set.err != 0 ? ERR_NOMEM : lab_make_folder(c.to, d);
	if (err == 0)
		err = lab_copy(&c, d);
	if (err == 0 && students)
		err = write_questions(w->lab, buf_cstr(&set), name, c.to, d);
	if (err == 0 && !students)
		err = shuffle_keys(name, c.to, d);
	return err;
}

static int
add_set_lab(struct set *s, const char *lab, struct diag *d)
{
	LOCAL(work_free) struct work w = WORK_INIT;
	LOCAL_BUF name = BUF_INIT;
	int err = s->n++ < SET_LABS_MAX
		      ? work_find_lab(&w, NULL, lab, d)
		      : diag_set(d, ERR_LIMIT, NULL, 0,
			    _("a set has at most %d labs"), SET_LABS_MAX);

	if (err == 0 && !folder_has(w.lab, CHECK_FILE))
		err = diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("%s: the lab has no tasks (there is no %s)"), w.lab,
		    CHECK_FILE);
	if (err == 0)
		buf_printf(&name, "%.*s-%s", STR_ARG(s->name), w.name);
	if (err == 0)
		err = name.err;
	if (err == 0 && graded_has_lab(s, buf_view(&name)))
		err = diag_set(d, ERR_EXISTS, NULL, 0,
		    _("the exam names “%s” twice"), w.name);
	if (err == 0)
		err =
		    graded_add_part(s, &w, buf_cstr(&name), GRADED_TEACHER, d);
	if (err == 0)
		err =
		    graded_add_part(s, &w, buf_cstr(&name), GRADED_STUDENTS, d);
	if (err == 0)
		buf_printf(&s->said, "lab: %s\n", buf_cstr(&name));
	return err;
}

/* ---- the set ---- */

/* "midterm" of "exams/midterm": what names of labs can begin with. */
static int
name_set(struct set *s, struct diag *d)
{
	bool good;

	s->name = folder_name(s->folder);
	good = s->name.n > 0 && s->name.p[0] != '.';
	for (size_t i = 0; i < s->name.n; i++)
		good &= (unsigned char)s->name.p[i] > ' ' &&
			strchr(",:#=", s->name.p[i]) == NULL;
	return good ? 0
		    : diag_set(d, ERR_SYNTAX, NULL, 0,
			  _("the set has the name of its folder, and “%.*s” is "
			    "not a name for labs"),
			  STR_ARG(s->name));
}

static int
write_said(const struct set *s, struct diag *d)
{
	LOCAL_BUF path = BUF_INIT;

	buf_printf(&path, "%s/" GRADED_STUDENTS "/" SHARE_SET_FILE, s->folder);
	return path.err != 0 || s->said.err != 0
		   ? ERR_NOMEM
		   : lab_copy_write(&s->said, buf_cstr(&path), d);
}

static int
fill_set(struct set *s, struct str labs, struct diag *d)
{
	static const char *const parts[] = { GRADED_STUDENTS, GRADED_TEACHER };
	int err = 0;

	for (size_t i = 0; err == 0 && i < 4; i++)
		err = graded_make_part(s->folder, parts[i / 2], i % 2 == 1, d);
	while (err == 0 && labs.n > 0) {
		LOCAL_BUF lab = BUF_INIT;

		buf_str(&lab, str_trim(str_cut(labs, ',', &labs)));
		err = lab.err != 0 ? ERR_NOMEM
				   : add_set_lab(s, buf_cstr(&lab), d);
	}
	return err == 0 ? write_said(s, d) : err;
}

int
graded_new(const char *folder, struct str labs, struct diag *d)
{
	struct set s = { .folder = folder };
	int err = name_set(&s, d);

	buf_printf(&s.said, "# %s\nset: %.*s\n",
	    _("These labs count, and your teacher judges them. Work in this "
	      "folder: rung play LAB --student=YOUR-NUMBER, then "
	      "rung hand-in LAB."),
	    STR_ARG(s.name));
	if (err == 0)
		err = lab_begin_folder(folder, d);
	if (err == 0)
		err = lab_end_folder(folder, fill_set(&s, labs, d));
	buf_free(&s.said);
	return diag_fail(d, err);
}

/* ---- whose questions are asked ---- */

/* What a lab asks: each task without its key. */
struct asked {
	struct buf tasks[LESSON_TASKS_MAX];
	bool worded[LESSON_TASKS_MAX];
	size_t n;
};

static void
free_asked(struct asked *a)
{
	for (size_t i = 0; i < a->n; i++)
		buf_free(&a->tasks[i]);
	a->n = 0;
}

/* What the lab in FOLDER asks, whatever its name; with ALONE only where it has
 * no keys here, else only where it has.  A is begun again; free it in any case.
 * ERR_NOTFOUND: there is nothing to be compared. */
static int
graded_find_asked(const char *folder, bool alone, struct asked *a)
{
	struct diag none = DIAG_INIT;
	struct lesson *l = NULL;
	int err = lesson_load(&l, folder, "", &none);

	a->n = 0;
	if (err == 0 && (lesson_set(l)[0] != '\0') != alone)
		err = ERR_NOTFOUND;
	for (size_t i = 0; err == 0 && i < lesson_count(l); i++) {
		a->tasks[a->n] = BUF_INIT;
		a->worded[a->n] = lesson_is_worded(l, i);
		err = lesson_put_question(l, i, &a->tasks[a->n++], &none);
	}
	lesson_destroy(l);
	/* What can't be read has no keys. */
	return err == 0 || err == ERR_NOMEM ? err : ERR_NOTFOUND;
}

static bool
is_same_task(const struct asked *a, size_t i, const struct asked *b, size_t k)
{
	return str_eq(buf_view(&a->tasks[i]), buf_view(&b->tasks[k]));
}

/* A has a question of B's that is known by its words, or all of B's. */
static bool
asks_same_question(const struct asked *a, const struct asked *b)
{
	bool all = a->n == b->n;

	for (size_t i = 0; i < a->n; i++) {
		for (size_t k = 0; a->worded[i] && k < b->n; k++)
			if (is_same_task(a, i, b, k))
				return true;
		all = all && is_same_task(a, i, b, i);
	}
	return all;
}

/* The lab at PATH, of the set, has questions of A. */
static int
graded_compare(const char *path, const struct asked *a, struct diag *d)
{
	struct asked own;
	int err = graded_find_asked(path, true, &own);

	if (err == 0 && asks_same_question(a, &own))
		err = diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("it asks the same as %.*s, which counts; this folder "
		      "contains no verdicts and keys for it"),
		    STR_ARG(folder_name(path)));
	free_asked(&own);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int
compare_all(const char *set, const struct asked *a, struct diag *d)
{
	LOCAL_BUF labs = BUF_INIT, path = BUF_INIT;
	struct folder_names f = FOLDER_NAMES_INIT;
	int err;

	buf_printf(&labs, "%slabs", set);
	err =
	    labs.err != 0 ? ERR_NOMEM : folder_names_read(&f, buf_cstr(&labs));
	for (size_t i = 0; err == 0 && i < f.n; i++) {
		buf_clear(&path);
		buf_printf(&path, "%s/%s", buf_cstr(&labs), f.names[i]);
		err = path.err != 0 ? ERR_NOMEM
				    : graded_compare(buf_cstr(&path), a, d);
	}
	folder_names_free(&f);
	/* A set without labs asks nothing. */
	return err == ERR_IO ? 0 : err;
}

int
graded_guard(const char *from, const char *lab, struct diag *d)
{
	LOCAL_BUF set = BUF_INIT;
	struct asked asked = { .n = 0 };
	int err = share_set(from, &set);

	if (err == 0)
		err = graded_find_asked(lab, false, &asked);
	if (err == 0)
		err = compare_all(buf_cstr(&set), &asked, d);
	free_asked(&asked);
	return err == ERR_NOTFOUND ? 0 : err;
}
