/*
 * Firmware images: what is taken, and the sentence for each thing that is not.
 * Mutations of a good one end in an image or a sentence, never worse.
 */
#include "fixtures/emu_board.h"

/* Sleeps. */
static const uint32_t code[] = {
	0xe59f0008, /* ldr r0, =0x4c00000c */
	0xe3a01004, /* mov r1, #4 */
	0xe5801000, /* str r1, [r0] */
	0xeafffffd, /* b . - 4 */
	0x4c00000c,
};

static const struct emu_symbol symbols[] = {
	{ "start", EMU_CODE, 8, 2 },
	{ "inner", EMU_CODE + 8, 0, 2 },
	{ "bell\a", EMU_CODE + 12, 100, 2 },
	{ "value", EMU_CODE + 0x4000, 4, 1 },
};

static struct buf
good(void)
{
	static const uint32_t data[] = { 1, 2 };
	struct emu_program p = { EMU_PROGRAM(code), .symbols = symbols,
		.nsymbols = 4, .data = data, .ndata = sizeof(data) };

	return emu_elf(&p);
}

static void
takes_a_good_one(void)
{
	struct buf elf = good();
	struct image *im = NULL;
	uint32_t offset = 99;

	CU_ASSERT_EQUAL(
	    image_create(&im, (struct str){ elf.p, elf.n }, NULL), 0);
	buf_free(&elf); /* it has a copy */
	CU_ASSERT_PTR_NOT_NULL_FATAL(im);
	CU_ASSERT_EQUAL(image_size(im), 64 + sizeof(code) + 8);
	CU_ASSERT_STRING_EQUAL(
	    image_function(im, EMU_CODE + 4, &offset), "start");
	CU_ASSERT_EQUAL(offset, 4);
	/* Up to the next one where it has no size; not past the last. */
	CU_ASSERT_STRING_EQUAL(
	    image_function(im, EMU_CODE + 8, &offset), "inner");
	CU_ASSERT_EQUAL(offset, 0);
	CU_ASSERT_STRING_EQUAL(
	    image_function(im, EMU_CODE + 12 + 99, NULL), "bell?");
	CU_ASSERT_PTR_NULL(image_function(im, EMU_CODE + 112, NULL));
	CU_ASSERT_PTR_NULL(image_function(im, EMU_CODE - 1, NULL));
	CU_ASSERT(image_find(im, "value", &offset));
	CU_ASSERT_EQUAL(offset, EMU_CODE + 0x4000);
	CU_ASSERT(!image_find(im, "nothing", &offset));
	ref_keep(im);
	ref_drop(im);
	CU_ASSERT_STRING_EQUAL(image_function(im, EMU_CODE, NULL), "start");
	ref_drop(im);
}

struct change {
	size_t at;
	uint32_t value;
	unsigned n; /* bytes */
	int err;
	const char *says;
};

static void
says_what_is_wrong(void)
{
	/* The program headers are at 52 (vectors), 84 (code), 116 (data). */
	static const struct change rows[] = {
		{ 0, 0, 1, ERR_SYNTAX, "not an ELF" },
		{ 4, 2, 1, ERR_UNSUPPORTED, "64-bit" },
		{ 5, 2, 1, ERR_UNSUPPORTED, "big-endian" },
		{ 16, 1, 2, ERR_UNSUPPORTED, "ELF type is 1" },
		{ 18, 3, 2, ERR_UNSUPPORTED, "number 3" },
		{ 24, 0x31000000, 4, ERR_SYNTAX, "starts at 0x31000000" },
		{ 28, 0xfffffff0, 4, ERR_SYNTAX, "list of segments" },
		{ 42, 31, 2, ERR_SYNTAX, "list of segments" },
		{ 44, 0xffff, 2, ERR_SYNTAX, "list of segments" },
		{ 44, 0, 2, ERR_SYNTAX,
		    "but no segment contains that address" },
		{ 88, 0xffffffff, 4, ERR_SYNTAX, "end of the file" },
		{ 100, 0x10000, 4, ERR_SYNTAX, "end of the file" },
		{ 104, 4, 4, ERR_SYNTAX, "end of the file" },
		{ 96, 0x40000000, 4, ERR_RANGE, "no memory" },
		{ 96, 0xffffff00, 4, ERR_RANGE, "no memory" },
		{ 96, 0x30001000, 4, ERR_RANGE, "boot loader's list" },
		{ 104, 0x04000000, 4, ERR_RANGE, "no memory" },
		{ 104, 0xffffffff, 4, ERR_RANGE, "no memory" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf elf = good();
		struct diag d = DIAG_INIT;
		struct image *im;

		for (unsigned j = 0; j < rows[i].n; j++)
			elf.p[rows[i].at + j] = (char)(rows[i].value >> 8 * j);
		CU_ASSERT_EQUAL(
		    image_create(&im, (struct str){ elf.p, elf.n }, &d),
		    rows[i].err);
		CU_ASSERT_PTR_NULL(im);
		CU_ASSERT_PTR_NOT_NULL(strstr(d.text, rows[i].says));
		if (strstr(d.text, rows[i].says) == NULL)
			printf("  %zu: %s\n", i, d.text);
		buf_free(&elf);
	}
}

static void
says_what_does_not_fit(void)
{
	struct buf elf = good();
	struct board_config c = { .ram = 64u << 10 };
	struct diag d = DIAG_INIT;
	struct board *b;

	/* The code's last byte is the memory's; then one too many. */
	elf.p[84 + 20] = 0;
	elf.p[84 + 21] = (char)0x80;
	CU_ASSERT_EQUAL(
	    image_create(&c.image, (struct str){ elf.p, elf.n }, NULL), 0);
	CU_ASSERT_EQUAL(board_create(&b, &c, NULL), 0);
	board_destroy(b);
	ref_drop(c.image);
	elf.p[84 + 20] = 1;
	CU_ASSERT_EQUAL(
	    image_create(&c.image, (struct str){ elf.p, elf.n }, NULL), 0);
	CU_ASSERT_EQUAL(board_create(&b, &c, &d), ERR_RANGE);
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "0x30010001"));
	ref_drop(c.image);
	d = DIAG_INIT;
	CU_ASSERT_EQUAL(
	    image_create(&c.image, (struct str){ elf.p, IMAGE_MAX + 1 }, &d),
	    ERR_LIMIT);
	CU_ASSERT_PTR_NULL(c.image);
	buf_free(&elf);
}

