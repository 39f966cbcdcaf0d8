/* inputs/share_labs: which labs there are, and what they are called. */
#include "fixtures/check.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "inputs/share_labs.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

/* The title in SCRIPT; "(none)" where there is none. */
static bool
titled(const char *script, const char *want)
{
	struct buf title = BUF_INIT;
	bool found = share_title(str_of(script), &title);
	bool same = str_is(found ? buf_view(&title) : STR("(none)"), want);

	if (!same)
		printf("  title: %s\n", buf_cstr(&title));
	buf_free(&title);
	return same;
}

static void
titles(void)
{
	CU_ASSERT(titled("lab { title = \"One\" }", "One"));
	CU_ASSERT(titled("lab({ duration = '2s', title = 'Two' })", "Two"));
	CU_ASSERT(
	    titled("-- lab { title = 'no' }\nlab{title=[[A\nB]]}", "A B"));
	CU_ASSERT(titled("--[==[ lab { title = 'no' } ]==]\n"
			 "lab { title = [=[x]]y]=] }",
	    "x]]y"));
	CU_ASSERT(
	    titled("local s = \"lab { title = 'no' }\"\n"
		   "lab { options = { title = 'inner' }, title = 'outer' }",
		"outer"));
	CU_ASSERT(
	    titled("lab { title = 'it\\'s \\\"so\\\"\\n' }", "it's \"so\" "));
	CU_ASSERT(
	    titled("x.lab { title = 'no' } lab { title = '呼叫' }", "呼叫"));
	CU_ASSERT(titled("lab { title == 'x' }", "(none)"));
	CU_ASSERT(titled("lab { title = 1 + 1 }", "(none)"));
	CU_ASSERT(titled("lab { title = \"\" }", "(none)"));
	CU_ASSERT(
	    titled("lab { duration = '1s' } title = 'outside'", "(none)"));
	CU_ASSERT(titled("labor { title = 'no' }", "(none)"));
	CU_ASSERT(titled("", "(none)"));
}

/* Beginnings of a script, and bytes of all sorts: an answer, no more. */
static void
hostile(void)
{
	static const char script[] =
	    "--[[ x ]] lab { a = [=[ ]] ]=], 'b\\'', { [[c]] }, "
	    "title = \"t\\\\\\\"\" }";
	static const char alphabet[] = "lab{}()[]=-\\\"' \n\0title\377.";
	LOCAL_BUF out = BUF_INIT;
	uint32_t x = 1;
	char text[300];

	for (size_t n = 0; n <= sizeof(script); n++) {
		/* Exactly as long, for the sanitizer to see. */
		char *exact = mem_dup(script, n);

		share_title((struct str){ exact, n }, &out);
		share_summary((struct str){ exact, n }, &out);
		mem_free(exact);
	}
	for (int round = 0; round < 3000; round++) {
		size_t n = (size_t)round % sizeof(text);

		for (size_t i = 0; i < n; i++) {
			x = x * 1664525u + 1013904223u;
			text[i] = alphabet[(x >> 16) % (sizeof(alphabet) - 1)];
		}
		memcpy(text, "lab{", n < 4 ? n : 4);
		share_title((struct str){ text, n }, &out);
		share_summary((struct str){ text, n }, &out);
	}
	CU_ASSERT_EQUAL(out.err, 0);
}

static bool
summary(const char *page, const char *want)
{
	LOCAL_BUF text = BUF_INIT;
	bool found = share_summary(str_of(page), &text);
	bool same = str_is(found ? buf_view(&text) : STR("(none)"), want);

	if (!same)
		printf("  summary: %s\n", buf_cstr(&text));
	return same;
}

static void
summaries(void)
{
	CU_ASSERT(
	    summary("# Title\n\nA *short*\n  `text`. More.\n", "A short text"));
	CU_ASSERT(
	    summary("Without a title\n\nSecond paragraph", "Without a title"));
	CU_ASSERT(summary("# Title\r\n\r\nLines of DOS\r\n", "Lines of DOS"));
	CU_ASSERT(summary("# A\n## B\n\nUses 3.5 mm. x", "Uses 3.5 mm"));
	CU_ASSERT(summary("# Title only", "(none)"));
	CU_ASSERT(summary("", "(none)"));
}

/* The page FILE, without its marks of code. */
static void
read_page(const char *file, struct buf *page)
{
	size_t n = 0;

	CU_ASSERT_EQUAL_FATAL(buf_read_file(page, file, 1 << 20), 0);
	for (size_t i = 0; i < page->n; i++)
		if (page->p[i] != '`')
			page->p[n++] = page->p[i];
	buf_truncate(page, n);
}

