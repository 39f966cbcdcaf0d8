/* Labs handed on: rung copy, rung new, rung link, rung page. */
#include "base/err.h"
#include "base/folder.h"
#include "base/mem.h"
#include "base/page_file.h"
#include "base/rows.h"
#include "cli/check.h"
#include "cli/cli.h"
#include "cli/progress.h"
#include "cli/recording.h"
#include "grade/graded.h"
#include "grade/new_lab.h"
#include "grade/rerun.h"
#include "jobs/program.h"
#include "lesson/handout.h"
#include "runs/drive.h"
#include "session/own_labs.h"
#include "trace/page_link.h"
#include "web/web.h"

#include <stdlib.h>
#include <string.h>

/* ---- rung copy: a lab to change and to answer ---- */

/* The teacher's files, and the files with the right answers in them: the copy
 * is judged by the lab that answers.txt names. */
static bool
is_for_teacher(const char *name)
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
	LOCAL_BUF named = BUF_INIT;
	struct diag none = DIAG_INIT;
	char *path = NULL;
	bool found = work_find_named(w->name, &named, &none) == 0 &&
		     folder_same(buf_cstr(&named), w->lab);
	int err = 0;

	if (!found && (path = own_lab_path(w->lab)) == NULL)
		err = diag_set(d, ERR_UNSUPPORTED, w->lab, 0,
		    _("its path contains a line break, which can't be stored "
		      "in %s"),
		    ANSWERS_FILE);
	if (!found && path != NULL) {
		own_labs_add(path);
		a->folder = mem_strdup(path);
		err = a->folder != NULL ? 0 : ERR_NOMEM;
	}
	free(path);
	return err;
}

/* The form for the answers to L's tasks. */
static int
write_form(
    const struct work *w, struct lesson *l, const char *to, struct diag *d)
{
	LOCAL(answers_free) struct answers a = ANSWERS_INIT;
	LOCAL_BUF out = BUF_INIT, named = BUF_INIT, path = BUF_INIT;
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
	return err;
}

/* The ladders' parts of the tasks follow from W's lab as L's student has it. */
static int
take_given_parts(const struct work *w, struct lesson *l, struct diag *d)
{
	struct variant v;
	LOCAL_TRACE struct trace *t = NULL;
	int err;

	if (!lesson_gives(l))
		return 0;
	err = variant_make(&v, l, d);
	if (err == 0)
		err = rerun_file(w->lab, &v, &t, NULL, d);
	if (err == 0)
		err = lesson_take_given(l, t, d);
	variant_free(&v);
	return err;
}

/* What W's lab asks STUDENT, into *L, NULL where it asks nothing; a fault in it
 * is better known before there is a folder. */
static int
take_lesson(const struct work *w, const char *student, struct lesson **l,
    struct diag *d)
{
	int err = lesson_load(l, w->lab, student, d);

	if (err == 0)
		err = rerun_try_varied(*l, w->lab, d);
	if (err == 0)
		err = take_given_parts(w, *l, d);
	if (err != ERR_NOTFOUND || folder_has(w->lab, "check.lua"))
		return err;
	*d = DIAG_INIT;
	return 0;
}

/* What the copy at TO has. */
static int
fill_copy(const struct lab_copy *copying, const char *to, struct diag *d)
{
	int err = lab_copy(copying, d);

	return err == 0 && copying->lesson != NULL
		   ? write_form(copying->lab, copying->lesson, to, d)
		   : err;
}

