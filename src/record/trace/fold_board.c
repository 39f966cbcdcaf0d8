/*
 * A handset's board in the state: which records tell what it shows now.  Its
 * records carry pixels and registers; the state keeps their numbers alone, so
 * that a checkpoint costs a few hundred bytes a board.
 */
#include "trace/fold_in.h"

#include "base/err.h"

#include <string.h>

/* One record on its way into a board. */
struct taking {
	struct fold *f;
	uint32_t owner;
	uint64_t seq;
	struct str line;
	struct fold_board *b;
};

/* A number of the record that is not below 0; else 0. */
static uint64_t
number(const struct taking *k, const char *key)
{
	struct json_value line = { JSON_OBJECT, k->line };
	int64_t n = json_int_or(json_member(line, key), 0);

	return n > 0 ? (uint64_t)n : 0;
}

static void
add_count(uint64_t *total, uint64_t n)
{
	*total = n <= INT64_MAX - *total ? *total + n : INT64_MAX;
}

static void
take_uart(struct taking *k)
{
	uint64_t *lines = k->b->uart;

	memmove(lines + 1, lines, (FOLD_BOARD_LINES - 1) * sizeof(*lines));
	lines[0] = k->seq;
}

static void
take_lcd(struct taking *k)
{
	struct json_value line = { JSON_OBJECT, k->line };
	int64_t n = json_int_or(json_member(line, "row"), -1);

	if (n < 0 || n >= TRACE_BOARD_ROWS)
		return;
	k->b->lcd = k->b->rows[n] = k->seq;
}

static void
take_key(struct taking *k)
{
	k->b->key = k->seq;
	add_count(&k->b->keys, 1);
}

/* Not all that it computes is told at once, but the total tells. */
static void
take_cycles(struct taking *k)
{
	uint64_t count = number(k, "count"), ns = number(k, "ns");
	uint64_t total = number(k, "total"), more = count;

	k->b->cycles = k->seq;
	if (total > 0)
		more = total >= k->b->total ? total - k->b->total : total;
	k->b->total = total;
	add_count(&k->b->instructions, more);
	/* Each takes the same time. */
	if (count > 0 && more != count) {
		double all = (double)ns / (double)count * (double)more;

		ns = all < 1e18 ? (uint64_t)all : UINT64_C(1) << 62;
	}
	add_count(&k->b->ns, ns);
}

static void
turn(struct fold_board *b, const struct fold *f, uint64_t seq, bool down)
{
	b->down = down;
	b->since = trace_time_of(f->trace, seq);
}

static void
take_fault(struct taking *k)
{
	k->b->fault = k->seq;
	add_count(&k->b->faults, 1);
	turn(k->b, k->f, k->seq, true);
	fold_forget(k->f, k->owner);
}

/* It starts again, with nothing in its memory. */
static void
take_watchdog(struct taking *k)
{
	k->b->watchdog = k->seq;
	add_count(&k->b->resets, 1);
	turn(k->b, k->f, k->seq, false);
	fold_forget(k->f, k->owner);
}

static void (*const takes[TRACE_BOARD_WHAT_COUNT])(struct taking *k) = {
	[TRACE_BOARD_UART] = take_uart,
	[TRACE_BOARD_LCD] = take_lcd,
	[TRACE_BOARD_KEY] = take_key,
	[TRACE_BOARD_CYCLES] = take_cycles,
	[TRACE_BOARD_FAULT] = take_fault,
	[TRACE_BOARD_WATCHDOG] = take_watchdog,
};

/* OWNER's board to be written to, made where MAKE; *B is NULL where there is
 * none.  0 or ERR_NOMEM. */
static int
board_of(struct fold *f, uint64_t seq, uint32_t owner, bool make,
    struct fold_board **b)
{
	struct fold_table *boards = &f->tables[BOARDS];
	struct str node = trace_name(f->trace, owner - 1);
	struct board_entry *e;
	bool made;

	*b = NULL;
	if (!make && fold_table_find(boards, node, STR_NULL, STR_NULL) == NULL)
		return 0;
	e = fold_table_put(boards, owner, node, STR_NULL, STR_NULL, &made);
	if (e == NULL)
		return ERR_NOMEM;
	if (made) {
		e->v.node = node;
		e->v.first = seq;
		e->v.since = trace_time_of(f->trace, seq);
	}
	*b = &e->v;
	return 0;
}

int
fold_board_step(struct fold *f, uint64_t seq, uint32_t owner)
{
	enum trace_board_what what = trace_board_what(f->trace, seq);
	struct taking k = { .f = f,
		.owner = owner,
		.seq = seq,
		.line = trace_line(f->trace, seq) };
	int err;

	/* The network has no board. */
	if (owner == 0 || what == TRACE_BOARD_WHAT_COUNT)
		return 0;
	err = board_of(f, seq, owner, true, &k.b);
	if (err != 0)
		return err;
	k.b->last = seq;
	if (takes[what] != NULL)
		takes[what](&k);
	return 0;
}

int
fold_board_turn(struct fold *f, uint64_t seq, uint32_t owner, bool down)
{
	struct fold_board *b;
	int err = board_of(f, seq, owner, false, &b);

	if (err != 0 || b == NULL)
		return err;
	b->last = seq;
	turn(b, f, seq, down);
	if (down)
		return 0;
	b->lcd = b->cycles = b->key = b->total = 0;
	memset(b->rows, 0, sizeof(b->rows));
	memset(b->uart, 0, sizeof(b->uart));
	return 0;
}
