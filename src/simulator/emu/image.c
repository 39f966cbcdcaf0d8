/* Firmware images: the ELF header, the segments, where bytes are. */
#include "emu/image_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/ref.h"
#include "emu/bytes_in.h"

/* ELF specification 1.2, figures 1-3 (header) and 2-1 (program header). */
#define EHDR_SIZE 52u
#define PHDR_SIZE 32u
#define EM_ARM    40u
#define ET_EXEC   2u
#define PT_LOAD   1u
#define PF_X      1u

static int
check_header(const struct image *im, struct diag *d)
{
	const uint8_t *h = (const uint8_t *)im->elf;

	if (im->n < 16 || memcmp(h, "\177ELF", 4) != 0)
		return diag_set(
		    d, ERR_SYNTAX, NULL, 0, _("the firmware is no ELF file"));
	if (h[4] != 1)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("the firmware is for a 64-bit processor, the board's has "
		      "32"));
	if (h[5] != 1)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("the firmware is big-endian, the board little-endian"));
	if (im->n < EHDR_SIZE)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("the firmware's ELF header is cut short"));
	if (get16(h + 18) != EM_ARM)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("the firmware is for another machine (ELF number %u), "
		      "the "
		      "board is an ARM (40)"),
		    get16(h + 18));
	if (get16(h + 16) != ET_EXEC)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("the firmware is not linked to an executable (ELF type "
		      "%u "
		      "instead of 2)"),
		    get16(h + 16));
	return 0;
}

/* Whether [AT, AT + N) lies in [FROM, FROM + SIZE). */
static bool
within(uint64_t at, uint64_t n, uint64_t from, uint64_t size)
{
	return at >= from && n <= size && at - from <= size - n;
}

/* A segment lies in the vectors' page or in memory, clear of what the boot
 * loader passes. */
static int
check_place(const struct image_segment *s, struct diag *d)
{
	uint64_t list = S3C_ATAGS, list_end = list + IMAGE_LIST_N;

	if (within(s->at, s->n, S3C_VECTORS, S3C_VECTORS_N))
		return 0;
	if (!within(s->at, s->n, S3C_SDRAM, S3C_SDRAM_MAX))
		return diag_set(d, ERR_RANGE, NULL, 0,
		    _("the firmware has a segment of %u bytes at 0x%08x, where "
		      "the board has no memory"),
		    s->n, s->at);
	if (s->at < list_end && (uint64_t)s->at + s->n > list)
		return diag_set(d, ERR_RANGE, NULL, 0,
		    _("the firmware has a segment at 0x%08x, over the boot "
		      "loader's list at 0x%08x"),
		    s->at, S3C_ATAGS);
	return 0;
}

static int
read_segment(struct image *im, const uint8_t *p, struct diag *d)
{
	struct image_segment s = {
		.from = get32(p + 4),
		.linked = get32(p + 8),
		.at = get32(p + 12),
		.n_file = get32(p + 16),
		.n = get32(p + 20),
		.code = get32(p + 24) & PF_X,
	};
	int err;

	if (get32(p) != PT_LOAD || s.n == 0)
		return 0;
	if (!within(s.from, s.n_file, 0, im->n) || s.n_file > s.n)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("the firmware's segment at 0x%08x goes past the end of "
		      "the file"),
		    s.at);
	if (im->nseg == IMAGE_SEGMENTS)
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("the firmware has more than %d segments"),
		    IMAGE_SEGMENTS);
	err = check_place(&s, d);
	if (err == 0)
		im->seg[im->nseg++] = s;
	return err;
}

int
image_read_segments(struct image *im, struct diag *d)
{
	const uint8_t *h = (const uint8_t *)im->elf;
	uint32_t at, size, n;
	int err = check_header(im, d);

	if (err != 0)
		return err;
	im->entry = get32(h + 24);
	at = get32(h + 28);
	size = get16(h + 42);
	n = get16(h + 44);
	if (n > 0 &&
	    (size < PHDR_SIZE || !within(at, (uint64_t)size * n, 0, im->n)))
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("the firmware's list of segments is cut short"));
	for (uint32_t i = 0; i < n; i++) {
		err = read_segment(im, h + at + (size_t)size * i, d);
		if (err != 0)
			return err;
	}
	for (size_t i = 0; i < im->nseg; i++)
		if (within(im->entry, 2, im->seg[i].at, im->seg[i].n))
			return 0;
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("the firmware starts at 0x%08x, where none of its segments is"),
	    im->entry);
}

const uint8_t *
image_bytes(const struct image *im, uint32_t address, uint64_t n)
{
	for (size_t i = 0; i < im->nseg; i++) {
		const struct image_segment *s = &im->seg[i];

		if (within(address, n, s->linked, s->n_file))
			return (const uint8_t *)im->elf + s->from +
			       (address - s->linked);
	}
	return NULL;
}

uint32_t
image_size(const struct image *im)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < im->nseg; i++)
		sum += im->seg[i].n;
	return sum > UINT32_MAX ? UINT32_MAX : (uint32_t)sum;
}

static int
read_all(struct image *im, struct str elf, struct diag *d)
{
	int err;

	im->elf = mem_dup(elf.p, elf.n);
	im->n = elf.n;
	if (im->elf == NULL)
		return ERR_NOMEM;
	err = image_read_segments(im, d);
	if (err == 0)
		err = image_read_symbols(im);
	if (err == 0)
		err = image_read_font(im);
	return err;
}

static void
image_destroy(void *image)
{
	struct image *im = image;

	mem_free(im->elf);
	mem_free(im->fn);
	mem_free(im->names);
	mem_free(im->function_of);
	mem_free(im->font.by_rows);
}

int
image_create(struct image **out, struct str elf, struct diag *d)
{
	struct image *im;
	int err;

	*out = NULL;
	if (elf.n > IMAGE_MAX)
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("the firmware is larger than %u bytes"), IMAGE_MAX);
	im = ref_alloc(sizeof(*im), image_destroy);
	if (im == NULL)
		return ERR_NOMEM;
	err = read_all(im, elf, d);
	if (err != 0) {
		ref_drop(im);
		return err;
	}
	*out = im;
	return 0;
}
