/* rung worksheet: a plan's tasks on paper. */
#include "base/array.h"
#include "base/err.h"
#include "base/folder.h"
#include "base/mem.h"
#include "base/outfile.h"
#include "cli/check.h"
#include "cli/student_lab.h"
#include "grade/report.h"
#include "grade/roster.h"
#include "grade/new_lab.h"
#include "grade/worksheet.h"

#include <sys/stat.h>

/* What one call makes. */
struct sheets {
	struct cli *c;
	const char *name; /* of the plan or lab */
	struct buf file;
	bool gift;
	struct buf out, remark;
	struct paper *papers;
	size_t npapers;
};

static void
free_sheets(struct sheets *s)
{
	for (size_t i = 0; i < s->npapers; i++)
		paper_free(&s->papers[i]);
	mem_free(s->papers);
	buf_free(&s->file);
	buf_free(&s->out);
	buf_free(&s->remark);
}

/* Adds O's sheet. */
static int
worksheet_command_add_sheet(
    struct sheets *s, const struct worksheet_options *o, struct diag *d)
{
	int err =
	    o->key || s->gift ? cli_refuse_in_exam(s->name, o->student, d) : 0;

	if (err != 0)
		return err;
	if (s->gift) {
		buf_clear(&s->remark);
		return worksheet_put_gift(s->name, o, &s->out, &s->remark, d);
	}
	if (ARRAY_RESIZE(&s->papers, s->npapers + 1) != 0)
		return diag_fail(d, ERR_NOMEM);
	s->papers[s->npapers++] = PAPER_INIT;
	return worksheet_make(&s->papers[s->npapers - 1], s->name, o, d);
}

/* What was added, into its file. */
static int
write_sheets(struct sheets *s, struct diag *d)
{
	int err = s->file.err;

	if (err == 0 && !s->gift)
		err = paper_write_all(
		    s->papers, s->npapers, buf_cstr(&s->file), &s->out, d);
	return err == 0 ? cli_write(s->c, &s->out, buf_cstr(&s->file), d) : err;
}

static int
make_sheet(struct sheets *s, struct diag *d)
{
	const struct worksheet_options o = { .key = s->c->teacher,
		.student = s->c->student };
	int err = worksheet_command_add_sheet(s, &o, d);

	return err == 0 ? write_sheets(s, d) : err;
}

/* ---- of a class ---- */

/* ID as a file's name: any other sign as its bytes, "%2F". */
static void
put_student_file_name(struct buf *out, const char *id)
{
	for (const char *c = id; *c != '\0'; c++) {
		if (chr_is_alnum(*c) || (unsigned char)*c >= 0x80 ||
		    *c == '-' || *c == '_' || (*c == '.' && c > id))
			buf_putc(out, *c);
		else
			buf_printf(out, "%%%02X", (unsigned char)*c);
	}
}

/* ROW's sheet in a file of its own. */
static int
write_own_sheet(
    struct sheets *all, const struct worksheet_options *o, struct diag *d)
{
	struct sheets one = { .c = all->c, .name = all->name };
	int err;

	buf_printf(&one.file, "%s/", buf_cstr(&all->file));
	put_student_file_name(&one.file, o->student);
	buf_puts(&one.file, ".pdf");
	err = worksheet_command_add_sheet(&one, o, d);
	if (err == 0)
		err = write_sheets(&one, d);
	free_sheets(&one);
	return err;
}

/* The faults of a roster, a line each. */
static void
tell_remarks(const struct cli *c, struct str remarks)
{
	while (remarks.n > 0) {
		struct str line = str_cut(remarks, '\n', &remarks);

		cli_remark(c, "%.*s", STR_ARG(line));
	}
}

static int
make_class_sheets(struct sheets *s, bool folder, struct diag *d)
{
	struct roster r;
	int err = roster_read(&r, s->c->roster, d);

	if (err == 0 && s->c->student != NULL)
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("worksheet takes --student or --roster, not both"));
	if (err == 0 && r.n == 0)
		err = diag_set(d, ERR_NOTFOUND, s->c->roster, 0,
		    _("the roster contains no student"));
	for (size_t i = 0; err == 0 && i < r.n; i++) {
		const struct worksheet_options o = { .key = s->c->teacher,
			.student = r.rows[i].id,
			.name = r.rows[i].name,
			.group = r.rows[i].group };

		err = folder ? write_own_sheet(s, &o, d)
			     : worksheet_command_add_sheet(s, &o, d);
	}
	if (err == 0 && !folder)
		err = write_sheets(s, d);
	if (err == 0)
		tell_remarks(s->c, buf_view(&r.remarks));
	roster_free(&r);
	return err;
}

/* PATH, "sheets/" or an existing folder, is to be a folder; MADE: it is a new
 * one, to be ended by lab_end_folder. */
static int
find_folder(const char *path, bool *folder, bool *made, struct diag *d)
{
	struct stat st;
	int trouble;

	*folder = stat(path, &st) == 0 && S_ISDIR(st.st_mode);
	if (*folder || !str_ends(str_of(path), "/"))
		return 0;
	*folder = true;
	trouble = outfile_left_make(path);
	*made = trouble == 0;
	return *made ? 0
		     : diag_set(d, ERR_IO, path, 0, "%s", err_system(trouble));
}

