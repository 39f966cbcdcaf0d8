/* rung report: a student's report of a lab. */
#include "base/err.h"
#include "cli/check.h"
#include "grade/report.h"

#include <string.h>

static int
write_report(struct cli *c, struct work *w, const char *student, struct diag *d)
{
	struct paper paper = PAPER_INIT;
	struct mark m = MARK_INIT;
	struct buf out = BUF_INIT, name = BUF_INIT;
	char date[32];
	int err = mark_work(&m, w, NULL, d);

	cli_put_date(date);
	buf_puts(&name, c->output != NULL ? c->output : "report.html");
	if (err == 0)
		err = report_make(&paper, w, &m, student, date, d);
	if (err == 0)
		err = report_write(&paper, buf_cstr(&name), &out, d);
	if (err == 0)
		err = cli_write(c, &out, buf_cstr(&name), d);
	mark_free(&m);
	paper_free(&paper);
	buf_free(&out);
	buf_free(&name);
	return err;
}

static int
report(struct cli *c, int argc, char **argv, struct diag *d)
{
	struct work w = WORK_INIT;
	const char *student;
	int err = argc == 1 ? cli_find_done(&w, argv[0], c->lab, c->student, d)
			    : diag_set(d, ERR_SYNTAX, NULL, 0,
				  _("report takes one FOLDER, hand-in or lab"));

	student = c->student != NULL ? c->student : work_student(&w);
	if (err == 0)
		err = write_report(c, &w, student, d);
	if (err != 0)
		diag_set(d, err, NULL, 0, "%s", err_text(err));
	work_free(&w);
	return err == 0 ? CLI_OK : CLI_USAGE;
}

static const struct cli_option report_options[] = {
	{ "output", 'o', "FILE",
	    N_("the file: .html, .md or .pdf; else report.html"),
	    cli_set_output },
	CLI_STUDENT_OPTION,
	CLI_LAB_OPTION,
	{ 0 },
};

static const struct cli_example report_examples[] = {
	{ "rung report mine -o report.html",
	    N_("the report of the lab in folder mine") },
	{ NULL, NULL },
};

const struct cli_command cli_report = {
	.name = "report",
	.usage = "FOLDER",
	.text = N_("writes a student's report of a lab"),
	.about = N_(
	    "Aim, environment, what was done, results and questions, "
	    "with the answers and the ladders of the student's runs. What is "
	    "still to be said is written into the file. The code at "
	    "its end tells whether the answers and runs are those that "
	    "rung put there: rung check FILE."),
	.options = report_options,
	.examples = report_examples,
	.lasts = true,
	.fn = report,
};
