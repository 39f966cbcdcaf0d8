/*
 * A handset's board in words: what its records say, and what it is at, for
 * the node's pane.
 */
#include "words/record_text.h"

#include <inttypes.h>

#include "base/err.h"
#include "base/i18n.h"
#include "text/utf8.h"
#include "words/node_doc_in.h"
#include "words/record_text_in.h"
#include "words/time_words.h"

/* ---- a board's numbers in words ---- */

#define NAME_CELLS 40 /* of a function */

/* "1.07 ms": three digits are enough. */
static void
board_put_time(struct buf *b, uint64_t ns)
{
	uint64_t unit = 1;

	if (ns > INT64_MAX)
		ns = INT64_MAX;
	while (ns / unit >= 1000)
		unit *= 10;
	/* Up to the next whole unit there is room: ns is below 2^63. */
	time_put_length(b, (int64_t)((ns - ns % unit) +
				     (ns % unit >= (unit + 1) / 2 && unit > 1 &&
						 ns < INT64_MAX - unit
					     ? unit
					     : 0)));
}

/* "585 KiB" */
static void
board_put_size(struct buf *b, uint64_t bytes)
{
	static const char *const units[] = { "B", "KiB", "MiB", "GiB" };
	uint64_t unit = 1;
	size_t i = 0;

	for (; i + 1 < 4 && bytes / unit >= 1024; i++)
		unit *= 1024;
	/* "1.5 MiB", but "12 MiB" and "585 KiB" */
	if (i > 0 && bytes / unit < 10 && bytes % unit != 0)
		buf_printf(b, "%" PRIu64 ".%u %s", bytes / unit,
		    (unsigned)(bytes % unit * 10 / unit), units[i]);
	else
		buf_printf(b, "%" PRIu64 " %s", bytes / unit, units[i]);
}

static const char *
text(struct telling *w)
{
	return tell_text(w, w->board.text);
}

static const char *
count(struct telling *w)
{
	char text[32];

	return tell_text(w, str_of(str_grouped(w->board.count, text)));
}

void
board_put_work(struct buf *b, uint64_t count, uint64_t ns)
{
	struct buf time = BUF_INIT;
	char n[32];

	board_put_time(&time, ns);
	/* TRANSLATORS: "145,320 instructions, 1.07 ms" */
	buf_printf(b, _("%s instructions, %s"), str_grouped(count, n),
	    buf_cstr(&time));
	buf_end(&time, &b->err);
}

void
board_put_memory(struct buf *b, const struct trace_board *r)
{
	const uint64_t bytes[] = { r->image, r->heap, r->stack, r->ram };
	struct buf size[4];

	for (size_t i = 0; i < 4; i++) {
		size[i] = BUF_INIT;
		board_put_size(&size[i], bytes[i]);
	}
	/* TRANSLATORS: sizes: "585 KiB program, 51 KiB heap, 2.6 KiB stack, of
	 * 64 MiB" */
	buf_printf(b, _("%s program, %s heap, %s stack, of %s"),
	    buf_cstr(&size[0]), buf_cstr(&size[1]), buf_cstr(&size[2]),
	    buf_cstr(&size[3]));
	for (size_t i = 0; i < 4; i++)
		buf_end(&size[i], &b->err);
}

unsigned
board_percent(uint64_t part, uint64_t whole)
{
	if (whole == 0)
		return 0;
	if (part >= whole)
		return 100;
	return (unsigned)((double)part / (double)whole * 100 + 0.5);
}

/* Of the phases, the Ith largest. */
static enum trace_phase
board_phase(const struct trace_board *r, size_t i)
{
	unsigned order[TRACE_PHASE_COUNT] = { 0 };

	for (unsigned n = 0; n < TRACE_PHASE_COUNT; n++) {
		unsigned at = n;

		for (; at > 0 && r->phases[order[at - 1]] < r->phases[n]; at--)
			order[at] = order[at - 1];
		order[at] = n;
	}
	return order[i < TRACE_PHASE_COUNT ? i : 0];
}

/* "parsing 43 %, building 22 %", the largest first; nothing where the record
 * says nothing.  Phases below one in a hundred are left out. */
static void
board_put_phases(struct buf *b, const struct trace_board *r)
{
	bool any = false;

	for (size_t i = 0; i < TRACE_PHASE_COUNT; i++) {
		enum trace_phase phase = board_phase(r, i);
		unsigned percent = board_percent(r->phases[phase], r->count);

		if (percent == 0)
			continue;
		/* TRANSLATORS: "parsing 43 %" */
		buf_printf(b, _("%s%s %u %%"), any ? _(", ") : "",
		    i18n_text(trace_phase_text(phase)), percent);
		any = true;
	}
}

