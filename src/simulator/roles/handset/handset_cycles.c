/*
 * What the processor is at, as `board` records: how much it computed, by phase
 * and by function, what memory that took, and its registers at that time.
 */
#include "roles/handset/handset_in.h"

#include "base/err.h"
#include "text/json.h"

#include <inttypes.h>

/* Instructions shown around the present one: so many before, so many in all. */
#define LINES_BEFORE 3
#define LINES        7

__extension__ typedef unsigned __int128 u128;

static void
handset_cycles_put_phases(struct buf *json, const struct board_profile *p)
{
	const char *between = "";

	buf_putc(json, '{');
	for (size_t i = 0; i < PHASES; i++) {
		if (p->phase[i] == 0)
			continue;
		buf_printf(json, "%s\"%s\":%" PRIu64, between,
		    phase_word((enum phase)i), p->phase[i]);
		between = ",";
	}
	buf_putc(json, '}');
}

static void
handset_cycles_put_top(struct buf *json, const struct board_profile *p)
{
	buf_putc(json, '[');
	for (size_t i = 0; i < p->ntop; i++) {
		buf_puts(json, i > 0 ? ",[" : "[");
		json_put_str(json, str_of(p->top[i].name));
		buf_printf(json, ",%" PRIu64 "]", p->top[i].instructions);
	}
	buf_putc(json, ']');
}

/* "name+0x1c", the function that ADDRESS is in. */
static void
handset_cycles_put_place(
    struct buf *out, const struct handset *h, uint32_t address)
{
	uint32_t offset;
	const char *name =
	    image_function(board_image(h->board), address, &offset);

	if (name == NULL)
		buf_printf(out, "0x%08" PRIx32, address);
	else if (offset == 0)
		buf_puts(out, name);
	else
		buf_printf(out, "%s+0x%" PRIx32, name, offset);
}

static void
put_registers(struct buf *json, const struct board_registers *r)
{
	buf_putc(json, '[');
	for (size_t i = 0; i < 16; i++)
		buf_printf(json, "%" PRIu32 ",", r->r[i]);
	buf_printf(json, "%" PRIu32 "]", r->cpsr);
}

static void
put_instructions(struct buf *json, const struct handset *h, uint32_t pc)
{
	struct board_line lines[LINES];
	LOCAL_BUF text = BUF_INIT;

	if (board_disassemble(h->board, pc, LINES_BEFORE, lines, LINES) != 0) {
		json->err = ERR_NOMEM;
		return;
	}
	buf_putc(json, '[');
	for (size_t i = 0; i < LINES; i++) {
		buf_clear(&text);
		buf_printf(&text, "%08" PRIx32 "  %s", lines[i].address,
		    lines[i].text);
		json_put_item(json);
		json_put_str(json, buf_view(&text));
	}
	buf_putc(json, ']');
	if (text.err != 0)
		json->err = text.err;
}

void
handset_put_processor(
    struct handset *h, struct trace_writer *w, const struct board_registers *r)
{
	LOCAL_BUF b = BUF_INIT;

	trace_put_cstr(w, "mode", r->mode);
	handset_cycles_put_place(&b, h, r->r[15]);
	trace_put_str(w, "at", buf_view(&b));
	buf_clear(&b);
	put_registers(&b, r);
	trace_put_json(w, "registers", buf_view(&b));
	buf_clear(&b);
	put_instructions(&b, h, r->r[15]);
	trace_put_json(w, "code", buf_view(&b));
	node_fail_nomem(h->node, b.err);
}

static void
put_memory(struct trace_writer *w, const struct handset *h)
{
	struct board_memory m;

	board_memory(h->board, &m);
	trace_put_int(w, "ram", m.ram);
	trace_put_int(w, "image", m.image);
	trace_put_int(w, "heap", m.heap);
	trace_put_int(w, "stack", m.stack);
}

uint64_t
handset_computed(struct handset *h, uint64_t least)
{
	struct sim *sim = node_sim(h->node);
	struct trace_writer *w = sim_trace(sim);
	struct board_registers r;
	struct board_profile p;
	LOCAL_BUF json = BUF_INIT;
	u128 ns;
	uint64_t seq;

	board_profile_take(h->board, &p);
	if (p.instructions <= least || !trace_wants(w, TRACE_BOARD))
		return sim_cause(sim);
	ns = (u128)p.instructions * h->cpi * 1000000 / h->clock_hz;
	handset_record(h, "cycles");
	trace_put_int(w, "count", (int64_t)p.instructions);
	trace_put_int(w, "ns", (int64_t)ns);
	trace_put_int(w, "total", (int64_t)board_instructions(h->board));
	handset_cycles_put_phases(&json, &p);
	trace_put_json(w, "phases", buf_view(&json));
	buf_clear(&json);
	handset_cycles_put_top(&json, &p);
	trace_put_json(w, "top", buf_view(&json));
	put_memory(w, h);
	board_registers(h->board, &r);
	handset_put_processor(h, w, &r);
	seq = trace_close(w);
	node_fail_nomem(h->node, json.err);
	return seq;
}
