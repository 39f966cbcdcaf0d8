/* The observer's port (emu/s3c2410a.h). */
#include "emu/board_in.h"

#define REPORT_MAX 512u

static uint32_t
probe_read(struct board *b, uint32_t offset)
{
	return PROBE_BASE + offset <= PROBE_STACK ? b->s.probe.reg[offset / 4]
						  : 0;
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
	switch (PROBE_BASE + offset) {
	case PROBE_HOLD:
		hold(b, value);
		break;
	case PROBE_REPORT:
		report(b, value);
		break;
	case PROBE_CAUSE:
	case PROBE_HEAP:
	case PROBE_STACK:
		b->s.probe.reg[offset / 4] = value;
		break;
	default:
		break;
	}
}

static void
probe_reset(struct board *b)
{
	b->s.probe.id = PROBE_MAGIC;
	b->s.probe.cause = b->s.boot_cause;
}

const struct device device_probe = {
	.base = PROBE_BASE,
	.read = probe_read,
	.write = probe_write,
	.reset = probe_reset,
};
