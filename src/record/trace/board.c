/*
 * A handset's board: its records (trace/board.h), and which of them the state
 * keeps.
 */
#include "trace/board.h"

#include <string.h>

#include "base/err.h"
#include "base/rows.h"
#include "trace/state_at_in.h"

/* X(ID, name in the file, what the processor did that it must not) */
#define TRACE_BOARD_FAULTS(X)                                                  \
	X(UNDEFINED, "undefined", N_("an instruction that it does not have"))  \
	X(READ, "read", N_("it read from an address where there is nothing"))  \
	X(WRITE, "write", N_("it wrote to an address where there is nothing")) \
	X(FETCH, "fetch",                                                      \
	    N_("it jumped to an address where there is nothing"))              \
	X(SWI, "swi", N_("it called a system that it does not have"))          \
	X(ABORT, "abort", N_("it gave up by itself"))                          \
	X(SPIN, "spin", N_("it ran in an endless loop"))                       \
	X(SLEEP, "sleep", N_("it went to sleep, and nothing can wake it"))     \
	X(EFFORT, "effort",                                                    \
	    N_("it executed more instructions than a run allows"))

/* ---- records of a handset's board ---- */

#define NAME_MOST 200 /* bytes of a function's name that are kept */

static const char *const whats[] = { TRACE_BOARD_WHATS(ROW_WORD) };

static const struct {
	const char *name, *text;
} phases[] = { TRACE_PHASES(ROW_VALUES) };

static const struct {
	const char *name, *text;
} faults[] = { TRACE_BOARD_FAULTS(ROW_VALUES) };

const char *
trace_phase_text(enum trace_phase phase)
{
	return phases[phase].text;
}

const char *
trace_board_fault_text(struct str name)
{
	size_t i = ROWS_FIND(name, faults);

	return i < COUNT_OF(faults) ? faults[i].text : NULL;
}

static enum trace_board_what
what_of(struct json_value v)
{
	struct str name;

	json_plain(v, &name);
	return (enum trace_board_what)ROWS_FIND(name, whats);
}

enum trace_board_what
trace_board_what(const struct trace *t, uint64_t seq)
{
	static const struct str key[] = { { "what", 4 } };
	struct json_value v;

	if (trace_kind_of(t, seq) != TRACE_BOARD)
		return TRACE_BOARD_WHAT_COUNT;
	trace_members_of(t, seq, key, 1, &v);
	return what_of(v);
}

bool
trace_board_ends(const struct trace *t, uint64_t seq)
{
	/* Most say something else: a look at the bytes tells. */
	return trace_kind_of(t, seq) == TRACE_BOARD &&
	       str_find(trace_line(t, seq), "fault") >= 0 &&
	       trace_board_what(t, seq) == TRACE_BOARD_FAULT;
}

static uint64_t
board_count_of(struct json_value v)
{
	int64_t n = json_int_or(v, 0);

	return n > 0 ? (uint64_t)n : 0;
}

static void
read_phases(struct trace_board *b, struct json_value v)
{
	struct json_value one;
	struct str key;
	size_t at = 0;

	while (
	    v.type == JSON_OBJECT && json_next(v.raw, &at, &key, &one) == 1) {
		size_t i = ROWS_FIND(key, phases);

		if (i < TRACE_PHASE_COUNT)
			b->phases[i] = board_count_of(one);
	}
}

static void
read_top(struct trace_board *b, struct json_value v, struct buf *memory)
{
	struct json_value one, name, count;
	size_t at = 0;

	while (b->ntop < TRACE_BOARD_TOP && json_item(v, &at, &one)) {
		size_t in = 0;

		if (!json_item(one, &in, &name) || !json_item(one, &in, &count))
			continue;
		b->top[b->ntop++] = (struct trace_share){
			str_slice(json_text_in(name, memory), 0, NAME_MOST),
			board_count_of(count)
		};
	}
}