static int
copy_lab(struct cli *c, const char *lab, const char *to, struct diag *d)
{
	LOCAL(work_free) struct work w = WORK_INIT;
	struct lab_copy copying = { .lab = &w,
		.to = to,
		.is_kept_back = is_for_teacher,
		.put_handout = handout_put_copy,
		.arg = to };
	const char *student = c->student != NULL ? c->student : "";
	int err = work_find_lab(&w, NULL, lab, d);

	if (err == 0 && folder_has(w.lab, ANSWERS_FILE) &&
	    !folder_has(w.lab, "check.lua"))
		err = diag_set(d, ERR_UNSUPPORTED, lab, 0,
		    _("is a copy and has no tasks of its own; rung copy takes "
		      "the lab that its %s names (lab: NAME)"),
		    ANSWERS_FILE);
	if (err == 0)
		err = take_lesson(&w, student, &copying.lesson, d);
	cli_progress_leaves(c, to, false);
	if (err == 0)
		err = lab_begin_folder(to, d);
	if (err == 0)
		err = lab_end_folder(to, fill_copy(&copying, to, d));
	cli_progress_leaves(c, to, err == 0);
	if (err == 0)
		cli_remark(c,
		    folder_has(to, ANSWERS_FILE)
			? _("%s is ready: change %s/lab.lua, write your "
			    "answers in %s/%s, then type rung check %s")
			: _("%s is ready: change %s/lab.lua; this lab has no "
			    "tasks"),
		    to, to, to, ANSWERS_FILE, to);
	lesson_destroy(copying.lesson);
	return err;
}

static int
run_copy(struct cli *c, int argc, char **argv, struct diag *d)
{
	int err;

	if (argc == 2 && !cli_is_playable(argv[0]) && cli_is_playable(argv[1]))
		diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("write the LAB first: rung copy %s %s"), argv[1],
		    argv[0]);
	err = d->err != 0 ? d->err
	      : argc == 2 ? copy_lab(c, argv[0], argv[1], d)
			  : diag_set(d, ERR_SYNTAX, NULL, 0,
				_("copy takes a LAB and a new FOLDER"));

	diag_fail(d, err);
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
	.text = N_("copies a lab into a folder, for changes and answers"),
	.purpose = N_("Copies a lab into a folder, where you can change its "
		      "files and answer its tasks."),
	.about =
	    N_("Makes FOLDER with the lab's script, network and handout, "
	       "and with answers.txt for the answers. rung check FOLDER "
	       "judges them; rung hand-in packs the folder into one file."),
	.options = copy_options,
	.examples = copy_examples,
	.lasts = true,
	.fn = run_copy,
};

/* ---- rung new: a lab or a topology to begin with ---- */

static int
make_new_lab(struct cli *c, const char *name, struct diag *d)
{
	LOCAL_BUF word = BUF_INIT;
	int err = new_lab(name, d);

	shell_put_word(&word, name);
	if (err == 0)
		cli_remark(c,
		    _("%s is a lab that runs; comments in its files explain "
		      "them. rung play %s shows it, rung check --teacher %s "
		      "prints its right answers"),
		    name, buf_cstr(&word), buf_cstr(&word));
	return err;
}

static int
make_topology(struct cli *c, const char *name, struct diag *d)
{
	LOCAL_BUF file = BUF_INIT, word = BUF_INIT;
	int err = new_topology(name, &file, d);

	shell_put_word(&word, buf_cstr(&file));
	if (err == 0)
		cli_remark(c,
		    _("%s is a topology that runs; try rung run %s or rung "
		      "export --what=topology %s"),
		    buf_cstr(&file), buf_cstr(&word), buf_cstr(&word));
	return err;
}

/* Labs as a graded set, for students and for their teacher. */
static int
make_exam(struct cli *c, const char *name, int n, char **labs, struct diag *d)
{
	LOCAL_BUF list = BUF_INIT;
	int err;

	for (int i = 0; i < n; i++)
		buf_printf(&list, "%s%s", i > 0 ? "," : "", labs[i]);
	if (n == 0)
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("new exam needs a FOLDER and labs: rung new exam midterm "
		      "direct-call busy"));
	else
		err = list.err != 0 ? list.err
				    : graded_new(name, buf_view(&list), d);
	if (err == 0)
		cli_remark(c,
		    _("%s/students is for your students, %s/teacher for you; "
		      "rung check --class FOLDER --set=%s/teacher judges the "
		      "students' work"),
		    name, name, name);
	return diag_fail(d, err);
}

static const struct {
	const char *kind;
	/* NULL: further words are labs, which go to an exam. */
	int (*make)(struct cli *c, const char *name, struct diag *d);
} kinds[] = {
	{ "lab", make_new_lab },
	{ "topology", make_topology },
	{ "exam", NULL },
};

