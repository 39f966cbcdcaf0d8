/* The answers of a terminal; see views/tui/terminal_reply.h. */
#include "views/tui/terminal_reply.h"

/* "12;34" between CSI and R. */
static bool
read_numbers(struct terminal_reply *r)
{
	struct str body = { r->bytes + 2, r->n - 3 }, column;
	struct str row = str_cut(body, ';', &column);
	uint32_t y, x;

	/* Without a ";" both would be absent or the same; 0 is not a place. */
	if (str_chr(body, ';') < 0 || str_u32(row, &y) != 0 ||
	    str_u32(column, &x) != 0 || y == 0 || x == 0 || y > UINT16_MAX ||
	    x > UINT16_MAX)
		return false;
	r->row = y;
	r->column = x;
	return true;
}

void
terminal_reply_end(struct terminal_reply *r, struct buf *other)
{
	if (other != NULL)
		buf_add(other, r->bytes, r->n);
	r->n = 0;
}

/* May C stand at place N of an answer? */
static bool
may_stand_at(size_t n, char c)
{
	switch (n) {
	case 0:
		return c == '\033';
	case 1:
		return c == '[';
	default:
		return chr_is_digit(c) || c == ';' || c == 'R';
	}
}

bool
terminal_reply_take(struct terminal_reply *r, char c, struct buf *other)
{
	bool fit = may_stand_at(r->n, c);

	/* An escape begins a new one, whatever came before. */
	if (!fit && c == '\033') {
		terminal_reply_end(r, other);
		fit = true;
	}
	r->bytes[r->n++] = c;
	if (fit && c == 'R' && r->n > 3 && read_numbers(r)) {
		r->n = 0;
		return true;
	}
	if (!fit || c == 'R' || r->n == sizeof(r->bytes))
		terminal_reply_end(r, other);
	return false;
}