/* What PAGE says behind the sentence of LAB: sections, minutes, level.  Empty
 * where it has no row for it. */
static struct str
row_end(const struct buf *page, const struct share_lab *lab, const char *file)
{
	LOCAL_BUF row = BUF_INIT;
	struct str rest = STR_NULL;
	ptrdiff_t at;

	/* The RFCs' flows say there what they show, not where. */
	if (str_starts(str_of(lab->name), "rfc"))
		buf_printf(&row, "| %s | ", lab->name);
	else
		buf_printf(
		    &row, "| %s | %s |", lab->name, i18n_text(lab->text));
	at = str_find(buf_view(page), buf_cstr(&row));
	if (at < 0) {
		printf("  %s has not: %s\n", file, buf_cstr(&row));
	} else {
		rest =
		    str_slice(buf_view(page), (size_t)at + row.n - 1, page->n);
		rest = str_cut(rest, '\n', &rest);
	}
	CU_ASSERT(at >= 0);
	return rest;
}

/* The last two cells of ROW: minutes and level. */
static struct str
numbers_of(struct str row)
{
	struct str rest = row;

	for (int cells = 0; cells < 3 && rest.n > 0; cells++) {
		ptrdiff_t at = str_rchr(rest, '|');

		rest = str_slice(row, 0, at > 0 ? (size_t)at : 0);
	}
	return str_slice(row, rest.n, row.n);
}

/* A row for each lab, in Chinese with the same minutes and level. */
static void
pages(void)
{
	static const char *const files[] = { "docs/LABS.md",
		"docs/zh/LABS.md" };
	struct buf page[2] = { BUF_INIT, BUF_INIT };
	struct share_labs labs;

	CU_ASSERT_EQUAL(share_labs_read(&labs), 0);
	for (size_t k = 0; k < 2; k++)
		read_page(files[k], &page[k]);
	for (size_t i = 0; i < labs.n; i++) {
		struct str en, zh;

		en = row_end(&page[0], &labs.list[i], files[0]);
		CU_ASSERT_EQUAL(i18n_choose("zh"), 0);
		zh = row_end(&page[1], &labs.list[i], files[1]);
		CU_ASSERT_EQUAL(i18n_choose("en"), 0);
		CU_ASSERT(str_eq(numbers_of(en), numbers_of(zh)));
	}
	for (size_t k = 0; k < 2; k++)
		buf_free(&page[k]);
	share_labs_free(&labs);
}

/* A page's headings and rows of labs, a line each: "## GROUP", "LAB".
 * Of headings those alone below which a lab stands. */
static void
put_order(struct str rest, const struct share_labs *labs, struct buf *out)
{
	struct str group = STR_NULL;

	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest), cells;

		if (str_starts(line, "## "))
			group = line;
		if (!str_starts(line, "| "))
			continue;
		cells = str_slice(line, 2, line.n);
		cells = str_cut(cells, ' ', &cells);
		for (size_t i = 0; i < labs->n; i++) {
			if (!str_is(cells, labs->list[i].name))
				continue;
			if (group.n > 0)
				buf_printf(out, "%.*s\n", STR_ARG(group));
			group = STR_NULL;
			buf_printf(out, "%s\n", labs->list[i].name);
		}
	}
}

/* Each page has the table's groups, in the table's order. */
static void
groups(void)
{
	static const char *const files[] = { "docs/LABS.md",
		"docs/zh/LABS.md" };
	static const char *const languages[] = { "en", "zh" };
	struct share_labs labs;

	CU_ASSERT_EQUAL_FATAL(share_labs_read(&labs), 0);
	for (size_t k = 0; k < 2; k++) {
		struct buf page = BUF_INIT, want = BUF_INIT, got = BUF_INIT;

		CU_ASSERT_EQUAL(i18n_choose(languages[k]), 0);
		for (size_t i = 0; i < labs.n; i++) {
			const char *group = labs.list[i].group;

			if (i == 0 || labs.list[i - 1].group != group)
				buf_printf(&want, "## %s\n", i18n_text(group));
			buf_printf(&want, "%s\n", labs.list[i].name);
		}
		read_page(files[k], &page);
		put_order(buf_view(&page), &labs, &got);
		if (!str_eq(buf_view(&want), buf_view(&got)))
			printf("BAD  %s:\n%sGOOD\n%s", files[k], buf_cstr(&got),
			    buf_cstr(&want));
		CU_ASSERT(str_eq(buf_view(&want), buf_view(&got)));
		buf_free(&page);
		buf_free(&want);
		buf_free(&got);
	}
	CU_ASSERT_EQUAL(i18n_choose("en"), 0);
	share_labs_free(&labs);
}

