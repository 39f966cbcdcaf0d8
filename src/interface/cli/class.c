/* rung class new: labs as a graded set, for students and for their teacher. */
#include "base/err.h"
#include "cli/cli.h"
#include "grade/graded.h"

#include <string.h>

static int
set_labs(struct cli *c, const char *value, struct diag *d)
{
	(void)d;
	c->labs = value;
	return 0;
}

static int
make_set(struct cli *c, int argc, char **argv, struct diag *d)
{
	int err = 0;

	if (argc > 1 && strcmp(argv[0], "new") == 0)
		return cli_refuse_word(c, argv[1], d);
	if (argc != 1 || strcmp(argv[0], "new") != 0)
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("class takes the word new: rung class new "
		      "--labs=direct-call,busy -o midterm"));
	else if (c->labs == NULL || c->output == NULL)
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("class new needs --labs=LAB,… and -o FOLDER"));
	if (err == 0)
		err = graded_new(c->output, str_of(c->labs), d);
	if (err == 0)
		cli_remark(c,
		    _("%s/students is for your students, %s/teacher for you: "
		      "rung check --class FOLDER --set=%s/teacher judges what "
		      "they hand in"),
		    c->output, c->output, c->output);
	return err == 0 ? CLI_OK : CLI_USAGE;
}

static const struct cli_option class_options[] = {
	{ "labs", 0, "LAB,…",
	    N_("labs by name, or folders of your own with lab.lua and "
	       "check.lua"),
	    set_labs },
	{ "output", 'o', "FOLDER", N_("the new folder; the set has its name"),
	    cli_set_output },
	{ 0 },
};

static const struct cli_example class_examples[] = {
	{ "rung class new --labs=direct-call,busy -o midterm",
	    N_("questions without keys for students, keys for the teacher") },
	{ NULL, NULL },
};

const struct cli_command cli_class = {
	.name = "class",
	.usage = "new",
	.text = N_("makes a graded set: questions for students, keys for you"),
	.about = N_("Makes FOLDER/students with the labs and their questions "
		    "alone, and FOLDER/teacher with all of them. What is "
		    "answered in the first is taken, not judged; rung check "
		    "--class HANDED-IN --set=FOLDER/teacher judges it."),
	.options = class_options,
	.examples = class_examples,
	.fn = make_set,
};
