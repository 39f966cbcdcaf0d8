/* rung explain: why a record happened. */
#include "base/err.h"
#include "cli/captured.h"
#include "cli/check.h"
#include "cli/choice.h"
#include "cli/cli.h"
#include "cli/exam.h"
#include "engine/engine.h"
#include "trace/select.h"

static const struct cli_option options[] = {
	{ "call", 0, "ID",
	    N_("of a capture: the record is one of the call with this Call-ID, "
	       "as rung show FILE --call=ID lists them"),
	    cli_add_call },
	{ 0 },
};

/* A trace has one numbering, whatever of it is looked at. */
static int
check_call(const struct cli *c, const char *file, struct diag *d)
{
	return c->ncalls == 0 || cli_is_capture(file)
		   ? 0
		   : diag_set(d, ERR_UNSUPPORTED, file, 0,
			 _("is no capture, so --call does nothing"));
}

/* FILE may be a lab, or a copy of one, whose exam goes on. */
static int
refuse_in_exam(const struct cli *c, const char *file, struct diag *d)
{
	struct diag none = DIAG_INIT;
	struct work w = WORK_INIT;
	int err = 0;

	if (!cli_is_file(file) && cli_find_work(&w, file, NULL, &none) == 0)
		err = cli_refuse_in_exam(w.name,
		    c->student != NULL ? c->student : work_student(&w), d);
	work_free(&w);
	return err;
}

static int
explain(struct cli *c, int argc, char **argv, struct diag *d)
{
	struct doc text = DOC_INIT;
	struct engine *e = NULL;
	struct trace_select s;
	uint64_t seq;
	int err;

	if (argc != 2)
		return cli_refuse(
		    d, _("explain needs a FILE and a record: its number, as "
			 "rung show FILE lists them, or INVITE@alice"));
	if (trace_select_read(&s, str_of(argv[1]), d) != 0)
		return CLI_USAGE;
	err = cli_check_run(c, argv[0], d);
	if (err == 0)
		err = check_call(c, argv[0], d);
	if (err == 0)
		err = refuse_in_exam(c, argv[0], d);
	if (err == 0)
		err = cli_look(c, argv[0], &e, d);
	if (err == 0)
		err = engine_find(e, 0, argv[1], 0, 0, &seq, d);
	if (err == 0)
		err = engine_explain(e, 0, seq, c->width, &text, d);
	if (err == 0)
		cli_print_doc(c, &text, d);
	else
		doc_free(&text);
	engine_close(e);
	return err == 0 ? CLI_OK : CLI_USAGE;
}

static const struct cli_example examples[] = {
	{ "rung explain two-proxies 55", N_("why that record was written") },
	{ "rung explain lost-messages 66 --lang=zh",
	    N_("the same in Chinese") },
	{ NULL, NULL },
};

const struct cli_command cli_explain = {
	.name = "explain",
	.usage = "FILE RECORD",
	.text = N_("why a record happened: its chain of causes, with rules"),
	.about =
	    N_("Prints the chain from RECORD (its number, or what is sent "
	       "where: INVITE@atl, 180@bob#2) back to the act that started it, "
	       "each step with the rule (RFC and section) that asked for it."),
	.examples = examples,
	.options = options,
	.runs = true,
	.lasts = true,
	.fn = explain,
};
