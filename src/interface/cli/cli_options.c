/* What each option does to struct cli. */
#include "base/err.h"
#include "base/param.h"
#include "cli/cli.h"
#include "cli/export.h"
#include "inputs/share.h"
#include "ladder/ladder_marks.h"
#include "lesson/answer_spelling.h"
#include "machine/machine_osip.h"
#include "text/utf8.h"
#include "trace/record_name.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- what the options of figures do to struct cli: sizes in print ---- */

/* Points, 1/72 inch. */
static const struct {
	const char *name;
	double points;
} units[] = {
	{ "pt", 1 },
	{ "mm", 72 / 25.4 },
	{ "cm", 72 / 2.54 },
	{ "in", 72 },
};

#define SIZE_LEAST 36
#define SIZE_MOST  14400

/* Sizes of ISO 216 and ANSI, upright. */
static const struct {
	const char *name;
	double width, height;
} papers[] = {
	{ "a3", 841.89, 1190.55 },
	{ "a4", 595.28, 841.89 },
	{ "a5", 419.53, 595.28 },
	{ "letter", 612, 792 },
	{ "legal", 612, 1008 },
};

static bool
is_width(struct cli *c, struct str word)
{
	char *end;
	double n = strtod(word.p, &end);
	struct str unit = str_slice(word, (size_t)(end - word.p), word.n);

	for (size_t i = 0; i < COUNT_OF(units); i++)
		if (end != word.p && str_is(unit, units[i].name) &&
		    n * units[i].points >= SIZE_LEAST &&
		    n * units[i].points <= SIZE_MOST) {
			c->print_width = n * units[i].points;
			return true;
		}
	return false;
}

/* "a4", upright, or "a4-landscape"; "none". */
static bool
is_paper(struct cli *c, struct str word)
{
	struct str way, name = str_cut(word, '-', &way);
	bool across = str_is(way, "landscape");

	if (str_is(word, "none")) {
		c->one_page = true;
		c->paper_width = c->paper_height = 0;
		return true;
	}
	for (size_t i = 0; i < COUNT_OF(papers); i++) {
		if (!str_is(name, papers[i].name) ||
		    (!across && name.n < word.n))
			continue;
		c->one_page = false;
		c->paper_width = across ? papers[i].height : papers[i].width;
		c->paper_height = across ? papers[i].width : papers[i].height;
		return true;
	}
	return false;
}

/* Of a png: "300dpi". */
static bool
is_density(struct cli *c, struct str word)
{
	uint64_t n;

	if (!str_ends(word, "dpi") ||
	    str_u64(str_slice(word, 0, word.n - 3), &n) != 0 || n < 36 ||
	    n > 1200)
		return false;
	c->dpi = (double)n;
	return true;
}

static const struct {
	bool (*is)(struct cli *c, struct str word);
	const char *name;
} sizes[] = {
	{ is_width, GIVEN_WIDTH },
	{ is_paper, GIVEN_PAPER },
	{ is_density, GIVEN_DPI },
};

int
cli_set_size(struct cli *c, const char *value, struct diag *d)
{
	struct str rest = str_of(value);

	while (rest.n > 0) {
		struct str word = str_trim(str_cut(rest, ',', &rest));
		size_t i = 0;

		while (i < COUNT_OF(sizes) && !sizes[i].is(c, word))
			i++;
		if (i == COUNT_OF(sizes)) {
			diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("--size: “%.*s” is not a width from %dpt to %dpt "
			      "such as 120mm, 12cm or 5in, not a paper such as "
			      "a4 or a4-landscape, and not a density from "
			      "36dpi to 1200dpi"),
			    STR_ARG(word), SIZE_LEAST, SIZE_MOST);
			return diag_meant(d, ERR_SYNTAX,
			    param_nearest(word, &papers[0].name,
				COUNT_OF(papers), sizeof(papers[0])));
		}
		cli_note_given(c, sizes[i].name);
	}
	return 0;
}

