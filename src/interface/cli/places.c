/*
 * Where an option does something.  One that does nothing is refused: who gave
 * it would take what comes out for an answer.
 */
#include "base/err.h"
#include "cli/choice.h"

#include <string.h>

#define PICTURES "svg png pdf"
#define SCRIPTS  "txt md mmd puml gv " PICTURES " html json"

/* Options not listed here do something everywhere. */
static const struct {
	const char *command, *option, *places;
} rows[] = {
	{ "run", "fold", "ladder" },
	{ "run", "mark", "ladder" },
	{ "run", "width", "ladder" },
	{ "run", "color", "ladder" },
	{ "run", "theme", "ladder" },
	{ "run", "ascii", "ladder" },

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
	{ "export", "time", "gv " PICTURES " html" },
	{ "export", "number", SCRIPTS },
	{ "export", "messages", "txt md gv " PICTURES " html" },
	{ "export", "notes", SCRIPTS },
	{ "export", "mark", "txt md gv " PICTURES },
	{ "export", "timers", SCRIPTS },
	{ "export", "states", "gv " PICTURES " html json" },
	{ "export", "fold", SCRIPTS },
	{ "export", "no-notes", SCRIPTS },
	{ "export", "call", SCRIPTS " pcapng" },
	{ "export", "node", SCRIPTS " pcapng machines" },
	{ "export", "nodes", SCRIPTS " pcapng machines" },
	{ "export", "from", SCRIPTS " pcapng wav machines" },
	{ "export", "to", SCRIPTS " pcapng wav machines" },
	{ "export", "filter", SCRIPTS " machines" },
	{ "export", "title", SCRIPTS " pcapng topology map machines media" },
	{ "export", "size", PICTURES },
	{ "export", "paper", PICTURES },
	{ "export", "page", PICTURES },
	{ "export", "dpi", "png" },
	{ "export", "epoch", "pcapng" },
	{ "export", "link", "html" },
	{ "export", "hear", "wav html" },
	{ "export", "say", "wav html" },
	{ "export", "width", "txt md" },
	{ "export", "ascii", "txt md" },
	{ "export", "color", "" },
	{ "export", "theme", "" },

	{ "diff", "brief", "txt" },
	{ "diff", "times", "txt gv " PICTURES },
	{ "diff", "all", "txt gv " PICTURES },
	{ "diff", "title", "gv " PICTURES },
	{ "diff", "width", "txt" },
	{ "diff", "color", "txt" },
	{ "diff", "theme", "txt" },
	{ "diff", "ascii", "txt" },

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
	{ "resume", "width", "" },
	{ "resume", "color", "" },
	{ "resume", "list", "list" },
	{ "import", "width", "" },
	{ "import", "color", "" },
	{ "import", "theme", "" },
	{ "import", "ascii", "" },
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
	return (strcmp(option, "time") == 0 && !c->true_time) ||
	       (strcmp(option, "color") == 0 && !c->colour) ||
	       /* Of a capture nothing but that call is read. */
	       (strcmp(option, "call") == 0 && c->of_capture);
}

/* Figures beside the ladder, behind whose formats they stand. */
static const char *const figures[] = { "topology", "map", "machines", "media" };

static bool
is_figure(const char *place)
{
	for (size_t i = 0; i < sizeof(figures) / sizeof(figures[0]); i++)
		if (strcmp(place, figures[i]) == 0)
			return true;
	return false;
}

/* Places but formats and figures, in words. */
static const struct {
	const char *place, *in, *of;
} words[] = {
	{ "no ladder", N_("where no ladder is printed"), "" },
	{ "ladder", N_("in a ladder"), N_("ladders") },
	{ "table", N_("in a table of records"), N_("tables of records") },
	{ "record", N_("beside a single record"), N_("single records") },
	{ "state", N_("in the state at a time"), N_("the state at a time") },
	{ "calls", N_("in a list of calls"), N_("lists of calls") },
	{ "screen", N_("on the screen"), N_("the screen") },
	{ "sound", N_("in sound"), N_("sound") },
	{ "work", N_("without --class"), "" },
	{ "class", "", N_("classes") },
	{ "page", "", N_("pages that people read") },
	{ "program", N_("in what other programs read"), "" },
};

/* "ladders and tables of records" of "table ladder". */
static void
put_place_words(const char *places, struct buf *out)
{
	size_t left = 0;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		left += str_has_word(str_of(places), str_of(words[i].place));
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!str_has_word(str_of(places), str_of(words[i].place)))
			continue;
		buf_puts(out, _(words[i].of));
		if (--left > 0)
			buf_puts(out, left > 1 ? _(", ") : _(" and "));
	}
}

/* As refuse, where PLACE is none of formats and figures; 0: it is. */
static int
refuse_in_words(
    const char *option, const char *place, const char *places, struct diag *d)
{
	struct buf of = BUF_INIT;
	int err = 0;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(words[i].place, place) != 0)
			continue;
		put_place_words(places, &of);
		err = diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    /* TRANSLATORS: an option, "in a list of calls", "ladders
		     * and tables of records" */
		    _("--%s does nothing %s; it is for %s"), option,
		    _(words[i].in), buf_cstr(&of));
	}
	buf_free(&of);
	return err;
}

/* Where OPTION does something, PLACE being where it does nothing. */
static int
refuse_place(
    const char *option, const char *place, const char *places, struct diag *d)
{
	const char *machines = strstr(places, " machines");
	int n = (int)(machines != NULL ? (size_t)(machines - places)
				       : strlen(places));

	if (refuse_in_words(option, place, places, d) != 0)
		return d->err;
	if (is_figure(place) && is_figure(places))
		/* TRANSLATORS: an option, topology or machines, the other */
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("--%s does nothing in the figure %s; it is for the "
		      "figure "
		      "%s"),
		    option, place, places);
	if (!is_figure(place))
		/* TRANSLATORS: an option, a format, and those in which it does
		 * something */
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("--%s does nothing in %s; it is for: %s"), option, place,
		    places);
	if (machines == NULL)
		/* TRANSLATORS: an option, topology or machines, formats */
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("--%s does nothing in the figure %s; it is for ladders, "
		      "as: %.*s"),
		    option, place, n, places);
	return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
	    _("--%s does nothing in the figure %s; it is for machines, and "
	      "for ladders as: %.*s"),
	    option, place, n, places);
}

int
cli_check_json(const struct cli *c, struct diag *d)
{
	for (size_t i = 0; c->json && i < sizeof(looks) / sizeof(*looks); i++)
		if (cli_given(c, looks[i]) && !says_the_usual(c, looks[i]))
			return refuse_place(looks[i], "json", "txt", d);
	return 0;
}

int
cli_check_place(const struct cli *c, const char *place, struct diag *d)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *option = rows[i].option;

		if (strcmp(rows[i].command, c->command->name) != 0 ||
		    !cli_given(c, option) ||
		    str_has_word(str_of(rows[i].places), str_of(place)) ||
		    says_the_usual(c, option))
			continue;
		if (rows[i].places[0] == '\0')
			return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
			    _("--%s does nothing in rung %s"), option,
			    c->command->name);
		return refuse_place(option, place, rows[i].places, d);
	}
	if (!c->notes && (c->timers || c->states || c->nremarks > 0))
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("--no-notes leaves out what --timers, --states and "
		      "--notes draw"));
	return 0;
}