/* Level 1 alone in the first group; in others levels rise, except for the flows
 * of RFCs, which have the order of their figures.  That a row's level is that
 * of check.lua is held by tests/lesson/test_lessons.c. */
static void
levels(void)
{
	struct share_labs labs;
	LOCAL_BUF page = BUF_INIT;
	char before = '1';

	CU_ASSERT_EQUAL_FATAL(share_labs_read(&labs), 0);
	read_page("docs/LABS.md", &page);
	for (size_t i = 0; i < labs.n; i++) {
		const struct share_lab *lab = &labs.list[i];
		struct str row = row_end(&page, lab, "docs/LABS.md");
		char level = row.n > 2 ? row.p[row.n - 3] : '?';

		if (i == 0 || labs.list[i - 1].group != lab->group)
			before = '1';
		if (lab->group == labs.list[0].group)
			CU_ASSERT_EQUAL(level, '1');
		if (level < before)
			printf("  %s: level %c after %c\n", lab->name, level,
			    before);
		CU_ASSERT(level >= before);
		before = str_starts(str_of(lab->name), "rfc") ? '1' : level;
	}
	share_labs_free(&labs);
}

/* The table is what the labs say. */
static void
own(void)
{
	struct share_labs labs;
	size_t folders = 0;
	const struct dirent *e;
	DIR *dir = opendir("labs");

	CU_ASSERT_EQUAL(share_labs_read(&labs), 0);
	/* The lesson plans' folder is none of a lab's. */
	while (dir != NULL && (e = readdir(dir)) != NULL)
		folders +=
		    e->d_name[0] != '.' && strcmp(e->d_name, "plans") != 0;
	if (dir != NULL)
		closedir(dir);
	CU_ASSERT_EQUAL(labs.n, folders);
	for (size_t i = 0; i < labs.n; i++) {
		const struct share_lab *lab = &labs.list[i];
		bool listed = strcmp(lab->group, "More labs") != 0;

		/* A new lab needs its row in inputs/share_table.h. */
		if (!listed || lab->text[0] == '\0')
			printf("  %s: \"%s\", \"%s\"\n", lab->name, lab->title,
			    lab->text);
		CU_ASSERT(listed);
		CU_ASSERT(lab->text[0] != '\0');
	}
	CU_ASSERT_STRING_EQUAL(labs.list[0].name, "direct-call");
	CU_ASSERT_STRING_EQUAL(labs.list[0].title, "Call without servers");
	CU_ASSERT_STRING_EQUAL(labs.list[0].path, "labs/direct-call");
	share_labs_free(&labs);
}

static void
put_file(const char *folder, const char *name, const char *text)
{
	LOCAL_BUF path = BUF_INIT, out = BUF_INIT;

	mkdir(folder, 0777);
	buf_printf(&path, "%s/%s", folder, name);
	buf_puts(&out, text);
	CU_ASSERT_EQUAL(buf_write_file(&out, buf_cstr(&path)), 0);
}

/* A share of somebody's own, in a folder that is removed again. */
static char home[] = "/tmp/rung-share-XXXXXX";

static void
make_share(void)
{
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(home));
	CU_ASSERT_EQUAL_FATAL(chdir(home), 0);
	CU_ASSERT_EQUAL(setenv("RUNG_SHARE", home, 1), 0);
	mkdir("labs", 0777);
	put_file("labs/zoo", "lab.lua", "lab { title = \"Zoo\" }");
	put_file("labs/zoo", "README.md", "# Zoo\n\nMany animals. They call.");
	put_file("labs/ant", "lab.lua", "node 'x'");
	put_file("labs/busy", "lab.lua", "lab { title = 'My own busy' }");
	put_file("labs/none", "other.lua", "lab { title = 'no' }");
	put_file("labs", "plain", "no folder");
	/* Whoever opened it would wait for ever. */
	mkdir("labs/pipe", 0777);
	CU_ASSERT_EQUAL(mkfifo("labs/pipe/lab.lua", 0666), 0);
	mkdir("labs/device", 0777);
	CU_ASSERT_EQUAL(symlink("/dev/zero", "labs/device/lab.lua"), 0);
}

static void
remove_share(const char *back)
{
	char command[128];

	CU_ASSERT_EQUAL(chdir(back), 0);
	unsetenv("RUNG_SHARE");
	snprintf(command, sizeof(command), "rm -rf %s", home);
	CU_ASSERT_EQUAL(system(command), 0);
}

