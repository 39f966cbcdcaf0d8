/*
 * What emulating costs the host, counted rather than timed, so that it is the
 * same on every machine: about a nanosecond of a usual one each.  Measured: a
 * plain instruction takes less than one, a load few, a store 40 (Unicorn looks
 * each up), so a store of many registers takes hundreds; translating a block
 * takes thousands; what stops the processor, about one thousand.
 */

#include "emu/board_in.h"

#define BLOCK     5u
#define LOAD      4u /* of a word */
#define STORE     40u
#define SYSTEM    500u /* a coprocessor's: some forget the map of memory */
#define EXCEPTION 1000u

static unsigned
count_bits(uint32_t x)
{
	return (unsigned)__builtin_popcount(x);
}

static uint32_t
arm_effort(uint32_t word)
{
	uint32_t access = (word >> 20 & 1) != 0 ? LOAD : STORE;

	switch (word >> 25 & 7) {
	case 0: /* halfwords, doublewords, swaps; and much that is plain */
		return (word & 0x90) == 0x90 ? 2 * access : 1;
	case 2:
	case 3:
		return access;
	case 4:
		return 1 + access * count_bits(word & 0xffff);
	case 6:
		return SYSTEM;
	case 7:
		return (word >> 24 & 1) != 0 ? EXCEPTION : SYSTEM;
	default:
		return 1;
	}
}

static uint32_t
thumb_effort(uint32_t half)
{
	uint32_t access = (half >> 11 & 1) != 0 ? LOAD : STORE;

	switch (half >> 12) {
	case 0x4: /* 0x48…: load from the pool */
		return half >= 0x4800 ? LOAD : 1;
	case 0x5:
		return (half >> 9 & 7) < 3 ? STORE : LOAD;
	case 0x6:
	case 0x7:
	case 0x8:
	case 0x9:
		return access;
	case 0xb: /* push and pop among them */
	case 0xc:
		return 1 + access * count_bits(half & 0x1ff);
	case 0xd:
		return half >> 8 == 0xdf ? EXCEPTION : 1;
	default:
		return 1;
	}
}

uint32_t
effort_of_block(
    const struct board *b, uint32_t address, uint32_t size, uint32_t n)
{
	const uint8_t *p = board_bytes(b, address, size);
	uint32_t sum = BLOCK, wide = size / n >= 4 ? 4 : 2;

	for (uint32_t at = 0; p != NULL && at + wide <= size; at += wide) {
		uint32_t half = p[at] | (uint32_t)p[at + 1] << 8;

		sum += wide == 2 ? thumb_effort(half)
				 : arm_effort(half | (uint32_t)p[at + 2] << 16 |
					      (uint32_t)p[at + 3] << 24);
	}
	return sum;
}
