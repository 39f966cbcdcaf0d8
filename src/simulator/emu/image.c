/* Firmware images: the ELF header, the segments, where bytes are. */
#include "emu/image_in.h"

#include "base/bisect.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/ref.h"
#include "emu/bytes_in.h"
#include "emu/board.h"
#include "emu/board_in.h"

#include <stdlib.h>

static int image_read_font(struct image *im); /* 0 or ERR_NOMEM */

/* ---- Names of functions and objects ---- */

/* ELF specification 1.2, figures 1-8 (section header) and 1-15 (symbol). */
#define SHDR_SIZE   40u
#define SYMBOL_SIZE 16u
#define SHT_SYMTAB  2u
#define SHN_ABS     0xfff1u
#define STB_GLOBAL  1u
#define STT_NOTYPE  0u
#define STT_OBJECT  1u
#define STT_FUNC    2u
#define NAME_MAX_N  200u

struct section {
	uint32_t type, from, n, link;
};

struct symbol {
	uint32_t name, at, n, type, binding, section;
};

static struct symbol
symbol_at(const struct image *im, uint32_t i)
{
	const uint8_t *p = im->symbols + (size_t)i * SYMBOL_SIZE;

	return (struct symbol){
		.name = get32(p),
		.at = get32(p + 4),
		.n = get32(p + 8),
		.type = p[12] & 15u,
		.binding = p[12] >> 4,
		.section = get16(p + 14),
	};
}

/* Section I; false where there is none or it is not all in the file. */
static bool
section_at(const struct image *im, uint32_t i, struct section *s)
{
	const uint8_t *h = (const uint8_t *)im->elf;
	uint64_t at = get32(h + 32) + (uint64_t)get16(h + 46) * i;

	if (i >= get16(h + 48) || get16(h + 46) < SHDR_SIZE ||
	    at + SHDR_SIZE > im->n)
		return false;
	s->type = get32(h + at + 4);
	s->from = get32(h + at + 16);
	s->n = get32(h + at + 20);
	s->link = get32(h + at + 24);
	return (uint64_t)s->from + s->n <= im->n;
}

/* The symbol table and its names; false where there are none.  Symbols that are
 * broken are left out: firmware without names runs as well. */
static bool
find_tables(struct image *im, struct section *names)
{
	const uint8_t *h = (const uint8_t *)im->elf;
	struct section s;

	for (uint32_t i = 0; i < get16(h + 48); i++)
		if (section_at(im, i, &s) && s.type == SHT_SYMTAB &&
		    section_at(im, s.link, names) && names->n > 0) {
			im->symbols = h + s.from;
			im->nsymbols = s.n / SYMBOL_SIZE;
			return true;
		}
	return false;
}

/* The names with everything but NUL and printable ASCII made visible. */
static int
copy_names(struct image *im, const struct section *s)
{
	im->names = mem_dup(im->elf + s->from, s->n);
	if (im->names == NULL)
		return ERR_NOMEM;
	im->names_n = s->n;
	for (uint32_t i = 0; i < s->n; i++)
		if (im->names[i] != '\0' &&
		    (im->names[i] <= ' ' || im->names[i] >= 0x7f))
			im->names[i] = '?';
	return 0;
}

static bool
in_code(const struct image *im, uint32_t at)
{
	for (size_t i = 0; i < im->nseg; i++)
		if (im->seg[i].code && at - im->seg[i].linked < im->seg[i].n)
			return true;
	return false;
}

/* A function, or a label of assembly code that others may use; the mapping
 * symbols ($a, $d, $t) are local. */
static bool
is_function(const struct image *im, const struct symbol *s)
{
	if (s->name >= im->names_n || im->names[s->name] == '\0' ||
	    s->section == 0 || s->section == SHN_ABS || !in_code(im, s->at))
		return false;
	return s->type == STT_FUNC ||
	       (s->type == STT_NOTYPE && s->binding == STB_GLOBAL);
}

static void
add_function(struct image *im, const struct symbol *s)
{
	struct image_function *fn = &im->fn[im->nfn++];

	*fn = (struct image_function){
		.at = s->at & ~1u,
		/* Functions before labels, as long as they are compared. */
		.phase = s->type == STT_FUNC ? 0 : 1,
		.n = s->n,
		.name = s->name,
	};
	if (strnlen(im->names + s->name, NAME_MAX_N) == NAME_MAX_N)
		im->names[s->name + NAME_MAX_N - 1] = '\0';
	im->thumb |= s->type == STT_FUNC && (s->at & 1) != 0;
}

static int
by_address(const void *a, const void *b)
{
	const struct image_function *f = a, *g = b;

	if (f->at != g->at)
		return f->at < g->at ? -1 : 1;
	if (f->phase != g->phase)
		return f->phase < g->phase ? -1 : 1;
	return f->name < g->name ? -1 : f->name > g->name;
}

