/*
 * Memory from the host's side: who may look where, and what the boot loader
 * leaves behind (Documentation/arch/arm/booting of Linux: registers, and the
 * tagged list).
 */
#include "emu/board_in.h"
#include "emu/bytes_in.h"
#include "emu/core_in.h"
#include "emu/image_in.h"

#include <string.h>

#define MACHINE_SMDK2410 193u

uint32_t
board_room(const struct board *b, uint32_t address)
{
	if (address < S3C_VECTORS_N)
		return S3C_VECTORS_N - address;
	if (address >= S3C_SDRAM && address - S3C_SDRAM < b->config.ram)
		return b->config.ram - (address - S3C_SDRAM);
	return 0;
}

uint8_t *
board_bytes(const struct board *b, uint32_t address, uint32_t n)
{
	if (n > board_room(b, address))
		return NULL;
	return address < S3C_VECTORS_N ? b->vectors + address
				       : b->memory + (address - S3C_SDRAM);
}

bool
board_peek(const struct board *b, uint32_t address, void *to, size_t n)
{
	const uint8_t *from =
	    n <= UINT32_MAX ? board_bytes(b, address, (uint32_t)n) : NULL;

	if (from == NULL)
		return false;
	memcpy(to, from, n);
	return true;
}

void
board_store(struct board *b, uint32_t address, const void *from, uint32_t n)
{
	uint8_t *to = board_bytes(b, address, n);

	if (to == NULL || memcmp(to, from, n) == 0)
		return;
	memcpy(to, from, n);
	/* There may be code that was translated before. */
	core_forget(b->core, address, n);
}

static void
put_word(uint8_t **p, uint32_t word)
{
	put32(*p, word);
	*p += 4;
}

static void
write_list(struct board *b)
{
	struct str line = b->config.cmdline;
	uint8_t *p = b->memory + (S3C_ATAGS - S3C_SDRAM);
	uint32_t words = (uint32_t)(line.n + 1 + 3) / 4;

	put_word(&p, 2);
	put_word(&p, S3C_ATAG_CORE);
	put_word(&p, 4);
	put_word(&p, S3C_ATAG_MEM);
	put_word(&p, b->config.ram);
	put_word(&p, S3C_SDRAM);
	put_word(&p, 2 + words);
	put_word(&p, S3C_ATAG_CMDLINE);
	memset(p, 0, (size_t)words * 4);
	if (line.n > 0)
		memcpy(p, line.p, line.n);
	p += (size_t)words * 4;
	put_word(&p, 0);
	put_word(&p, S3C_ATAG_NONE);
}

void
board_boot(struct board *b)
{
	const struct image *im = b->config.image;

	for (size_t i = 0; i < im->nseg; i++) {
		const struct image_segment *s = &im->seg[i];
		uint8_t *to = board_bytes(b, s->at, s->n);

		memcpy(to, im->elf + s->from, s->n_file);
		memset(to + s->n_file, 0, s->n - s->n_file);
	}
	write_list(b);
	core_reset(b->core);
	core_set(b->core, 0, 0);
	core_set(b->core, 1, MACHINE_SMDK2410);
	core_set(b->core, 2, S3C_ATAGS);
	core_jump(b->core, im->entry);
}

void
board_memory(const struct board *b, struct board_memory *m)
{
	m->ram = b->config.ram;
	m->image = image_size(b->config.image);
	m->heap = b->s.probe.heap;
	m->stack = b->s.probe.stack;
}
