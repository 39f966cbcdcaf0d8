/* The lines that follow the ladder's picture; see
 * ladder/ladder_figure_list_in.h.
 */
#include "ladder/ladder_figure_list_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "text/utf8.h"
#include "draw/wrap.h"
#include "ladder/ladder_figure_in.h"
#include "ladder/ladder_messages.h"
#include "words/time_words.h"

const struct list_look list_looks[LIST_KIND_COUNT] = {
	[LIST_TITLE] = { 12, 16, 18 },
	[LIST_HEADING] = { 9, 10, 14 },
	[LIST_TABLE] = { 8, 0, 14 },
	[LIST_ROW] = { 8.5, 0, 12 },
	[LIST_CODE] = { LIST_CODE_SIZE, 0, 9.8 },
	[LIST_SENTENCE] = { 8.5, 3, 12 },
};

/* Between the table's cells. */
#define CELL_GAP 12.0

/* What is being made. */
struct making {
	struct listing *s;
	const struct layout *l;
	uint64_t seq;
	size_t heading; /* the last one */
	struct buf scratch;
};

static void
add_line(struct listing *s, enum list_kind kind, struct str text, uint64_t seq,
    size_t of)
{
	if (ARRAY_ROOM(&s->lines, &s->room, s->nlines + 1) != 0) {
		s->err = ERR_NOMEM;
		return;
	}
	s->lines[s->nlines++] =
	    (struct list_line){ kind, s->text.n, text.n, seq, of };
	buf_str(&s->text, text);
}

/* TEXT as lines of safe text. */
static void
add_lines(struct making *m, enum list_kind kind, struct str text)
{
	while (text.n > 0) {
		struct str line = str_cut(text, '\n', &text);

		add_line(m->s, kind, line, m->seq, m->heading);
	}
}

static void
take_heading(void *arg, const struct layout_row *r, struct str text)
{
	struct making *m = arg;

	m->seq = r->seq;
	m->heading = m->s->nlines;
	add_line(m->s, LIST_HEADING, text, r->seq, LIST_NONE);
}

static void
put_message_lines(void *arg, struct str bytes)
{
	struct making *m = arg;
	struct str text;

	buf_clear(&m->scratch);
	ladder_messages_put(
	    bytes, 0, (size_t)(m->s->width / LIST_LETTER), &m->scratch);
	text = buf_view(&m->scratch);
	/* The empty line behind the header of a message without a body. */
	while (text.n > 0 && text.p[text.n - 1] == '\n')
		text.n--;
	add_lines(m, LIST_CODE, text);
}

static void
take_sentence(void *arg, struct str text, bool between)
{
	struct making *m = arg;

	(void)between;
	buf_clear(&m->scratch);
	utf8_add_safe(&m->scratch, text);
	add_lines(m, LIST_SENTENCE, buf_view(&m->scratch));
}

static int
add_messages(struct making *m, const struct trace *t)
{
	static const struct ladder_messages_form form = { .arrows = true,
		.heading = take_heading,
		.bytes = put_message_lines,
		.sentence = take_sentence };

	m->seq = 0;
	add_line(m->s, LIST_TITLE, str_of(_("Messages")), 0, LIST_NONE);
	return ladder_messages_each(t, m->l, &form, m);
}

/* One of a row's cells behind the others; how wide it is counts. */
static void
add_cell(struct making *m, size_t cell, struct str text)
{
	double width =
	    figure_text_width(text, list_looks[LIST_ROW].size, cell == 0);

	if (width > m->s->cells[cell])
		m->s->cells[cell] = width;
	if (cell > 0)
		buf_putc(&m->scratch, LIST_CUT);
	utf8_add_safe(&m->scratch, text);
}

static struct str
label_of(const struct layout *l, size_t column)
{
	return column < l->ncolumns ? l->columns[column].name : STR("");
}

static void
add_number(struct making *m, const struct layout_row *r)
{
	struct buf b = BUF_INIT;

	buf_clear(&m->scratch);
	buf_printf(&b, "F%u", r->number);
	add_cell(m, 0, buf_view(&b));
	buf_clear(&b);
	time_put(&b, r->t);
	buf_puts(&b, " s");
	add_cell(m, 1, buf_view(&b));
	buf_clear(&b);
	buf_str(&b, r->named.n > 0 ? r->named : r->label);
	layout_put_marks(r, LAYOUT_AGAIN, &b);
	if (r->lost)
		buf_printf(&b, _(", %.*s"), STR_ARG(r->lost_text));
	add_cell(m, 2, buf_view(&b));
	add_cell(m, 3, label_of(m->l, r->from));
	add_cell(m, 4, label_of(m->l, r->to));
	add_line(m->s, LIST_ROW, buf_view(&m->scratch), r->seq, m->heading);
	buf_end(&b, &m->s->err);
}

