/* A board's numbers in words; see words/board_words.h. */
#include "words/board_words.h"

#include "base/i18n.h"
#include "text/utf8.h"
#include "words/time_words.h"

#include <inttypes.h>

#define NAME_CELLS 40 /* of a function */

void
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

void
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

enum trace_phase
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

void
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

void
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