int
cli_refuse_value(
    const char *option, const char *value, const char *list, struct diag *d)
{
	/* TRANSLATORS: an option, its value */
	diag_set(d, ERR_NOTFOUND, NULL, 0, _("--%s: “%s” is not known"), option,
	    value);
	return diag_near(d, ERR_NOTFOUND, str_of(value), list);
}

int
cli_read_number(const char *option, const char *value, uint64_t least,
    uint64_t most, uint64_t *n, struct diag *d)
{
	if (str_u64(str_of(value), n) == 0 && *n >= least && *n <= most)
		return 0;
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("--%s: “%s” is not a whole number from %llu to %llu"), option,
	    value, (unsigned long long)least, (unsigned long long)most);
}

int
cli_set_page(struct cli *c, const char *value, struct diag *d)
{
	uint64_t n;
	int err = cli_read_number("page", value, 1, 100000, &n, d);

	if (err == 0)
		c->page = (size_t)n;
	return err;
}

int
cli_add_mark(struct cli *c, const char *value, struct diag *d)
{
	for (unsigned k = 0; k < LADDER_MARK_COUNT; k++)
		if (strcmp(value, ladder_mark_word(k)) == 0) {
			c->marks |= 1u << k;
			return 0;
		}
	return cli_refuse_value("mark", value, "transaction, dialog, phase", d);
}

/* ---- stored unchanged: a value, or that the option was given ---- */

#define STORE(function, member)                                        \
	int function(struct cli *c, const char *value, struct diag *d) \
	{                                                              \
		(void)d;                                               \
		c->member = value;                                     \
		return 0;                                              \
	}

STORE(cli_set_address, address)
STORE(cli_set_arrivals, arrivals)
STORE(cli_set_class, class)
STORE(cli_set_filter, filter)
STORE(cli_set_format, format)
STORE(cli_set_lab, lab)
STORE(cli_set_output, output)
STORE(cli_set_certs, certs)
STORE(cli_set_protocol, protocol)
STORE(cli_set_roster, roster)
STORE(cli_set_session, session)
STORE(cli_set_title, title)
STORE(cli_set_what, what)

int
cli_set_outside(struct cli *c, const char *value, struct diag *d)
{
	if (c->outside != NULL)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("give all nodes in one --outside, with commas: "
		      "--outside=%s,%s"),
		    c->outside, value);
	c->outside = value;
	return 0;
}

int
cli_take_student(struct cli *c, const char *number, struct diag *d)
{
	LOCAL_BUF word = BUF_INIT;
	int err = spelling_student(str_of(number), &word, d);

	if (err == 0 && word.n >= sizeof(c->student_word))
		err = diag_set(d, ERR_LIMIT, NULL, 0,
		    _("a student's number has at most %d bytes"),
		    (int)sizeof(c->student_word) - 1);
	if (err == 0) {
		memcpy(c->student_word, buf_cstr(&word), word.n + 1);
		c->student = c->student_word;
	}
	return diag_fail(d, err);
}

/* It becomes a line of answers, a word of commands, a field of tables. */
int
cli_set_student(struct cli *c, const char *value, struct diag *d)
{
	LOCAL_BUF safe = BUF_INIT;
	bool is_line;
	int err;

	utf8_add_safe(&safe, str_of(value));
	is_line = str_eq(buf_view(&safe), str_of(value));
	err = safe.err;
	if (err != 0)
		return diag_fail(d, err);
	if (!is_line)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("--student: “%s” contains a line end or another control "
		      "character; a number must not"),
		    value);
	return cli_take_student(c, value, d);
}

#define FLAG(function, member, to)                                     \
	int function(struct cli *c, const char *value, struct diag *d) \
	{                                                              \
		(void)value;                                           \
		(void)d;                                               \
		c->member = to;                                        \
		return 0;                                              \
	}
