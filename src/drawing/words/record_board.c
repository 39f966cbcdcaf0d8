/*
 * What a handset's board says it did: one row for each `what`.  A fault's
 * sentence says what happened and in which function; `cycles` says where the
 * time went.
 */
#include "words/board_words.h"
#include "words/record_text_in.h"

#include "base/err.h"
#include "text/utf8.h"

#define TOP_TOLD 2 /* functions in a sentence */

static void
read_board_record(struct telling *w)
{
	if (trace_get_board(w->rec, &w->board, &w->memory) != 0)
		w->out->err = ERR_NOMEM;
}

static const char *
text(struct telling *w)
{
	return tell_text(w, w->board.text);
}

/* What a row of the screen shows. */
static const char *
shown(struct telling *w)
{
	return tell_text(w, str_trim(w->board.text));
}

static const char *
row(struct telling *w)
{
	struct buf b = BUF_INIT;

	buf_printf(&b, "%u", w->board.row + 1);
	return tell_buf(w, &b);
}

static const char *
count(struct telling *w)
{
	char text[32];

	return tell_text(w, str_of(str_grouped(w->board.count, text)));
}

static const char *
length(struct telling *w)
{
	struct buf b = BUF_INIT;

	board_put_time(&b, w->board.ns);
	return tell_buf(w, &b);
}

static const char *
work(struct telling *w)
{
	struct buf b = BUF_INIT;

	board_put_work(&b, w->board.count, w->board.ns);
	return tell_buf(w, &b);
}

static const char *
phases(struct telling *w)
{
	struct buf b = BUF_INIT;

	board_put_phases(&b, &w->board);
	return tell_buf(w, &b);
}

static const char *
top(struct telling *w)
{
	struct buf b = BUF_INIT;

	board_put_top(&b, &w->board, TOP_TOLD);
	return tell_buf(w, &b);
}

/* What went wrong: the table's word, else the record's own. */
static const char *
fault(struct telling *w)
{
	const char *known = trace_board_fault_text(w->board.fault);

	if (known != NULL)
		return i18n_text(known);
	return tell_text(
	    w, w->board.text.n > 0 ? w->board.text : w->board.fault);
}

static const char *
address(struct telling *w)
{
	struct buf b = BUF_INIT;

	if (w->board.address < 0)
		return "";
	buf_printf(&b, "0x%08llx", (unsigned long long)w->board.address);
	return tell_buf(w, &b);
}

const struct record_kind record_board = {
	.prepare = read_board_record,
	.terms = TERMS(TERM(text), TERM(shown), TERM(row), TERM(count),
	    TERM(length), TERM(work), TERM(phases), TERM(top), TERM(fault),
	    TERM(address)),
	.summary = ROWS({ "what=uart", N_("console: [{text}]") },
	    /* TRANSLATORS: row 2 of a phone's screen */
	    { "what=lcd;shown", N_("screen {row}: {shown}") },
	    { "what=lcd", N_("screen {row}: no text") },
	    { "what=key", N_("key [{text}]") }, { "what=cycles", "{work}" },
	    /* TRANSLATORS: in a function: "hal_wait+0x1c" */
	    { "what=fault",
		N_("fault: {fault}[, in {at}][, address {address}]") },
	    { "what=watchdog", N_("the watchdog starts it anew") },
	    { "what=report", N_("report: [{text}]") }, { "", "{fields}" }),
	.sentence = ROWS(
	    { "what=uart", N_("{node} wrote on its console: “[{text}]”.") },
	    { "what=lcd;shown", N_("Row {row} of the screen of {node} now "
				   "shows “{shown}”.") },
	    { "what=lcd", N_("Row {row} of the screen of {node} changed; "
			     "there is no text in it.") },
	    { "what=key", N_("The key [{text}] of {node} was pressed.") },
	    /* TRANSLATORS: "145,320", "1.07 ms", "parsing 43 %", functions:
	     * "_malloc_r (10 %), strlen (8 %)" */
	    { "what=cycles",
		N_("{node} computed {count} instructions in {length}[: "
		   "{phases}][; most in {top}].") },
	    /* TRANSLATORS: "it read where there is nothing" */
	    { "what=fault",
		N_("The processor of {node} can't go on: {fault}[, in "
		   "{at}][, address {address}]. The node is down.") },
	    { "what=watchdog",
		N_("The watchdog of {node} started it anew: its firmware "
		   "had not said in time that it was well.") },
	    { "what=report", N_("The firmware of {node} said of itself: "
				"“[{text}]”.") },
	    { "", N_("At {node}, {kind_text}: {fields}.") }),
};
