/* What options ask for, and whether that can be; see cli/choice.h. */
#include "cli/choice.h"

#include "base/err.h"
#include "cli/captured.h"
#include "words/record_filter.h"
#include "words/time_words.h"

#include <string.h>

int
cli_check_times(const struct cli *c, struct diag *d)
{
	if (c->from_ns <= c->to_ns)
		return 0;
	return diag_set(d, ERR_RANGE, NULL, 0,
	    _("--from comes after --to: there is nothing in between"));
}

/* ---- what a trace has ---- */

static bool
has_call(const struct trace *t, const char *call, struct buf *scratch)
{
	struct trace_rec rec;
	struct trace_send s;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		if (trace_kind_of(t, seq) != TRACE_SEND)
			continue;
		trace_get(t, seq, &rec);
		if (trace_get_send(&rec, &s, scratch) == 0 &&
		    str_starts(s.call_id, call))
			return true;
	}
	return false;
}

int
cli_check_calls(const struct cli *c, const struct trace *t, struct diag *d)
{
	struct buf scratch = BUF_INIT;
	int err = 0;

	for (size_t i = 0; err == 0 && i < c->ncalls; i++)
		if (!has_call(t, c->calls[i], &scratch))
			err = diag_set(d, ERR_NOTFOUND, NULL, 0,
			    _("no message of this trace has the Call-ID “%s”; "
			      "rung show --calls FILE lists them"),
			    c->calls[i]);
	buf_free(&scratch);
	return err;
}

int
cli_check_from(const struct cli *c, const struct trace *t, struct diag *d)
{
	uint64_t n = trace_count(t);
	int64_t end = n > 0 ? trace_time_of(t, n) : 0;
	char time[TIME_ROOM];

	if (c->from_ns <= end)
		return 0;
	return diag_set(d, ERR_RANGE, NULL, 0,
	    _("--from comes after the end of the trace, which is at %s s"),
	    time_text(end, time));
}

int
cli_check_shown(
    const struct cli *c, const struct trace *t, size_t shown, struct diag *d)
{
	static const char *const choosing[] = { "from", "to", "call", "node",
		"nodes", "filter" };
	struct buf list = BUF_INIT;
	struct record_filter f;
	struct str word = STR_NULL;
	int err = 0;

	if (shown > 0)
		return 0;
	if (cli_check_from(c, t, d) != 0)
		return d->err;
	for (size_t i = 0; i < sizeof(choosing) / sizeof(choosing[0]); i++)
		if (cli_given(c, choosing[i]))
			buf_printf(&list, "%s--%s", list.n > 0 ? ", " : "",
			    choosing[i]);
	if (cli_given(c, "filter") &&
	    record_filter_parse(&f, c->filter, NULL, NULL) == 0)
		record_filter_doubt(&f, &word);
	if (word.n > 0)
		err = diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("nothing in this trace is as --filter asks: there is no "
		      "method “%.*s”"),
		    STR_ARG(word));
	else if (list.n > 0)
		/* TRANSLATORS: options, "--from, --to" */
		err = diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("nothing in this trace is as %s asks"), buf_cstr(&list));
	buf_free(&list);
	return err;
}

/* What only a run obeys, what a run and a capture, what a capture alone. */
static const struct {
	const char *option;
	bool run, capture;
} of_inputs[] = {
	{ "seed", true, false },
	{ "student", true, false },
	{ "until", true, false },
	{ "arrivals", true, false },
	{ "processes", true, false },
	{ "set", true, false },
	{ "act", true, false },
	{ "detail", true, true },
	{ "alias", false, true },
	{ "aliases", false, true },
	{ "clock-offset", false, true },
};

int
cli_check_inputs(const struct cli *c, const char *file, bool run, bool capture,
    struct diag *d)
{
	for (size_t i = 0; i < sizeof(of_inputs) / sizeof(of_inputs[0]); i++) {
		const char *option = of_inputs[i].option;

		if (!cli_given(c, option) || (run && of_inputs[i].run) ||
		    (capture && of_inputs[i].capture))
			continue;
		if (of_inputs[i].run && capture)
			return diag_set(d, ERR_UNSUPPORTED, file, 0,
			    _("is a capture and can't be run, so --%s does "
			      "nothing"),
			    option);
		if (of_inputs[i].run)
			return diag_set(d, ERR_UNSUPPORTED, file, 0,
			    _("is not run here, so --%s does nothing; "
			      "rung run makes another trace of it"),
			    option);
		return diag_set(d, ERR_UNSUPPORTED, file, 0,
		    _("is no capture, so --%s does nothing"), option);
	}
	return 0;
}

int
cli_check_run(const struct cli *c, const char *file, struct diag *d)
{
	bool capture = cli_is_capture(file);

	return cli_check_inputs(
	    c, file, !capture && !trace_is_file(file), capture, d);
}