/* No symbols: an image all the same. */
static void
does_without_symbols(void)
{
	/* Section headers elsewhere, of another size, none; the symbol
	 * table past the end. */
	static const struct change rows[] = {
		{ 32, 0xfffffff0, 4, 0, NULL },
		{ 46, 39, 2, 0, NULL },
		{ 48, 0, 2, 0, NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf elf = good();
		struct image *im;

		for (unsigned j = 0; j < rows[i].n; j++)
			elf.p[rows[i].at + j] = (char)(rows[i].value >> 8 * j);
		CU_ASSERT_EQUAL(
		    image_create(&im, (struct str){ elf.p, elf.n }, NULL), 0);
		CU_ASSERT_PTR_NOT_NULL_FATAL(im);
		CU_ASSERT_PTR_NULL(image_function(im, EMU_CODE, NULL));
		ref_drop(im);
		buf_free(&elf);
	}
}

static uint32_t
next(uint64_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 7;
	*x ^= *x << 17;
	return (uint32_t)(*x >> 20);
}

/* A byte, a word with an odd value, or the end. */
static void
mutate(struct buf *elf, uint64_t *x)
{
	static const uint32_t odd[] = { 0, 1, 0x7fffffff, 0x80000000,
		0xffffffff, 0xfffffff0, EMU_CODE, S3C_SDRAM, 0x33ffffff, 32, 52,
		0x10000 };
	size_t at = next(x) % elf->n;
	uint32_t value = odd[next(x) % (sizeof(odd) / sizeof(odd[0]))];

	if (next(x) % 16 == 0)
		buf_truncate(elf, at + 1);
	else if (next(x) % 2 == 0)
		elf->p[at] = (char)next(x);
	else
		for (size_t i = 0; i < 4 && (at & ~(size_t)3) + i < elf->n; i++)
			elf->p[(at & ~(size_t)3) + i] = (char)(value >> 8 * i);
}

static void
survives_mutation(void)
{
	uint64_t x = 0x9e3779b97f4a7c15u;
	unsigned taken = 0, refused = 0, ran = 0;

	for (int i = 0; i < 20000; i++) {
		struct buf elf = good();
		struct board_config c = { .ram = EMU_RAM };
		struct diag d = DIAG_INIT;
		struct board *b = NULL;
		uint32_t at;

		for (uint32_t n = next(&x) % 4 + 1; n > 0; n--)
			mutate(&elf, &x);
		if (image_create(&c.image, (struct str){ elf.p, elf.n }, &d) !=
		    0) {
			CU_ASSERT(d.text[0] != '\0');
			refused++;
			buf_free(&elf);
			continue;
		}
		taken++;
		(void)image_function(c.image, next(&x), &at);
		(void)image_find(c.image, "font_glyphs", &at);
		if (taken % 64 == 0 && board_create(&b, &c, NULL) == 0) {
			emu_run(b, EMU_MS, NULL);
			ran++;
		}
		board_destroy(b);
		ref_drop(c.image);
		buf_free(&elf);
	}
	CU_ASSERT(taken > 2000 && refused > 2000 && ran > 20);
}

CHECK_MAIN("emu_image", { "takes a good one", takes_a_good_one },
    { "says what is wrong", says_what_is_wrong },
    { "says what does not fit", says_what_does_not_fit },
    { "does without symbols", does_without_symbols },
    { "survives mutation", survives_mutation })
