/* rung show: messages, records, the ladder, the state at a time. */
#include "base/err.h"
#include "cli/choice.h"
#include "cli/cli.h"
#include "words/records_text.h"
#include "words/state_text.h"

#include <stdio.h>

static const struct cli_option options[] = {
	{ "ladder", 'l', NULL, N_("the ladder"), cli_set_ladder },
	{ "calls", 0, NULL, N_("a line for each call"), cli_set_calls },
	{ "messages", 'm', NULL, N_("messages with their whole text"),
	    cli_set_messages },
	{ "at", 0, "TIME", N_("the state of every node at that time"),
	    cli_set_at },
	{ "call", 0, "ID",
	    N_("only the call with this Call-ID; may be repeated"),
	    cli_add_call },
	{ "node", 0, "NAME", N_("only this node; may be repeated"),
	    cli_add_node },
	{ "from", 0, "TIME", N_("begins there"), cli_set_from },
	{ "to", 0, "TIME", N_("ends there"), cli_set_to },
	{ "fold", 0, NULL, N_("draws a message and its repetitions as one"),
	    cli_set_fold },
	{ 0 },
};

static int
show_record(struct cli *c, const struct trace *t, const char *word,
    struct buf *out, struct diag *d)
{
	struct records_options o = { .width = c->width, .colour = c->colour };
	uint64_t seq = 0;

	str_u64(str_of(word), &seq);
	return records_write_one(t, seq, &o, out, d);
}

static int
show_state(
    struct cli *c, const struct trace *t, struct buf *out, struct diag *d)
{
	struct state_options o = { .width = c->width,
		.colour = c->colour,
		.ascii = !c->utf8,
		.node = c->nnodes > 0 ? c->nodes[0] : NULL };

	return state_write(t, trace_at_time(t, c->at_ns), c->at_ns, &o, out, d);
}

/* The words of a filter, and what options say in its stead. */
static void
write_filter(const struct cli *c, int argc, char **argv, struct buf *filter)
{
	for (int i = 0; i < argc; i++)
		buf_printf(filter, "%s%s", filter->n > 0 ? " " : "", argv[i]);
	for (size_t i = 0; i < c->ncalls; i++)
		buf_printf(
		    filter, "%s%s", i == 0 ? " call=" : ",", c->calls[i]);
	for (size_t i = 0; i < c->nnodes; i++)
		buf_printf(
		    filter, "%s%s", i == 0 ? " node=" : ",", c->nodes[i]);
	if (c->messages)
		buf_puts(filter, " kind=send");
}

static int
show_table(struct cli *c, const struct trace *t, int argc, char **argv,
    struct buf *out, struct diag *d)
{
	struct records_options o = {
		.width = c->width, .colour = c->colour, .messages = c->messages
	};
	struct buf text = BUF_INIT;
	struct record_filter f;
	size_t shown;
	int err;

	write_filter(c, argc, argv, &text);
	err = record_filter_parse(&f, buf_cstr(&text), t, d);
	if (err == 0) {
		if (c->from_ns > f.from_ns)
			f.from_ns = c->from_ns;
		if (c->to_ns < f.to_ns)
			f.to_ns = c->to_ns;
		err = records_write(t, &f, &o, &shown, out);
		if (err == 0 && shown == 0)
			fputs(_("rung: no record is like that\n"), stderr);
	}
	buf_free(&text);
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}

static int
show(struct cli *c, int argc, char **argv, struct diag *d)
{
	struct buf out = BUF_INIT;
	struct trace *t = NULL;
	int err;

	if (argc < 1)
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("show needs a FILE: a trace, lab, script or topology"));
	else if (cli_check_run(c, argv[0], d) != 0)
		err = d->err;
	else if (c->list_calls)
		err = cli_show_calls(c, argv[0], &out, d);
	else
		err = cli_load(c, argv[0], &t, d);
	if (err != 0) {
		buf_free(&out);
		return CLI_USAGE;
	}
	if (c->list_calls)
		err = 0;
	else if (c->at_ns >= 0)
		err = show_state(c, t, &out, d);
	else if (c->ladder)
		err = cli_ladder(c, t, &out, d);
	else if (argc == 2 && chr_is_digit(argv[1][0]))
		err = show_record(c, t, argv[1], &out, d);
	else
		err = show_table(c, t, argc - 1, argv + 1, &out, d);
	if (err == 0)
		cli_print(c, &out, d);
	buf_free(&out);
	trace_destroy(t);
	return err == 0 ? CLI_OK : CLI_USAGE;
}

const struct cli_command cli_show = {
	.name = "show",
	.usage = "FILE [SEQ | KEY=VALUE …]",
	.text = N_("records, messages, the ladder, the state at a time"),
	.about =
	    N_("Without options the records of the trace as a table, one with "
	       "SEQ,\n"
	       "some with a filter of words that must all hold: node=atl,bil\n"
	       "method=INVITE status=2xx kind=timer call=… src=… dst=… "
	       "from=0.5s."),
	.options = options,
	.runs = true,
	.fn = show,
};
