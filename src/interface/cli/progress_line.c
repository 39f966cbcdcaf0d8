/* The line of progress; see cli/progress_line.h. */
#include "cli/progress_line.h"

#include "base/err.h"
#include "base/i18n.h"
#include "text/utf8.h"
#include "words/time_words.h"

#include <string.h>

/* What is left, and how fast it goes, is told of a piece this old. */
#define KNOWN_AFTER_NS INT64_C(500000000)
/* Cells of the bar. */
#define BAR_MOST  30
#define BAR_LEAST 5
/* No piece of work is reckoned to take longer. */
#define LEFT_MOST_S 359999

#define SECOND INT64_C(1000000000)

/* STEP is the first of another piece of work. */
static bool
is_fresh(const struct progress_line *l, const struct progress_step *step)
{
	return l->what == NULL || strcmp(l->what, step->what) != 0 ||
	       step->done < l->last || step->of != l->of;
}

bool
progress_line_take(
    struct progress_line *l, const struct progress_step *step, int64_t now)
{
	if (is_fresh(l, step)) {
		l->what = step->what;
		l->at = now;
		l->done = step->done;
		l->records = step->records;
		l->of = step->of;
	}
	l->last = step->done;
	if (now - l->began < PROGRESS_AFTER_NS ||
	    (l->drawn != 0 && now - l->drawn < PROGRESS_PAUSE_NS))
		return false;
	l->drawn = now;
	return true;
}

void
progress_put_left(struct buf *out, int64_t ns)
{
	/* Rounded up: it is never over before it is. */
	int64_t s = ns / SECOND + (ns % SECOND != 0);
	unsigned n = s < LEFT_MOST_S ? (unsigned)s : LEFT_MOST_S;

	if (n < 60)
		buf_printf(out, _("%u s"), n);
	else if (n < 3600)
		buf_printf(out, _("%u min %u s"), n / 60, n % 60);
	else
		buf_printf(out, _("%u h %u min"), n / 3600, n / 60 % 60);
}

/* How long the piece will still take, if it goes on as it went; -1: nobody
 * knows yet. */
static int64_t
left_of(const struct progress_line *l, const struct progress_step *step,
    int64_t now)
{
	double done = (double)(step->done - l->done), rest;

	if (step->of == 0 || step->done <= l->done ||
	    now - l->at < KNOWN_AFTER_NS)
		return -1;
	rest = step->done < step->of ? (double)(step->of - step->done) : 0;
	rest *= (double)(now - l->at) / done;
	return rest < (double)LEFT_MOST_S * (double)SECOND
		   ? (int64_t)rest
		   : LEFT_MOST_S * SECOND;
}

static unsigned
percent_of(const struct progress_step *step)
{
	return step->done >= step->of
		   ? 100
		   : (unsigned)((double)step->done * 100 / (double)step->of);
}

/* Of a run whose end nobody knows: how far it came, and how fast. */
static void
put_run(const struct progress_line *l, const struct progress_step *step,
    int64_t now, struct buf *out)
{
	int64_t took = now - l->at;
	char time[TIME_ROOM];

	/* TRANSLATORS: seconds, as 12.345 */
	buf_printf(out, _("%s s of virtual time, %llu records"),
	    time_text(step->virtual_ns, time),
	    (unsigned long long)step->records);
	if (took >= KNOWN_AFTER_NS && step->records >= l->records)
		buf_printf(out, _(" (%llu a second)"),
		    (unsigned long long)((double)(step->records - l->records) *
					 (double)SECOND / (double)took));
}

static void
put_bar(unsigned percent, size_t cells, bool ascii, struct buf *out)
{
	for (size_t i = 0; i < cells; i++)
		if (i * 100 < percent * cells)
			buf_puts(out, ascii ? "#" : "━");
		else
			buf_puts(out, ascii ? "." : "┄");
	buf_putc(out, ' ');
}

/* What stands behind the bar. */
static void
put_rest(const struct progress_line *l, const struct progress_step *step,
    int64_t now, struct buf *out)
{
	int64_t left = left_of(l, step, now);
	struct buf time = BUF_INIT;

	if (step->of == 0 && step->runs)
		put_run(l, step, now, out);
	if (step->of == 0)
		return;
	buf_printf(out, "%u %%", percent_of(step));
	if (left >= 0) {
		progress_put_left(&time, left);
		/* TRANSLATORS: a length of time, as "2 min 5 s" */
		buf_printf(out, _(", %s left"), buf_cstr(&time));
	}
	if (step->note != NULL)
		buf_printf(out, ", %s", step->note);
	buf_end(&time, &out->err);
}

/* HEAD, a bar that leaves room for REST, and REST. */
static void
put_parts(const struct progress_step *step, const struct buf *head,
    const struct buf *rest, size_t cells, bool ascii, struct buf *out)
{
	size_t used =
	    utf8_width(buf_view(head)) + utf8_width(buf_view(rest)) + 1;
	size_t room = cells > used ? cells - used : 0;

	buf_str(out, buf_view(head));
	if (step->of != 0 && room >= BAR_LEAST)
		put_bar(percent_of(step), room < BAR_MOST ? room : BAR_MOST,
		    ascii, out);
	buf_str(out, buf_view(rest));
	if (head->err != 0 || rest->err != 0)
		out->err = ERR_NOMEM;
}

void
progress_line_put(const struct progress_line *l,
    const struct progress_step *step, int64_t now, size_t cells, bool ascii,
    struct buf *out)
{
	struct buf head = BUF_INIT, rest = BUF_INIT, whole = BUF_INIT;

	buf_puts(&head, _(step->what));
	if (step->of == 0 && !step->runs)
		buf_puts(&head, ascii ? " ..." : " …");
	else
		buf_putc(&head, ' ');
	put_rest(l, step, now, &rest);
	put_parts(step, &head, &rest, cells, ascii, &whole);
	if (ascii) {
		buf_clear(&head);
		utf8_add_ascii(&head, buf_view(&whole));
		buf_str(out, utf8_clip(buf_view(&head), cells));
	} else {
		utf8_add_clipped(out, buf_view(&whole), cells);
	}
	if (whole.err != 0 || head.err != 0)
		out->err = ERR_NOMEM;
	buf_free(&head);
	buf_free(&rest);
	buf_free(&whole);
}
