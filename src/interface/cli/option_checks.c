/*
 * Checks of options: with which commands and formats each does something.  An
 * option that does nothing is rejected, since its user would take the output
 * for an answer.
 */
#include "cli/option_checks.h"

#include "base/err.h"
#include "base/rows.h"
#include "cli/capture_input.h"
#include "ladder/ladder_file.h"
#include "words/record_filter.h"
#include "words/time_words.h"

#include <string.h>

/* Options not listed here do something everywhere.  A place that begins with
 * "@" is each format of the ladder of that kind (ladder/ladder_file.h). */
static const struct {
	const char *command, *option, *places;
} rows[] = {
	{ "run", "fold", "ladder" },
	{ "run", "mark", "ladder" },
	{ "run", "width", "ladder" },
	{ "run", "color", "ladder" },
	{ "run", "theme", "ladder" },
	{ "run", "ascii", "ladder" },

	{ "play", "look", "" },
	{ "sweep", "look", "" },
	{ "sweep", "width", "" },
	{ "sweep", "color", "" },
	{ "sweep", "theme", "" },

	{ "show", "messages", "table" },
	{ "show", "layers", "record" },
	{ "show", "follow", "table" },
	{ "show", "call", "table ladder" },
	{ "show", "node", "table ladder state" },
	{ "show", "from", "table ladder" },
	{ "show", "to", "table ladder" },
	{ "show", "fold", "ladder" },
	{ "show", "mark", "ladder" },
	{ "show", "sort", "calls" },
	{ "show", "width", "table record ladder state calls" },
	{ "show", "color", "table record ladder state" },
	{ "show", "theme", "table record ladder state" },

	{ "export", "machine", "machines" },
	{ "export", "with=axis", "@figure html" },
	{ "export", "with=numbers", "@ html" },
	{ "export", "with=pinned", "gv" },
	{ "export", "messages", "@text @figure html" },
	{ "export", "notes", "@ html" },
	{ "export", "mark", "@text @figure" },
	{ "export", "with=timers", "@ html" },
	{ "export", "with=states", "@figure html json" },
	{ "export", "fold", "@ html" },
	{ "export", "call", "@ html pcapng trace" },
	{ "export", "node", "@ html pcapng machines" },
	{ "export", "from", "@ html pcapng wav machines" },
	{ "export", "to", "@ html pcapng wav machines" },
	{ "export", "filter", "@ html machines" },
	{ "export", "title", "@ html pcapng topology map machines media" },
	{ "export", GIVEN_WIDTH, "@picture" },
	{ "export", GIVEN_PAPER, "@picture" },
	{ "export", GIVEN_DPI, "png" },
	{ "export", "page", "@picture" },
	{ "export", "epoch", "pcapng" },
	{ "export", "link", "html" },
	{ "export", "hear", "wav html" },
	{ "export", "say", "wav html" },
	{ "export", "width", "@text" },
	{ "export", "ascii", "@text" },
	{ "export", "color", "" },
	{ "export", "theme", "" },

	{ "diff", "brief", "txt" },
	{ "diff", "with=times", "txt @figure" },
	{ "diff", "with=all", "txt @figure" },
	{ "diff", "title", "@figure" },
	{ "diff", "width", "txt" },
	{ "diff", "color", "txt" },
	{ "diff", "theme", "txt" },
	{ "diff", "ascii", "txt" },

	{ "inspect", "with=matrix", "txt" },
	{ "inspect", "width", "txt" },
	{ "inspect", "color", "txt" },
	{ "inspect", "theme", "txt" },
	{ "inspect", "ascii", "txt" },

	{ "check", "roster", "class" },
	{ "check", "deadline", "class" },

	{ "play", "exam", "screen" },
	{ "play", "present", "screen" },
	{ "play", "call", "screen" },
	{ "play", "from", "sound" },
	{ "play", "to", "sound" },
	{ "play", "width", "" },
	{ "play", "color", "" },
	{ "play", "list", "list" },
	{ "live", "wait", "lines" },
	{ "live", "rotate", "lines" },
	{ "live", "page", "lines" },
	{ "live", "quiet", "lines" },
	{ "labs", "color", "" },
	{ "labs", "theme", "" },
	{ "help", "width", "page" },
	{ "help", "ascii", "page" },
	{ "help", "color", "" },
	{ "help", "theme", "" },
};

/* As JSON looks count for nothing; there are no lines to be wide. */
static const char *const looks[] = { "width", "color", "theme", "ascii", "mark",
	"follow", "teacher" };

