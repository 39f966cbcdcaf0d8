/* rung hand-in: a student's work as one file. */
#include "base/err.h"
#include "cli/check.h"
#include "grade/handin.h"
#include "inputs/inputs.h"

#include <unistd.h>

/* A student number's characters go into the file's name. */
static void
put_hand_in_name(struct buf *out, const struct work *w, const char *student)
{
	buf_printf(out, "%s-", w->name);
	for (const char *p = student; *p != '\0'; p++)
		buf_putc(out,
		    chr_is_alnum(*p) || (unsigned char)*p >= 0x80 ? *p : '_');
	buf_puts(out, ".rung");
}

static size_t
count_answered(const struct mark *m)
{
	size_t n = 0;

	for (size_t i = 0; i < m->n; i++)
		n += m->results[i].verdict != LESSON_MISSING;
	return n;
}

/* A session's runs are among W's. */
static bool
was_played(const struct work *w)
{
	size_t i = 0;

	while (i < w->nruns && w->runs[i].inputs == NULL)
		i++;
	return i < w->nruns;
}

int
cli_make_handin(struct cli *c, const char *folder, struct work *w,
    struct mark *m, struct buf *out, struct diag *d)
{
	const char *student;
	char date[32];
	int err = cli_find_done(w, folder, c->lab, c->student, d);

	if (err == 0)
		err = cli_check_student(c, w, folder, d);
	if (err == 0 && access(folder, F_OK) != 0 && !was_played(w) &&
	    answers_count(&w->answers) == 0 && w->answers.predictions.n == 0)
		err = diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("%s contains no work yet; rung copy %s FOLDER makes a "
		      "folder to answer in"),
		    folder, folder);
	student = c->student != NULL ? c->student : work_student(w);
	if (err == 0 && student[0] == '\0')
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("the student's number is missing; add --student=ID"));
	if (err == 0)
		err = mark_work(m, w, NULL, d);
	cli_put_date(date);
	return err == 0 ? handin_write(w, m, student, date, out, d) : err;
}

static int
hand_in(struct cli *c, int argc, char **argv, struct diag *d)
{
	LOCAL(work_free) struct work w = WORK_INIT;
	LOCAL(mark_free) struct mark m = MARK_INIT;
	LOCAL_BUF out = BUF_INIT, name = BUF_INIT;
	const char *student = "";
	int err = argc == 1 ? cli_make_handin(c, argv[0], &w, &m, &out, d)
			    : diag_set(d, ERR_SYNTAX, NULL, 0,
				  _("hand-in takes one FOLDER"));

	if (err == 0)
		student = c->student != NULL ? c->student : work_student(&w);
	if (c->output != NULL)
		buf_puts(&name, c->output);
	else if (err == 0)
		put_hand_in_name(&name, &w, student);
	if (err == 0)
		err = cli_write(c, &out, buf_cstr(&name), d);
	if (err == 0)
		cli_remark(c, _("%s: %zu of %zu tasks of %s, for %s"),
		    buf_cstr(&name), count_answered(&m), m.n, w.name, student);
	diag_fail(d, err);
	return err == 0 ? CLI_OK : CLI_USAGE;
}

static const struct cli_option hand_in_options[] = {
	{ "output", 'o', "FILE",
	    N_("writes to FILE (default LAB-ID.rung in this folder)"),
	    cli_set_output },
	CLI_STUDENT_OPTION,
	CLI_LAB_OPTION,
	{ 0 },
};

static const struct cli_example hand_in_examples[] = {
	{ "rung hand-in mine --student=2023001",
	    N_("one file to send to the teacher") },
	{ NULL, NULL },
};

const struct cli_command cli_hand_in = {
	.name = "hand-in",
	.usage = "FOLDER",
	.text = N_("packs a student's work into one file"),
	.purpose = N_("Packs a student’s work into one file to send to the "
		      "teacher."),
	.about = N_("Writes the answers, the inputs of the runs and the figure "
		    "into one file. rung check FILE runs them again."),
	.state = CLI_STABLE,
	.options = hand_in_options,
	.examples = hand_in_examples,
	.fn = hand_in,
};