static void
add_numbers(struct making *m)
{
	const char *heads[LIST_CELLS] = { "", _("time"), _("message"),
		_("from"), _("to") };

	m->heading = m->s->nlines;
	for (size_t i = 0; i < LIST_CELLS; i++)
		add_cell(m, i, str_of(heads[i]));
	add_line(m->s, LIST_TABLE, buf_view(&m->scratch), 0, LIST_NONE);
	for (size_t i = 0; i < m->l->nrows; i++)
		if (m->l->rows[i].number > 0)
			add_number(m, &m->l->rows[i]);
	m->heading = LIST_NONE;
}

/* Sums of widths differ by less: the last cell has what is left. */
#define ROUNDING 0.01

/* Where the table is too wide, its widest cell gives way. */
static void
fit_cells(struct listing *s)
{
	double rest = s->width - (LIST_CELLS - 1) * CELL_GAP - ROUNDING;
	size_t widest = 0;

	for (size_t i = 0; i < LIST_CELLS; i++) {
		rest -= s->cells[i];
		if (s->cells[i] > s->cells[widest])
			widest = i;
	}
	if (rest < 0)
		s->cells[widest] += rest;
	if (s->cells[widest] < 20)
		s->cells[widest] = 20;
	for (size_t i = 0; i + 1 < LIST_CELLS; i++)
		s->cells[i] += CELL_GAP;
}

/* Which bytes of TEXT go on a line of WIDTH, where a cell is too long: whole
 * words, if there are several. */
static size_t
fitting(struct str text, bool bold, double width)
{
	double size = list_looks[LIST_ROW].size;
	size_t best = 0, at = 0;

	if (figure_text_width(text, size, bold) <= width)
		return text.n;
	while (at < text.n) {
		size_t used;

		utf8_decode(str_slice(text, at, text.n), &used);
		if (at > 0 && figure_text_width(str_slice(text, 0, at + used),
				  size, bold) > width)
			break;
		at += used;
		if (at < text.n && text.p[at] == ' ')
			best = at;
	}
	return best > 0 ? best : at;
}

/* One line of a row whose CELLS are that, as much of each as fits into its
 * width; what is left remains there.  True: something is. */
static bool
take_list_line(struct making *m, struct str cells[LIST_CELLS])
{
	bool left = false;
	double x = 0;

	buf_clear(&m->scratch);
	for (size_t i = 0; i < LIST_CELLS; i++) {
		double width = i + 1 < LIST_CELLS
				   ? m->s->cells[i] - CELL_GAP / 2
				   : m->s->width - x;
		size_t n = fitting(cells[i], i == 0, width);

		if (i > 0)
			buf_putc(&m->scratch, LIST_CUT);
		buf_str(&m->scratch, str_slice(cells[i], 0, n));
		cells[i] = wrap_rest(str_slice(cells[i], n, cells[i].n));
		left = left || cells[i].n > 0;
		x += m->s->cells[i];
	}
	return left;
}

/* What is too long for its cell goes on below. */
static void
wrap_rows(struct making *m)
{
	struct listing *s = m->s;
	struct list_line *lines = s->lines;
	struct buf text = s->text, empty = BUF_INIT;
	size_t nlines = s->nlines;

	s->lines = NULL;
	s->nlines = s->room = 0;
	s->text = empty;
	for (size_t i = 0; i < nlines && s->err == 0; i++) {
		struct str rest = str_slice(
		    buf_view(&text), lines[i].at, lines[i].at + lines[i].n);
		struct str cells[LIST_CELLS];
		bool more;

		for (size_t k = 0; k < LIST_CELLS; k++)
			cells[k] = str_cut(rest, LIST_CUT, &rest);
		do {
			more = take_list_line(m, cells);
			add_line(s, lines[i].kind, buf_view(&m->scratch),
			    lines[i].seq, lines[i].of);
			/* Only the first is the heading said again. */
		} while (more && s->err == 0 && lines[i].kind == LIST_ROW);
	}
	buf_end(&text, &s->err);
	mem_free(lines);
}

int
list_make(struct listing *s, const struct layout *l, const struct trace *t,
    bool numbers, double width)
{
	struct making m = {
		.s = s, .l = l, .heading = LIST_NONE, .scratch = BUF_INIT
	};
	int err = 0;

	*s = (struct listing){ .text = BUF_INIT, .width = width };
	for (size_t i = 0; i < l->nrows && numbers; i++)
		if (l->rows[i].number > 0) {
			add_numbers(&m);
			break;
		}
	fit_cells(s);
	wrap_rows(&m);
	if (t != NULL && l->nmessages > 0)
		err = add_messages(&m, t);
	if (err == 0)
		err = s->err | m.scratch.err | s->text.err;
	buf_free(&m.scratch);
	return err != 0 ? ERR_NOMEM : 0;
}

void
list_free(struct listing *s)
{
	buf_free(&s->text);
	mem_free(s->lines);
	mem_free(s->columns);
	mem_free(s->heights);
	*s = (struct listing){ .text = BUF_INIT };
}