static void
read_registers(struct trace_board *b, struct json_value v)
{
	struct json_value one;
	size_t at = 0;

	while (b->nregisters < TRACE_REGISTERS && json_item(v, &at, &one))
		b->registers[b->nregisters++] = (uint32_t)board_count_of(one);
}

static void
board_read_code(struct trace_board *b, struct json_value v, struct buf *memory)
{
	struct json_value one;
	size_t at = 0;

	while (b->ncode < TRACE_BOARD_CODE && json_item(v, &at, &one))
		b->code[b->ncode++] = json_text_in(one, memory);
}

/* The screen's size, and which of its rows. */
static void
board_read_place(struct trace_board *b, const struct json_value v[3])
{
	uint64_t w = board_count_of(v[1]), h = board_count_of(v[2]);
	int64_t row;

	if (w == 0 || h == 0 || w > TRACE_BOARD_SIDE || h > TRACE_BOARD_SIDE ||
	    json_int(v[0], &row) != 0 || row < 0 || row >= TRACE_BOARD_ROWS ||
	    (uint64_t)row * TRACE_BOARD_ROW >= h)
		return;
	b->row = (unsigned)row;
	b->width = (unsigned)w;
	b->height = (unsigned)h;
}

int
trace_get_board(
    const struct trace_rec *rec, struct trace_board *b, struct buf *memory)
{
	/* clang-format off */
#define KEY(name) { "" name, sizeof(name) - 1 }
	static const struct str keys[] = { KEY("what"), KEY("text"),
		KEY("row"), KEY("width"), KEY("height"), KEY("count"),
		KEY("ns"), KEY("ram"), KEY("image"), KEY("heap"), KEY("stack"),
		KEY("fault"), KEY("mode"), KEY("at"), KEY("address"),
		KEY("phases"), KEY("top"), KEY("registers"), KEY("code"),
		KEY("base64") };
#undef KEY
	/* clang-format on */
	struct json_value v[COUNT_OF(keys)];
	int64_t address;

	*b = (struct trace_board){ .address = -1 };
	buf_clear(memory);
	/* So that the memory does not move: the escaped text, and the decoded
	 * one.
	 */
	if (buf_reserve(memory, 2 * rec->object.raw.n + 4) != 0)
		return ERR_NOMEM;
	trace_members(rec, keys, COUNT_OF(keys), v);
	b->what = what_of(v[0]);
	b->text = json_text_in(v[1], memory);
	if (b->text.n == 0 && v[19].type == JSON_STRING) {
		struct str digits = json_text_in(v[19], memory);
		size_t from = memory->n;

		if (json_base64(digits, memory) == 0)
			b->text = str_slice(buf_view(memory), from, memory->n);
	}
	board_read_place(b, &v[2]);
	b->count = board_count_of(v[5]);
	b->ns = board_count_of(v[6]);
	b->ram = board_count_of(v[7]);
	b->image = board_count_of(v[8]);
	b->heap = board_count_of(v[9]);
	b->stack = board_count_of(v[10]);
	b->fault = json_text_in(v[11], memory);
	b->mode = json_text_in(v[12], memory);
	b->at = json_text_in(v[13], memory);
	if (json_int(v[14], &address) == 0 && address >= 0)
		b->address = address;
	read_phases(b, v[15]);
	read_top(b, v[16], memory);
	read_registers(b, v[17]);
	board_read_code(b, v[18], memory);
	return memory->err;
}

int
trace_board_pixels(
    const struct trace_rec *rec, const struct trace_board *b, struct buf *out)
{
	struct json_value v = trace_member(rec, "pixels");
	struct str digits;
	size_t from = out->n, want;
	unsigned lines;
	int err;

	if (b->width == 0 || json_plain(v, &digits) != 0)
		return ERR_SYNTAX;
	lines = b->height - b->row * TRACE_BOARD_ROW;
	if (lines > TRACE_BOARD_ROW)
		lines = TRACE_BOARD_ROW;
	want = (size_t)lines * ((b->width + 7) / 8);
	/* Bytes beyond the limit are not decoded. */
	err = json_base64(str_slice(digits, 0, (want + 2) / 3 * 4), out);
	if (err != 0) {
		if (out->err == 0)
			buf_truncate(out, from);
		return err;
	}
	if (out->n - from > want)
		buf_truncate(out, from + want);
	buf_fill(out, '\0', want - (out->n - from));
	return out->err;
}

