/*
 * What a handset's board is at, for the node's pane: the screen as text, what
 * it computes, its memory, how it failed last, what it wrote on its console.
 */
#include "words/node_doc_in.h"

#include "base/err.h"
#include "words/board_words.h"
#include "words/record_text.h"
#include "words/time_words.h"

/* A record of the board, and what it says; false where there is none. */
static bool
get(struct node_view *v, uint64_t seq, struct trace_board *r,
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
put(struct node_view *v, uint64_t seq, const char *label, struct buf *b,
    enum canvas_style style)
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
put_screen(struct node_view *v, const struct fold_board *board)
{
	struct buf memory = BUF_INIT;
	struct trace_board r;

	if (board->lcd == 0)
		return;
	node_heading(v, _("Screen"));
	for (unsigned i = 0; i < TRACE_BOARD_ROWS; i++) {
		if (get(v, board->rows[i], &r, &memory) && r.width > 0)
			put_written(v, board->rows[i], r.text);
	}
	buf_free(&memory);
}

static void
put_processor(struct node_view *v, const struct fold_board *board)
{
	struct buf memory = BUF_INIT, b = BUF_INIT;
	struct trace_board r;

	if (get(v, board->cycles, &r, &memory)) {
		utf8_add_safe(&b, utf8_clip(r.at, 60));
		if (r.mode.n > 0)
			buf_printf(
			    &b, " (%.*s)", STR_ARG(utf8_clip(r.mode, 8)));
		put(v, board->cycles, _("at"), &b, STYLE_PLAIN);
		if (r.ram > 0) {
			board_put_memory(&b, &r);
			put(v, board->cycles, _("memory"), &b, STYLE_PLAIN);
		}
	}
	board_put_work(&b, board->instructions, board->ns);
	put(v, board->cycles, _("computed"), &b, STYLE_PLAIN);
	buf_free(&memory);
	buf_free(&b);
}

/* A record in a sentence, and when it was. */
static void
put_told_record(struct node_view *v, uint64_t seq, const char *label)
{
	struct buf b = BUF_INIT;
	struct trace_rec rec;

	if (seq == 0)
		return;
	trace_get(v->t, seq, &rec);
	time_put(&b, rec.t);
	buf_puts(&b, " s: ");
	record_summary(v->t, &rec, &b);
	put(v, seq, label, &b, STYLE_LOST);
	buf_free(&b);
}

static void
put_console(struct node_view *v, const struct fold_board *board)
{
	struct buf memory = BUF_INIT;
	struct trace_board r;
	size_t n = FOLD_BOARD_LINES;

	while (n > 0 && board->uart[n - 1] == 0)
		n--;
	if (n == 0)
		return;
	node_heading(v, _("Console"));
	for (size_t i = n; i-- > 0;) {
		if (!get(v, board->uart[i], &r, &memory))
			break;
		put_written(v, board->uart[i], r.text);
	}
	buf_free(&memory);
}

void
node_put_board(struct node_view *v)
{
	const struct fold_board *board = fold_find_board(v->f, v->node->name);

	if (board == NULL)
		return;
	node_heading(v, _("Board"));
	put_processor(v, board);
	put_told_record(v, board->fault, _("fault"));
	put_told_record(v, board->watchdog, _("watchdog"));
	put_screen(v, board);
	put_console(v, board);
}