static int
make_new(struct cli *c, int argc, char **argv, struct diag *d)
{
	size_t kind =
	    argc >= 2 ? ROWS_FIND(str_of(argv[0]), kinds) : COUNT_OF(kinds);
	int err;

	if (kind == COUNT_OF(kinds) || (argc > 2 && kinds[kind].make != NULL))
		return cli_refuse(
		    d, _("new needs a kind and a name: rung new lab FOLDER, "
			 "rung new topology FILE, rung new exam FOLDER LAB …"));
	cli_progress_leaves(c, argv[1], false);
	err = kinds[kind].make != NULL
		  ? kinds[kind].make(c, argv[1], d)
		  : make_exam(c, argv[1], argc - 2, argv + 2, d);
	cli_progress_leaves(c, argv[1], err == 0);
	return err == 0 ? CLI_OK : CLI_USAGE;
}

static const struct cli_example new_examples[] = {
	{ "rung new lab hello", N_("a lab with its lesson, to change") },
	{ "rung new topology net.gv", N_("two phones and a proxy") },
	{ "rung new exam midterm direct-call busy",
	    N_("questions without answer keys for students, answer keys for "
	       "the teacher") },
	{ NULL, NULL },
};

const struct cli_command cli_new = {
	.name = "new",
	.usage = "lab|topology|exam NAME [LAB …]",
	.text = N_("makes a new lab, topology or exam"),
	.purpose = N_("Makes a lab, a topology or an exam that you can change "
		      "and give to others."),
	.about = N_("Makes the folder NAME (or path) with a lab that runs: "
		    "script, network, handout, tasks, answers for the teacher; "
		    "or the file NAME with a network. Comments explain the "
		    "files, in the language of --lang. For an exam it makes "
		    "NAME/students, with the LABs and their questions only, "
		    "and NAME/teacher, with the answer keys also. Answers in "
		    "the students' folder are received, not judged; rung check "
		    "--class HANDED-IN --set=NAME/teacher judges them. "
		    "Existing files are never overwritten."),
	.examples = new_examples,
	.lasts = true,
	.fn = make_new,
};

/* rung link: a lab, or a student's answers, as the address of a page. */

static int
set_answers(struct cli *c, const char *value, struct diag *d)
{
	(void)value;
	(void)d;
	c->answers = true;
	return 0;
}

/* The run of FILE with C's options. */
static int
link_run(struct cli *c, const char *file, struct buf *out, struct diag *d)
{
	const struct drive_options none = { .trace = NULL };
	struct drive *run = NULL;
	LOCAL(inputs_free) struct inputs in;
	int err = recording_inputs(c, file, &in, d);

	/* A run that has begun has found all its texts. */
	if (err == 0)
		err = drive_begin(&run, &in, &none, d);
	if (err == 0)
		err = inputs_link(&in, c->address, out, d);
	drive_end(run);
	return err;
}

/* The work in FOLDER, as rung hand-in takes it. */
static int
link_answers(struct cli *c, const char *folder, struct buf *out, struct diag *d)
{
	LOCAL(work_free) struct work w = WORK_INIT;
	LOCAL(mark_free) struct mark m = MARK_INIT;
	LOCAL_BUF handin = BUF_INIT;
	int err = cli_make_handin(c, folder, &w, &m, &handin, d);

	if (err == 0)
		err = page_link_put(buf_view(&handin), c->address, out, d);
	return err;
}

static int
run_link(struct cli *c, int argc, char **argv, struct diag *d)
{
	LOCAL_BUF out = BUF_INIT;
	int err;

	if (c->address == NULL)
		c->address = "rung.html";
	if (argc != 1)
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("link takes one FILE: a lab, script, topology or trace; "
		      "with --answers a folder with answers"));
	else if (c->answers)
		err = link_answers(c, argv[0], &out, d);
	else
		err = link_run(c, argv[0], &out, d);
	buf_putc(&out, '\n');
	if (err == 0)
		err = out.err;
	if (err == 0)
		err = cli_write(c, &out, c->output, d);
	diag_fail(d, err);
	return err == 0 ? CLI_OK : CLI_USAGE;
}