static const struct share_lab *
find(const struct share_labs *labs, const char *name)
{
	for (size_t i = 0; i < labs->n; i++)
		if (strcmp(labs->list[i].name, name) == 0)
			return &labs->list[i];
	return NULL;
}

static void
others(void)
{
	struct share_labs labs;
	const struct share_lab *lab;
	char back[1024];

	CU_ASSERT_PTR_NOT_NULL_FATAL(getcwd(back, sizeof(back)));
	make_share();
	CU_ASSERT_EQUAL(share_labs_read(&labs), 0);
	lab = find(&labs, "zoo");
	CU_ASSERT_PTR_NOT_NULL_FATAL(lab);
	CU_ASSERT_STRING_EQUAL(lab->title, "Zoo");
	CU_ASSERT_STRING_EQUAL(lab->text, "Many animals");
	CU_ASSERT_STRING_EQUAL(lab->group, "More labs");
	/* Others come last, by name. */
	CU_ASSERT_PTR_EQUAL(lab, &labs.list[labs.n - 1]);
	lab = find(&labs, "ant");
	CU_ASSERT_PTR_NOT_NULL_FATAL(lab);
	CU_ASSERT_STRING_EQUAL(lab->title, "ant");
	CU_ASSERT_STRING_EQUAL(lab->text, "");
	/* One that is called as one of ours, with a title of its own. */
	lab = find(&labs, "busy");
	CU_ASSERT_PTR_NOT_NULL_FATAL(lab);
	CU_ASSERT_STRING_EQUAL(lab->title, "My own busy");
	CU_ASSERT_STRING_EQUAL(lab->text, "");
	CU_ASSERT_PTR_NULL(find(&labs, "none"));
	CU_ASSERT_PTR_NULL(find(&labs, "plain"));
	CU_ASSERT_PTR_NULL(find(&labs, "pipe"));
	CU_ASSERT_PTR_NULL(find(&labs, "device"));
	share_labs_free(&labs);
	remove_share(back);
}

static void
memory(void)
{
	struct share_labs l;
	unsigned long n = 0;
	int err = ERR_NOMEM;

	/* The first ones each, later ones here and there. */
	while (err == ERR_NOMEM && n < 100000) {
		n += n < 200 ? 1 : 17;
		mem_fail_from(n);
		err = share_labs_read(&l);
		mem_fail_from(0);
		share_labs_free(&l);
	}
	CU_ASSERT_EQUAL(err, 0);
	CU_ASSERT(n > 200);
}

/* The lines of a handout that are commands, headings or rows of a table, a
 * letter each. */
static void
put_shape(struct str rest, struct buf *commands, struct buf *shape)
{
	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest);

		if (str_starts(line, "    ")) {
			buf_str(commands, line);
			buf_putc(commands, '\n');
		} else if (str_starts(line, "#") || str_starts(line, "|")) {
			buf_putc(shape, line.p[0]);
		}
	}
}

/* A handout in Chinese has the same commands, headings and tables. */
static void
chinese(void)
{
	struct share_labs labs;
	size_t n = 0;

	CU_ASSERT_EQUAL_FATAL(share_labs_read(&labs), 0);
	for (size_t i = 0; i < labs.n; i++) {
		struct buf page[2] = { BUF_INIT, BUF_INIT };
		struct buf commands[2] = { BUF_INIT, BUF_INIT };
		struct buf shape[2] = { BUF_INIT, BUF_INIT };
		char path[512];

		for (int zh = 0; zh < 2; zh++) {
			snprintf(path, sizeof(path), "%s/README%s.md",
			    labs.list[i].path, zh ? ".zh" : "");
			if (buf_read_file(&page[zh], path, 1 << 20) == 0)
				put_shape(buf_view(&page[zh]), &commands[zh],
				    &shape[zh]);
		}
		if (page[1].n > 0) {
			n++;
			CU_ASSERT(str_eq(
			    buf_view(&commands[0]), buf_view(&commands[1])));
			CU_ASSERT(
			    str_eq(buf_view(&shape[0]), buf_view(&shape[1])));
			if (!str_eq(
				buf_view(&commands[0]), buf_view(&commands[1])))
				printf("  %s\n", labs.list[i].name);
		}
		for (int zh = 0; zh < 2; zh++) {
			buf_free(&page[zh]);
			buf_free(&commands[zh]);
			buf_free(&shape[zh]);
		}
	}
	CU_ASSERT(n >= 40);
	share_labs_free(&labs);
}

CHECK_MAIN("share", { "titles", titles }, { "hostile", hostile },
    { "summaries", summaries }, { "own", own }, { "pages", pages },
    { "groups", groups }, { "levels", levels }, { "chinese", chinese },
    { "others", others }, { "memory", memory })