/* One for each address, none beyond the next one's start. */
static void
sort_functions(struct image *im)
{
	size_t n = 1;

	qsort(im->fn + 1, im->nfn - 1, sizeof(*im->fn), by_address);
	for (size_t i = 1; i < im->nfn; i++)
		if (n == 1 || im->fn[i].at != im->fn[n - 1].at)
			im->fn[n++] = im->fn[i];
	im->nfn = n;
	for (size_t i = 1; i < n; i++) {
		struct image_function *fn = &im->fn[i];
		uint32_t room = i + 1 < n ? fn[1].at - fn->at : 0;

		if (room == 0)
			room = fn->n != 0 ? fn->n : 4;
		if (fn->n == 0 || fn->n > room)
			fn->n = room;
		fn->phase = (uint8_t)phase_of(im->names + fn->name);
		fn->traced = (uint8_t)traced_function_of(im->names + fn->name);
	}
}

static int
image_read_functions(struct image *im)
{
	size_t n = 1;

	for (uint32_t i = 0; i < im->nsymbols; i++) {
		struct symbol s = symbol_at(im, i);

		n += is_function(im, &s);
	}
	if (n > IMAGE_FUNCTIONS)
		n = IMAGE_FUNCTIONS;
	im->fn = mem_zalloc(n, sizeof(*im->fn));
	if (im->fn == NULL)
		return ERR_NOMEM;
	im->nfn = 1;
	for (uint32_t i = 0; i < im->nsymbols && im->nfn < n; i++) {
		struct symbol s = symbol_at(im, i);

		if (is_function(im, &s))
			add_function(im, &s);
	}
	sort_functions(im);
	return 0;
}

/* Where code lies in memory: from the lowest to the highest such segment. */
static void
find_code(struct image *im)
{
	uint64_t from = UINT32_MAX, to = 0;

	for (size_t i = 0; i < im->nseg; i++) {
		const struct image_segment *s = &im->seg[i];

		if (!s->code || s->linked < S3C_SDRAM)
			continue;
		if (s->linked < from)
			from = s->linked;
		if ((uint64_t)s->linked + s->n > to)
			to = (uint64_t)s->linked + s->n;
	}
	im->code = (uint32_t)from & ~3u;
	if (to > im->code + (uint64_t)IMAGE_CODE_MAX)
		to = im->code + (uint64_t)IMAGE_CODE_MAX;
	im->code_n = to > im->code ? (uint32_t)((to - im->code + 3) / 4) : 0;
}

static int
map_functions(struct image *im)
{
	find_code(im);
	im->function_of = mem_zalloc(im->code_n, sizeof(*im->function_of));
	if (im->function_of == NULL)
		return ERR_NOMEM;
	for (size_t i = 1; i < im->nfn; i++) {
		uint64_t to = (uint64_t)im->fn[i].at + im->fn[i].n;

		for (uint64_t at = im->fn[i].at; at < to; at += 4) {
			uint32_t word = ((uint32_t)at - im->code) / 4;

			/* Sorted: what follows is further out yet. */
			if (word >= im->code_n)
				break;
			im->function_of[word] = (uint16_t)i;
		}
	}
	return 0;
}

static int
image_read_symbols(struct image *im)
{
	struct section names;
	int err = 0;

	im->thumb = im->entry & 1;
	if (find_tables(im, &names))
		err = copy_names(im, &names);
	if (err == 0)
		err = image_read_functions(im);
	if (err == 0)
		err = map_functions(im);
	return err;
}

const char *
image_function(const struct image *im, uint32_t address, uint32_t *offset)
{
	size_t i;

	BISECT(i, 1, im->nfn, im->fn[i].at <= address);
	if (i == 1 || address - im->fn[i - 1].at >= im->fn[i - 1].n)
		return NULL;
	if (offset != NULL)
		*offset = address - im->fn[i - 1].at;
	return im->names + im->fn[i - 1].name;
}

bool
image_find(const struct image *im, const char *name, uint32_t *address)
{
	for (uint32_t i = 0; i < im->nsymbols; i++) {
		struct symbol s = symbol_at(im, i);

		if ((s.type != STT_OBJECT && s.type != STT_FUNC) ||
		    s.section == 0 || s.name >= im->names_n ||
		    strcmp(im->names + s.name, name) != 0)
			continue;
		*address = s.at;
		return true;
	}
	return false;
}

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
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("the firmware is not an ELF file"));
	if (h[4] != 1)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("the firmware is for a 64-bit processor; the board has a "
		      "32-bit processor"));
	if (h[5] != 1)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("the firmware is big-endian; the board is "
		      "little-endian"));
	if (im->n < EHDR_SIZE)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("the firmware's ELF header is truncated"));
	if (get16(h + 18) != EM_ARM)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("the firmware is for another machine (ELF number %u); "
		      "the board is an ARM (40)"),
		    get16(h + 18));
	if (get16(h + 16) != ET_EXEC)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("the firmware is not an executable (its ELF type is %u "
		      "instead of 2)"),
		    get16(h + 16));
	return 0;
}

/* Whether [AT, AT + N) lies in [FROM, FROM + SIZE). */
static bool
image_within(uint64_t at, uint64_t n, uint64_t from, uint64_t size)
{
	return at >= from && n <= size && at - from <= size - n;
}