/* ---- a board in the state ---- */

/* One record on its way into a board. */
struct taking {
	struct state_at *f;
	uint32_t owner;
	uint64_t seq;
	struct str line;
	struct state_at_board *b;
};

/* A number of the record that is not below 0; else 0. */
static uint64_t
board_number(const struct taking *k, const char *key)
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

	memmove(lines + 1, lines, (STATE_AT_BOARD_LINES - 1) * sizeof(*lines));
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
board_take_key(struct taking *k)
{
	k->b->key = k->seq;
	add_count(&k->b->keys, 1);
}

/* Not all that it computes is told at once, but the total tells. */
static void
take_cycles(struct taking *k)
{
	uint64_t count = board_number(k, "count"), ns = board_number(k, "ns");
	uint64_t total = board_number(k, "total"), more = count;

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
board_turn(
    struct state_at_board *b, const struct state_at *f, uint64_t seq, bool down)
{
	b->down = down;
	b->since = trace_time_of(f->trace, seq);
}

static void
board_take_fault(struct taking *k)
{
	k->b->fault = k->seq;
	add_count(&k->b->faults, 1);
	board_turn(k->b, k->f, k->seq, true);
	state_at_forget(k->f, k->owner);
}

/* It starts again, with nothing in its memory. */
static void
take_watchdog(struct taking *k)
{
	k->b->watchdog = k->seq;
	add_count(&k->b->resets, 1);
	board_turn(k->b, k->f, k->seq, false);
	state_at_forget(k->f, k->owner);
}

static void (*const takes[TRACE_BOARD_WHAT_COUNT])(struct taking *k) = {
	[TRACE_BOARD_UART] = take_uart,
	[TRACE_BOARD_LCD] = take_lcd,
	[TRACE_BOARD_KEY] = board_take_key,
	[TRACE_BOARD_CYCLES] = take_cycles,
	[TRACE_BOARD_FAULT] = board_take_fault,
	[TRACE_BOARD_WATCHDOG] = take_watchdog,
};

/* OWNER's board to be written to, made where MAKE; *B is NULL where there is
 * none.  0 or ERR_NOMEM. */
static int
board_of(struct state_at *f, uint64_t seq, uint32_t owner, bool make,
    struct state_at_board **b)
{
	struct state_at_table *boards = &f->tables[BOARDS];
	struct str node = trace_name(f->trace, owner - 1);
	struct board_entry *e;
	bool made;

	*b = NULL;
	if (!make &&
	    state_at_table_find(boards, node, STR_NULL, STR_NULL) == NULL)
		return 0;
	e = state_at_table_put(boards, owner, node, STR_NULL, STR_NULL, &made);
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

/*
 * Records of a board carry pixels and registers; the state keeps the records'
 * numbers alone, so that a checkpoint costs a few hundred bytes a board.
 */
int
state_at_board_step(struct state_at *f, uint64_t seq, uint32_t owner)
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
state_at_board_turn(struct state_at *f, uint64_t seq, uint32_t owner, bool down)
{
	struct state_at_board *b;
	int err = board_of(f, seq, owner, false, &b);

	if (err != 0 || b == NULL)
		return err;
	b->last = seq;
	board_turn(b, f, seq, down);
	if (down)
		return 0;
	b->lcd = b->cycles = b->key = b->total = 0;
	memset(b->rows, 0, sizeof(b->rows));
	memset(b->uart, 0, sizeof(b->uart));
	return 0;
}
