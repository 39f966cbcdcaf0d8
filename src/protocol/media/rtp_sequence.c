/* See media/rtp_sequence.h. */
#include "media/rtp_sequence.h"

void
rtp_sequence_begin(struct rtp_sequence *s, uint16_t number)
{
	s->first = s->last = number;
	s->turns = 0;
}

/* A number less than half a turn ahead is later, all others were overtaken. */
void
rtp_sequence_note(struct rtp_sequence *s, uint16_t number)
{
	if ((uint16_t)(number - s->last) >= 0x8000)
		return;
	if (number < s->last)
		s->turns++;
	s->last = number;
}

uint64_t
rtp_sequence_expected(const struct rtp_sequence *s)
{
	return (uint64_t)s->turns * 65536 + s->last - s->first + 1;
}
