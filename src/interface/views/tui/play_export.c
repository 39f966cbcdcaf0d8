/*
 * The screen's contents into files: the ladder in any format, the screen as
 * text.
 */
#include "views/tui/play_panes.h"

#include "base/err.h"
#include "base/folder.h"
#include "base/i18n.h"
#include "jobs/child.h"
#include "ladder/ladder_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* FILE in the folder for exports. */
static void
play_export_path_of(struct play *p, struct str file, struct buf *path)
{
	if (p->o.folder != NULL && !str_starts(file, "/"))
		buf_printf(path, "%s/", p->o.folder);
	buf_str(path, file);
}

static bool
play_export_write_file(struct play *p, const struct buf *out, const char *path)
{
	int err = buf_write_file(out, path);
	bool done = err == 0;

	buf_clear(&p->overwrite);
	if (done)
		play_say(p, _("written to %s"), path);
	else if (err == ERR_EXISTS)
		play_say(p, _("%s is read here, and writing would destroy it"),
		    path);
	else
		play_say(
		    p, _("%s can't be written: %s"), path, err_system(errno));
	p->say_bad = !done;
	return done;
}

/* A file that is there is written over only when that was asked for twice. */
static bool
play_export_may_write(struct play *p, const char *path)
{
	if (access(path, F_OK) != 0 || str_is(buf_view(&p->overwrite), path))
		return true;
	buf_clear(&p->overwrite);
	buf_puts(&p->overwrite, path);
	play_say(p, _("%s exists; press Enter again to overwrite it"), path);
	p->say_bad = true;
	return false;
}

/* The format that FILE's ending names, of all there are, or NULL. */
static const char *
format_of(struct play *p, const char *file)
{
	struct str ending = file_ending(str_of(file));
	const char *const *other = p->src->formats;

	for (; other != NULL && *other != NULL; other++)
		if (str_is(ending, *other))
			return *other;
	return ladder_file_format_of(file);
}

static bool
is_other(struct play *p, const char *format)
{
	const char *const *other = p->src->formats;

	while (other != NULL && *other != NULL && *other != format)
		other++;
	return other != NULL && *other != NULL;
}

/* ".svg, .png or .json", the one offered first. */
static void
put_formats(struct play *p, struct buf *b)
{
	const char *const *other = p->src->formats;

	buf_puts(b, ".svg");
	for (size_t i = 0; ladder_file_format(i) != NULL; i++)
		if (strcmp(ladder_file_format(i), "svg") != 0)
			buf_printf(b, " .%s", ladder_file_format(i));
	for (; other != NULL && *other != NULL; other++)
		buf_printf(b, " .%s", *other);
}

static void
refuse_ending(struct play *p)
{
	LOCAL_BUF formats = BUF_INIT;

	put_formats(p, &formats);
	play_say(
	    p, _("the file's ending sets the format: %s"), buf_cstr(&formats));
	p->say_bad = true;
}

/* What the ladder's own formats are not. */
static bool
export_other(struct play *p, const char *format, const char *path)
{
	const char *calls[32];
	size_t n = play_list_words(&p->ladder.only, calls, 32);
	struct diag d = DIAG_INIT;

	buf_clear(&p->overwrite);
	if (p->src->write_file(
		format, play_view(p)->trace, calls, n, path, &d) != 0) {
		play_complain(p, &d);
		return false;
	}
	play_say(p, _("written to %s"), path);
	return true;
}

static bool
export_ladder(struct play *p, const char *format, const char *path)
{
	struct play_view *v = play_view(p);
	struct ladder_file_options o = { .ascii = p->o.ascii,
		.marks = p->ladder.brackets };
	LOCAL_BUF out = BUF_INIT;
	struct diag d = DIAG_INIT;
	bool done = false;

	if (ladder_file_write(format, v->trace, v->layout, &o, &out, &d) != 0)
		play_complain(p, &d);
	else
		done = play_export_write_file(p, &out, path);
	return done;
}