/* "_malloc_r (10 %), strlen (8 %)", MOST at most. */
static void
board_put_top(struct buf *b, const struct trace_board *r, size_t most)
{
	for (size_t i = 0; i < r->ntop && i < most; i++) {
		if (i > 0)
			buf_puts(b, _(", "));
		utf8_add_safe(b, utf8_clip(r->top[i].name, NAME_CELLS));
		/* TRANSLATORS: behind a function's name: "(10 %)" */
		buf_printf(
		    b, _(" (%u %%)"), board_percent(r->top[i].count, r->count));
	}
}

/* ---- what its records say ---- */

#define TOP_TOLD 2 /* functions in a sentence */

static void
read_board_record(struct telling *w)
{
	if (trace_get_board(w->rec, &w->board, &w->memory) != 0)
		w->out->err = ERR_NOMEM;
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

/* The fault: the table's word, else the record's own. */
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

/* The reason why the loop woke. */
static const char *
woken(struct telling *w)
{
	static const struct {
		const char *word, *text;
	} reasons[] = {
		{ "datagram", N_("a datagram") },
		{ "key", N_("a key") },
		{ "timer", N_("one of its timers") },
		{ "clock", N_("its clock") },
	};

	for (size_t i = 0; i < COUNT_OF(reasons); i++)
		if (str_is(w->board.text, reasons[i].word))
			return i18n_text(reasons[i].text);
	return "";
}

/* "ICT 1, NICT 2": libosip2's lists that are not empty. */
static const char *
lists(struct telling *w)
{
	struct json_value v = trace_member(w->rec, "lists"), one;
	struct buf b = BUF_INIT;
	struct str name;
	size_t at = 0;
	int64_t n;

	while (v.type == JSON_OBJECT && json_next(v.raw, &at, &name, &one) == 1)
		if (json_int(one, &n) == 0 && n > 0) {
			buf_puts(&b, b.n > 0 ? _(", ") : "");
			utf8_add_safe(&b, utf8_clip(name, NAME_CELLS));
			buf_printf(&b, " %" PRId64, n);
		}
	return tell_buf(w, &b);
}

/* Its events and callbacks; its functions where it has none. */
static const char *
steps(struct telling *w)
{
	struct json_value v = trace_member(w->rec, "did"), one;
	struct buf b = BUF_INIT;
	size_t at = 0;

	while (json_item(v, &at, &one)) {
		struct str word = json_text_in(one, &w->memory);

		if (word.n == 0 || !(word.p[0] >= 'A' && word.p[0] <= 'Z'))
			continue;
		buf_puts(&b, b.n > 0 ? " → " : "");
		utf8_add_safe(&b, utf8_clip(word, NAME_CELLS));
	}
	return b.n > 0 ? tell_buf(w, &b) : tell_list(w, "did");
}

/*
 * One row for each `what`. A fault's sentence says what happened and in which
 * function; `cycles` says where the time went.
 */
const struct record_kind record_board = {
	.prepare = read_board_record,
	.terms = TERMS(TERM(text), TERM(shown), TERM(row), TERM(count),
	    TERM(length), TERM(work), TERM(phases), TERM(top), TERM(fault),
	    TERM(address), TERM(woken), TERM(lists), TERM(steps),
	    KEYED("did", tell_list, "did")),
	.summary = ROWS({ "what=uart", N_("console: [{text}]") },
	    /* TRANSLATORS: row 2 of a phone's screen */
	    { "what=lcd;shown", N_("screen {row}: {shown}") },
	    { "what=lcd", N_("screen {row}: no text") },
	    { "what=key", N_("key [{text}]") }, { "what=cycles", "{work}" },
	    /* TRANSLATORS: in a function: "hal_wait+0x1c" */
	    { "what=fault",
		N_("fault: {fault}[, in {at}][, address {address}]") },
	    { "what=watchdog", N_("the watchdog restarts it") },
	    { "what=report", N_("report: [{text}]") },
	    /* TRANSLATORS: what a turn of a program's loop did: "woken by a
	     * datagram: sip_receive, osip_message_parse" */
	    { "what=turn;woken", N_("woken by {woken}: {steps}") },
	    { "what=turn", N_("its loop can't be recorded: the firmware has no "
			      "symbols for it") },
	    { "", "{fields}" }),
	.sentence = ROWS(
	    { "what=uart", N_("{node} wrote on its console: “[{text}]”.") },
	    { "what=lcd;shown", N_("Row {row} of the screen of {node} now "
				   "shows “{shown}”.") },
	    { "what=lcd", N_("Row {row} of the screen of {node} changed; it "
			     "contains no text.") },
	    { "what=key", N_("The key [{text}] of {node} was pressed.") },
	    /* TRANSLATORS: "145,320", "1.07 ms", "parsing 43 %", functions:
	     * "_malloc_r (10 %), strlen (8 %)" */
	    { "what=cycles", N_("{node} executed {count} instructions in "
				"{length}[: {phases}][; most in {top}].") },
	    /* TRANSLATORS: "it read where there is nothing" */
	    { "what=fault",
		N_("The processor of {node} can't continue: {fault}[, in "
		   "{at}][, address {address}]. The node is down.") },
	    { "what=watchdog",
		N_("The watchdog of {node} restarted it, because its firmware "
		   "had not reported in time that it was running.") },
	    { "what=report",
		N_("The firmware of {node} reported: “[{text}]”.") },
	    { "what=turn;woken;lists",
		N_("The loop of {node} was woken by {woken} and was awake for "
		   "{length}: {did}. After that libosip2's lists hold "
		   "{lists}.") },
	    { "what=turn;woken",
		N_("The loop of {node} was woken by {woken} and was awake for "
		   "{length}: {did}. After that libosip2's lists are empty.") },
	    { "what=turn", N_("The loop of {node} can't be recorded: its "
			      "firmware has no symbols for it.") },
	    { "", N_("At {node}, {kind_text}: {fields}.") }),
};

/* ---- what it is at, for the node's pane ---- */

/* A record of the board, and what it says; false where there is none. */
static bool
get_board(struct node_view *v, uint64_t seq, struct trace_board *r,
    struct buf *memory)
{
	struct trace_rec rec;

	if (seq == 0)
		return false;
	trace_get(v->t, seq, &rec);
	if (trace_get_board(&rec, r, memory) == 0)
		return true;
	v->d->err = ERR_NOMEM;
	return false;
}

static void
put_board_value(struct node_view *v, uint64_t seq, const char *label,
    struct buf *b, enum canvas_style style)
{
	if (b->err != 0)
		v->d->err = b->err;
	node_value(v, seq, NODE_INDENT, label, buf_view(b), style);
	buf_clear(b);
}

/* What record SEQ wrote. */
static void
put_written(struct node_view *v, uint64_t seq, struct str text)
{
	doc_line(v->d, seq);
	doc_pad(v->d, NODE_INDENT);
	doc_clip(v->d, STYLE_PLAIN, text,
	    v->width > NODE_INDENT + 8 ? v->width - NODE_INDENT : 8);
}

static void
put_screen(struct node_view *v, const struct state_at_board *board)
{
	LOCAL_BUF memory = BUF_INIT;
	struct trace_board r;

	if (board->lcd == 0)
		return;
	node_heading(v, _("Screen"));
	for (unsigned i = 0; i < TRACE_BOARD_ROWS; i++) {
		if (get_board(v, board->rows[i], &r, &memory) && r.width > 0)
			put_written(v, board->rows[i], r.text);
	}
}

static void
put_processor(struct node_view *v, const struct state_at_board *board)
{
	LOCAL_BUF memory = BUF_INIT, b = BUF_INIT;
	struct trace_board r;

	if (get_board(v, board->cycles, &r, &memory)) {
		utf8_add_safe(&b, utf8_clip(r.at, 60));
		if (r.mode.n > 0)
			buf_printf(
			    &b, " (%.*s)", STR_ARG(utf8_clip(r.mode, 8)));
		put_board_value(v, board->cycles, _("at"), &b, STYLE_PLAIN);
		if (r.ram > 0) {
			board_put_memory(&b, &r);
			put_board_value(
			    v, board->cycles, _("memory"), &b, STYLE_PLAIN);
		}
	}
	board_put_work(&b, board->instructions, board->ns);
	put_board_value(v, board->cycles, _("executed"), &b, STYLE_PLAIN);
}

/* A record in a sentence, and when it was. */
static void
put_told_record(struct node_view *v, uint64_t seq, const char *label)
{
	LOCAL_BUF b = BUF_INIT;
	struct trace_rec rec;

	if (seq == 0)
		return;
	trace_get(v->t, seq, &rec);
	time_put(&b, rec.t);
	buf_puts(&b, " s: ");
	record_summary(v->t, &rec, &b);
	put_board_value(v, seq, label, &b, STYLE_LOST);
}

static void
put_console(struct node_view *v, const struct state_at_board *board)
{
	LOCAL_BUF memory = BUF_INIT;
	struct trace_board r;
	size_t n = STATE_AT_BOARD_LINES;

	while (n > 0 && board->uart[n - 1] == 0)
		n--;
	if (n == 0)
		return;
	node_heading(v, _("Console"));
	for (size_t i = n; i-- > 0;) {
		if (!get_board(v, board->uart[i], &r, &memory))
			break;
		put_written(v, board->uart[i], r.text);
	}
}

void
node_put_board(struct node_view *v)
{
	const struct state_at_board *board =
	    state_at_find_board(v->f, v->node->name);

	if (board == NULL)
		return;
	node_heading(v, _("Board"));
	put_processor(v, board);
	put_told_record(v, board->fault, _("fault"));
	put_told_record(v, board->watchdog, _("watchdog"));
	put_screen(v, board);
	put_console(v, board);
}
