/*
 * Options whose value is words of the command's own: --with names more
 * to draw or compare; --limit bounds the machine's resources of a command, and
 * the size of a run (sim/limits.h).
 */
#include "cli/cli.h"

#include "base/err.h"
#include "base/param.h"

#include <stddef.h>
#include <string.h>

/* ---- --with ---- */

#define WITH "with="

/* Each is a row of cli/option_checks.c as well, where it does nothing
 * somewhere. */
static const struct {
	const char *command, *word;
	size_t member; /* a bool of struct cli */
} withs[] = {
	{ "export", WITH "axis", offsetof(struct cli, true_time) },
	{ "export", WITH "timers", offsetof(struct cli, timers) },
	{ "export", WITH "states", offsetof(struct cli, states) },
	{ "export", WITH "numbers", offsetof(struct cli, number) },
	{ "export", WITH "pinned", offsetof(struct cli, pinned) },
	{ "diff", WITH "times", offsetof(struct cli, times) },
	{ "diff", WITH "order", offsetof(struct cli, order) },
	{ "diff", WITH "all", offsetof(struct cli, all) },
	{ "diff", WITH "kinds", offsetof(struct cli, no_headers) },
	{ "search", WITH "all", offsetof(struct cli, all) },
	{ "inspect", WITH "matrix", offsetof(struct cli, matrix) },
};

bool
cli_list_withs(
    struct buf *out, const struct cli_command *cmd, const struct cli_option *o)
{
	if (o->fn != cli_set_with)
		return false;
	for (size_t i = 0; i < COUNT_OF(withs); i++)
		if (strcmp(withs[i].command, cmd->name) == 0)
			buf_printf(out, "%s%s", out->n > 0 ? ", " : "",
			    withs[i].word + strlen(WITH));
	return true;
}

static int
refuse_with(const struct cli *c, struct str word, struct diag *d)
{
	static const struct cli_option with = { .fn = cli_set_with };
	LOCAL_BUF list = BUF_INIT, given = BUF_INIT;

	cli_list_withs(&list, c->command, &with);
	buf_str(&given, word);
	return cli_refuse_value("with", buf_cstr(&given), buf_cstr(&list), d);
}

static int
take_with(struct cli *c, struct str word, struct diag *d)
{
	for (size_t i = 0; i < COUNT_OF(withs); i++) {
		if (strcmp(withs[i].command, c->command->name) != 0 ||
		    !str_is(word, withs[i].word + strlen(WITH)))
			continue;
		*(bool *)((char *)c + withs[i].member) = true;
		cli_note_given(c, withs[i].word);
		return 0;
	}
	return refuse_with(c, word, d);
}

int
cli_set_with(struct cli *c, const char *value, struct diag *d)
{
	struct str rest = str_of(value);
	int err = 0;

	while (err == 0 && rest.n > 0)
		err = take_with(c, str_trim(str_cut(rest, ',', &rest)), d);
	return err;
}

/* ---- --limit ---- */

enum limit_kind {
	LIMIT_SIZE, /* bytes, a uint64_t */
	LIMIT_SPAN, /* nanoseconds, an int64_t */
	LIMIT_COUNT /* a uint64_t */
};

static const struct command_limit {
	const char *command, *name;
	size_t member; /* of struct cli */
	enum limit_kind kind;
	uint64_t least;
	const char *such_as;
} limits[] = {
	{ "sweep", "ram", offsetof(struct cli, run_memory), LIMIT_SIZE, 1 << 20,
	    "512MB" },
	{ "sweep", "cpu", offsetof(struct cli, run_cpu_ns), LIMIT_SPAN, 1,
	    "60s" },
	{ "sweep", "wall", offsetof(struct cli, run_wall_ns), LIMIT_SPAN, 1,
	    "5min" },
	{ "search", "runs", offsetof(struct cli, runs), LIMIT_COUNT, 1,
	    "1000" },
	{ "search", "wall", offsetof(struct cli, most_ns), LIMIT_SPAN, 1,
	    "5min" },
	{ "live", "trace", offsetof(struct cli, most), LIMIT_SIZE, 4 << 20,
	    "500MB" },
	{ "serve", "ram", offsetof(struct cli, engines_memory), LIMIT_SIZE,
	    1 << 20, "4GB" },
	{ "check", "wall", offsetof(struct cli, program_ns), LIMIT_SPAN,
	    1000000000, "90s" },
};

