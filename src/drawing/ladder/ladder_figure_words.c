/*
 * The words on an arrow, in as many forms as there may be room for: all of them
 * on one line, on two, without "(SDP)", and at last the method or the status
 * alone, which no label goes without.
 */
#include "ladder/ladder_figure_in.h"

#include "base/err.h"

#include <math.h>

#define NUMBER 7.5
/* A method may stand over a lifeline before it is cut. */
#define METHOD_MOST 90.0

static struct str
without_sdp(struct str label)
{
	ptrdiff_t sdp = str_find(label, " (SDP)");

	return sdp > 0 ? str_slice(label, 0, (size_t)sdp) : label;
}

/* " (CANCEL)" of a response that could be taken for another's, else nothing. */
static struct str
method_of(const struct layout_row *r)
{
	struct str label = without_sdp(r->label);

	if (r->arrow == TRACE_ARROW_REQUEST || !r->ambiguous)
		return STR_NULL;
	for (size_t i = label.n; i-- > 1;)
		if (label.p[i] == '(')
			return str_slice(label, i - 1, label.n);
	return STR_NULL;
}

/* All of it in FORM, but for the number; false: no different from a better
 * one. */
static bool
put_form(const struct layout_row *r, enum label_form form, struct buf *b)
{
	struct str bare = without_sdp(r->label), method = method_of(r);

	switch (form) {
	case LABEL_DETAIL:
		buf_str(b, r->label);
		buf_str(b, r->detail);
		break;
	case LABEL_GIST:
		if (r->gist == 0)
			return false;
		buf_str(b, r->label);
		buf_str(b, str_slice(r->detail, 0, r->gist));
		break;
	case LABEL_WHOLE:
	case LABEL_TWO:
		buf_str(b, r->label);
		break;
	case LABEL_BARE:
	case LABEL_BARE_TWO:
		if (bare.n == r->label.n)
			return false;
		buf_str(b, bare);
		break;
	case LABEL_BRIEF:
	case LABEL_BRIEF_TWO:
		if (r->brief.n == 0 || r->brief.n + method.n >= bare.n)
			return false;
		buf_str(b, r->brief);
		buf_str(b, method);
		break;
	default:
		/* It is not said whose answer it is. */
		buf_str(b, r->brief.n > 0 ? r->brief : r->label);
	}
	layout_put_marks(r, LAYOUT_AGAIN, b);
	return form != LABEL_DETAIL || r->detail.n > 0;
}

static double
line_width(const struct picture *p, struct str text)
{
	return figure_text_width(text, p->label_size, true);
}

/* Where a line of TEXT, BEFORE its number, is broken: before a bracket or
 * behind the number, where that fits ROOM; else what is the least wide. */
static size_t
break_label_at(
    const struct picture *p, struct str text, double before, double room)
{
	double whole = line_width(p, text), least = whole;
	ptrdiff_t bracket = str_find(text, " (");
	size_t best = before > 0 ? 0 : text.n;

	for (size_t i = 1; i < text.n; i++) {
		double first, second;

		if (text.p[i] != ' ')
			continue;
		first = before + line_width(p, str_slice(text, 0, i));
		second = line_width(p, str_slice(text, i + 1, text.n));
		first = fmax(first, second);
		if ((ptrdiff_t)i == bracket && first <= room)
			return i;
		if (first >= least)
			continue;
		least = first;
		best = i;
	}
	return before > 0 && whole <= room ? 0 : best;
}

static void
put_number(const struct layout_row *r, struct label_words *w)
{
	if (r->number == 0)
		return;
	buf_putc(&w->number, 'F');
	buf_u64(&w->number, r->number);
	w->before = figure_text_width(buf_view(&w->number), NUMBER, false) + 4;
}

bool
picture_words(const struct picture *p, const struct layout_row *r,
    enum label_form form, double room, struct label_words *w)
{
	bool two = form == LABEL_TWO || form == LABEL_BARE_TWO ||
		   form == LABEL_BRIEF_TWO;
	struct buf text = BUF_INIT;
	bool differs = put_form(r, form, &text);
	struct str all = buf_view(&text);
	size_t cut = all.n;

	*w = (struct label_words){ .n = 1 };
	put_number(r, w);
	if (two) {
		cut = break_label_at(p, all, w->before, room);
		differs = differs && cut < all.n;
	}
	if (cut < all.n) {
		buf_str(&w->lines[0], str_slice(all, 0, cut));
		buf_str(&w->lines[w->n++],
		    str_slice(all, cut > 0 ? cut + 1 : 0, all.n));
	} else if (form == LABEL_LEAST) {
		figure_fit(&w->lines[0], all, p->label_size, true,
		    fmax(room - w->before, METHOD_MOST));
	} else {
		buf_str(&w->lines[0], all);
	}
	w->width = w->before + line_width(p, buf_view(&w->lines[0]));
	w->width = fmax(w->width, line_width(p, buf_view(&w->lines[1])));
	if (text.err != 0 || w->number.err != 0 || w->lines[0].err != 0 ||
	    w->lines[1].err != 0)
		w->err = ERR_NOMEM;
	buf_free(&text);
	return differs;
}

void
picture_words_free(struct label_words *w)
{
	buf_free(&w->number);
	for (int i = 0; i < LABEL_LINES; i++)
		buf_free(&w->lines[i]);
}

double
picture_words_width(
    const struct picture *p, const struct layout_row *r, enum label_form form)
{
	struct label_words w;
	double width = picture_words(p, r, form, 0, &w) ? w.width : INFINITY;

	picture_words_free(&w);
	return width;
}
