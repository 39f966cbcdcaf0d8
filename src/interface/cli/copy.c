/* rung copy: a lab to change and to answer. */
#include "base/err.h"
#include "base/folder.h"
#include "base/mem.h"
#include "base/page_file.h"
#include "cli/check.h"
#include "cli/cli.h"
#include "grade/new_lab.h"
#include "grade/rerun.h"
#include "lesson/handout.h"
#include "session/own_labs.h"

#include <stdlib.h>
#include <string.h>

/* What is for teachers alone, and what has the right answers in it: the copy is
 * judged by the lab that answers.txt names. */
static bool
is_kept_back(const char *name)
{
	return page_file_is(name, PAGE_ANSWERS) ||
	       strcmp(name, "check.lua") == 0 ||
	       strcmp(name, ANSWERS_FILE) == 0;
}

/* Where W's lab lies, which was named by a path and is not what its name says
 * by itself: so that it is found from the copy. */
static int
keep_folder(const struct work *w, struct answers *a, struct diag *d)
{
	struct buf named = BUF_INIT;
	struct diag none = DIAG_INIT;
	char *path = NULL;
	bool found = work_find_named(w->name, &named, &none) == 0 &&
		     folder_same(buf_cstr(&named), w->lab);
	int err = 0;

	if (!found && (path = own_lab_path(w->lab)) == NULL)
		err = diag_set(d, ERR_UNSUPPORTED, w->lab, 0,
		    _("its path has a line break in it, which %s can't keep"),
		    ANSWERS_FILE);
	if (!found && path != NULL) {
		own_labs_add(path);
		a->folder = mem_strdup(path);
		err = a->folder != NULL ? 0 : ERR_NOMEM;
	}
	free(path);
	buf_free(&named);
	return err;
}

/* The form for the answers to L's tasks. */
static int
write_form(
    const struct work *w, struct lesson *l, const char *to, struct diag *d)
{
	struct answers a = ANSWERS_INIT;
	struct buf out = BUF_INIT, named = BUF_INIT, path = BUF_INIT;
	int err;

	a.lab = mem_strdup(w->name);
	a.student = mem_strdup(lesson_student(l));
	buf_printf(&path, "%s/" ANSWERS_FILE, to);
	err = a.lab != NULL && a.student != NULL ? keep_folder(w, &a, d)
						 : ERR_NOMEM;
	if (err == 0)
		err = answers_write(&a, l, &out);
	if (err == 0)
		err = handout_put_copy(buf_view(&out), w->name, to, &named);
	if (err == 0)
		err = lab_copy_write(&named, buf_cstr(&path), d);
	answers_free(&a);
	buf_free(&out);
	buf_free(&named);
	buf_free(&path);
	return err;
}

/* What is told of ladders follows from W's lab as L's student has it. */
static int
take_given(const struct work *w, struct lesson *l, struct diag *d)
{
	struct variant v;
	struct trace *t = NULL;
	int err;

	if (!lesson_gives(l))
		return 0;
	err = variant_make(&v, l, d);
	if (err == 0)
		err = rerun_file(w->lab, &v, &t, NULL, d);
	if (err == 0)
		err = lesson_take_given(l, t, d);
	variant_free(&v);
	trace_destroy(t);
	return err;
}

/* What W's lab asks STUDENT, into *L, NULL where it asks nothing; it can be
 * asked of everybody: better known before there is a folder. */
static int
take_lesson(const struct work *w, const char *student, struct lesson **l,
    struct diag *d)
{
	int err = lesson_load(l, w->lab, student, d);

	if (err == 0)
		err = rerun_try_varied(*l, w->lab, d);
	if (err == 0)
		err = take_given(w, *l, d);
	if (err != ERR_NOTFOUND || folder_has(w->lab, "check.lua"))
		return err;
	*d = DIAG_INIT;
	return 0;
}

static int
copy_lab(struct cli *c, const char *lab, const char *to, struct diag *d)
{
	struct work w = WORK_INIT;
	struct lab_copy copying = { .lab = &w,
		.to = to,
		.is_kept_back = is_kept_back,
		.put_handout = handout_put_copy,
		.arg = to };
	const char *student = c->student != NULL ? c->student : "";
	int err = work_find_lab(&w, NULL, lab, d);

	if (err == 0 && folder_has(w.lab, ANSWERS_FILE) &&
	    !folder_has(w.lab, "check.lua"))
		err = diag_set(d, ERR_UNSUPPORTED, lab, 0,
		    _("is a copy, and has no tasks of its own: rung copy takes "
		      "the lab, by the name that its %s gives (lab: NAME)"),
		    ANSWERS_FILE);
	if (err == 0)
		err = take_lesson(&w, student, &copying.lesson, d);
	if (err == 0)
		err = lab_make_folder(to, d);
	if (err == 0)
		err = lab_copy(&copying, d);
	if (err == 0 && copying.lesson != NULL)
		err = write_form(&w, copying.lesson, to, d);
	if (err == 0)
		cli_remark(c,
		    folder_has(to, ANSWERS_FILE)
			? _("%s is yours: change %s/lab.lua, answer in "
			    "%s/%s, then rung check %s")
			: _("%s is yours: change %s/lab.lua; it has no tasks"),
		    to, to, to, ANSWERS_FILE, to);
	lesson_destroy(copying.lesson);
	work_free(&w);
	return err;
}

static int
copy(struct cli *c, int argc, char **argv, struct diag *d)
{
	int err;

	if (argc == 2 && !cli_is_playable(argv[0]) && cli_is_playable(argv[1]))
		diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("the LAB comes first: rung copy %s %s"), argv[1],
		    argv[0]);
	err = d->err != 0 ? d->err
	      : argc == 2 ? copy_lab(c, argv[0], argv[1], d)
			  : diag_set(d, ERR_SYNTAX, NULL, 0,
				_("copy takes a LAB and a new FOLDER"));

	if (err != 0)
		diag_set(d, err, NULL, 0, "%s", err_text(err));
	return err == 0 ? CLI_OK : CLI_USAGE;
}

static const struct cli_option copy_options[] = {
	CLI_STUDENT_OPTION,
	{ 0 },
};

static const struct cli_example copy_examples[] = {
	{ "rung copy lost-messages mine",
	    N_("a lab to change, with a form for the answers") },
	{ NULL, NULL },
};

const struct cli_command cli_copy = {
	.name = "copy",
	.usage = "LAB FOLDER",
	.text = N_("copies a lab into a folder, to be changed and answered"),
	.about = N_("Makes FOLDER with the lab's script, network and handout, "
		    "and answers.txt, in which the answers are written. "
		    "rung check FOLDER judges them; rung hand-in makes one "
		    "file of it all."),
	.options = copy_options,
	.examples = copy_examples,
	.fn = copy,
};
