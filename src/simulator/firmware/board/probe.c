/* The observer's port.  A board without one reads as zero there, so it is asked
 * for once. */
#include "firmware/board/board.h"

static bool
is_there(void)
{
	return REG(PROBE_ID) == PROBE_MAGIC;
}

uint32_t
hal_cause(void)
{
	return is_there() ? REG(PROBE_CAUSE) : 0;
}

void
hal_set_cause(uint32_t cause)
{
	REG(PROBE_CAUSE) = cause;
}

void
hal_hold(unsigned alive)
{
	REG(PROBE_HOLD) = alive;
}

void
hal_report(const char *line)
{
	REG(PROBE_REPORT) = (uint32_t)(uintptr_t)line;
}
