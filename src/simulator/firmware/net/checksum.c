/* The internet checksum (RFC 1071): the ones' complement sum of 16-bit words.
 */
#include "firmware/net/net_in.h"

uint32_t
net_sum(uint32_t sum, const uint8_t *bytes, size_t n)
{
	for (size_t i = 0; i + 1 < n; i += 2) {
		sum += get16(bytes + i);
		/* so it never runs over */
		sum = (sum & 0xFFFF) + (sum >> 16);
	}
	if (n % 2 != 0)
		sum += (uint32_t)bytes[n - 1] << 8;
	return (sum & 0xFFFF) + (sum >> 16);
}

uint32_t
net_sum_pseudo(uint32_t src, uint32_t dst, uint8_t protocol, size_t n)
{
	uint8_t pseudo[12];

	put32(pseudo, src);
	put32(pseudo + 4, dst);
	put16(pseudo + 8, protocol);
	put16(pseudo + 10, (uint32_t)n);
	return net_sum(0, pseudo, sizeof(pseudo));
}

uint16_t
net_sum_end(uint32_t sum)
{
	sum = (sum & 0xFFFF) + (sum >> 16);
	return (uint16_t)~sum;
}
