/*
 * Names of functions and objects in an image.  Symbols that are broken are
 * left out: firmware without names runs as well.
 */
#include "base/bisect.h"
#include "base/err.h"
#include "base/mem.h"
#include "emu/bytes_in.h"
#include "emu/image_in.h"
#include "emu/phase.h"

#include <stdlib.h>

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

/* The symbol table and its names; false where there are none. */
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
	}
}

static int
read_functions(struct image *im)
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

int
image_read_symbols(struct image *im)
{
	struct section names;
	int err = 0;

	im->thumb = im->entry & 1;
	if (find_tables(im, &names))
		err = copy_names(im, &names);
	if (err == 0)
		err = read_functions(im);
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
