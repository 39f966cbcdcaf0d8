/* The observer's port (emu/s3c2410a.h). */
#include "emu/board_in.h"

#define REPORT_MAX 512u

static uint32_t
probe_read(struct board *b, uint32_t offset)
{
	const struct probe *p = &b->s.probe;

	switch (PROBE_BASE + offset) {
	case PROBE_ID:
		return PROBE_MAGIC;
	case PROBE_CAUSE:
		return p->cause;
	case PROBE_HOLD:
		return p->hold;
	case PROBE_HEAP:
		return p->heap;
	case PROBE_STACK:
		return p->stack;
	default:
		return 0;
	}
}

/* The text at ADDRESS; nothing where that is no memory. */
static void
report(struct board *b, uint32_t address)
{
	uint32_t room = board_room(b, address);
	const uint8_t *text;

	if (room > REPORT_MAX)
		room = REPORT_MAX;
	text = board_bytes(b, address, room);
	if (room > 0 && text != NULL)
		board_say(b, BOARD_OUT_REPORT, 0, text,
		    strnlen((const char *)text, room));
}

static void
hold(struct board *b, uint32_t value)
{
	if (b->s.probe.hold == value)
		return;
	b->s.probe.hold = value;
	board_say(b, BOARD_OUT_HOLD, value, NULL, 0);
}

static void
probe_write(struct board *b, uint32_t offset, uint32_t value)
{
	struct probe *p = &b->s.probe;

	switch (PROBE_BASE + offset) {
	case PROBE_CAUSE:
		p->cause = value;
		break;
	case PROBE_HOLD:
		hold(b, value);
		break;
	case PROBE_REPORT:
		report(b, value);
		break;
	case PROBE_HEAP:
		p->heap = value;
		break;
	case PROBE_STACK:
		p->stack = value;
		break;
	default:
		break;
	}
}

static void
probe_reset(struct board *b)
{
	b->s.probe.cause = b->s.boot_cause;
}

const struct device device_probe = {
	.name = "probe",
	.base = PROBE_BASE,
	.read = probe_read,
	.write = probe_write,
	.reset = probe_reset,
};
