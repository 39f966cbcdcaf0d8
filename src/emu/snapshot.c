/*
 * Snapshots: the devices' state, the processor's registers, and of memory the
 * pages that are not all 0.
 */
#include "emu/board_in.h"
#include "emu/core.h"
#include "emu/image_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/ref.h"

#include <string.h>

struct board_snapshot {
	struct image *image; /* held */
	uint64_t clock_hz;
	uint32_t cpi, ram;
	struct state s;
	struct core_state *core;
	uint32_t npages;
	uint32_t *page; /* numbers, rising */
	uint8_t *pages; /* their bytes */
	bool screen_on;
	unsigned screen_w, screen_h, screen_bits;
	size_t npixels;
	uint8_t *pixels;
	uint64_t phase[PHASES];
	uint64_t *function;
	uint8_t *arm_code;
	size_t size;
};

/* Memory and the vectors behind it. */
static uint32_t
pages_of(const struct board *b)
{
	return (b->config.ram + S3C_VECTORS_N) / BOARD_PAGE;
}

static bool
is_clear(const uint8_t *page)
{
	return page[0] == 0 && memcmp(page, page + 1, BOARD_PAGE - 1) == 0;
}

static int
save_memory(const struct board *b, struct board_snapshot *s)
{
	uint32_t n = 0, all = pages_of(b);

	for (uint32_t i = 0; i < all; i++)
		n += !is_clear(b->memory + (size_t)i * BOARD_PAGE);
	s->page = mem_zalloc(n, sizeof(*s->page));
	s->pages = mem_alloc((size_t)n * BOARD_PAGE);
	if (s->page == NULL || s->pages == NULL)
		return ERR_NOMEM;
	for (uint32_t i = 0; i < all; i++) {
		const uint8_t *from = b->memory + (size_t)i * BOARD_PAGE;

		if (is_clear(from))
			continue;
		memcpy(s->pages + (size_t)s->npages * BOARD_PAGE, from,
		    BOARD_PAGE);
		s->page[s->npages++] = i;
	}
	s->size += (size_t)n * (BOARD_PAGE + sizeof(*s->page));
	return 0;
}

static void
load_memory(struct board *b, const struct board_snapshot *s)
{
	uint32_t at = 0, all = pages_of(b);

	for (uint32_t i = 0; i < all; i++) {
		uint8_t *to = b->memory + (size_t)i * BOARD_PAGE;
		const uint8_t *from = s->pages + (size_t)at * BOARD_PAGE;
		bool kept = at < s->npages && s->page[at] == i;

		at += kept;
		if (kept && memcmp(to, from, BOARD_PAGE) != 0)
			memcpy(to, from, BOARD_PAGE);
		else if (!kept && !is_clear(to))
			memset(to, 0, BOARD_PAGE);
	}
}

static size_t
pixel_bytes(const struct screen *s)
{
	return (size_t)((s->w * s->bits + 7) / 8) * s->h;
}

static int
save_rest(const struct board *b, struct board_snapshot *s)
{
	size_t nfn = b->config.image->nfn;

	memcpy(&s->s, &b->s, sizeof(s->s));
	memcpy(s->phase, b->profile.phase, sizeof(s->phase));
	s->screen_on = b->screen.on;
	s->screen_w = b->screen.w;
	s->screen_h = b->screen.h;
	s->screen_bits = b->screen.bits;
	s->npixels = pixel_bytes(&b->screen);
	s->pixels =
	    (uint8_t *)mem_dup((const char *)b->screen.pixels, s->npixels);
	s->function = mem_zalloc(nfn, sizeof(*s->function));
	s->core = core_save(b->core);
	s->arm_code =
	    (uint8_t *)mem_dup((const char *)b->arm_code, board_arm_code_n(b));
	if (s->pixels == NULL || s->function == NULL || s->core == NULL ||
	    s->arm_code == NULL)
		return ERR_NOMEM;
	memcpy(s->function, b->profile.function, nfn * sizeof(*s->function));
	s->size += sizeof(*s) + s->npixels + nfn * sizeof(*s->function) +
		   board_arm_code_n(b) + core_state_size(b->core);
	return 0;
}

int
board_save(const struct board *b, struct board_snapshot **out)
{
	struct board_snapshot *s;
	int err;

	*out = NULL;
	if (!outs_empty(&b->outs) || b->err != 0)
		return ERR_STATE;
	s = mem_zalloc(1, sizeof(*s));
	if (s == NULL)
		return ERR_NOMEM;
	s->image = b->config.image;
	ref_keep(s->image);
	s->clock_hz = b->config.clock_hz;
	s->cpi = b->config.cpi;
	s->ram = b->config.ram;
	err = save_memory(b, s);
	if (err == 0)
		err = save_rest(b, s);
	if (err != 0) {
		board_snapshot_destroy(s);
		return err;
	}
	*out = s;
	return 0;
}

int
board_load(struct board *b, const struct board_snapshot *s)
{
	if (s->image != b->config.image || s->ram != b->config.ram ||
	    s->clock_hz != b->config.clock_hz || s->cpi != b->config.cpi)
		return ERR_STATE;
	load_memory(b, s);
	memcpy(&b->s, &s->s, sizeof(b->s));
	memcpy(b->profile.phase, s->phase, sizeof(s->phase));
	memcpy(b->profile.function, s->function,
	    s->image->nfn * sizeof(*s->function));
	memcpy(b->arm_code, s->arm_code, board_arm_code_n(b));
	b->screen.on = s->screen_on;
	b->screen.w = s->screen_w;
	b->screen.h = s->screen_h;
	b->screen.bits = s->screen_bits;
	memcpy(b->screen.pixels, s->pixels, s->npixels);
	outs_clear(&b->outs);
	b->err = 0;
	core_load(b->core, s->core);
	return 0;
}

void
board_snapshot_destroy(struct board_snapshot *s)
{
	if (s == NULL)
		return;
	ref_drop(s->image);
	core_state_destroy(s->core);
	mem_free(s->page);
	mem_free(s->pages);
	mem_free(s->pixels);
	mem_free(s->function);
	mem_free(s->arm_code);
	mem_free(s);
}

size_t
board_snapshot_size(const struct board_snapshot *s)
{
	return s->size;
}

static uint64_t
add(uint64_t h, const void *p, size_t n)
{
	return str_hash_add(h, (struct str){ p, n });
}

uint64_t
board_hash(const struct board *b)
{
	uint64_t h = STR_HASH_START;
	uint32_t r[18];

	for (unsigned i = 0; i < 16; i++)
		r[i] = core_get(b->core, i);
	r[16] = core_cpsr(b->core);
	r[17] = core_spsr(b->core);
	h = add(h, r, sizeof(r));
	h = add(h, &b->s, sizeof(b->s));
	h = add(h, b->screen.pixels, pixel_bytes(&b->screen));
	h = add(h, b->profile.function,
	    b->config.image->nfn * sizeof(*b->profile.function));
	h = add(h, b->arm_code, board_arm_code_n(b));
	for (uint32_t i = 0; i < pages_of(b); i++) {
		const uint8_t *page = b->memory + (size_t)i * BOARD_PAGE;

		if (is_clear(page))
			continue;
		h = add(h, &i, sizeof(i));
		h = add(h, page, BOARD_PAGE);
	}
	return str_hash_end(h);
}
