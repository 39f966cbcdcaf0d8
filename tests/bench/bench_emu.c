/*
 * The emulated board: millions of instructions a second in a loop of
 * arithmetic, of stores, and by slices of 500 with interrupts; how long a board
 * takes to make; a hundred of them.
 *
 *	bench_emu [BOARDS]
 */
#include "bench.h"
#include "fixtures/emu_board.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

/* add r0, r0, #1; seven like it; b . - 32 */
static const uint32_t arithmetic[] = { 0xe2800001, 0xe2811001, 0xe0822001,
	0xe0233002, 0xe2844001, 0xe0255004, 0xe0866005, 0xe2877001,
	0xeafffff6 };
/* ldr r1, =0x30010000; str r0, [r1]; three like it; add r0, r0, #1; b . - 20 */
static const uint32_t stores[] = { 0xe59f1014, 0xe5810000, 0xe5810004,
	0xe5810008, 0xe581000c, 0xe2800001, 0xeafffff9, 0x30010000 };

/* Resident memory of this process in MiB. */
static double
resident(void)
{
	FILE *f = fopen("/proc/self/statm", "r");
	unsigned long all = 0, pages = 0;

	if (f == NULL)
		return 0;
	if (fscanf(f, "%lu %lu", &all, &pages) != 2)
		pages = 0;
	fclose(f);
	return (double)pages * (double)sysconf(_SC_PAGESIZE) / 1048576;
}

static struct board *
make(const struct emu_program *p)
{
	struct buf elf = emu_elf(p);
	struct board_config c = { .mac = { 2 } };
	struct board *b = NULL;

	if (image_create(&c.image, (struct str){ elf.p, elf.n }, NULL) == 0)
		(void)board_create(&b, &c, NULL);
	ref_drop(c.image);
	buf_free(&elf);
	return b;
}

static void
speed(const char *name, const struct emu_program *p, int64_t slice)
{
	struct board *b = make(p);
	double start = bench_now(), t;

	if (b == NULL)
		return;
	for (int64_t at = slice; bench_now() - start < 1; at += slice)
		(void)board_run(b, at);
	t = bench_now() - start;
	bench_print(name, (double)board_instructions(b) / t / 1e6, "M/s", NULL);
	board_destroy(b);
}

static void
many(const struct emu_program *p, int n)
{
	struct board **b = calloc((size_t)n, sizeof(struct board *));
	double start = bench_now(), before = resident(), made;
	char name[40];

	for (int i = 0; b != NULL && i < n; i++) {
		b[i] = make(p);
		if (b[i] != NULL)
			(void)board_run(b[i], EMU_MS);
	}
	made = bench_now() - start;
	snprintf(name, sizeof(name), "a board, of %d: time", n);
	bench_print(name, made / n * 1e3, "ms", NULL);
	snprintf(name, sizeof(name), "a board, of %d: memory", n);
	bench_print(name, (resident() - before) / n, "MiB", NULL);
	for (int i = 0; b != NULL && i < n; i++)
		board_destroy(b[i]);
	free(b);
}

int
main(int argc, char **argv)
{
	struct emu_program fast = { EMU_PROGRAM(arithmetic) };
	struct emu_program slow = { EMU_PROGRAM(stores) };

	speed("instructions: arithmetic", &fast, 100 * EMU_MS);
	speed("instructions: four stores of six", &slow, 100 * EMU_MS);
	speed("instructions: arithmetic, slices of 500", &fast, 3695);
	many(&fast, 1);
	many(&fast, argc > 1 ? atoi(argv[1]) : 100);
	return 0;
}