/* In this folder, by the name of the plan or lab. */
static int
put_usual_file(struct buf *out, const char *name)
{
	LOCAL_MEM char *path = folder_by_name(name);

	if (path == NULL)
		return ERR_NOMEM;
	buf_str(out, folder_name(path));
	buf_puts(out, ".pdf");
	return out->err;
}

static int
make_sheets(struct cli *c, const char *name, struct diag *d)
{
	struct sheets s = { .c = c, .name = name };
	bool folder = false, made = false;
	int err = 0;

	if (c->output != NULL)
		buf_puts(&s.file, c->output);
	else
		err = put_usual_file(&s.file, name);
	s.gift = str_ends(buf_view(&s.file), ".gift");
	if (err == 0 && c->roster != NULL)
		err = find_folder(buf_cstr(&s.file), &folder, &made, d);
	if (err == 0 && !s.gift && !folder)
		err = paper_refuse(buf_cstr(&s.file), ".gift", d);
	if (err == 0)
		err = c->roster != NULL ? make_class_sheets(&s, folder, d)
					: make_sheet(&s, d);
	if (made)
		err = lab_end_folder(buf_cstr(&s.file), err);
	if (err == 0 && s.remark.n > 0)
		cli_remark(c, "%s", buf_cstr(&s.remark));
	free_sheets(&s);
	return err;
}

static int
worksheet(struct cli *c, int argc, char **argv, struct diag *d)
{
	int err = argc == 1 ? make_sheets(c, argv[0], d)
			    : diag_set(d, ERR_SYNTAX, NULL, 0,
				  _("worksheet takes one PLAN or LAB"));

	diag_fail(d, err);
	return err == 0 ? CLI_OK : CLI_USAGE;
}

static const struct cli_option worksheet_cli_options[] = {
	{ "output", 'o', "FILE",
	    N_("writes to FILE: .pdf, .html, .md, or .gift for Moodle (default "
	       "PLAN.pdf); with --roster also a folder sheets with a PDF for "
	       "each student"),
	    cli_set_output },
	{ "teacher", 0, NULL, N_("adds the right answers and the plan"),
	    cli_set_teacher },
	CLI_STUDENT_OPTION,
	{ "roster", 0, "FILE",
	    N_("makes a sheet for each student of a class: a CSV file as for "
	       "rung check"),
	    cli_set_roster },
	{ 0 },
};

static const struct cli_example worksheet_examples[] = {
	{ "rung worksheet first-call -o first-call.pdf",
	    N_("for a lesson of 90 minutes") },
	{ "rung worksheet first-call --teacher -o key.pdf",
	    N_("the plan with the right answers") },
	{ "rung worksheet first-call --roster=class.csv -o sheets.pdf",
	    N_("for each student of a class, with their own values") },
	{ "rung worksheet direct-call -o direct-call.gift",
	    N_("a lab's questions for Moodle") },
	{ NULL, NULL },
};

const struct cli_command cli_worksheet = {
	.name = "worksheet",
	.usage = "PLAN",
	.text = N_("prints the tasks of a lesson plan or lab on paper"),
	.purpose =
	    N_("Makes a sheet on paper of a lesson plan or of a lab, for "
	       "the class or, with the right answers, for you."),
	.about = N_("The sheet contains the tasks of the plan's labs, with "
		    "room for the answers and with the ladders of the tasks, "
		    "or with the right answers. The plans are in "
		    "docs/LESSONS.md."),
	.options = worksheet_cli_options,
	.examples = worksheet_examples,
	.lasts = true,
	.fn = worksheet,
};

/* ---- rung report: a student's report of a lab ---- */

static int
worksheet_command_write_report(
    struct cli *c, struct work *w, const char *student, struct diag *d)
{
	LOCAL(paper_free) struct paper paper = PAPER_INIT;
	LOCAL(mark_free) struct mark m = MARK_INIT;
	LOCAL_BUF out = BUF_INIT, name = BUF_INIT;
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
	return err;
}

static int
worksheet_command_report(struct cli *c, int argc, char **argv, struct diag *d)
{
	LOCAL(work_free) struct work w = WORK_INIT;
	const char *student;
	int err = argc == 1 ? cli_find_done(&w, argv[0], c->lab, c->student, d)
			    : diag_set(d, ERR_SYNTAX, NULL, 0,
				  _("report takes one FOLDER, hand-in or lab"));

	student = c->student != NULL ? c->student : work_student(&w);
	if (err == 0)
		err = worksheet_command_write_report(c, &w, student, d);
	diag_fail(d, err);
	return err == 0 ? CLI_OK : CLI_USAGE;
}

static const struct cli_option report_options[] = {
	{ "output", 'o', "FILE",
	    N_("writes to FILE: .html, .md or .pdf (default report.html)"),
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
	.purpose = N_("Writes a student’s report of a lab: aim, procedure, "
		      "results, answers and ladders."),
	.about = N_(
	    "The report contains aim, environment, procedure, results and "
	    "questions, with the answers and the ladders of the student's "
	    "runs. The student adds the missing text in the file. The code at "
	    "its end shows whether the answers and runs are still those that "
	    "rung wrote: rung check FILE."),
	.options = report_options,
	.examples = report_examples,
	.lasts = true,
	.fn = worksheet_command_report,
};
