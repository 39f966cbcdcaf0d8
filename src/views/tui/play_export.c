/*
 * What is on the screen into files: the ladder in any format, the screen as
 * text.
 */
#include "views/tui/play.h"

#include "base/err.h"
#include "base/i18n.h"
#include "ladder/ladder_file.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* FILE in the folder for exports. */
static void
path_of(struct play *p, struct str file, struct buf *path)
{
	if (p->o.folder != NULL && !str_starts(file, "/"))
		buf_printf(path, "%s/", p->o.folder);
	buf_str(path, file);
}

static bool
write_file(struct play *p, const struct buf *out, const char *path)
{
	bool done = buf_write_file(out, path) == 0;

	buf_clear(&p->overwrite);
	if (done)
		play_say(p, _("written to %s"), path);
	else
		play_say(
		    p, _("%s can't be written: %s"), path, strerror(errno));
	p->say_bad = !done;
	return done;
}

/* A file that is there is written over only when that was asked for twice. */
static bool
may_write(struct play *p, const char *path)
{
	if (access(path, F_OK) != 0 || str_is(buf_view(&p->overwrite), path))
		return true;
	buf_clear(&p->overwrite);
	buf_puts(&p->overwrite, path);
	play_say(p, _("%s exists: Enter again writes over it"), path);
	p->say_bad = true;
	return false;
}

bool
play_export(struct play *p, struct str file)
{
	struct play_view *v = play_view(p);
	struct ladder_file_options o = { .width = 0, .ascii = p->o.ascii };
	struct buf path = BUF_INIT, out = BUF_INIT;
	struct diag d = DIAG_INIT;
	const char *format;
	bool done = false;

	file = str_trim(file);
	if (file.n == 0)
		return true;
	path_of(p, file, &path);
	format = ladder_file_format_of(buf_cstr(&path));
	if (format == NULL) {
		play_say(p, "%s",
		    _("the file's ending says the format: .txt, .gv, .svg, "
		      ".png, .pdf or .json"));
		p->say_bad = true;
	} else if (!may_write(p, buf_cstr(&path))) {
		done = false;
	} else if (ladder_file_write(
		       format, v->trace, v->layout, &o, &out, &d) != 0) {
		play_complain(p, &d);
	} else {
		done = write_file(p, &out, buf_cstr(&path));
	}
	buf_free(&out);
	buf_free(&path);
	return done;
}

/* "ladder.svg", or "ladder-2.svg" where there is one: what is offered never
 * writes over anything. */
static void
offer_name(
    struct play *p, const char *stem, const char *ending, struct buf *out)
{
	struct buf path = BUF_INIT;

	for (int i = 1; i < 1000; i++) {
		buf_clear(out);
		buf_puts(out, stem);
		if (i > 1)
			buf_printf(out, "-%d", i);
		buf_puts(out, ending);
		buf_clear(&path);
		path_of(p, buf_view(out), &path);
		if (access(buf_cstr(&path), F_OK) != 0)
			break;
	}
	buf_free(&path);
}

/* Typing begins another name; the arrows mend the one offered. */
static void
ask_file(struct play *p, const char *label, const char *stem,
    const char *ending, play_typed_fn *typed)
{
	struct buf name = BUF_INIT;

	offer_name(p, stem, ending, &name);
	play_ask(p, label, buf_view(&name), typed);
	p->line.fresh = true;
	buf_free(&name);
}

void
play_export_ask(struct play *p, int by)
{
	(void)by;
	ask_file(p, _("ladder to file: "), "ladder", ".svg", play_export);
	buf_puts(&p->hint, _("the ending says the format: .svg, .png, .pdf, "
			     ".gv, .txt or .json"));
}

static bool
write_screen(struct play *p, struct str file)
{
	struct buf path = BUF_INIT, out = BUF_INIT;
	struct grid g;
	bool done = false;

	file = str_trim(file);
	if (file.n == 0)
		return true;
	path_of(p, file, &path);
	if (!may_write(p, buf_cstr(&path))) {
		buf_free(&path);
		return false;
	}
	if (grid_init(&g, p->width, p->height, p->o.ascii) == 0 &&
	    play_draw(p, &g) == 0 && grid_write(&g, &out) == 0)
		done = write_file(p, &out, buf_cstr(&path));
	else
		play_say(p, "%s", err_text(ERR_NOMEM));
	grid_free(&g);
	buf_free(&out);
	buf_free(&path);
	return done;
}

void
play_screen_ask(struct play *p, int by)
{
	(void)by;
	ask_file(p, _("screen to file: "), "screen", ".txt", write_screen);
}
