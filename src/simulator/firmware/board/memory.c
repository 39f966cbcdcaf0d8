/*
 * Memory: what the boot loader says that there is, heap and stack.
 *
 *	0x30000100   tagged list
 *	0x30008000   image: text, data, bss
 *	__heap       heap, growing up
 *	top - 64 KB  stack, growing down from the top
 *
 * A stack painted at the start shows how deep it went.  The heap is newlib's
 * malloc over _sbrk, which says no where the stack begins.
 */
#include "firmware/board/board.h"

#include <errno.h>
#include <string.h>

#define STACK_SIZE  0x10000u
#define PAINT       0x5AC33C5Au
#define TAGS_MAX    64u
#define MEMORY_LESS 0x00400000u /* where no tag says what there is: 4 MB */
/* So many painted words in a row: the stack never reached below them. */
#define UNTOUCHED 128u

extern uint8_t __heap[]; /* link.ld */

static uint32_t size = MEMORY_LESS;
static uintptr_t heap_end, stack_low; /* addresses */
static uint32_t stack_most;
static char command_line[S3C_CMDLINE_MAX];

/* A tag of N words, of which the first two are its header. */
static void
take_tag(const uint32_t *tag, uint32_t n)
{
	size_t bytes = (n - 2) * sizeof(*tag);

	if (tag[1] == S3C_ATAG_MEM && n >= 4 && tag[3] == S3C_SDRAM &&
	    tag[2] >= 0x10000 && tag[2] <= S3C_SDRAM_MAX)
		size = tag[2];
	if (tag[1] == S3C_ATAG_CMDLINE) {
		if (bytes > sizeof(command_line) - 1)
			bytes = sizeof(command_line) - 1;
		memcpy(command_line, &tag[2], bytes);
		command_line[bytes] = '\0';
	}
}

/* The list lies in the first 32 KB, wherever r2 points. */
static void
take_tags(uint32_t at)
{
	uint32_t end = S3C_SDRAM + 0x8000;

	if (at < S3C_SDRAM || at >= end || at % 4 != 0)
		at = S3C_ATAGS;
	for (unsigned i = 0; i < TAGS_MAX && end - at >= 8; i++) {
		const uint32_t *tag = (const uint32_t *)(uintptr_t)at;

		if (tag[1] == S3C_ATAG_NONE || tag[0] < 2 ||
		    tag[0] > (end - at) / 4)
			return;
		take_tag(tag, tag[0]);
		at += tag[0] * 4;
	}
}

uint32_t
memory_start(uint32_t tags)
{
	uintptr_t top;

	take_tags(tags);
	heap_end = (uintptr_t)__heap;
	top = S3C_SDRAM + size;
	stack_low = top - STACK_SIZE;
	/* A board with less memory than that: its writes go nowhere, and what
	 * comes of it the watchdog ends. */
	for (uintptr_t p = stack_low; p < top; p += 4)
		*(volatile uint32_t *)p = PAINT;
	return (uint32_t)top;
}

uint32_t
memory_size(void)
{
	return size;
}

void
memory_measure(void)
{
	uintptr_t top = S3C_SDRAM + size, low = top - stack_most;

	for (uintptr_t p = low, clean = 0;
	     p > stack_low && clean < UNTOUCHED;) {
		p -= 4;
		if (*(volatile uint32_t *)p == PAINT) {
			clean++;
		} else {
			clean = 0;
			low = p;
		}
	}
	if (top - low == stack_most)
		return;
	stack_most = (uint32_t)(top - low);
	REG(PROBE_STACK) = stack_most;
	if (low <= stack_low + 4)
		hal_panic("stack overflow");
}

void *
_sbrk(intptr_t n)
{
	static uintptr_t most;
	uintptr_t from = heap_end;

	if (n > 0 && (from > stack_low || (uintptr_t)n > stack_low - from)) {
		errno = ENOMEM;
		return (void *)-1;
	}
	if (n < 0 && (uintptr_t)-n > from - (uintptr_t)__heap) {
		errno = EINVAL;
		return (void *)-1;
	}
	heap_end = from + (uintptr_t)n;
	if (heap_end > most) {
		most = heap_end;
		REG(PROBE_HEAP) = (uint32_t)(most - (uintptr_t)__heap);
	}
	return (void *)from;
}

const char *
hal_config(void)
{
	return command_line;
}
