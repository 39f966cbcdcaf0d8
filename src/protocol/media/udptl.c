/* Reading UDPTL; see media/udptl.h. */
#include "media/udptl.h"

/* The aligned variant of PER writes a length below 128 in a byte, one below
 * 16,384 in two (ITU-T X.691, 11.9). */
bool
udptl_read(const uint8_t *p, size_t n, struct udptl_packet *packet)
{
	size_t at = 2, length;

	if (n < at + 2)
		return false;
	length = p[at++];
	if (length >= 0xC0)
		return false;
	if (length >= 0x80)
		length = (length & 0x3F) << 8 | p[at++];
	/* What follows is which kind of recovery: a bit, and padding. */
	if (length == 0 || at + length >= n || (p[at + length] & 0x7F) != 0)
		return false;
	packet->sequence = (uint16_t)(p[0] << 8 | p[1]);
	packet->primary = (uint16_t)length;
	packet->fec = (p[at + length] & 0x80) != 0;
	return true;
}
