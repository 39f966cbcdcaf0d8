/*
 * What is written on an arrow where there is little room: whole words of it,
 * then the method or the status alone, and always how often it was repeated.
 */
#include "ladder/ladder_screen_in.h"

/* Labels shorter than this are not worth clipping. */
#define CLIP_LEAST 8

/* The longest beginning of LABEL in MOST cells that ends with a word; what
 * stands in brackets goes without a trace.  Empty where that is less than
 * BRIEF. */
static struct str
cut_to_words(struct str label, struct str brief, size_t most, bool *more)
{
	struct str best = STR_NULL;
	size_t open = 0;

	*more = false;
	for (size_t i = brief.n; i < label.n; i++) {
		struct str begin = str_slice(label, 0, i);
		bool cut = i + 1 < label.n && label.p[i + 1] != '(';

		open += (label.p[i] == '(') - (label.p[i] == ')' && open > 0);
		if (label.p[i] != ' ' || open > 0 ||
		    utf8_width(begin) + cut > most)
			continue;
		best = begin;
		*more = cut && i > brief.n;
	}
	return best;
}

static bool
is_wide(struct str s)
{
	size_t used;

	return s.n > 0 && utf8_cells(utf8_decode(s, &used)) == 2;
}

/* What stands in brackets, with the space before; empty where nothing does. */
static struct str
find_bracket(struct str label)
{
	ptrdiff_t from = str_find(label, " (");
	struct str rest =
	    from < 0 ? STR_NULL : str_slice(label, (size_t)from, label.n);
	ptrdiff_t to = str_chr(rest, ')');

	return to < 0 ? rest : str_slice(rest, 0, (size_t)to + 1);
}

/* "INVITE, edited" of "INVITE (SDP), edited": that it was changed says more.
 * False where not even the beginning of that has room. */
static bool
put_altered_label(const struct layout_row *r, size_t most, struct buf *b)
{
	struct str out = find_bracket(r->label);
	struct buf text = BUF_INIT;
	size_t cells, from;

	if (!r->altered || out.n == 0)
		return false;
	from = (size_t)(out.p - r->label.p);
	buf_str(&text, str_slice(r->label, 0, from));
	buf_str(&text, str_slice(r->label, from + out.n, r->label.n));
	cells = utf8_width(buf_view(&text));
	if (text.err == 0 && cells < most + 3)
		utf8_add_clipped(b, buf_view(&text), most);
	buf_free(&text);
	return cells < most + 3;
}

static void
put_core(const struct layout_row *r, size_t most, struct buf *b)
{
	size_t label = utf8_width(r->label), detail = utf8_width(r->detail);
	struct str gist = str_slice(r->detail, 0, r->gist), text, clipped;
	bool more;

	if (label <= most) {
		buf_str(b, r->label);
		most -= label;
		if (detail <= most || (2 * most >= detail && most > 1))
			utf8_add_clipped(b, r->detail, most);
		else if (utf8_width(gist) <= most)
			buf_str(b, gist);
		return;
	}
	if (most > 2 && put_altered_label(r, most, b))
		return;
	text = cut_to_words(r->label, r->brief, most, &more);
	/* Words that fill less than half are cut anywhere, and so are those
	 * without spaces between them. */
	clipped = utf8_clip(r->label, most > 0 ? most - 1 : 0);
	if (most >= CLIP_LEAST &&
	    ((more && 2 * utf8_width(text) < most) ||
		is_wide(str_slice(r->label, clipped.n, r->label.n)))) {
		utf8_add_clipped(b, r->label, most);
	} else if (text.n == 0) {
		utf8_add_clipped(b, r->brief, most);
	} else {
		buf_str(b, text);
		buf_puts(b, more ? "…" : "");
	}
}

size_t
ladder_label_least(const struct layout_row *r)
{
	return ladder_text_label_cells(r, LABEL_USUAL) -
	       utf8_width(find_bracket(r->label));
}

/* " r1" says little to who sees it first, without a legend: " retx1" where it
 * has room. */
static const char *
choose_again_mark(
    const struct ladder_screen *s, const struct layout_row *r, size_t most)
{
	return !s->paper && ladder_label_least(r) + 3 <= most ? " retx"
							      : LAYOUT_AGAIN;
}

struct ladder_label
ladder_label_make(struct ladder_screen *s, const struct layout_row *r,
    size_t most, struct str tail, bool ascii)
{
	struct ladder_label label = { .from = s->text.n };
	struct buf marks = BUF_INIT;
	size_t cells, before;

	layout_put_marks(
	    r, ascii ? choose_again_mark(s, r, most) : LAYOUT_AGAIN, &marks);
	ladder_text_put_front(r, &s->text);
	before = s->text.n;
	cells = before - label.from + utf8_width(buf_view(&marks));
	put_core(r, most > cells ? most - cells : 0, &s->text);
	label.cells = cells + utf8_width(str_slice(
				  buf_view(&s->text), before, s->text.n));
	buf_str(&s->text, buf_view(&marks));
	if (tail.n > 0 && label.cells + utf8_width(tail) <= most) {
		buf_str(&s->text, tail);
		label.cells += utf8_width(tail);
	}
	label.n = s->text.n - label.from;
	/* Numbers and marks alone may be too much. */
	if (label.cells > most)
		label.cells = most;
	buf_free(&marks);
	return label;
}
