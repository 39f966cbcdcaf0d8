/* What emu_board.h declares. */
#include "emu_board.h"

#include "check.h"

#include <stdlib.h>

static void
emu_put(struct buf *b, uint32_t x, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		buf_putc(b, (char)(x >> 8 * i));
}

static void
emu_put32(struct buf *b, const uint32_t *x, size_t n)
{
	for (size_t i = 0; i < n; i++)
		emu_put(b, x[i], 4);
}

static void
emu_header(struct buf *b, uint32_t sections, uint32_t nsections)
{
	const uint32_t rest[] = { 1, EMU_CODE, 52, sections, 0 };

	buf_add(b, "\177ELF\1\1\1\0\0\0\0\0\0\0\0\0", 16);
	emu_put(b, 2, 2);
	emu_put(b, 40, 2);
	emu_put32(b, rest, 5);
	emu_put(b, 52, 2);
	emu_put(b, 32, 2);
	emu_put(b, 3, 2);
	emu_put(b, 40, 2);
	emu_put(b, nsections, 2);
	emu_put(b, 0, 2);
}

static void
emu_segment(struct buf *b, uint32_t from, uint32_t at, uint32_t n)
{
	const uint32_t p[] = { 1, from, at, at, n, n, 5, 4 };

	emu_put32(b, p, 8);
}

static void
emu_section(
    struct buf *b, uint32_t type, uint32_t from, uint32_t n, uint32_t link)
{
	const uint32_t s[] = { 0, type, 0, 0, from, n, link, 0, 4, 0 };

	emu_put32(b, s, 10);
}

struct buf
emu_elf(const struct emu_program *p)
{
	struct buf b = BUF_INIT, names = BUF_INIT, symbols = BUF_INIT;
	uint32_t vectors[16] = { 0 };
	uint32_t at = 52 + 3 * 32, code = at + 64;
	uint32_t data = code + (uint32_t)p->n, sym = data + (uint32_t)p->ndata;
	uint32_t sections;

	buf_putc(&names, '\0');
	emu_put32(&symbols, vectors, 4);
	for (size_t i = 0; i < p->nsymbols; i++) {
		emu_put(&symbols, (uint32_t)names.n, 4);
		emu_put(&symbols, p->symbols[i].at, 4);
		emu_put(&symbols, p->symbols[i].n, 4);
		emu_put(&symbols, 0x10 | p->symbols[i].type, 2);
		emu_put(&symbols, 1, 2);
		buf_add(
		    &names, p->symbols[i].name, strlen(p->symbols[i].name) + 1);
	}
	/* ldr pc, [pc, #24] */
	vectors[2] = p->swi ? 0xe59ff018 : 0;
	vectors[6] = p->irq ? 0xe59ff018 : 0;
	vectors[7] = p->fiq ? 0xe59ff018 : 0;
	vectors[10] = vectors[14] = vectors[15] = EMU_CODE + 4;
	sections = sym + (uint32_t)symbols.n + (uint32_t)names.n;
	emu_header(&b, sections, 3);
	emu_segment(&b, at, 0, 64);
	emu_segment(&b, code, EMU_CODE, (uint32_t)p->n);
	emu_segment(&b, data, EMU_CODE + 0x4000, (uint32_t)p->ndata);
	emu_put32(&b, vectors, 16);
	emu_put32(&b, p->words, p->n / 4);
	buf_add(&b, p->data, p->ndata);
	buf_add(&b, symbols.p, symbols.n);
	buf_add(&b, names.p, names.n);
	emu_section(&b, 0, 0, 0, 0);
	emu_section(&b, 2, sym, (uint32_t)symbols.n, 2);
	emu_section(&b, 3, sym + (uint32_t)symbols.n, (uint32_t)names.n, 0);
	buf_free(&names);
	buf_free(&symbols);
	return b;
}

struct board *
emu_board(const struct emu_program *p, const struct board_config *c)
{
	static const struct board_config plain = { 0 };
	struct board_config config = c != NULL ? *c : plain;
	struct buf elf = emu_elf(p);
	struct diag d = DIAG_INIT;
	struct board *b = NULL;

	if (config.ram == 0)
		config.ram = EMU_RAM;
	if (image_create(&config.image, (struct str){ elf.p, elf.n }, &d) ==
		0 &&
	    board_create(&b, &config, &d) != 0)
		printf("  %s\n", d.text);
	ref_drop(config.image);
	buf_free(&elf);
	CU_ASSERT_PTR_NOT_NULL_FATAL(b);
	return b;
}

uint32_t
emu_word(const struct board *b, uint32_t address)
{
	uint8_t p[4] = { 0 };

	CU_ASSERT(board_peek(b, address, p, sizeof(p)));
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

enum board_stop
emu_run(struct board *b, int64_t t, struct buf *log)
{
	static const char *const words[] = {
#define X(id, word) word,
		BOARD_OUT_TABLE(X)
#undef X
	};
	enum board_stop stop;
	struct board_out out;

	while ((stop = board_run(b, t)) == BOARD_OUTPUT)
		while (board_next(b, &out)) {
			if (log == NULL)
				continue;
			buf_printf(log, "%s %lld %u %u ", words[out.kind],
			    (long long)out.t, out.cause, out.value);
			for (size_t i = 0; i < out.bytes.n; i++) {
				char c = out.bytes.p[i];

				if (out.kind == BOARD_OUT_FRAME ||
				    out.kind == BOARD_OUT_AUDIO)
					buf_printf(log, "%02x", c & 0xff);
				else
					buf_putc(log, c);
			}
			buf_putc(log, '\n');
		}
	return stop;
}

static uint64_t
emu_hash_add(uint64_t h, const void *p, size_t n)
{
	return str_hash_add(h, (struct str){ p, n });
}

uint64_t
emu_hash(const struct board *b)
{
	const struct image *im = b->config.image;
	const struct board_screen *s = board_screen(b);
	struct board_registers r;
	uint64_t h = STR_HASH_START;

	board_registers(b, &r);
	h = emu_hash_add(h, r.r, sizeof(r.r));
	h = emu_hash_add(h, &r.cpsr, sizeof(r.cpsr));
	h = emu_hash_add(h, &r.spsr, sizeof(r.spsr));
	h = emu_hash_add(h, &b->s, sizeof(b->s));
	h = emu_hash_add(h, s->pixels, (size_t)s->stride * s->h);
	h = emu_hash_add(
	    h, b->profile.function, im->nfn * sizeof(*b->profile.function));
	h = emu_hash_add(h, b->arm_code, board_arm_code_n(b));
	h = emu_hash_add(h, b->memory, b->config.ram + S3C_VECTORS_N);
	return str_hash_end(h);
}