#define OWN_FLAG(function, member, to) static FLAG(function, member, to)

FLAG(cli_set_brief, brief, true)
FLAG(cli_set_fold, fold, true)
FLAG(cli_set_follow, follow, true)
FLAG(cli_set_keep, keep, true)
FLAG(cli_set_live, live, true)
FLAG(cli_set_ladder, ladder, true)
FLAG(cli_set_layers, layers, true)
FLAG(cli_set_look, look, true)
FLAG(cli_set_list, list, true)
FLAG(cli_set_calls, list_calls, true)
FLAG(cli_set_messages, messages, true)
FLAG(cli_set_present, present, true)
FLAG(cli_set_processes, processes, true)
FLAG(cli_set_quiet, quiet, true)

OWN_FLAG(set_ascii, utf8, false)
OWN_FLAG(set_unpaged, unpaged, true)

bool
cli_put_option_list(struct buf *out, const struct cli_option *o)
{
	if (o->fn != cli_set_export)
		return false;
	cli_list_exports(out);
	return true;
}

/* Whichever command has the option, or with one meaning of it alone. */
static const struct {
	const char *option;
	cli_option_fn *fn;
	const char *state;
} states[] = {
	{ "face", NULL, CLI_EXPERIMENTAL },
	{ "format", cli_set_json, CLI_STABLE },
	{ "part", NULL, CLI_EXPERIMENTAL },
	{ "plan", NULL, CLI_EXPERIMENTAL },
	{ "processes", NULL, CLI_EXPERIMENTAL },
	{ "rotate", NULL, CLI_EXPERIMENTAL },
};

void
cli_put_option_text(struct buf *out, const struct cli_option *o)
{
	struct buf list = BUF_INIT;

	buf_puts(out, _(o->text));
	if (cli_put_option_list(&list, o))
		buf_printf(out, " %s", buf_cstr(&list));
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (strcmp(o->name, states[i].option) == 0 &&
		    (states[i].fn == NULL || states[i].fn == o->fn))
			buf_puts(out, _(states[i].state));
	buf_end(&list, &out->err);
}

int
cli_set_json(struct cli *c, const char *value, struct diag *d)
{
	c->json = strcmp(value, "json") == 0;
	return c->json || strcmp(value, "txt") == 0
		   ? 0
		   : cli_refuse_value("format", value, "txt, json", d);
}

int
cli_add_word(const char *option, const char **list, size_t most, size_t *n,
    const char *value, struct diag *d)
{
	if (*n == most)
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("--%s may appear at most %zu times"), option, most);
	list[(*n)++] = value;
	return 0;
}

/* What makes an installation one for students, and what next to it is for
 * teachers (assets/deb). */
#define FOR_STUDENTS "for-students"
#define FOR_TEACHERS "teachers"

int
cli_set_teacher(struct cli *c, const char *value, struct diag *d)
{
	LOCAL_BUF path = BUF_INIT;
	int err = share_find(FOR_STUDENTS, &path);

	(void)value;
	if (err == 0) {
		buf_truncate(&path, path.n - strlen(FOR_STUDENTS));
		buf_puts(&path, FOR_TEACHERS);
		if (path.err == 0 && access(buf_cstr(&path), R_OK) != 0)
			diag_set(d, ERR_NOTFOUND, NULL, 0,
			    _("--teacher: this installation is for students; "
			      "the package rung-teacher contains the right "
			      "answers"));
		err = path.err;
	}
	if (err == ERR_NOMEM)
		diag_fail(d, err);
	c->teacher = true;
	return d->err;
}

