/* rung resume: goes on with a session that was kept, or lists them. */
#include "base/err.h"
#include "cli/captured.h"
#include "cli/choice.h"
#include "cli/cli.h"
#include "cli/play.h"
#include "cli/progress.h"
#include "draw/table.h"
#include "trace/file_kind.h"
#include "words/trace_words.h"

#include <time.h>
#include <unistd.h>

static const struct cli_option resume_options[] = {
	{ "list", 'l', NULL, N_("lists the sessions that are kept"),
	    cli_set_list },
	{ 0 },
};

/* ---- the list ---- */

void
cli_put_when(struct buf *out, const struct session_entry *e)
{
	struct tm tm;
	char text[32];

	if (localtime_r(&e->when.tv_sec, &tm) == NULL ||
	    strftime(text, sizeof(text), "%Y-%m-%d %H:%M", &tm) == 0)
		text[0] = '\0';
	buf_printf(out, "%-16s", text);
}

void
cli_put_position(struct buf *out, const struct session_entry *e)
{
	if (e->position > 0)
		/* TRANSLATORS: where a session was left: a record's number */
		buf_printf(out, _("at #%lld"), (long long)e->position);
	else
		buf_puts(out, _("at the start"));
	if (e->branches > 1) {
		buf_puts(out, ", ");
		buf_printf(out, _("%zu branches"), e->branches);
	}
}

/* Number, when, name, where, what: they need no heads. */
#define COLUMNS 5

static void
put_session_row(struct table *t, size_t number, const struct session_entry *e)
{
	buf_printf(table_cell(t), "%3zu", number);
	cli_put_when(table_cell(t), e);
	buf_puts(table_cell(t), e->name);
	cli_put_position(table_cell(t), e);
	buf_str(table_cell(t), title_translate(str_of(e->title)));
}

static int
list(struct cli *cli, struct diag *d)
{
	struct session_entry *entries;
	LOCAL_BUF out = BUF_INIT;
	struct table t = TABLE_INIT;
	size_t n;
	int err = session_list(&entries, &n, d);

	if (err != 0)
		return CLI_USAGE;
	for (size_t i = 0; i < COLUMNS; i++)
		table_column(&t, TABLE_WORD);
	for (size_t i = 0; i < n; i++)
		put_session_row(&t, i + 1, &entries[i]);
	table_put_text(&t, &out);
	table_free(&t);
	if (n == 0)
		buf_puts(&out, _("No session is kept yet.\n"));
	err = cli_print_lines(cli, &out, d);
	session_list_free(entries, n);
	return err == 0 ? CLI_OK : CLI_USAGE;
}

/* ---- going on ---- */

/* OPENED is a path, and nothing lies there. */
static bool
is_gone(const char *opened)
{
	return opened[0] == '/' && access(opened, F_OK) != 0;
}

static int
go_on_with(struct cli *c, const char *which, struct diag *d)
{
	struct session *s;
	int status, err;

	if (which != NULL && cli_is_packets(which)) {
		diag_set(d, ERR_SYNTAX, which, 0,
		    _("is a capture, of which no session is kept; rung play "
		      "opens it"));
		return CLI_USAGE;
	}
	if (which != NULL &&
	    cli_refuse_kind(which, FILE_SESSION | FILE_TEXT, d) != 0)
		return CLI_USAGE;
	cli_progress_begin(c);
	err = session_resume(&s, which, d);
	cli_progress_end();
	if (err != 0)
		return CLI_USAGE;
	if (is_gone(session_opened(s)))
		cli_remark(c,
		    _("%s is not there any more: the session goes on as it "
		      "was, a lab without its tasks; rung play begins anew "
		      "where it has moved to"),
		    session_opened(s));
	else if (session_has_old_texts(s))
		cli_remark(c,
		    _("%s has changed since the session was kept, which goes "
		      "on as it was; rung play begins anew"),
		    session_opened(s));
	status = cli_play_on(c, s, d);
	session_destroy(s);
	return status;
}

static int
resume_command_run(struct cli *c, int argc, char **argv, struct diag *d)
{
	if (argc > 1 || (c->list && argc > 0))
		return cli_refuse(
		    d, _("resume takes one SESSION at most; rung resume --list "
			 "lists them"));
	if (cli_check_place(c, c->list ? "list" : "resume", d) != 0)
		return CLI_USAGE;
	return c->list ? list(c, d)
		       : go_on_with(c, argc > 0 ? argv[0] : NULL, d);
}

static const struct cli_example resume_examples[] = {
	{ "rung resume --list", N_("the sessions that are kept") },
	{ "rung resume", N_("the last one") },
	{ NULL, NULL },
};

const struct cli_command cli_resume = {
	.name = "resume",
	.usage = "[SESSION]",
	.text = N_("goes on where rung play was left"),
	.about = N_(
	    "SESSION is a name or a number of the list, or a file; without it "
	    "the newest is taken. A session holds the texts of its lab: it "
	    "goes on as it was, whatever became of the files, and what is done "
	    "is written into it again. The last 20 are kept in "
	    "$XDG_STATE_HOME/rung, else in ~/.local/state/rung."),
	.examples = resume_examples,
	.options = resume_options,
	.fn = resume_command_run,
};