/* It says only how things are anyway. */
static bool
says_the_usual(const struct cli *c, const char *option)
{
	return (strcmp(option, "color") == 0 && !c->colour) ||
	       /* Of a capture nothing but that call is read. */
	       (strcmp(option, "call") == 0 && c->of_capture);
}

/* Figures beside the ladder, behind whose formats they stand. */
static const char *const figures[] = { "topology", "map", "machines", "media" };

static bool
is_figure(const char *place)
{
	return ROWS_HAS(str_of(place), figures);
}

/* Places but formats and figures, in words. */
static const struct {
	const char *place, *in, *of;
} words[] = {
	{ "no ladder", N_("if no ladder is printed"), "" },
	{ "ladder", N_("in a ladder"), N_("ladders") },
	{ "table", N_("in a table of records"), N_("tables of records") },
	{ "record", N_("next to a single record"), N_("single records") },
	{ "state", N_("in the state at one time"),
	    N_("the state at one time") },
	{ "calls", N_("in a list of calls"), N_("lists of calls") },
	{ "screen", N_("on the screen"), N_("the screen") },
	{ "lines", N_("without --play"), N_("live without --play") },
	{ "sound", N_("in sound"), N_("sound") },
	{ "work", N_("without --class"), "" },
	{ "class", "", N_("classes") },
	{ "page", "", N_("pages for people") },
	{ "program", N_("in output for other programs"), "" },
};

static size_t
find_place_words(struct str place)
{
	size_t i = 0;

	while (i < COUNT_OF(words) && !str_is(place, words[i].place))
		i++;
	return i;
}

/* Where OPTION does something, PLACE being where it does nothing. */
static int
refuse_place(
    const char *option, const char *place, const char *places, struct diag *d)
{
	size_t in = find_place_words(str_of(place));
	LOCAL_BUF where = BUF_INIT, of = BUF_INIT;
	struct str rest = str_of(places);
	bool formats = !is_figure(place);

	if (in < COUNT_OF(words))
		buf_puts(&where, _(words[in].in));
	else
		buf_printf(&where, formats ? _("in %s") : _("in the figure %s"),
		    place);
	while (rest.n > 0) {
		struct str one = str_cut(rest, ' ', &rest);
		size_t i = find_place_words(one);

		buf_puts(&of, of.n > 0 ? _(", ") : "");
		if (i == COUNT_OF(words) && !formats &&
		    !ROWS_HAS(one, figures)) {
			buf_puts(&of, _("ladders as "));
			formats = true;
		}
		if (i < COUNT_OF(words))
			buf_puts(&of, _(words[i].of));
		else
			buf_str(&of, one);
	}
	/* TRANSLATORS: an option, "in a list of calls", "ladders, tables of
	 * records" */
	return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
	    _("--%s has no effect %s; it is for %s"), option, buf_cstr(&where),
	    buf_cstr(&of));
}

int
cli_check_json(const struct cli *c, struct diag *d)
{
	for (size_t i = 0; c->json && i < COUNT_OF(looks); i++)
		if (cli_given(c, looks[i]) && !says_the_usual(c, looks[i]))
			return refuse_place(looks[i], "json", "txt", d);
	return 0;
}

/* The places of a row, with each format of a kind by its name. */
static void
put_places(const char *places, struct buf *out)
{
	struct str rest = str_of(places);

	while (rest.n > 0) {
		struct str place = str_cut(rest, ' ', &rest);

		if (out->n > 0)
			buf_putc(out, ' ');
		if (!str_starts(place, "@")) {
			buf_str(out, place);
			continue;
		}
		place = str_slice(place, 1, place.n);
		for (size_t i = 0; ladder_file_format(i) != NULL; i++)
			if (ladder_file_is(i, place))
				buf_printf(out, "%s ", ladder_file_format(i));
		buf_truncate(out, out->n > 0 ? out->n - 1 : 0);
	}
}

/* PLACE is none of those where row I of options does something. */
static int
check_row(const struct cli *c, size_t i, const char *place, struct diag *d)
{
	LOCAL_BUF places = BUF_INIT;

	put_places(rows[i].places, &places);
	if (places.err != 0)
		return diag_fail(d, places.err);
	if (str_has_word(buf_view(&places), str_of(place)))
		return 0;
	if (places.n == 0)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("--%s has no effect in rung %s"), rows[i].option,
		    c->command->name);
	return refuse_place(rows[i].option, place, buf_cstr(&places), d);
}

int
cli_check_idle(const struct cli *c, const char *option, struct diag *d)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < COUNT_OF(rows); i++)
		if (strcmp(rows[i].command, c->command->name) == 0 &&
		    strcmp(rows[i].option, option) == 0 &&
		    rows[i].places[0] == '\0')
			err = check_row(c, i, "", d);
	return err;
}

