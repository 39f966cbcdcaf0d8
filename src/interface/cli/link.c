/* rung link: a lab, or a student's answers, as the address of a page. */
#include "base/err.h"
#include "cli/check.h"
#include "cli/recording.h"
#include "grade/handin.h"
#include "runs/drive.h"
#include "trace/link.h"

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
	struct inputs in;
	int err = recording_inputs(c, file, &in, d);

	/* A run that has begun has found all its texts. */
	if (err == 0)
		err = drive_begin(&run, &in, &none, d);
	if (err == 0)
		err = inputs_link(&in, c->address, out, d);
	drive_end(run);
	inputs_free(&in);
	return err;
}

/* The work in FOLDER, as rung hand-in takes it. */
static int
link_answers(struct cli *c, const char *folder, struct buf *out, struct diag *d)
{
	struct work w = WORK_INIT;
	struct mark m = MARK_INIT;
	struct buf handin = BUF_INIT;
	int err = cli_make_handin(c, folder, &w, &m, &handin, d);

	if (err == 0)
		err = link_put(buf_view(&handin), c->address, out, d);
	mark_free(&m);
	work_free(&w);
	buf_free(&handin);
	return err;
}

static int
make_link(struct cli *c, int argc, char **argv, struct diag *d)
{
	struct buf out = BUF_INIT;
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
	buf_free(&out);
	if (err != 0)
		diag_set(d, err, NULL, 0, "%s", err_text(err));
	return err == 0 ? CLI_OK : CLI_USAGE;
}

static const struct cli_option link_options[] = {
	{ "page", 0, "ADDRESS",
	    N_("of the page that is to be opened: https://…; else rung.html"),
	    cli_set_address },
	{ "answers", 0, NULL,
	    N_("what a student has answered in FILE, a copy of a lab, as rung "
	       "hand-in takes it"),
	    set_answers },
	{ "output", 'o', "FILE", N_("writes the link to FILE"),
	    cli_set_output },
	CLI_LAB_OPTION,
	{ 0 },
};

static const struct cli_example link_examples[] = {
	{ "rung link two-proxies --set bob.busy=true",
	    N_("the lab with that setting, as an address") },
	{ "rung run $(rung link two-proxies)",
	    N_("a link is taken wherever a FILE is") },
	{ NULL, NULL },
};

const struct cli_command cli_link = {
	.name = "link",
	.usage = "FILE",
	.text = N_("makes an address of a lab, or of answers"),
	.about = N_("Prints a page's address, behind whose # stand the inputs "
		    "of a run, compressed: of a lab of rung's own its name and "
		    "what was changed, else all texts. Who opens it has the "
		    "same run; no server sees what stands there."),
	.options = link_options,
	.examples = link_examples,
	.runs = true,
	.fn = make_link,
};
