/* rung copy: a lab to change and to answer. */
#include "base/err.h"
#include "base/folder.h"
#include "base/mem.h"
#include "cli/check.h"
#include "cli/cli.h"
#include "lesson/handout.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_SIZE_MAX (16u << 20)

/* What is for teachers alone, and what has the right answers in it: the copy is
 * judged by the lab that answers.txt names. */
static bool
is_kept_back(const char *name)
{
	return strcmp(name, "answers.md") == 0 ||
	       strcmp(name, "check.lua") == 0 ||
	       strcmp(name, ANSWERS_FILE) == 0;
}

/* The lab that is copied, and where to. */
struct copying {
	const struct work *lab;
	const char *to;
};

/* The commands of the handout TEXT name the copy. */
static int
name_copy(const struct copying *c, struct buf *text)
{
	struct buf named = BUF_INIT;
	int err = handout_put_copy(buf_view(text), c->lab->name, c->to, &named);

	buf_free(text);
	*text = named;
	return err;
}

static int
write_to(const struct buf *text, const char *to, struct diag *d)
{
	int err = buf_write_file(text, to);

	return err == 0 ? 0
			: diag_set(d, err, to, 0, _("can't be written: %s"),
			      err_system(errno));
}

static int
copy_file(const struct copying *c, const char *from, const char *to,
    bool handout, struct diag *d)
{
	struct buf text = BUF_INIT;
	int err = diag_read_file(&text, from, FILE_SIZE_MAX, d);

	if (err == 0 && handout)
		err = name_copy(c, &text);
	if (err == 0 && access(to, F_OK) == 0)
		err = diag_set(d, ERR_EXISTS, to, 0, _("there is such a file"));
	if (err == 0)
		err = write_to(&text, to, d);
	buf_free(&text);
	return err;
}

static int
copy_beside(const struct copying *c, const char *name, struct diag *d)
{
	bool handout = str_starts(str_of(name), "README.");
	struct buf source = BUF_INIT, target = BUF_INIT;
	struct stat st;
	int err = 0;

	buf_printf(&source, "%s/%s", c->lab->lab, name);
	buf_printf(&target, "%s/%s", c->to, name);
	if (source.err != 0 || target.err != 0)
		err = ERR_NOMEM;
	else if (stat(buf_cstr(&source), &st) == 0 && S_ISREG(st.st_mode))
		err = copy_file(
		    c, buf_cstr(&source), buf_cstr(&target), handout, d);
	buf_free(&source);
	buf_free(&target);
	return err;
}

static int
copy_folder(const struct work *w, const char *to, struct diag *d)
{
	struct copying c = { w, to };
	struct folder_names f;
	int err = folder_names_read(&f, w->lab);

	if (err != 0)
		diag_set(d, err, w->lab, 0, "%s", err_system(errno));
	for (size_t i = 0; err == 0 && i < f.n; i++)
		if (!is_kept_back(f.names[i]))
			err = copy_beside(&c, f.names[i], d);
	folder_names_free(&f);
	return err;
}

/* The network that the lab shares with others comes along, to be changed: as
 * the run has it. */
static int
copy_topology(const char *lab, const char *to, struct diag *d)
{
	struct buf target = BUF_INIT, text = BUF_INIT;
	struct json_value v;
	struct trace *t = NULL;
	struct str file;
	int err = rerun_file(lab, NULL, &t, d);

	if (err == 0) {
		v = json_member(trace_head(t)->inputs, "topology");
		if (json_plain(json_member(v, "file"), &file) == 0 &&
		    str_chr(file, '/') < 0) {
			buf_printf(&target, "%s/%.*s", to, STR_ARG(file));
			err = json_text(json_member(v, "text"), &text);
		}
	}
	if (err == 0 && target.n > 0 && access(buf_cstr(&target), F_OK) != 0)
		err = write_to(&text, buf_cstr(&target), d);
	trace_destroy(t);
	buf_free(&target);
	buf_free(&text);
	return err;
}

/* The form for the answers, where the lab has tasks. */
static int
write_form(
    const struct work *w, const char *student, const char *to, struct diag *d)
{
	struct answers a = ANSWERS_INIT;
	struct lesson *l = NULL;
	struct buf out = BUF_INIT, path = BUF_INIT;
	struct diag none = DIAG_INIT;
	int err = lesson_load(&l, w->lab, student, &none);

	if (err == ERR_NOTFOUND)
		return 0;
	if (err != 0)
		return diag_set(d, err, none.file, none.line, "%s", none.text);
	a.lab = mem_strdup(w->name);
	a.student = mem_strdup(student);
	buf_printf(&path, "%s/" ANSWERS_FILE, to);
	err = a.lab != NULL && a.student != NULL ? answers_write(&a, l, &out)
						 : ERR_NOMEM;
	if (err == 0)
		err = name_copy(&(struct copying){ w, to }, &out);
	if (err == 0)
		err = write_to(&out, buf_cstr(&path), d);
	answers_free(&a);
	lesson_destroy(l);
	buf_free(&out);
	buf_free(&path);
	return err;
}

static int
copy_lab(struct cli *c, const char *lab, const char *to, struct diag *d)
{
	struct work w = WORK_INIT;
	int err = work_find_lab(&w, NULL, lab, d);

	if (err == 0 && mkdir(to, 0777) != 0)
		err = errno == EEXIST
			  ? diag_set(d, ERR_EXISTS, to, 0,
				_("is there already; take another name"))
			  : diag_set(d, ERR_IO, to, 0, "%s", err_system(errno));
	if (err == 0)
		err = copy_folder(&w, to, d);
	if (err == 0)
		err = copy_topology(w.lab, to, d);
	if (err == 0)
		err =
		    write_form(&w, c->student != NULL ? c->student : "", to, d);
	if (err == 0)
		cli_remark(c,
		    _("%s is yours: change %s/lab.lua, answer in "
		      "%s/%s, then rung check %s"),
		    to, to, to, ANSWERS_FILE, to);
	work_free(&w);
	return err;
}

static int
copy(struct cli *c, int argc, char **argv, struct diag *d)
{
	int err = argc == 2 ? copy_lab(c, argv[0], argv[1], d)
			    : diag_set(d, ERR_SYNTAX, NULL, 0,
				  _("copy takes a LAB and a new FOLDER"));

	if (err != 0)
		diag_set(d, err, NULL, 0, "%s", err_text(err));
	return err == 0 ? CLI_OK : CLI_USAGE;
}

static const struct cli_option options[] = {
	CLI_STUDENT_OPTION,
	{ 0 },
};

static const struct cli_example examples[] = {
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
	.options = options,
	.examples = examples,
	.fn = copy,
};