int
cli_check_place(const struct cli *c, const char *place, struct diag *d)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < COUNT_OF(rows); i++)
		if (strcmp(rows[i].command, c->command->name) == 0 &&
		    cli_given(c, rows[i].option) &&
		    !says_the_usual(c, rows[i].option))
			err = check_row(c, i, place, d);
	if (err != 0)
		return err;
	if (!c->notes && (c->timers || c->states))
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("--notes=none removes what --with=timers and "
		      "--with=states draw"));
	return 0;
}

/* ---- what options ask for, and whether that can be ---- */

int
cli_check_times(const struct cli *c, struct diag *d)
{
	if (c->from_ns <= c->to_ns)
		return 0;
	return diag_set(d, ERR_RANGE, NULL, 0,
	    _("--from is after --to: there is nothing in between"));
}

/* ---- what a trace has ---- */

static bool
has_call(const struct trace *t, const char *call, struct buf *scratch)
{
	struct trace_rec rec;
	struct trace_send s;

	for (uint64_t seq = 0; trace_next(t, TRACE_SEND, &seq, &rec);) {
		if (trace_get_send(&rec, &s, scratch) == 0 &&
		    str_starts(s.call_id, call))
			return true;
	}
	return false;
}

int
cli_check_calls(const struct cli *c, const struct trace *t, struct diag *d)
{
	LOCAL_BUF scratch = BUF_INIT;
	int err = 0;

	for (size_t i = 0; err == 0 && i < c->ncalls; i++)
		if (!has_call(t, c->calls[i], &scratch))
			err = diag_set(d, ERR_NOTFOUND, NULL, 0,
			    _("no message in this trace has the Call-ID “%s”; "
			      "rung show --calls FILE lists the Call-IDs"),
			    c->calls[i]);
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
	    _("--from is after the end of the trace, which is at %s s"),
	    time_text(end, time));
}

int
cli_check_shown(
    const struct cli *c, const struct trace *t, size_t shown, struct diag *d)
{
	static const char *const choosing[] = { "from", "to", "call", "node",
		"filter" };
	LOCAL_BUF list = BUF_INIT, meant = BUF_INIT;
	struct record_filter f;
	struct str word = STR_NULL;
	int err = 0;

	if (shown > 0)
		return 0;
	if (cli_check_from(c, t, d) != 0)
		return d->err;
	for (size_t i = 0; i < COUNT_OF(choosing); i++)
		if (cli_given(c, choosing[i]))
			buf_printf(&list, "%s--%s", list.n > 0 ? ", " : "",
			    choosing[i]);
	if (cli_given(c, "filter") &&
	    record_filter_parse(&f, c->filter, NULL, NULL) == 0)
		record_filter_doubt(&f, &word);
	if (word.n > 0)
		err = diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("nothing in this trace matches --filter: there is no "
		      "method “%.*s”"),
		    STR_ARG(word));
	else if (list.n > 0)
		/* TRANSLATORS: options, "--from, --to" */
		err = diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("nothing in this trace matches %s"), buf_cstr(&list));
	if (cli_given(c, "filter") && record_filter_meant(c->filter, &meant))
		err = diag_meant(d, ERR_NOTFOUND, buf_cstr(&meant));
	return err;
}

/* What only a run obeys, what a run and a capture, what a capture alone. */
static const struct {
	const char *option;
	bool run, capture;
} of_inputs[] = {
	{ "seed", true, false },
	{ "student", true, false },
	{ "look", true, false },
	{ "until", true, false },
	{ "arrivals", true, false },
	{ "processes", true, false },
	{ "set", true, false },
	{ "act", true, false },
	{ "detail", true, true },
	{ "alias", false, true },
	{ "clock-offset", false, true },
};

int
cli_check_inputs(const struct cli *c, const char *file, bool run, bool capture,
    struct diag *d)
{
	for (size_t i = 0; i < COUNT_OF(of_inputs); i++) {
		const char *option = of_inputs[i].option;

		if (!cli_given(c, option) || (run && of_inputs[i].run) ||
		    (capture && of_inputs[i].capture))
			continue;
		if (of_inputs[i].run && capture)
			return diag_set(d, ERR_UNSUPPORTED, file, 0,
			    _("is a capture and can't be run, so --%s has no "
			      "effect"),
			    option);
		if (of_inputs[i].run)
			return diag_set(d, ERR_UNSUPPORTED, file, 0,
			    _("is not run here, so --%s has no effect; rung "
			      "run makes another trace of it"),
			    option);
		return diag_set(d, ERR_UNSUPPORTED, file, 0,
		    _("is not a capture, so --%s has no effect"), option);
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
