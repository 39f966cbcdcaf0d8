/*
 * The emulated board: millions of instructions a second in a loop of
 * arithmetic, of stores, and by slices of 500 with interrupts; how long a board
 * takes to make, to save and to load; a hundred of them.
 *
 *	bench_emu [BOARDS]
 */
#include "emu_board.h"

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

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

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
	double start = now(), t;

	if (b == NULL)
		return;
	for (int64_t at = slice; now() - start < 1; at += slice)
		(void)board_run(b, at);
	t = now() - start;
	printf("  %-28s %6.0f MIPS, %5.2f x real time at 203 MHz\n", name,
	    (double)board_instructions(b) / t / 1e6,
	    (double)board_now(b) / 1e9 / t);
	board_destroy(b);
}

static void
snapshots(const struct emu_program *p)
{
	struct board *b = make(p);
	struct board_snapshot *s = NULL;
	double start, save, load;

	if (b == NULL)
		return;
	(void)board_run(b, EMU_MS);
	start = now();
	for (int i = 0; i < 100; i++) {
		board_snapshot_destroy(s);
		if (board_save(b, &s) != 0)
			return;
	}
	save = now() - start;
	start = now();
	for (int i = 0; i < 100; i++)
		(void)board_load(b, s);
	load = now() - start;
	printf("  snapshot of 8 MiB            save %.2f ms, load %.2f ms, "
	       "%zu bytes\n",
	    save * 10, load * 10, board_snapshot_size(s));
	board_snapshot_destroy(s);
	board_destroy(b);
}

static void
many(const struct emu_program *p, int n)
{
	struct board **b = calloc((size_t)n, sizeof(struct board *));
	double start = now(), before = resident(), made;

	for (int i = 0; b != NULL && i < n; i++) {
		b[i] = make(p);
		if (b[i] != NULL)
			(void)board_run(b[i], EMU_MS);
	}
	made = now() - start;
	printf("  %d boards                   %.1f ms and %.1f MiB each\n", n,
	    made / n * 1e3, (resident() - before) / n);
	for (int i = 0; b != NULL && i < n; i++)
		board_destroy(b[i]);
	free(b);
}

int
main(int argc, char **argv)
{
	struct emu_program fast = { EMU_PROGRAM(arithmetic) };
	struct emu_program slow = { EMU_PROGRAM(stores) };

	speed("arithmetic", &fast, 100 * EMU_MS);
	speed("four stores of six", &slow, 100 * EMU_MS);
	speed("arithmetic, slices of 500", &fast, 3695);
	snapshots(&slow);
	many(&fast, 1);
	many(&fast, argc > 1 ? atoi(argv[1]) : 100);
	return 0;
}
