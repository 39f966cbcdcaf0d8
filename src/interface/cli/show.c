/* rung show: messages, records, the ladder, the state at a time. */
#include "base/err.h"
#include "cli/capture_input.h"
#include "cli/option_checks.h"
#include "cli/cli.h"
#include "cli/browse.h"
#include "runs/rerun.h"
#include "trace/record_name.h"
#include "views/panes/layers.h"
#include "words/record_text.h"
#include "words/record_doc.h"
#include "words/state_doc.h"
#include "words/time_words.h"

#include <string.h>
#include <unistd.h>

/* ---- --layers: the packets of a message ---- */

/* As many cells as a page that asks for no width. */
#define WIDTH_USUAL 80

/*
 * The number of record SEQ in the run made again, which has the packets
 * (views/panes/layers.h).
 */
static uint64_t
number_again(const struct network_rerun *r, uint64_t seq)
{
	uint64_t n = trace_count(r->trace);

	for (uint64_t i = 1; i <= n; i++)
		if (r->numbers[i] == seq)
			return i;
	return 0;
}

/* Into TEXT; of T's run made again where T has no packets itself. */
static int
show_command_put_layers(struct cli *c, const struct trace *t,
    const struct trace_rec *send, struct doc *text, struct diag *d)
{
	size_t width = c->width != 0 ? c->width : WIDTH_USUAL;
	struct network_rerun again = { .trace = NULL };
	struct diag why = DIAG_INIT;
	int err = network_rerun(&again, t, c->file, &why);

	if (err != 0)
		return diag_fail(d, err);
	if (why.err != 0)
		cli_remark(c,
		    _("the run of this trace can't be repeated (%s); its "
		      "packets are constructed from the messages"),
		    why.text);
	if (again.trace == NULL)
		err = layers_of(t, send, t, send->seq, width, text, d);
	else
		err = layers_of(t, send, again.trace,
		    number_again(&again, send->seq), width, text, d);
	network_rerun_free(&again);
	return err;
}

/* The packets of the message that record SEQ of T is about, layer by layer,
 * into OUT (cli/show.c). */
static int
cli_show_layers(struct cli *c, const struct trace *t, uint64_t seq,
    struct buf *out, struct diag *d)
{
	struct trace_rec rec, send;
	struct doc text = DOC_INIT;
	int err;

	trace_get(t, seq, &rec);
	if (!record_message(t, &rec, &send))
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("record %llu belongs to no message, so it has no layers"),
		    (unsigned long long)seq);
	err = show_command_put_layers(c, t, &send, &text, d);
	if (err == 0)
		err = text.err;
	if (err == 0)
		return cli_put_doc(c, &text, out);
	doc_free(&text);
	return err;
}

static const struct cli_option show_options[] = {
	{ "ladder", 'l', NULL, N_("prints the ladder"), cli_set_ladder },
	{ "calls", 0, NULL, N_("prints a line for each call"), cli_set_calls },
	{ "sort", 0, "COLUMN",
	    N_("sorts calls by COLUMN, -COLUMN in reverse: time, method, from, "
	       "to, state, delay, talk, messages, again, nodes, result, "
	       "call-id"),
	    cli_set_sort },
	{ "messages", 'm', NULL, N_("prints messages with their whole text"),
	    cli_set_messages },
	{ "layers", 0, NULL,
	    N_("prints the packets of the message RECORD, layer by layer"),
	    cli_set_layers },
	{ "follow", 0, NULL,
	    N_("prints the records of a growing capture as they arrive"),
	    cli_set_follow },
	{ "at", 0, "TIME", N_("prints the state of every node at that time"),
	    cli_set_at },
	{ "call", 0, "ID",
	    N_("prints only the call with this Call-ID; may be repeated"),
	    cli_add_call },
	{ "node", 0, "NAME,…", N_("takes only these nodes"), cli_add_node },
	{ "from", 0, "TIME", N_("begins at that time"), cli_set_from },
	{ "to", 0, "TIME", N_("ends at that time"), cli_set_to },
	{ "fold", 0, NULL,
	    N_("draws a message and its retransmissions as one "
	       "arrow"),
	    cli_set_fold },
	{ "mark", 0, "WHAT",
	    N_("adds brackets: transaction, dialog or phase; may be repeated"),
	    cli_add_mark },
	CLI_JSON_OPTION,
	{ 0 },
};

