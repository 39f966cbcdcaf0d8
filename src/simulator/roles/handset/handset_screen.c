/*
 * The handset's screen as `board` records: the rows of characters that changed,
 * each with its text, as far as the firmware's font tells it, and its pixels,
 * so that a viewer of the trace sees the screen too.  A pixel of 16 bits is
 * dark where it is darker than half.
 */
#include "roles/handset/handset_in.h"

#include "text/json.h"

#define ROW TRACE_BOARD_ROW

/* A row's pixels, 1 bit each, the leftmost in the highest, lines of whole
 * bytes. */
static void
pack_row(const struct board_screen *s, unsigned row, struct buf *out)
{
	for (unsigned y = row * ROW; y < row * ROW + ROW && y < s->h; y++)
		for (unsigned x = 0; x < s->w; x += 8) {
			unsigned byte = 0;

			for (unsigned i = 0; i < 8 && x + i < s->w; i++)
				byte |= (unsigned)board_screen_dark(s, x + i, y)
					<< (7 - i);
			buf_putc(out, (char)byte);
		}
}

static void
record_row(struct handset *h, const struct board_screen *s, unsigned row,
    struct str pixels)
{
	struct trace_writer *w = handset_record(h, "lcd");
	LOCAL_BUF b = BUF_INIT;

	board_screen_text(h->board, row, &b);
	trace_put_str(w, "text", buf_view(&b));
	trace_put_int(w, "row", row);
	trace_put_int(w, "width", s->w);
	trace_put_int(w, "height", s->h);
	buf_clear(&b);
	buf_putc(&b, '"');
	json_put_base64(&b, pixels);
	buf_putc(&b, '"');
	trace_put_json(w, "pixels", buf_view(&b));
	trace_close(w);
	node_fail_nomem(h->node, b.err);
}

void
handset_show(struct handset *h)
{
	const struct board_screen *s = board_screen(h->board);
	LOCAL_BUF pixels = BUF_INIT;

	for (unsigned row = 0; row < (s->h + ROW - 1) / ROW; row++) {
		uint64_t hash;

		buf_clear(&pixels);
		pack_row(s, row, &pixels);
		hash = str_hash(buf_view(&pixels));
		if (row < TRACE_BOARD_ROWS && h->drawn[row] != hash) {
			h->drawn[row] = hash;
			record_row(h, s, row, buf_view(&pixels));
		}
	}
	node_fail_nomem(h->node, pixels.err);
}

int
handset_screen(void *role, struct buf *out)
{
	struct handset *h = role;
	const struct board_screen *s = board_screen(h->board);

	for (unsigned row = 0; row < s->h / ROW; row++) {
		board_screen_text(h->board, row, out);
		buf_putc(out, '\n');
	}
	return out->err;
}
