/* Records of a handset's board; see trace/board.h. */
#include "trace/board.h"

#include "base/err.h"
#include "base/rows.h"

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

	return i < ROWS_COUNT(faults) ? faults[i].text : NULL;
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
count_of(struct json_value v)
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
			b->phases[i] = count_of(one);
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
			count_of(count)
		};
	}
}

static void
read_registers(struct trace_board *b, struct json_value v)
{
	struct json_value one;
	size_t at = 0;

	while (b->nregisters < TRACE_REGISTERS && json_item(v, &at, &one))
		b->registers[b->nregisters++] = (uint32_t)count_of(one);
}

static void
read_code(struct trace_board *b, struct json_value v, struct buf *memory)
{
	struct json_value one;
	size_t at = 0;

	while (b->ncode < TRACE_BOARD_CODE && json_item(v, &at, &one))
		b->code[b->ncode++] = json_text_in(one, memory);
}

/* The screen's size, and which of its rows. */
static void
read_place(struct trace_board *b, const struct json_value v[3])
{
	uint64_t w = count_of(v[1]), h = count_of(v[2]);
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
	struct json_value v[sizeof(keys) / sizeof(keys[0])];
	int64_t address;

	*b = (struct trace_board){ .address = -1 };
	buf_clear(memory);
	/* So that nothing of it moves: what was escaped, and what is decoded.
	 */
	if (buf_reserve(memory, 2 * rec->object.raw.n + 4) != 0)
		return ERR_NOMEM;
	trace_members(rec, keys, sizeof(keys) / sizeof(keys[0]), v);
	b->what = what_of(v[0]);
	b->text = json_text_in(v[1], memory);
	if (b->text.n == 0 && v[19].type == JSON_STRING) {
		struct str digits = json_text_in(v[19], memory);
		size_t from = memory->n;

		if (json_base64(digits, memory) == 0)
			b->text = str_slice(buf_view(memory), from, memory->n);
	}
	read_place(b, &v[2]);
	b->count = count_of(v[5]);
	b->ns = count_of(v[6]);
	b->ram = count_of(v[7]);
	b->image = count_of(v[8]);
	b->heap = count_of(v[9]);
	b->stack = count_of(v[10]);
	b->fault = json_text_in(v[11], memory);
	b->mode = json_text_in(v[12], memory);
	b->at = json_text_in(v[13], memory);
	if (json_int(v[14], &address) == 0 && address >= 0)
		b->address = address;
	read_phases(b, v[15]);
	read_top(b, v[16], memory);
	read_registers(b, v[17]);
	read_code(b, v[18], memory);
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
	/* What is too long is not decoded. */
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