static int
show_command_put_record(struct cli *c, const struct trace *t, const char *word,
    struct buf *out, struct diag *d)
{
	struct records_options o = {
		.width = c->width, .theme = cli_theme(c), .json = c->json
	};
	uint64_t seq;
	int err = trace_record_name_find(t, str_of(word), &seq, d);

	if (err == 0)
		cli_tell_number(c, t, word);
	if (err == 0 && c->layers)
		return cli_show_layers(c, t, seq, out, d);
	return err != 0 ? err : records_write_one(t, seq, &o, out);
}

static void
say_trace_end(const struct cli *c, const struct trace *t)
{
	uint64_t last = trace_count(t);
	char end[TIME_ROOM];

	if (last > 0 && c->at_ns > trace_time_of(t, last))
		cli_remark(c,
		    _("the trace ends at %s s; the states shown are those at "
		      "its end"),
		    time_text(trace_time_of(t, last), end));
}

/* Of all nodes, or of each that was asked for. */
static int
show_states(
    struct cli *c, const struct trace *t, struct buf *out, struct diag *d)
{
	uint64_t seq = trace_at_time(t, c->at_ns);
	struct doc text = DOC_INIT;
	size_t i = 0;
	int err;

	say_trace_end(c, t);
	do {
		err = state_doc(t, seq, c->at_ns,
		    c->nnodes > 0 ? c->nodes[i] : NULL, c->width, &text, d);
	} while (err == 0 && ++i < c->nnodes);
	if (err == 0)
		return cli_put_doc(c, &text, out);
	doc_free(&text);
	return err;
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

/* *STATUS: CLI_FAILED where no record is like that. */
static int
show_table(struct cli *c, const struct trace *t, int argc, char **argv,
    struct buf *out, int *status, struct diag *d)
{
	struct records_options o = { .width = c->width,
		.theme = cli_theme(c),
		.messages = c->messages,
		.json = c->json };
	struct related_calls *related = NULL;
	LOCAL_BUF text = BUF_INIT;
	struct record_filter f;
	size_t shown;
	int err = cli_check_calls(c, t, d);

	if (err == 0)
		err = cli_check_from(c, t, d);
	write_filter(c, argc, argv, &text);
	if (err == 0)
		err = record_filter_parse(&f, buf_cstr(&text), t, d);
	if (err == 0)
		err = record_filter_serve(&f, t, &related);
	if (err == 0) {
		if (c->from_ns > f.from_ns)
			f.from_ns = c->from_ns;
		if (c->to_ns < f.to_ns)
			f.to_ns = c->to_ns;
		err = records_write(t, &f, &o, &shown, out);
		if (err == 0 && shown == 0)
			*status = CLI_FAILED;
		if (err == 0 && shown == 0)
			cli_say_nothing(c, &f, buf_cstr(&text));
	}
	related_calls_destroy(related);
	return diag_fail(d, err);
}

/* *STATUS as above, where WORDS leave no record for the ladder. */
static int
check_words(struct cli *c, const struct trace *t, const char *words,
    int *status, struct diag *d)
{
	struct related_calls *related = NULL;
	LOCAL_BUF scratch = BUF_INIT;
	struct record_filter f;
	struct trace_rec rec;
	uint64_t seq = 1, n = trace_count(t);
	int err = record_filter_parse(&f, words, t, d);

	if (err == 0)
		err = record_filter_serve(&f, t, &related);
	if (err != 0)
		return err;
	for (; seq <= n; seq++) {
		trace_get(t, seq, &rec);
		if (record_filter_match(&f, t, &rec, &scratch))
			break;
	}
	err = scratch.err;
	related_calls_destroy(related);
	if (err == 0 && seq > n) {
		*status = CLI_FAILED;
		cli_say_nothing(c, &f, words);
	}
	return err;
}

/* The view shown, by its name in cli/option_checks.c. */
static const char *
show_command_place_of(const struct cli *c, int argc, char **argv)
{
	if (c->list_calls)
		return "calls";
	if (c->at_ns >= 0)
		return "state";
	if (c->ladder)
		return "ladder";
	return argc == 2 && trace_record_name_is(str_of(argv[1])) ? "record"
								  : "table";
}

/* At most one of the options that choose the view. */
static int
check_shown(const struct cli *c, struct diag *d)
{
	static const char *const shown[] = { "ladder", "calls", "at" };
	const char *first = NULL;

	for (size_t i = 0; i < COUNT_OF(shown); i++) {
		if (!cli_given(c, shown[i]))
			continue;
		if (first != NULL)
			return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
			    _("--%s and --%s each show something different; "
			      "give one of them"),
			    first, shown[i]);
		first = shown[i];
	}
	return 0;
}

