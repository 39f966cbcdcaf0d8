/* The user's editor; see views/tui/editor.h. */
#include "views/tui/editor.h"

#include "base/err.h"
#include "base/folder.h"
#include "base/i18n.h"

#include <errno.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* More than a datagram holds. */
#define TEXT_MOST (1 << 20)
/* By which editors know what they show. */
#define ENDING ".sip"

extern char **environ;

/* Lines end with LF, or with CRLF. */
static void
put_with_line_ends(const struct buf *from, bool crlf, struct buf *to)
{
	for (size_t i = 0; i < from->n; i++) {
		bool ends = i + 1 < from->n && from->p[i] == '\r' &&
			    from->p[i + 1] == '\n';

		if (crlf && from->p[i] == '\n')
			buf_putc(to, '\r');
		if (!ends)
			buf_putc(to, from->p[i]);
	}
}

/* Through the shell, since $EDITOR may hold arguments; the file is given as
 * one word whatever is in it. */
static int
run_editor(char *path, struct diag *d)
{
	char sh[] = "sh", c[] = "-c", zero[] = "rung",
	     script[] = "exec ${VISUAL:-${EDITOR:-vi}} \"$1\"";
	char *argv[] = { sh, c, script, zero, path, NULL };
	int status = 0;
	pid_t pid;
	int err = posix_spawn(&pid, "/bin/sh", NULL, NULL, argv, environ);

	if (err != 0)
		return diag_set(d, ERR_IO, NULL, 0,
		    _("the editor can't be started: %s"), err_system(err));
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return diag_set(d, ERR_IO, NULL, 0,
		    _("the editor failed; EDITOR says which one is used"));
	return 0;
}

/* In the file PATH, which mkstemps(3) names. */
static int
edit_at(char *path, const struct buf *text, struct buf *out, struct diag *d)
{
	int fd = mkstemps(path, (int)strlen(ENDING)), err;

	if (fd < 0)
		return diag_set(d, ERR_IO, path, 0, _("can't be written: %s"),
		    err_system(errno));
	close(fd);
	err = buf_write_file(text, path);
	if (err == 0)
		err = run_editor(path, d);
	if (err == 0)
		err = buf_read_file(out, path, TEXT_MOST);
	unlink(path);
	return err == 0 ? 0 : diag_set(d, err, path, 0, "%s", err_text(err));
}

static int
edit_file(const struct buf *text, struct buf *out, struct diag *d)
{
	struct buf path = BUF_INIT;
	int err;

	buf_printf(&path, "%s/rung-XXXXXX" ENDING, temp_folder_place());
	err = path.err != 0 ? ERR_NOMEM : edit_at(path.p, text, out, d);
	buf_free(&path);
	return err;
}

int
editor_run(struct buf *text, bool *changed, struct diag *d)
{
	struct buf shown = BUF_INIT, edited = BUF_INIT, back = BUF_INIT;
	bool crlf = str_find(buf_view(text), "\r\n") >= 0;
	int err;

	*changed = false;
	put_with_line_ends(text, false, &shown);
	err = shown.err != 0 ? ERR_NOMEM : edit_file(&shown, &edited, d);
	if (err == 0 && crlf)
		put_with_line_ends(&edited, true, &back);
	else if (err == 0)
		buf_str(&back, buf_view(&edited));
	if (err == 0)
		err = back.err;
	if (err == 0) {
		*changed = !str_eq(buf_view(text), buf_view(&back));
		buf_clear(text);
		buf_str(text, buf_view(&back));
		err = text->err;
	}
	buf_free(&shown);
	buf_free(&edited);
	buf_free(&back);
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}
