/* What options ask for, and whether that can be; see cli/choice.h. */
#include "cli/choice.h"

#include "base/err.h"
#include "cli/captured.h"
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
			    _("no message of this trace has the Call-ID “%s”"),
			    c->calls[i]);
	buf_free(&scratch);
	return err;
}

int
cli_check_from(const struct cli *c, const struct trace *t, struct diag *d)
{
	uint64_t n = trace_count(t);
	int64_t end = n > 0 ? trace_time_of(t, n) : 0;
	struct buf time = BUF_INIT;

	if (c->from_ns <= end)
		return 0;
	time_put(&time, end);
	diag_set(d, ERR_RANGE, NULL, 0,
	    _("--from comes after the end of the trace, which is at %s s"),
	    buf_cstr(&time));
	buf_free(&time);
	return ERR_RANGE;
}

int
cli_check_shown(
    const struct cli *c, const struct trace *t, size_t shown, struct diag *d)
{
	static const char *const choosing[] = { "from", "to", "call", "node",
		"nodes", "filter" };
	struct buf list = BUF_INIT;
	int err = 0;

	if (shown > 0)
		return 0;
	if (cli_check_from(c, t, d) != 0)
		return d->err;
	for (size_t i = 0; i < sizeof(choosing) / sizeof(choosing[0]); i++)
		if (cli_given(c, choosing[i]))
			buf_printf(&list, "%s--%s", list.n > 0 ? ", " : "",
			    choosing[i]);
	if (list.n > 0)
		/* TRANSLATORS: options, "--from, --to" */
		err = diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("nothing in this trace is as %s asks"), buf_cstr(&list));
	buf_free(&list);
	return err;
}

int
cli_check_run(const struct cli *c, const char *file, struct diag *d)
{
	static const char *const running[] = { "seed", "until", "set", "act" };

	for (size_t i = 0; i < sizeof(running) / sizeof(running[0]); i++)
		if (cli_given(c, running[i]) &&
		    (cli_is_capture(file) || trace_is_file(file)))
			return diag_set(d, ERR_UNSUPPORTED, file, 0,
			    _("is not run here, so --%s does nothing; "
			      "rung run makes another trace of it"),
			    running[i]);
	return 0;
}

/* ---- where an option does something ---- */

#define PICTURES "svg png pdf"
#define SCRIPTS  "txt md mmd puml gv " PICTURES " html json"

/* What stands not here does something everywhere. */
static const struct {
	const char *option, *places;
} places[] = {
	{ "machine", "machines" },
	{ "time", "gv " PICTURES " html" },
	{ "number", SCRIPTS },
	{ "messages", "txt md gv " PICTURES " html" },
	{ "notes", SCRIPTS },
	{ "mark", "gv " PICTURES },
	{ "timers", SCRIPTS },
	{ "states", "gv " PICTURES " html json" },
	{ "fold", SCRIPTS },
	{ "no-notes", SCRIPTS },
	{ "call", SCRIPTS " pcapng" },
	{ "node", SCRIPTS " pcapng machines" },
	{ "nodes", SCRIPTS " pcapng machines" },
	{ "from", SCRIPTS " pcapng machines" },
	{ "to", SCRIPTS " pcapng machines" },
	{ "filter", SCRIPTS " machines" },
	{ "size", PICTURES },
	{ "paper", PICTURES },
	{ "page", PICTURES },
	{ "dpi", "png" },
	{ "epoch", "pcapng" },
};

static bool
is_in(const char *list, const char *word)
{
	struct str rest = str_of(list);

	while (rest.n > 0)
		if (str_is(str_cut(rest, ' ', &rest), word))
			return true;
	return false;
}

int
cli_check_place(const struct cli *c, const char *place, struct diag *d)
{
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		const char *option = places[i].option;

		/* --time=order is how it is anyway. */
		if (!cli_given(c, option) || is_in(places[i].places, place) ||
		    (strcmp(option, "time") == 0 && !c->true_time))
			continue;
		/* TRANSLATORS: an option, a format or figure, and those in
		 * which it does something */
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("--%s does nothing in %s; it is for: %s"), option, place,
		    places[i].places);
	}
	if (!c->notes && (c->timers || c->states || c->nremarks > 0))
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("--no-notes leaves out what --timers, --states and "
		      "--notes draw"));
	return 0;
}