/* "5-10", "5..10" */
static bool
show_command_is_range(struct str word)
{
	size_t i = 0;
	uint64_t n;

	while (i < word.n && chr_is_digit(word.p[i]))
		i++;
	if (i == 0 || i == word.n || strchr("-.", word.p[i]) == NULL)
		return false;
	i += str_starts(str_slice(word, i, word.n), "..") ? 2 : 1;
	return word.p[i - 1] != '.' || word.p[i - 2] == '.'
		   ? str_u64(str_slice(word, i, word.n), &n) == 0
		   : false;
}

/* Whether all that was asked for can be, before anything is run. */
static int
check_show_words(
    struct cli *c, const char *place, int argc, char **argv, struct diag *d)
{
	if (argc < 1) {
		cli_refuse_files(c, argc, argv,
		    _("show needs a FILE: a trace, lab, script or topology"),
		    d);
		return d->err;
	}
	if (argc == 2 && cli_refuse_order(c, argv, d) != 0)
		return d->err;
	if (argc == 2 && strchr(argv[0], '=') != NULL &&
	    access(argv[0], F_OK) != 0 && access(argv[1], F_OK) == 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("write the FILE first: rung %s %s %s"), c->command->name,
		    argv[1], argv[0]);
	for (int i = 1; i < argc; i++)
		if (strpbrk(argv[i], "./") != NULL &&
		    access(argv[i], F_OK) == 0)
			return diag_set(d, ERR_SYNTAX, argv[i], 0,
			    _("is a second file; show takes one FILE and a "
			      "filter; rung diff compares two files"));
	if (argc > 1 && show_command_is_range(str_of(argv[1])))
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("rung show prints one record at a time; for several "
		      "records give times: --from=1s --to=2s"));
	if (argc > 2 && trace_record_name_is(str_of(argv[1])) &&
	    trace_record_name_is(str_of(argv[2])))
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("rung show prints one record at a time: rung show FILE "
		      "%s"),
		    argv[1]);
	c->of_capture = cli_is_capture(argv[0]) && !c->list_calls;
	if (check_shown(c, d) != 0 || cli_check_place(c, place, d) != 0)
		return d->err;
	if (argc > 1 &&
	    (c->at_ns >= 0 ||
		(c->list_calls && trace_record_name_is(str_of(argv[1]))) ||
		(c->ladder && trace_record_name_is(str_of(argv[1])))))
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("“%s” has no effect here: no record is printed"),
		    argv[1]);
	if (c->follow && strcmp(argv[0], "-") != 0 && trace_is_file(argv[0]))
		return diag_set(d, ERR_UNSUPPORTED, argv[0], 0,
		    _("is a trace; --follow is for captures"));
	if (c->follow && c->ncalls > 0)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("--follow reads all calls; write call=ID after the file "
		      "to see one of them"));
	return c->follow ? 0 : cli_check_run(c, argv[0], d);
}