bool
play_export(struct play *p, struct str file)
{
	LOCAL_BUF path = BUF_INIT;
	const char *format;
	bool done = false;

	file = str_trim(file);
	if (file.n == 0)
		return true;
	play_export_path_of(p, file, &path);
	format = format_of(p, buf_cstr(&path));
	if (format == NULL)
		refuse_ending(p);
	else if (play_export_may_write(p, buf_cstr(&path)))
		done = is_other(p, format)
			   ? export_other(p, format, buf_cstr(&path))
			   : export_ladder(p, format, buf_cstr(&path));
	if (done && strcmp(format, "svg") == 0)
		play_lesson_figure(p, buf_cstr(&path));
	return done;
}

/* "ladder.svg", or "ladder-2.svg" where there is one: the name offered is of no
 * existing file. */
static void
offer_name(
    struct play *p, const char *stem, const char *ending, struct buf *out)
{
	LOCAL_BUF path = BUF_INIT;

	for (int i = 1; i < 1000; i++) {
		buf_clear(out);
		buf_puts(out, stem);
		if (i > 1)
			buf_printf(out, "-%d", i);
		buf_puts(out, ending);
		buf_clear(&path);
		play_export_path_of(p, buf_view(out), &path);
		if (access(buf_cstr(&path), F_OK) != 0)
			break;
	}
}

/* Typing begins another name; the arrows mend the one offered. */
static void
ask_file(struct play *p, const char *label, const char *stem,
    const char *ending, play_typed_fn *typed)
{
	LOCAL_BUF name = BUF_INIT;

	offer_name(p, stem, ending, &name);
	play_ask(p, label, buf_view(&name), typed);
	p->box.line.fresh = true;
}

void
play_export_ask(struct play *p)
{
	if (play_lesson_asks_student(p, LESSON_FIGURE))
		return;
	ask_file(p, _("ladder to file: "), "ladder", ".svg", play_export);
	buf_puts(&p->box.hint, _("the ending sets the format: "));
	put_formats(p, &p->box.hint);
}

static bool
write_screen(struct play *p, struct str file)
{
	LOCAL_BUF path = BUF_INIT, out = BUF_INIT;
	struct grid g;
	bool done = false;

	file = str_trim(file);
	if (file.n == 0)
		return true;
	play_export_path_of(p, file, &path);
	if (!play_export_may_write(p, buf_cstr(&path)))
		return false;
	if (grid_init(&g, p->drawn.width, p->drawn.height, p->o.ascii) == 0 &&
	    play_draw(p, &g) == 0 && grid_write(&g, &out) == 0)
		done = play_export_write_file(p, &out, buf_cstr(&path));
	else
		play_tell(p, err_text(ERR_NOMEM));
	grid_free(&g);
	return done;
}

void
play_screen_ask(struct play *p)
{
	ask_file(p, _("screen to file: "), "screen", ".txt", write_screen);
}

/* ---- the user's editor ---- */

/* More than a datagram holds. */
#define TEXT_MOST (1 << 20)
/* By which editors know what they show. */
#define ENDING ".sip"

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
run_editor(const char *path, struct diag *d)
{
	const char *argv[] = { "/bin/sh", "-c",
		"exec ${VISUAL:-${EDITOR:-vi}} \"$1\"", "rung", path, NULL };
	struct child child;
	int status;
	int err = child_begin(
	    &child, &(struct child_plan){ .argv = argv, .terminal = true });

	if (err != 0)
		return diag_set(d, ERR_IO, NULL, 0,
		    _("the editor can't be started: %s"), err_system(err));
	status = child_wait(&child);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return diag_set(d, ERR_IO, NULL, 0,
		    _("the editor failed; EDITOR names the editor to use"));
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
	return diag_fail_file(d, err, path);
}

static int
edit_file(const struct buf *text, struct buf *out, struct diag *d)
{
	LOCAL_BUF path = BUF_INIT;

	buf_printf(&path, "%s/rung-XXXXXX" ENDING, temp_folder_place());
	return path.err != 0 ? ERR_NOMEM : edit_at(path.p, text, out, d);
}

int
editor_run(struct buf *text, bool *changed, struct diag *d)
{
	LOCAL_BUF shown = BUF_INIT, edited = BUF_INIT, back = BUF_INIT;
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
	return diag_fail(d, err);
}