static const struct cli_option link_options[] = {
	{ "page", 0, "ADDRESS",
	    N_("takes the address of the page: https://… (default rung.html)"),
	    cli_set_address },
	{ "answers", 0, NULL,
	    N_("adds the student's answers in FILE, a copy of a lab, as rung "
	       "hand-in does"),
	    set_answers },
	{ "output", 'o', "FILE", N_("writes the link to FILE"),
	    cli_set_output },
	CLI_LAB_OPTION,
	{ 0 },
};

static const struct cli_example link_examples[] = {
	{ "rung link two-proxies --set bob.busy=true",
	    N_("the address of the lab with that setting") },
	{ "rung run $(rung link two-proxies)",
	    N_("a command accepts a link in place of a FILE") },
	{ NULL, NULL },
};

const struct cli_command cli_link = {
	.name = "link",
	.usage = "FILE",
	.text = N_("prints the address of a lab or of answers"),
	.purpose = N_("Prints the address of a page that opens this run, or a "
		      "student’s answers, in a browser."),
	.about = N_("Prints the address of a page. The part after # contains "
		    "the inputs of a run, compressed: for a lab of rung its "
		    "name and your changes, otherwise all texts. Everyone who "
		    "opens the address gets the same run; no server sees the "
		    "part after #."),
	.state = CLI_STABLE,
	.options = link_options,
	.examples = link_examples,
	.runs = true,
	.fn = run_link,
};

/* ---- rung page: rung in a browser, with labs of one's own ---- */

static int
set_engine(struct cli *c, const char *value, struct diag *d)
{
	(void)d;
	c->engine = value;
	return 0;
}

static int
set_scorm(struct cli *c, const char *value, struct diag *d)
{
	(void)value;
	(void)d;
	c->scorm = true;
	return 0;
}

static int
run_page(struct cli *c, int argc, char **argv, struct diag *d)
{
	const char *const *folders = (const char *const *)argv;
	const char *name = c->scorm ? "rung.zip" : "rung.html";
	LOCAL_BUF library = BUF_INIT, prose = BUF_INIT, out = BUF_INIT;
	LOCAL_BUF zip = BUF_INIT;
	int err = outfile_check(c->output, d);

	if (err == 0)
		err = web_find_engine(c->engine, d);
	if (err == 0)
		err = web_put_library(
		    folders, (size_t)argc, true, &library, &prose, d);
	if (err == 0)
		err = web_put_file(
		    c->engine, buf_view(&library), buf_view(&prose), &out, d);
	if (err == 0 && c->scorm)
		err = web_put_scorm(
		    folders, (size_t)argc, buf_view(&out), &zip, d);
	if (err == 0)
		err = cli_write(c, c->scorm ? &zip : &out,
		    c->output != NULL ? c->output : name, d);
	return err == 0 ? CLI_OK : CLI_USAGE;
}

static const struct cli_option page_options[] = {
	{ "output", 'o', "FILE",
	    N_("writes the page to FILE (default "
	       "rung.html)"),
	    cli_set_output },
	{ "engine", 0, "FOLDER",
	    N_("takes the engine for a browser from FOLDER"), set_engine },
	{ "scorm", 0, NULL,
	    N_("writes a SCORM 1.2 package for a learning platform (default "
	       "rung.zip)"),
	    set_scorm },
	{ 0 },
};

static const struct cli_example page_examples[] = {
	{ "rung page -o rung.html",
	    N_("rung in a browser, with all its labs") },
	{ "rung page busy cancel -o two.html",
	    N_("the same, with two labs only") },
	{ "rung page busy --scorm -o busy.zip",
	    N_("the page as a package for Moodle and similar platforms") },
	{ NULL, NULL },
};

const struct cli_command cli_page = {
	.name = "page",
	.usage = "[FOLDER]…",
	.text = N_("makes a page: rung in a browser, with these labs"),
	.purpose =
	    N_("Makes one file that opens in any browser, from a disk or "
	       "a web server: rung with these labs."),
	.about = N_("Makes one file that any browser opens, from a disk or "
		    "from a web server. It contains the engine and the labs in "
		    "the FOLDERS, each the folder of one lab or of a set of "
		    "labs; without a FOLDER it contains all labs of rung. It "
		    "contains no answers. docs/PAGE.md describes it."),
	.options = page_options,
	.examples = page_examples,
	.lasts = true,
	.fn = run_page,
};
