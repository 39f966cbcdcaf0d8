/* See srtp/window.h. */
#include "srtp/window.h"

#define HALF 0x8000u /* of all sequence numbers */

/* Appendix A.  In front of the first turn there is none: a sender begins with
 * ROC 0. */
uint64_t
srtp_window_guess(const struct srtp_window *w, uint16_t sequence)
{
	uint64_t roc = w->highest >> 16;
	uint32_t last = w->highest & 0xFFFF;

	if (last < HALF && sequence > last + HALF && roc > 0)
		roc--;
	else if (last >= HALF && sequence < last - HALF)
		roc++;
	return w->packets > 0 ? roc << 16 | sequence : sequence;
}

enum srtp_place
srtp_window_place(const struct srtp_window *w, uint64_t index)
{
	uint64_t below = w->highest - index;

	if (w->packets == 0 || index > w->highest)
		return SRTP_NEW;
	if (below >= SRTP_WINDOW)
		return SRTP_BEHIND;
	return (w->seen[below / 64] >> below % 64 & 1) != 0 ? SRTP_SEEN
							    : SRTP_NEW;
}

/* The window reaches up to an index that is BY more. */
static void
move_ahead(struct srtp_window *w, uint64_t by)
{
	if (by >= 64) {
		w->seen[1] = by < SRTP_WINDOW ? w->seen[0] << (by - 64) : 0;
		w->seen[0] = 0;
	} else if (by > 0) {
		w->seen[1] = w->seen[1] << by | w->seen[0] >> (64 - by);
		w->seen[0] <<= by;
	}
	w->highest += by;
}

void
srtp_window_note(struct srtp_window *w, uint64_t index)
{
	uint64_t below;

	if (w->packets++ == 0)
		w->highest = index;
	if (index > w->highest)
		move_ahead(w, index - w->highest);
	below = w->highest - index;
	w->seen[below / 64] |= (uint64_t)1 << below % 64;
}
