/* rung worksheet: a plan's tasks on paper. */
#include "base/err.h"
#include "cli/check.h"
#include "cli/exam.h"
#include "grade/worksheet.h"

#include <string.h>

static int
write_sheet(struct cli *c, const char *name, struct diag *d)
{
	struct worksheet_options o = { .key = c->teacher,
		.student = c->student };
	struct paper paper = PAPER_INIT;
	struct buf out = BUF_INIT, file = BUF_INIT, remark = BUF_INIT;
	bool gift;
	int err;

	if (c->output != NULL)
		buf_puts(&file, c->output);
	else
		buf_printf(&file, "%s.pdf", name);
	gift = str_ends(buf_view(&file), ".gift");
	err = c->teacher || gift ? cli_refuse_in_exam(name, c->student, d) : 0;
	if (err != 0) {
		buf_free(&file);
		return err;
	}
	if (gift) {
		err = worksheet_put_gift(name, &o, &out, &remark, d);
	} else {
		err = paper_refuse(buf_cstr(&file), ".gift", d);
		if (err == 0)
			err = worksheet_make(&paper, name, &o, d);
		if (err == 0)
			err = paper_write(&paper, buf_cstr(&file), &out, d);
	}
	if (err == 0)
		err = cli_write(c, &out, buf_cstr(&file), d);
	if (err == 0 && remark.n > 0)
		cli_remark(c, "%s", buf_cstr(&remark));
	paper_free(&paper);
	buf_free(&out);
	buf_free(&remark);
	buf_free(&file);
	return err;
}

static int
worksheet(struct cli *c, int argc, char **argv, struct diag *d)
{
	int err = argc == 1 ? write_sheet(c, argv[0], d)
			    : diag_set(d, ERR_SYNTAX, NULL, 0,
				  _("worksheet takes one PLAN or LAB"));

	if (err != 0)
		diag_set(d, err, NULL, 0, "%s", err_text(err));
	return err == 0 ? CLI_OK : CLI_USAGE;
}

static const struct cli_option options[] = {
	{ "output", 'o', "FILE",
	    N_("the file: .pdf, .html, .md, or .gift for Moodle; else "
	       "PLAN.pdf"),
	    cli_set_output },
	{ "teacher", 0, NULL, N_("with the right answers, and the plan"),
	    cli_set_teacher },
	CLI_STUDENT_OPTION,
	{ 0 },
};

static const struct cli_example examples[] = {
	{ "rung worksheet first-call -o first-call.pdf",
	    N_("for a lesson of 90 minutes") },
	{ "rung worksheet first-call --teacher -o key.pdf",
	    N_("the plan with the right answers") },
	{ "rung worksheet direct-call -o direct-call.gift",
	    N_("a lab's questions for Moodle") },
	{ NULL, NULL },
};

const struct cli_command cli_worksheet = {
	.name = "worksheet",
	.usage = "PLAN",
	.text = N_("sets the tasks of a lesson plan, or lab, on paper"),
	.about = N_("The tasks of the plan's labs with room for the answers "
		    "and the ladders that belong to them, or with the right "
		    "answers. The plans are in docs/LESSONS.md."),
	.options = options,
	.examples = examples,
	.fn = worksheet,
};
