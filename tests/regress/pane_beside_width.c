/*
 * From which width on the pane stands beside the ladder: docs/PLAY.md said 100
 * columns of any run, and it depends on how many nodes the ladder has.
 */
#include <stdio.h>
#include <string.h>

#include "fixtures/check.h"
#include "fixtures/play_driver.h"

static bool
is_beside(struct driver *v, size_t w)
{
	driver_resize(v, w, 40);
	driver_screen(v);
	return v->p->drawn.pane.x > 20;
}

/* The least width at which FILE's pane is beside. */
static size_t
least_width(const char *file, size_t columns)
{
	struct driver v;
	size_t w = 60;

	if (!driver_open(&v, file, 60, 40))
		return 0;
	CU_ASSERT(v.p->views[0].layout->ncolumns >= columns);
	CU_ASSERT(columns > 4 || v.p->views[0].layout->ncolumns == columns);
	while (w < 160 && !is_beside(&v, w))
		w++;
	driver_close(&v);
	return w;
}

static void
pages_say_it(void)
{
	static const struct {
		const char *page, *text;
	} pages[] = {
		{ "docs/PLAY.md",
		    "(%zu columns with two nodes, %zu with four, %zu with "
		    "more)" },
		{ "docs/zh/PLAY.md",
		    "两个节点时宽 %zu 列以上、四个时 %zu 列以上、更多时 "
		    "%zu 列以上" },
	};
	size_t two = least_width("labs/direct-call", 2);
	size_t four = least_width("labs/two-proxies", 4);
	size_t more = least_width("labs/forking", 5);

	CU_ASSERT(two < four && four < more);
	for (size_t i = 0; i < 2; i++) {
		char line[200], text[9000], *p = text;
		FILE *f = fopen(pages[i].page, "r");

		CU_ASSERT_FATAL(f != NULL);
		p += fread(text, 1, sizeof(text) - 1, f);
		*p = '\0';
		fclose(f);
		snprintf(line, sizeof(line), pages[i].text, two, four, more);
		if (strstr(text, line) == NULL)
			printf("  %s lacks: %s\n", pages[i].page, line);
		CU_ASSERT(strstr(text, line) != NULL);
	}
}

CHECK_MAIN("pane beside width", { "pages say it", pages_say_it })