/* A segment lies in the vectors' page or in memory, clear of what the boot
 * loader passes. */
static int
check_segment_place(const struct image_segment *s, struct diag *d)
{
	uint64_t list = S3C_ATAGS, list_end = list + IMAGE_LIST_N;

	if (image_within(s->at, s->n, S3C_VECTORS, S3C_VECTORS_N))
		return 0;
	if (!image_within(s->at, s->n, S3C_SDRAM, S3C_SDRAM_MAX))
		return diag_set(d, ERR_RANGE, NULL, 0,
		    _("the firmware has a segment of %u bytes at 0x%08x, where "
		      "the board has no memory"),
		    s->n, s->at);
	if (s->at < list_end && (uint64_t)s->at + s->n > list)
		return diag_set(d, ERR_RANGE, NULL, 0,
		    _("the firmware has a segment at 0x%08x, which overlaps "
		      "the boot loader's list at 0x%08x"),
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
	if (!image_within(s.from, s.n_file, 0, im->n) || s.n_file > s.n)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("the firmware's segment at 0x%08x extends past the end "
		      "of the file"),
		    s.at);
	if (im->nseg == IMAGE_SEGMENTS)
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("the firmware has more than %d segments"),
		    IMAGE_SEGMENTS);
	err = check_segment_place(&s, d);
	if (err == 0)
		im->seg[im->nseg++] = s;
	return err;
}

/* Each is a step of image_create, in this order. */
static int
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
	if (n > 0 && (size < PHDR_SIZE ||
			 !image_within(at, (uint64_t)size * n, 0, im->n)))
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("the firmware's list of segments is truncated"));
	for (uint32_t i = 0; i < n; i++) {
		err = read_segment(im, h + at + (size_t)size * i, d);
		if (err != 0)
			return err;
	}
	for (size_t i = 0; i < im->nseg; i++)
		if (image_within(im->entry, 2, im->seg[i].at, im->seg[i].n))
			return 0;
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("the firmware starts at 0x%08x, but no segment contains that "
	      "address"),
	    im->entry);
}

/* The N bytes that the file has for ADDRESS; NULL where it has less. */
static const uint8_t *
image_bytes(const struct image *im, uint32_t address, uint64_t n)
{
	for (size_t i = 0; i < im->nseg; i++) {
		const struct image_segment *s = &im->seg[i];

		if (image_within(address, n, s->linked, s->n_file))
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
image_read_all(struct image *im, struct str elf, struct diag *d)
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
	err = image_read_all(im, elf, d);
	if (err != 0) {
		ref_drop(im);
		return err;
	}
	*out = im;
	return 0;
}

/* ---- The font ---- */

/* A sorted table `font_glyphs` of `font_count` glyphs, each a code (16 bits),
 * its width (8 or 16), an unused byte, and 32 bytes of rows; looked up by the
 * bits drawn. */
#define GLYPH_SIZE 36u
#define GLYPHS_MAX 65536u

static const uint8_t *
image_glyph_at(const struct image_font *f, uint32_t i)
{
	return f->glyphs + (size_t)i * GLYPH_SIZE;
}

static int
image_compare(const uint8_t *glyph, unsigned width, const uint8_t *rows)
{
	if (glyph[2] != width)
		return glyph[2] < width ? -1 : 1;
	return memcmp(glyph + 4, rows, width == 16 ? 32 : 16);
}

static int
by_rows(const void *a, const void *b, void *arg)
{
	const uint32_t *i = a, *j = b;
	const uint8_t *g = image_glyph_at(arg, *j);
	int c = image_compare(image_glyph_at(arg, *i), g[2], g + 4);

	return c != 0 ? c : (*i > *j) - (*i < *j);
}

static int
image_read_font(struct image *im)
{
	struct image_font *f = &im->font;
	uint32_t at, count_at, n;
	const uint8_t *count = NULL;

	if (image_find(im, "font_glyphs", &at) &&
	    image_find(im, "font_count", &count_at))
		count = image_bytes(im, count_at, 4);
	if (count == NULL)
		return 0;
	n = get32(count);
	if (n > GLYPHS_MAX)
		return 0;
	f->glyphs = image_bytes(im, at, (uint64_t)n * GLYPH_SIZE);
	if (f->glyphs == NULL)
		return 0;
	f->by_rows = mem_alloc((size_t)n * sizeof(*f->by_rows));
	if (f->by_rows == NULL)
		return ERR_NOMEM;
	f->n = n;
	for (uint32_t i = 0; i < n; i++)
		f->by_rows[i] = i;
	qsort_r(f->by_rows, n, sizeof(*f->by_rows), by_rows, f);
	return 0;
}

uint32_t
image_font_code(const struct image *im, unsigned width, const uint8_t rows[32])
{
	const struct image_font *f = &im->font;
	size_t i;

	BISECT(i, 0, f->n,
	    image_compare(image_glyph_at(f, f->by_rows[i]), width, rows) < 0);
	if (i == f->n ||
	    image_compare(image_glyph_at(f, f->by_rows[i]), width, rows) != 0)
		return 0;
	return get16(image_glyph_at(f, f->by_rows[i]));
}