static int
show_place(struct cli *c, const struct trace *t, int argc, char **argv,
    const char *place, struct buf *out, int *status, struct diag *d)
{
	LOCAL_BUF words = BUF_INIT;
	int err;

	if (strcmp(place, "state") == 0)
		return show_states(c, t, out, d);
	if (strcmp(place, "record") == 0)
		return show_command_put_record(c, t, argv[1], out, d);
	if (strcmp(place, "table") == 0)
		return show_table(c, t, argc - 1, argv + 1, out, status, d);
	for (int i = 1; i < argc; i++)
		buf_printf(&words, "%s%s", i > 1 ? " " : "", argv[i]);
	if (argc > 1)
		c->filter = buf_cstr(&words);
	err = words.err;
	if (err == 0 && argc > 1)
		err = check_words(c, t, c->filter, status, d);
	if (err == 0)
		err = cli_ladder(c, t, out, d);
	c->filter = NULL;
	return err;
}

static int
show_command_run(struct cli *c, int argc, char **argv, struct diag *d)
{
	const char *place = show_command_place_of(c, argc, argv);
	LOCAL_BUF out = BUF_INIT, words = BUF_INIT;
	LOCAL_TRACE struct trace *t = NULL;
	int status = CLI_OK, err = check_show_words(c, place, argc, argv, d);

	if (err == 0)
		write_filter(c, argc - 1, argv + 1, &words);
	if (words.n > 0 && strcmp(place, "record") != 0)
		c->sift = buf_cstr(&words);
	if (err == 0)
		err = words.err;
	if (err == 0 && c->follow)
		err = cli_follow(c, argv[0], buf_cstr(&words), d);
	else if (err == 0 && c->list_calls)
		err = cli_show_calls(c, argv[0], &out, &status, d);
	else if (err == 0)
		err = cli_load(c, argv[0], &t, d);
	if (err == 0 && !c->list_calls && !c->follow)
		err = show_place(c, t, argc, argv, place, &out, &status, d);
	if (err == 0)
		cli_print(c, &out, d);
	else
		diag_fail(d, err);
	c->sift = NULL;
	return c->none_like_that ? CLI_FAILED : err == 0 ? status : CLI_USAGE;
}

static const struct cli_example show_examples[] = {
	{ "rung show two-proxies method=INVITE",
	    N_("every INVITE, with its record's number") },
	{ "rung show --calls big.pcap method=BYE --sort=-talk",
	    N_("calls with a BYE, the longest first") },
	{ "rung show two-proxies 55", N_("one record with all its details") },
	{ "rung show two-proxies 55 -f json",
	    N_("the same as JSON, for other programs") },
	{ "rung show two-proxies INVITE@atl --layers",
	    N_("the same message as packets, byte by byte") },
	{ "rung show -l two-proxies --from=1s --to=2s",
	    N_("a part of the ladder") },
	{ "rung show two-proxies --at 2s --node=atl",
	    N_("the transactions and dialogs of a node at that time") },
	{ NULL, NULL },
};

const struct cli_command cli_show = {
	.name = "show",
	.usage = "FILE [RECORD | KEY=VALUE …]",
	.text = N_("prints records, messages, the ladder, or the state"),
	.purpose = N_("Prints what a trace contains: its records, one record, "
		      "its messages, its ladder, its calls, or the state of "
		      "all nodes at one time."),
	.about =
	    N_("Without options it prints the records of the trace as a table. "
	       "With RECORD (its number, or message and sender: INVITE@atl, "
	       "180@bob#2) it prints one record; with a filter, the records "
	       "that match all its words: node=atl,bil method=INVITE "
	       "status=2xx kind=timer call=… src=… dst=… rule=… from=0.5s. "
	       "With --calls the words choose the calls that have such a "
	       "message, and state=busy,failed those in such a state; below "
	       "the list it explains why calls failed."),
	.examples = show_examples,
	.options = show_options,
	.runs = true,
	.lasts = true,
	.fn = show_command_run,
};