static int
read_limit(struct cli *c, const struct command_limit *l, struct str value,
    struct diag *d)
{
	void *member = (char *)c + l->member;
	uint64_t n = 0;
	int64_t ns = 0;
	bool is = l->kind == LIMIT_SPAN   ? param_time(value, &ns) == 0
		  : l->kind == LIMIT_SIZE ? param_size(value, &n) == 0
					  : str_u64(value, &n) == 0;

	if (l->kind == LIMIT_SPAN && ns > 0)
		n = (uint64_t)ns;
	if (is && n < l->least && l->kind == LIMIT_SIZE &&
	    chr_is_digit(value.p[value.n - 1]))
		return diag_set(d, ERR_RANGE, NULL, 0,
		    _("--limit=%s: %.*s means %.*s bytes; for megabytes write "
		      "%.*sMB"),
		    l->name, STR_ARG(value), STR_ARG(value), STR_ARG(value));
	if (!is || n < l->least)
		return diag_set(d, is ? ERR_RANGE : ERR_SYNTAX, NULL, 0,
		    /* TRANSLATORS: a limit's name, what was given, a value */
		    is ? _("--limit=%s: “%.*s” is too small; use %s, for "
			   "example")
		       : _("--limit=%s: “%.*s” can't be read; use %s, for "
			   "example"),
		    l->name, STR_ARG(value), l->such_as);
	if (l->kind == LIMIT_SPAN)
		*(int64_t *)member = ns;
	else
		*(uint64_t *)member = n;
	return 0;
}

static const struct command_limit *
find_limit(const struct cli *c, struct str name)
{
	for (size_t i = 0; i < COUNT_OF(limits); i++)
		if (strcmp(limits[i].command, c->command->name) == 0 &&
		    str_is(name, limits[i].name))
			return &limits[i];
	return NULL;
}

bool
cli_is_own_limit(const struct cli *c, const char *value)
{
	return find_limit(
		   c, str_slice(str_of(value), 0, strcspn(value, "="))) != NULL;
}

/* FILE may be run, so what a run may grow to counts as well. */
static bool
limits_runs(const struct cli *c)
{
	return c->command->runs || c->command == &cli_sweep;
}

static int
refuse_limit(const struct cli *c, struct str name, struct diag *d)
{
	LOCAL_BUF list = BUF_INIT, given = BUF_INIT;

	for (size_t i = 0; i < COUNT_OF(limits); i++)
		if (strcmp(limits[i].command, c->command->name) == 0)
			buf_printf(&list, "%s, ", limits[i].name);
	for (unsigned i = 0; limits_runs(c) && i < SIM_LIMIT_COUNT; i++)
		buf_printf(&list, "%s, ", sim_limit_name(i));
	buf_truncate(&list, list.n > 2 ? list.n - 2 : 0);
	buf_str(&given, name);
	return cli_refuse_value("limit", buf_cstr(&given), buf_cstr(&list), d);
}

int
cli_set_limit(struct cli *c, const char *value, struct diag *d)
{
	struct str is, name = str_cut(str_of(value), '=', &is);
	const struct command_limit *own = find_limit(c, name);
	struct diag said = DIAG_INIT;

	if (own != NULL)
		return read_limit(c, own, is, d);
	if (!limits_runs(c))
		return refuse_limit(c, name, d);
	if (sim_limit_read(&c->limits, value, &said) == 0) {
		cli_note_given(c, GIVEN_LIMIT);
		return 0;
	}
	if (said.err == ERR_NOTFOUND)
		return refuse_limit(c, name, d);
	return diag_set(d, said.err, NULL, 0, "--limit: %s", said.text);
}
