/* rung check --class: a folder of submissions, and the report. */
#include "base/err.h"
#include "base/folder.h"
#include "cli/check.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "grade/class.h"
#include "grade/mark.h"
#include "live/process.h"

#include <signal.h>
#include <string.h>

#define FORM_JSON 2

/* The forms of a report, by the end of its file's name. */
static const struct {
	const char *ending;
	int (*put)(const struct class *c, struct buf *out);
} forms[] = {
	{ ".html", class_put_html },
	{ ".csv", class_put_csv },
	[FORM_JSON] = { ".json", class_put_json },
	{ ".txt", class_put_text },
};
#define FORMS (sizeof(forms) / sizeof(forms[0]))

static int
show_progress(size_t done, size_t all, void *arg)
{
	struct progress_step step = {
		.what = N_("judging"), .done = done, .of = all
	};
	struct buf note = BUF_INIT;

	(void)arg;
	buf_printf(&note, _("%zu of %zu submissions"), done, all);
	step.note = buf_cstr(&note);
	cli_progress_take(&step);
	buf_free(&note);
	return interrupt_came();
}

static int
write_class(struct cli *c, const struct class *class, struct diag *d)
{
	struct buf out = BUF_INIT;
	size_t form = 0;
	int err;

	while (c->output != NULL && form < FORMS &&
	       !str_ends(str_of(c->output), forms[form].ending))
		form++;
	if (c->json)
		form = FORM_JSON;
	if (form == FORMS)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("%s: a report is a file .html, .csv, .json or .txt"),
		    c->output);
	err = c->output != NULL || c->json ? forms[form].put(class, &out)
					   : class_put_text(class, &out);
	if (err == 0)
		err = c->output != NULL ? cli_write(c, &out, c->output, d)
					: cli_print_lines(c, &out, d);
	buf_free(&out);
	return err;
}

int
cli_write_marks(struct cli *c, const struct work *w, const struct mark *m,
    const char *file, struct diag *d)
{
	struct class class = CLASS_INIT;
	struct buf line = BUF_INIT;
	int err = mark_put_json(m, w, file, &line);

	if (err == 0)
		err = class_take_line(&class, str_trim(buf_view(&line)));
	if (err == 0)
		err = class_settle(
		    &class, c->deadline[0] != '\0' ? c->deadline : NULL);
	if (err == 0)
		err = write_class(c, &class, d);
	buf_free(&line);
	class_free(&class);
	return err;
}

/* Without their keys answers would be worth nothing. */
static int
check_has_keys(const struct class *class, struct diag *d)
{
	for (size_t i = 0; i < class->n; i++)
		for (size_t t = 0; t < class->entries[i].ntasks; t++)
			if (class->entries[i].tasks[t].verdict == LESSON_TAKEN)
				return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
				    _("%s: here are the questions of a set "
				      "without their keys; --set=FOLDER, its "
				      "teacher's folder, judges what is handed "
				      "in"),
				    class->entries[i].lab);
	return 0;
}

/* A signal came.  A second one ends it at once. */
static int
end_early(const struct cli *c, struct class *class, bool written)
{
	int sig = interrupt_came();

	class_free(class);
	if (c->output != NULL && written)
		cli_remark(c, _("interrupted; %s is whole"), c->output);
	else if (c->output != NULL)
		cli_remark(
		    c, _("interrupted; nothing was written to %s"), c->output);
	else
		cli_remark(c, "%s", _("interrupted"));
	cli_progress_end();
	interrupt_leave();
	raise(sig);
	return 128 + sig;
}

int
cli_check_class(struct cli *c, int argc, struct diag *d)
{
	unsigned late = 0;
	const struct inputs_processes apart = process_apart(&late);
	struct class_options o = { .lab = c->lab,
		.deadline = c->deadline[0] != '\0' ? c->deadline : NULL,
		.roster = c->roster,
		.output = c->output,
		.look = show_progress,
		.processes = c->processes ? &apart : NULL };
	struct class class = CLASS_INIT;
	bool written = false, worked = c->roster != NULL;
	int err = 0;

	if (argc != 0)
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("check takes --class=FOLDER or one WORK, not both"));
	if (err == 0 && folder_has(c->class, ANSWERS_FILE))
		err = diag_set(d, ERR_UNSUPPORTED, c->class, 0,
		    _("is one student's work: rung check %s"), c->class);
	interrupt_catch();
	if (err == 0 && c->output != NULL)
		cli_progress_leaves(c, c->output, false);
	if (err == 0)
		err = class_judge(&class, c->class, &o, d);
	if (err == 0)
		err = check_has_keys(&class, d);
	if (err == 0 && interrupt_came() == 0) {
		err = write_class(c, &class, d);
		written = err == 0;
	}
	if (interrupt_came() != 0)
		return end_early(c, &class, written);
	interrupt_leave();
	if (err != 0)
		diag_set(d, err, NULL, 0, "%s", err_text(err));
	for (size_t i = 0; i < class.n; i++)
		worked |= class.entries[i].failed[0] == '\0';
	class_free(&class);
	return err == 0 && worked ? CLI_OK : CLI_USAGE;
}
