/*
 * Figures of 100 to 100,000 arrows: from the layout to SVG, to Graphviz's
 * language, to text and JSON, and beside mscgen drawing the same arrows, where
 * it is installed; bytes an arrow.  PNG and PDF of what a bitmap and a page
 * hold.
 */
#include "bench.h"
#include "fixtures/sample_more.h"

#include "base/mem.h"
#include "ladder/ladder_file.h"
#include "ladder/ladder_figure.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

static double
children(void)
{
	struct rusage u;

	getrusage(RUSAGE_CHILDREN, &u);
	return (double)u.ru_utime.tv_sec + (double)u.ru_stime.tv_sec +
	       (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

/* Seconds of processor time that mscgen takes for L's arrows, and bytes that it
 * makes; 0 where it is not there. */
static double
mscgen(const struct layout *l, long *bytes)
{
	char in[] = "/tmp/bench_figures_XXXXXX", command[160];
	int fd = mkstemp(in);
	FILE *f = fd >= 0 ? fdopen(fd, "w") : NULL;
	double t = children(), took = 0;
	FILE *out;

	*bytes = 0;
	if (f == NULL)
		return 0;
	fprintf(f, "msc {\n alice, bob;\n");
	for (size_t i = 0; i < l->nrows; i++)
		fprintf(f, " %s => %s [label=\"%.*s\"];\n",
		    l->rows[i].from == 0 ? "alice" : "bob",
		    l->rows[i].to == 0 ? "alice" : "bob",
		    STR_ARG(l->rows[i].label));
	fprintf(f, "}\n");
	fclose(f);
	snprintf(command, sizeof(command),
	    "mscgen -T svg -i %s -o %s.svg 2>/dev/null", in, in);
	if (system("command -v mscgen >/dev/null 2>&1") == 0 &&
	    system(command) == 0)
		took = children() - t;
	snprintf(command, sizeof(command), "%s.svg", in);
	out = fopen(command, "rb");
	if (out != NULL) {
		fseek(out, 0, SEEK_END);
		*bytes = ftell(out);
		fclose(out);
	}
	unlink(command);
	unlink(in);
	return took;
}

static void
print_size(const char *format, size_t n, double took, size_t bytes)
{
	char name[80];

	snprintf(name, sizeof(name), "  %s", format);
	bench_print(name, took * 1e3, "ms", NULL);
	if (bytes == 0)
		return;
	snprintf(name, sizeof(name), "  %s, bytes an arrow", format);
	bench_print(name, (double)bytes / (double)n, "B", NULL);
}

static void
beside_mscgen(const struct layout *l, double took, size_t bytes)
{
	long theirs;
	double t = mscgen(l, &theirs);

	if (t <= 0 || theirs <= 0)
		return;
	bench_print(
	    "  svg, time beside mscgen", took / t, "times", "at most 1");
	bench_print("  svg, size beside mscgen", (double)bytes / (double)theirs,
	    "times", "at most 0.25");
}

static void
measure(size_t n)
{
	static const char *const formats[] = { "svg", "gv", "txt", "json",
		"mmd", "pdf" };
	const struct ladder_file_options o = { .paper_width = 0 };
	const struct layout_options how = { .to_ns = INT64_MAX };
	struct trace *t = sample_long((unsigned)n);
	struct layout *l = NULL;
	double from = bench_now();

	if (t == NULL || layout_create(&l, t, &how, NULL) != 0)
		exit(1);
	printf("%zu arrows\n", n);
	print_size("layout", n, bench_now() - from, 0);
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		struct ladder_file_options own = o;
		struct buf out = BUF_INIT;
		double took;

		if (strcmp(formats[i], "pdf") == 0) {
			own.paper_width = 595;
			own.paper_height = 842;
			if (n > 10000)
				continue;
		}
		from = bench_now();
		if (ladder_file_write(formats[i], t, l, &own, &out, NULL) != 0)
			exit(1);
		took = bench_now() - from;
		print_size(formats[i], n, took, out.n);
		if (i == 0)
			beside_mscgen(l, took, out.n);
		buf_free(&out);
	}
	layout_destroy(l);
	trace_destroy(t);
}

int
main(void)
{
	static const size_t sizes[] = { 100, 1000, 10000, 100000 };

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		measure(sizes[i]);
	return 0;
}
