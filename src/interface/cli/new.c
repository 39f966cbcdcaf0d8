/* rung new: a lab or a topology to begin with. */
#include "base/err.h"
#include "base/rows.h"
#include "cli/cli.h"
#include "grade/new_lab.h"
#include "jobs/program.h"

static int
make_lab(struct cli *c, const char *name, struct diag *d)
{
	struct buf word = BUF_INIT;
	int err = new_lab(name, d);

	shell_put_word(&word, name);
	if (err == 0)
		cli_remark(c,
		    _("%s is a lab that runs; its files say what is what. "
		      "rung play %s shows it, rung check --teacher %s what is "
		      "right in it"),
		    name, buf_cstr(&word), buf_cstr(&word));
	buf_free(&word);
	return err;
}

static int
make_topology(struct cli *c, const char *name, struct diag *d)
{
	struct buf file = BUF_INIT, word = BUF_INIT;
	int err = new_topology(name, &file, d);

	shell_put_word(&word, buf_cstr(&file));
	if (err == 0)
		cli_remark(c,
		    _("%s is a topology that runs: rung run %s, rung export "
		      "--what=topology %s"),
		    buf_cstr(&file), buf_cstr(&word), buf_cstr(&word));
	buf_free(&file);
	buf_free(&word);
	return err;
}

static const struct {
	const char *kind;
	int (*make)(struct cli *c, const char *name, struct diag *d);
} kinds[] = {
	{ "lab", make_lab },
	{ "topology", make_topology },
};

static int
make_new(struct cli *c, int argc, char **argv, struct diag *d)
{
	size_t kind =
	    argc == 2 ? ROWS_FIND(str_of(argv[0]), kinds) : ROWS_COUNT(kinds);
	int err;

	if (kind == ROWS_COUNT(kinds))
		return cli_refuse(
		    d, _("new takes what is to be made and its name: rung new "
			 "lab FOLDER, rung new topology FILE"));
	err = kinds[kind].make(c, argv[1], d);
	return err == 0 ? CLI_OK : CLI_USAGE;
}

static const struct cli_example new_examples[] = {
	{ "rung new lab hello", N_("a lab with its lesson, to be changed") },
	{ "rung new topology net.gv", N_("two phones and a proxy") },
	{ NULL, NULL },
};

const struct cli_command cli_new = {
	.name = "new",
	.usage = "lab|topology NAME",
	.text = N_("writes a lab or a topology to begin with"),
	.about = N_("Makes the folder NAME, which may be a path, with a lab "
		    "that runs: script, network, handout, tasks, answers for "
		    "the teacher; or the file NAME with a network. Remarks in "
		    "them say what is what, in the language of --lang. Nothing "
		    "is written over."),
	.examples = new_examples,
	.fn = make_new,
};
