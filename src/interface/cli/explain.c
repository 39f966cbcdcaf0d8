/* rung explain: why a record happened. */
#include "base/err.h"
#include "cli/capture_input.h"
#include "cli/check.h"
#include "cli/option_checks.h"
#include "cli/cli.h"
#include "cli/export.h"
#include "cli/student_lab.h"
#include "engine/engine.h"
#include "runs/rerun.h"
#include "trace/record_name.h"
#include "words/hearing_doc.h"
#include "words/record_doc.h"

static int
begin_engine(struct cli *c, const char *file, struct engine **e, struct diag *d)
{
	struct engine_inputs in = { .trace = NULL };
	int err = cli_load(c, file, &in.trace, d);

	*e = NULL;
	return err == 0 ? engine_open(e, &in, d) : err;
}

static const struct cli_option explain_options[] = {
	{ "hear", 0, "NODE",
	    N_("explains what this node hears, or why it hears nothing"),
	    cli_set_hear },
	{ "at", 0, "TIME", N_("sets the time for --hear"), cli_set_at },
	{ "call", 0, "ID",
	    N_("takes the record from the call of a capture with this Call-ID, "
	       "as numbered by rung show FILE --call=ID"),
	    cli_add_call },
	CLI_JSON_OPTION,
	{ 0 },
};

/* A trace has one numbering, whatever of it is looked at. */
static int
check_call(const struct cli *c, const char *file, struct diag *d)
{
	return c->ncalls == 0 || cli_is_capture(file)
		   ? 0
		   : diag_set(d, ERR_UNSUPPORTED, file, 0,
			 _("is not a capture, so --call has no effect"));
}

/* FILE may be a lab, or a copy of one, whose exam goes on. */
static int
refuse_in_exam(const struct cli *c, const char *file, struct diag *d)
{
	struct diag none = DIAG_INIT;
	LOCAL(work_free) struct work w = WORK_INIT;
	int err = 0;

	if (!cli_is_file(file) && cli_find_work(&w, file, NULL, &none) == 0)
		err = cli_refuse_in_exam(w.name,
		    c->student != NULL ? c->student : work_student(&w), d);
	return err;
}

/* What --hear asks about T; where packets are lost its run tells, made again.
 */
static int
explain_hearing(
    struct cli *c, const struct trace *t, struct doc *text, struct diag *d)
{
	struct hearing_question q = { .t = t,
		.listener = str_of(c->hear),
		.at_ns = c->at_ns,
		.width = c->width };
	struct network_rerun again = { .trace = NULL };
	struct diag why = DIAG_INIT;
	int err = trace_check_node(t, q.listener, d);

	if (err != 0)
		return err;
	if (trace_first_of(t, TRACE_MEDIA) == 0 &&
	    trace_head(t)->inputs.type == JSON_NONE)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("this trace contains no media, so no node hears "
		      "anything"));
	err = network_rerun(&again, t, c->file, &why);
	q.packets = again.trace != NULL ? again.trace : t;
	if (err == 0)
		err = hearing_explain(&q, text);
	network_rerun_free(&again);
	return diag_fail(d, err);
}

/* Why the record of E that WORD names happened, or what --hear asks. */
static int
put_explanation(struct cli *c, struct engine *e, const char *word,
    struct buf *out, struct diag *d)
{
	struct doc text = DOC_INIT;
	struct engine_branch b;
	uint64_t seq;
	int err;

	(void)engine_branch(e, 0, &b);
	err = c->hear != NULL ? explain_hearing(c, b.trace, &text, d)
			      : engine_find(e, 0, word, 0, 0, &seq, d);
	if (err == 0 && c->hear == NULL)
		cli_tell_number(c, b.trace, word);
	if (err == 0 && c->hear == NULL && c->json) {
		explain_put_json(b.trace, seq, out);
		return out->err;
	}
	if (err == 0 && c->hear == NULL)
		err = engine_explain(e, 0, seq, c->width, &text, d);
	if (err == 0)
		return cli_put_doc(c, &text, out);
	doc_free(&text);
	return err;
}

/* The question: about one record, or about a node's reception. */
static int
check_explain_words(struct cli *c, int argc, char **argv, struct diag *d)
{
	struct trace_record_name s;
	int most = c->hear != NULL ? 1 : 2;

	if (c->hear == NULL && c->at_ns >= 0)
		return cli_refuse(d, _("--at sets the time for --hear=NODE; "
				       "give both"));
	if (argc > most)
		return cli_refuse_word(c, argv[most], d);
	if (argc == 2 && cli_refuse_order(c, argv, d) != 0)
		return CLI_USAGE;
	if (argc != most)
		return cli_refuse(
		    d, _("explain needs a FILE and a record: its number in "
			 "rung show FILE, or INVITE@alice; or a FILE and "
			 "--hear=NODE"));
	if (c->hear == NULL &&
	    trace_record_name_read(&s, str_of(argv[1]), d) != 0)
		return CLI_USAGE;
	return CLI_OK;
}

static int
explain(struct cli *c, int argc, char **argv, struct diag *d)
{
	LOCAL_BUF out = BUF_INIT;
	struct engine *e = NULL;
	int err;

	if (check_explain_words(c, argc, argv, d) != CLI_OK)
		return CLI_USAGE;
	err = cli_check_run(c, argv[0], d);
	if (err == 0)
		err = check_call(c, argv[0], d);
	if (err == 0)
		err = refuse_in_exam(c, argv[0], d);
	if (err == 0)
		err = begin_engine(c, argv[0], &e, d);
	if (err == 0)
		err = put_explanation(c, e, argv[1], &out, d);
	if (err == 0)
		cli_print(c, &out, d);
	engine_close(e);
	return err == 0 ? CLI_OK : CLI_USAGE;
}

static const struct cli_example explain_examples[] = {
	{ "rung explain two-proxies 55", N_("why record 55 was written") },
	{ "rung explain lost-messages 66 --lang=zh",
	    N_("the same in Chinese") },
	{ "rung explain call.jsonl --hear=bob --at=4s",
	    N_("what bob hears at that time, and why") },
	{ NULL, NULL },
};

const struct cli_command cli_explain = {
	.name = "explain",
	.usage = "FILE RECORD|--hear=NODE",
	.text = N_("explains why a record happened: its causes and rules"),
	.purpose =
	    N_("Explains why a message was sent: the chain of causes back to "
	       "the action that started it, each step with its rule (RFC and "
	       "section)."),
	.about =
	    N_("Prints the chain from RECORD (its number, or message and "
	       "sender: INVITE@atl, 180@bob#2) back to the action that started "
	       "it. Each step has the rule (RFC and section) that required it. "
	       "With --hear it explains what a node hears, or why it hears "
	       "nothing, and which offer and answer decided that."),
	.examples = explain_examples,
	.options = explain_options,
	.runs = true,
	.lasts = true,
	.fn = explain,
};