#define ADD(function, option, member)                                       \
	int function(struct cli *c, const char *value, struct diag *d)      \
	{                                                                   \
		return cli_add_word(option, c->member, COUNT_OF(c->member), \
		    &c->n##member, value, d);                               \
	}

ADD(cli_add_act, "act", acts)
ADD(cli_add_try, "try", tries)
ADD(cli_add_call, "call", calls)
ADD(cli_add_clock_offset, "clock-offset", clock_offsets)
ADD(cli_add_machine, "machine", machines)
static ADD(add_node, "node", nodes) ADD(cli_add_say, "say", says)

    int cli_add_setting(struct cli *c, const char *value, struct diag *d)
{
	if (strpbrk(value, "=.") == NULL)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("--set: “%s” does not have the form "
		      "NODE.ATTRIBUTE=VALUE"),
		    value);
	return cli_add_word(
	    "set", c->settings, COUNT_OF(c->settings), &c->nsettings, value, d);
}

/* ---- parsed ---- */

int
cli_set_seed(struct cli *c, const char *value, struct diag *d)
{
	if (str_u64(str_of(value), &c->seed) != 0 || c->seed > INT64_MAX)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("--seed: “%s” is not a whole number from 0 to %lld"),
		    value, (long long)INT64_MAX);
	c->has_seed = true;
	return 0;
}

static int
option_read_time(
    const char *option, const char *value, int64_t *ns, struct diag *d)
{
	if (param_time(str_of(value), ns) == 0)
		return 0;
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("--%s: “%s” is not a time: %s"), option, value,
	    param_time_why(str_of(value), _("use 2s or 500ms, for example")));
}

#define TIME(function, option, member)                                 \
	int function(struct cli *c, const char *value, struct diag *d) \
	{                                                              \
		return option_read_time(option, value, &c->member, d); \
	}

TIME(cli_set_at, "at", at_ns)
TIME(cli_set_from, "from", from_ns)
TIME(cli_set_to, "to", to_ns)

int
cli_set_until(struct cli *c, const char *value, struct diag *d)
{
	struct diag said = DIAG_INIT;

	if (option_read_time("until", value, &c->until_ns, d) != 0)
		return d->err;
	if (!c->tried && param_warn_time(&said, "--until=", str_of(value), 200))
		cli_complain(c, &said);
	if (c->until_ns > 0)
		return 0;
	return diag_set(d, ERR_RANGE, NULL, 0,
	    _("--until: the time must be above 0 s; use 2s or 500ms, for "
	      "example"));
}

int
cli_set_detail(struct cli *c, const char *value, struct diag *d)
{
	if (trace_detail_find(str_of(value), &c->detail) == 0) {
		c->has_detail = true;
		return 0;
	}
	return cli_refuse_value(
	    "detail", value, "messages, protocol, network", d);
}

/* ADDRESS=NAME, or a file of such lines. */
int
cli_add_alias(struct cli *c, const char *value, struct diag *d)
{
	if (strchr(value, '=') != NULL)
		return cli_add_word("alias", c->aliases, COUNT_OF(c->aliases),
		    &c->naliases, value, d);
	file_ids_note_all(value);
	return cli_add_word("alias", c->alias_files, COUNT_OF(c->alias_files),
	    &c->nalias_files, value, d);
}

int
cli_add_node(struct cli *c, const char *value, struct diag *d)
{
	struct str rest = str_of(value), name;
	int err = 0;

	while (err == 0 && rest.n > 0) {
		name = str_trim(str_cut(rest, ',', &rest));
		if (name.n == 0)
			continue;
		if (name.n >= sizeof(c->names) - c->names_n)
			return diag_set(d, ERR_LIMIT, NULL, 0,
			    _("--node takes names of at most %zu bytes in "
			      "total"),
			    sizeof(c->names));
		memcpy(c->names + c->names_n, name.p, name.n);
		c->names[c->names_n + name.n] = '\0';
		err = add_node(c, c->names + c->names_n, d);
		c->names_n += name.n + 1;
	}
	return err;
}

