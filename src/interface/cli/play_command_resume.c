/* rung play without a FILE: goes on with a session that was kept, or lists
 * them. */
#include "base/err.h"
#include "cli/capture_input.h"
#include "cli/option_checks.h"
#include "cli/cli.h"
#include "cli/play_command.h"
#include "cli/progress.h"
#include "draw/table.h"
#include "trace/file_kind.h"
#include "words/trace_words.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

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
		buf_puts(&out, _("There is no saved session yet.\n"));
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
		    _("is a capture, and sessions of captures are not saved; "
		      "rung play opens it"));
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
		    _("%s no longer exists; the session continues with the "
		      "saved texts, without the tasks of a lab; to start "
		      "again, give rung play its new place"),
		    session_opened(s));
	else if (session_has_old_texts(s))
		cli_remark(c,
		    _("%s has changed since the session was saved; the session "
		      "continues with the saved texts; to start again, give "
		      "rung play the FILE"),
		    session_opened(s));
	status = cli_play_on(c, s, d);
	session_destroy(s);
	return status;
}

/* WORD is a session's name, or a number. */
static bool
is_kept(const char *word)
{
	struct diag d = DIAG_INIT;
	struct session_entry *list;
	uint64_t number;
	size_t n = 0;
	bool is = str_u64(str_of(word), &number) == 0;

	if (is || session_list(&list, &n, &d) != 0)
		return is;
	for (size_t i = 0; !is && i < n; i++)
		is = strcmp(list[i].name, word) == 0;
	session_list_free(list, n);
	return is;
}

bool
cli_is_session(const char *word)
{
	struct diag other = DIAG_INIT;

	return cli_is_playable(word)
		   ? cli_refuse_kind(word, ~(unsigned)FILE_SESSION, &other) != 0
		   : is_kept(word);
}

int
cli_resume(struct cli *c, int argc, char **argv, struct diag *d)
{
	if (c->list && argc > 0)
		return cli_refuse(d, _("play --list takes no FILE"));
	if (cli_check_place(c, c->list ? "list" : "resume", d) != 0)
		return CLI_USAGE;
	return c->list ? list(c, d)
		       : go_on_with(c, argc > 0 ? argv[0] : NULL, d);
}
