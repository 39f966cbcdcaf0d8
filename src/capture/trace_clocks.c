/* What a trace says of the clocks that were corrected; docs/TRACE.md. */
#include "capture/trace_clocks.h"

#include "trace/json.h"

void
trace_clocks_head(const struct clocks *c, struct buf *b)
{
	bool any = false;

	for (uint32_t i = 0; c != NULL && i < clocks_count(c); i++) {
		struct clock clock = clocks_of(c, i);

		if (clock.ahead == 0)
			continue;
		buf_puts(b, any ? "," : ",\"clocks\":[");
		any = true;
		buf_printf(b, "{\"point\":%u,\"ahead\":", (unsigned)i + 1);
		buf_i64(b, clock.ahead);
		json_put_field(b, "by", str_of(clock_by_word(clock.by)));
		buf_putc(b, '}');
	}
	if (any)
		buf_putc(b, ']');
}

/* "250 ms", "3.5 ms". */
static void
put_ms(struct buf *b, int64_t ns)
{
	int64_t us = ns < 0 ? -(ns / 1000) : ns / 1000;
	unsigned part = (unsigned)(us % 1000);
	int digits = 3;

	for (; digits > 1 && part % 10 == 0; digits--)
		part /= 10;
	buf_i64(b, us / 1000);
	if (part != 0)
		buf_printf(b, ".%0*u", digits, part);
	buf_puts(b, " ms");
}

void
trace_clocks_notes(const struct clocks *c, struct trace_writer *w)
{
	struct buf text = BUF_INIT;

	for (uint32_t i = 0; c != NULL && i < clocks_count(c); i++) {
		struct clock clock = clocks_of(c, i);

		if (clock.ahead == 0)
			continue;
		buf_clear(&text);
		buf_printf(&text,
		    "Times of capture point %u are corrected: its clock was %s",
		    (unsigned)i + 1,
		    clock.by == CLOCK_ONE_WAY ? "at least " : "");
		put_ms(&text, clock.ahead);
		buf_printf(&text, " %s%s", clock.ahead > 0 ? "fast" : "slow",
		    clock.by == CLOCK_GIVEN ? ", as was said" : "");
		trace_open(w, TRACE_NOTE, 0, NULL, 0, RULE_NONE);
		trace_put_str(w, "text", buf_view(&text));
		trace_put_int(w, "point", i + 1);
		trace_put_int(w, "ahead", clock.ahead);
		trace_put_cstr(w, "by", clock_by_word(clock.by));
		trace_put_bool(w, "inferred", true);
		trace_close(w);
	}
	buf_free(&text);
}
