/* base/file_ending: what a file's name says of its form. */
#include "fixtures/check.h"

#include "base/folder.h"

static const struct {
	const char *file, *ending, *packed;
} rows[] = {
	{ "call.svg", "svg", "svg" },
	{ "./x", "", "" },
	{ "../x", "", "" },
	{ "a.b/c", "", "" },
	{ "a.b/c.md", "md", "md" },
	{ "a.b/", "", "" },
	{ ".svg", "", "" },
	{ "a/.svg", "", "" },
	{ ".a.svg", "svg", "svg" },
	{ "x.", "", "" },
	{ "x..", "", "" },
	{ "..", "", "" },
	{ "-", "", "" },
	{ "", "", "" },
	{ "trace.2", "", "" },
	{ "call.2026-01", "", "" },
	{ "x.mp4", "mp4", "mp4" },
	{ "x.SVG", "SVG", "SVG" },
	{ "call.svg.gz", "gz", "svg" },
	{ "call.gz", "gz", "" },
	{ ".gz", "", "" },
	{ "a.svg/.gz", "", "" },
};

static void
rows_have_their_endings(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct str file = str_of(rows[i].file);

		if (!str_is(file_ending(file), rows[i].ending) ||
		    !str_is(file_ending_packed(file), rows[i].packed))
			CU_FAIL(rows[i].file);
	}
	CU_ASSERT_EQUAL(file_ending(STR_NULL).n, 0);
	CU_ASSERT_EQUAL(file_ending_packed(STR_NULL).n, 0);
}

CHECK_MAIN("file_ending", { "rows", rows_have_their_endings })