int
cli_add_remarks(struct cli *c, const char *value, struct diag *d)
{
	struct str rest = str_of(value);

	c->notes = strcmp(value, "none") != 0;
	while (c->notes && rest.n > 0) {
		struct str name = str_trim(str_cut(rest, ',', &rest));
		struct trace_record_name s;

		if (c->nremarks == COUNT_OF(c->remarks))
			return diag_set(d, ERR_LIMIT, NULL, 0,
			    _("--notes takes at most %zu records"),
			    c->nremarks);
		if (trace_record_name_read(&s, name, d) != 0) {
			diag_prefix(d, "--notes: ");
			return d->err;
		}
		c->remark_names[c->nremarks++] = name;
	}
	return 0;
}

int
cli_find_remarks(struct cli *c, const struct trace *t, struct diag *d)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < c->nremarks; i++)
		err = trace_record_name_find(
		    t, c->remark_names[i], &c->remarks[i], d);
	return err;
}

static int
set_colour(struct cli *c, const char *value, struct diag *d)
{
	bool on;

	if (strcmp(value, "auto") == 0)
		return 0;
	if (strcmp(value, "always") == 0 || strcmp(value, "never") == 0)
		on = value[0] == 'a';
	else if (param_bool(str_of(value), &on) != 0)
		return cli_refuse_value(
		    "color", value, "auto, always, never", d);
	c->colour = on;
	return 0;
}

static int
set_theme(struct cli *c, const char *value, struct diag *d)
{
	c->theme = theme_of_name(str_of(value));
	if (c->theme != THEME_NONE)
		return 0;
	return cli_refuse_value(
	    "theme", value, "default, light, contrast, colour-blind, mono", d);
}

enum theme
cli_theme(const struct cli *c)
{
	if (!c->colour)
		return THEME_NONE;
	return c->theme != THEME_NONE ? c->theme : THEME_DEFAULT;
}

enum theme
cli_screen_theme(const struct cli *c)
{
	return c->colour ? c->theme : THEME_MONO;
}

static int
set_width(struct cli *c, const char *value, struct diag *d)
{
	struct diag no_size = DIAG_INIT;
	uint32_t n;

	if (cli_set_size(c, value, &no_size) == 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("--width sets the width of text, in cells; for a figure "
		      "use --size=%s"),
		    value);
	if (str_u32(str_of(value), &n) != 0 || n < CLI_WIDTH_LEAST ||
	    n > CLI_WIDTH_MOST)
		return diag_set(d, ERR_RANGE, NULL, 0,
		    _("--width: “%s” is not a number from %d to %d"), value,
		    CLI_WIDTH_LEAST, CLI_WIDTH_MOST);
	c->width = n;
	return 0;
}

/* --lang is taken before everything else, in main: here it only counts as
 * known. */
static int
set_lang(struct cli *c, const char *value, struct diag *d)
{
	(void)c;
	if (i18n_choose(value) == 0)
		return 0;
	return cli_refuse_value("lang", value, "en, zh", d);
}

static int
set_words(struct cli *c, const char *value, struct diag *d)
{
	(void)c;
	if (machine_vocabulary_choose(str_of(value)) == 0)
		return 0;
	return cli_refuse_value("words", value, "rfc, osip", d);
}

const struct cli_option cli_common[] = {
	{ "lang", 0, "LANG", N_("sets the language: en or zh"), set_lang },
	{ "words", 0, "WORDS",
	    N_("names transactions' states and events as RFC 3261 does (rfc, "
	       "the default) or as libosip2 does (osip)"),
	    set_words },
	{ "ascii", 0, NULL, N_("draws with ASCII characters only"), set_ascii },
	{ "color", 0, "WHEN", N_("uses colours: auto, always or never"),
	    set_colour },
	{ "theme", 0, "NAME",
	    N_("default, light, contrast, colour-blind or mono"), set_theme },
	{ "width", 0, "CELLS", N_("sets the width of text"), set_width },
	{ "no-pager", 0, NULL, N_("prints long text directly, without a pager"),
	    set_unpaged },
	{ 0 },
};
