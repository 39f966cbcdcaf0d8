/*
 * What a handset's board says it did: one row for each `what`, a line for a
 * list and a sentence.  A fault's sentence says what happened and in which
 * function; `cycles` says where the time went.
 */
#include "words/board_words.h"
#include "words/record_text_in.h"

#include "base/err.h"
#include "base/utf8.h"

#define TOP_TOLD 2 /* functions in a sentence */

/* What B's pieces are put together in. */
struct board_told {
	struct telling *w;
	struct trace_board r;
	struct buf piece;
};

/* What was put into the piece, for a sentence; the piece is empty again. */
static const char *
take_piece(struct board_told *b)
{
	const char *text = tell_text(b->w, buf_view(&b->piece));

	if (b->piece.err != 0)
		b->w->out->err = b->piece.err;
	buf_clear(&b->piece);
	return text;
}

static const char *
count_of(struct board_told *b)
{
	board_put_count(&b->piece, b->r.count);
	return take_piece(b);
}

static const char *
time_of(struct board_told *b)
{
	board_put_time(&b->piece, b->r.ns);
	return take_piece(b);
}

/* A text in its marks: empty ones are seen to be empty. */
static const char *
text_of(struct board_told *b)
{
	return tell_text(b->w, b->r.text);
}

static void
uart_summary(struct board_told *b)
{
	buf_printf(b->w->out, _("console: %s"), text_of(b));
}

static void
uart_sentence(struct board_told *b)
{
	buf_printf(b->w->out, _("%s wrote on its console: \"%s\"."),
	    tell_node(b->w), text_of(b));
}

static void
lcd_summary(struct board_told *b)
{
	struct str text = str_trim(b->r.text);

	/* TRANSLATORS: row 2 of a phone's screen */
	buf_printf(b->w->out, _("screen %u: %s"), b->r.row + 1,
	    text.n > 0 ? tell_text(b->w, text) : _("no text"));
}

static void
lcd_sentence(struct board_told *b)
{
	struct str text = str_trim(b->r.text);

	if (text.n > 0)
		buf_printf(b->w->out,
		    _("Row %u of the screen of %s now shows \"%s\"."),
		    b->r.row + 1, tell_node(b->w), tell_text(b->w, text));
	else
		buf_printf(b->w->out,
		    _("Row %u of the screen of %s changed; there is no text "
		      "in it."),
		    b->r.row + 1, tell_node(b->w));
}

static void
key_summary(struct board_told *b)
{
	buf_printf(b->w->out, _("key %s"), text_of(b));
}

static void
key_sentence(struct board_told *b)
{
	buf_printf(b->w->out, _("The key %s of %s was pressed."), text_of(b),
	    tell_node(b->w));
}

static void
cycles_summary(struct board_told *b)
{
	board_put_work(b->w->out, b->r.count, b->r.ns);
}

static void
cycles_sentence(struct board_told *b)
{
	const char *count = count_of(b), *time = time_of(b), *phases, *top;

	board_put_phases(&b->piece, &b->r);
	phases = take_piece(b);
	board_put_top(&b->piece, &b->r, TOP_TOLD);
	top = take_piece(b);
	/* TRANSLATORS: node, "145,320", "1.07 ms" */
	buf_printf(b->w->out, _("%s computed %s instructions in %s"),
	    tell_node(b->w), count, time);
	if (phases[0] != '\0')
		/* TRANSLATORS: "parsing 43 %, building 22 %" */
		buf_printf(b->w->out, _(": %s"), phases);
	if (top[0] != '\0')
		/* TRANSLATORS: "_malloc_r (10 %), strlen (8 %)" */
		buf_printf(b->w->out, _("; most in %s"), top);
	buf_puts(b->w->out, _("."));
}

/* What went wrong: the table's word, else the record's own. */
static const char *
fault_of(struct board_told *b)
{
	const char *text = trace_board_fault_text(b->r.fault);

	if (text != NULL)
		return i18n_text(text);
	return b->r.text.n > 0    ? text_of(b)
	       : b->r.fault.n > 0 ? tell_text(b->w, b->r.fault)
				  : "?";
}

static void
put_where(struct board_told *b)
{
	if (b->r.at.n > 0)
		/* TRANSLATORS: a function: "in hal_wait+0x1c" */
		buf_printf(b->w->out, _(", in %s"), tell_text(b->w, b->r.at));
	if (b->r.address >= 0)
		buf_printf(b->w->out, _(", address 0x%08llx"),
		    (unsigned long long)b->r.address);
}

static void
fault_summary(struct board_told *b)
{
	buf_printf(b->w->out, _("fault: %s"), fault_of(b));
	put_where(b);
}

static void
fault_sentence(struct board_told *b)
{
	/* TRANSLATORS: node, "it read where there is nothing" */
	buf_printf(b->w->out, _("The processor of %s can't go on: %s"),
	    tell_node(b->w), fault_of(b));
	put_where(b);
	buf_puts(b->w->out, _(". The node is down."));
}

static void
watchdog_summary(struct board_told *b)
{
	buf_puts(b->w->out, _("the watchdog starts it anew"));
}

static void
watchdog_sentence(struct board_told *b)
{
	buf_printf(b->w->out,
	    _("The watchdog of %s started it anew: its firmware had not said "
	      "in time that it was well."),
	    tell_node(b->w));
}

static void
report_summary(struct board_told *b)
{
	buf_printf(b->w->out, _("report: %s"), text_of(b));
}

static void
report_sentence(struct board_told *b)
{
	buf_printf(b->w->out, _("The firmware of %s said of itself: \"%s\"."),
	    tell_node(b->w), text_of(b));
}

typedef void board_fn(struct board_told *b);

static const struct {
	board_fn *summary, *sentence;
} rows[TRACE_BOARD_WHAT_COUNT] = {
	[TRACE_BOARD_UART] = { uart_summary, uart_sentence },
	[TRACE_BOARD_LCD] = { lcd_summary, lcd_sentence },
	[TRACE_BOARD_KEY] = { key_summary, key_sentence },
	[TRACE_BOARD_CYCLES] = { cycles_summary, cycles_sentence },
	[TRACE_BOARD_FAULT] = { fault_summary, fault_sentence },
	[TRACE_BOARD_WATCHDOG] = { watchdog_summary, watchdog_sentence },
	[TRACE_BOARD_REPORT] = { report_summary, report_sentence },
};

static void
tell_board(struct telling *w, bool sentence)
{
	struct board_told b = { .w = w, .piece = BUF_INIT };
	struct buf memory = BUF_INIT;

	if (trace_get_board(w->rec, &b.r, &memory) != 0)
		w->out->err = ERR_NOMEM;
	else if (b.r.what == TRACE_BOARD_WHAT_COUNT && sentence)
		tell_rows(w, record_fields_sentence, w->out);
	else if (b.r.what == TRACE_BOARD_WHAT_COUNT)
		buf_puts(w->out, tell_fields(w));
	else
		(sentence ? rows[b.r.what].sentence : rows[b.r.what].summary)(
		    &b);
	buf_free(&b.piece);
	buf_free(&memory);
}

static void
summary(struct telling *w)
{
	tell_board(w, false);
}

static void
sentence(struct telling *w)
{
	tell_board(w, true);
}

const struct record_kind record_board = {
	.tell_summary = summary,
	.tell_sentence = sentence,
};
