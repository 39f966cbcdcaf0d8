/*
 * The lessons of the labs: all files are there, the handouts in both languages
 * agree with each other and with check.lua, and everything in it has its
 * Chinese.
 */
#include "base/i18n.h"
#include "fixtures/check.h"
#include "lesson/handout.h"
#include "fixtures/lessons.h"

/* ---- what there is ---- */

/* Every lab is a lesson, with all that belongs to one. */
static void
files(void)
{
	static const char *const names[] = { "README.md", "README.zh.md",
		"check.lua", "answers.md", "answers.zh.md" };
	char *labs[LABS_MAX];
	size_t n = labs_list(labs, false);

	CU_ASSERT(n > 100);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < sizeof(names) / sizeof(*names); k++) {
			if (!has_file(labs[i], names[k]))
				printf("  MISSING %s/%s\n", labs[i], names[k]);
			CU_ASSERT(has_file(labs[i], names[k]));
		}
	labs_free(labs, n);
}

/* ---- handouts ---- */

static const struct {
	const char *file, *lang;
	const char *fields[4]; /* of the heading */
	const char *minutes;   /* as printf has it */
} handouts[] = {
	{ "README.md", "en",
	    { "**After this you can** ", "**Before:** ", "**Time:** ",
		"**Hand in:** " },
	    "**Time:** %u minutes, level %u." },
	{ "README.zh.md", "zh_CN",
	    { "**学完之后，您能**", "**先修：** ", "**时间：** ",
		"**提交：** " },
	    "**时间：** %u 分钟，%u 级。" },
};

static void
has_text(struct str page, const char *file, const char *text)
{
	ptrdiff_t at = str_find(page, text);

	if (at < 0)
		printf("  MISSING %s: %s\n", file, text);
	CU_ASSERT(at > 0);
}

/* The commands of PAGE, a line each; remarks are of a language. */
static void
put_commands(struct str page, struct buf *out)
{
	while (page.n > 0) {
		struct str line = str_cut(page, '\n', &page);
		ptrdiff_t remark;

		if (!str_starts(line, "    "))
			continue;
		line = str_trim(line);
		remark = str_find(line, "  ");
		if (remark > 0)
			line = str_slice(line, 0, (size_t)remark);
		if (str_starts(line, "rung ")) {
			buf_str(out, line);
			buf_putc(out, '\n');
		}
	}
}

static void
check_heading(const char *lab, size_t i, struct buf *commands)
{
	const struct lesson *l = fixture_lesson(lab);
	struct handout h = HANDOUT_INIT;
	char minutes[80], play[200];
	struct diag d = DIAG_INIT;
	struct str page;

	CU_ASSERT_EQUAL(handout_read(&h, lab, i == 0 ? "en" : "zh_CN", &d), 0);
	page = buf_view(&h.text);
	CU_ASSERT_EQUAL(h.ntasks, lesson_count(l));
	CU_ASSERT(h.ntasks >= 3 && h.ntasks <= 6);
	for (size_t k = 0; k < 4; k++)
		has_text(page, handouts[i].file, handouts[i].fields[k]);
	snprintf(minutes, sizeof(minutes), handouts[i].minutes,
	    lesson_minutes(l), lesson_level(l));
	has_text(page, handouts[i].file, minutes);
	put_commands(page, commands);
	snprintf(play, sizeof(play), "rung play %s\n", lab + strlen("labs/"));
	CU_ASSERT(str_starts(buf_view(commands), play));
	handout_free(&h);
	lesson_destroy((struct lesson *)(uintptr_t)l);
}

static void
headings_agree(const char *lab)
{
	struct buf commands[2] = { BUF_INIT, BUF_INIT };

	for (size_t i = 0; i < 2; i++)
		check_heading(lab, i, &commands[i]);
	if (!str_eq(buf_view(&commands[0]), buf_view(&commands[1])))
		printf("BAD  English:\n%sChinese:\n%s", buf_cstr(&commands[0]),
		    buf_cstr(&commands[1]));
	CU_ASSERT(str_eq(buf_view(&commands[0]), buf_view(&commands[1])));
	buf_free(&commands[0]);
	buf_free(&commands[1]);
}

static void
headings(void)
{
	each_lesson(headings_agree);
}

/* "| `NAME` | … | MINUTES | LEVEL |" in docs/LABS.md: the minutes are those of
 * a lecture. */
static bool
find_row(struct str page, const char *name, unsigned *minutes, unsigned *level)
{
	char begin[100];

	snprintf(begin, sizeof(begin), "| `%s` |", name);
	while (page.n > 0) {
		struct str line = str_cut(page, '\n', &page);
		char end[41];
		size_t n = line.n < 40 ? line.n : 40;

		if (!str_starts(line, begin))
			continue;
		snprintf(end, sizeof(end), "%.*s", (int)n, line.p + line.n - n);
		for (char *at = end; (at = strchr(at, '|')) != NULL; at++)
			if (sscanf(at, "| %u | %u |", minutes, level) == 2)
				return true;
	}
	return false;
}

static void
agrees_with_page(const char *lab)
{
	unsigned minutes = 0, level = 0;
	struct lesson *l = fixture_lesson(lab);
	LOCAL_BUF page = BUF_INIT;

	read_text("docs", "LABS.md", &page);
	CU_ASSERT(
	    find_row(buf_view(&page), lab + strlen("labs/"), &minutes, &level));
	CU_ASSERT_EQUAL(level, lesson_level(l));
	CU_ASSERT(lesson_minutes(l) >= minutes);
	CU_ASSERT(lesson_minutes(l) * 2 <= minutes * 5);
	lesson_destroy(l);
}

/* A lesson asks in several ways: one of a list, what stands in the trace, and
 * what is to be drawn, done or predicted.  Handouts to be corrected ask the
 * same of each sentence. */
static void
asks_in_several_ways(const char *lab)
{
	struct lesson *l;
	unsigned chosen = 0, found = 0, done = 0;

	if (str_starts(str_of(lab), "labs/handout-"))
		return;
	l = fixture_lesson(lab);
	for (size_t i = 0; i < lesson_count(l); i++)
		switch (lesson_task(l, i)->kind) {
		case LESSON_CHOICE:
			chosen++;
			break;
		case LESSON_NUMBER:
		case LESSON_TIME:
		case LESSON_TEXT:
		case LESSON_FIND:
			found++;
			break;
		default:
			done++;
			break;
		}
	CU_ASSERT(chosen > 0 && found > 0 && done > 0);
	lesson_destroy(l);
}

static void
kinds(void)
{
	each_lesson(asks_in_several_ways);
}

static void
page(void)
{
	each_lesson(agrees_with_page);
}

/* ---- Chinese ---- */

/* A word alone, such as a status, is the same in every language. */
static bool
is_translated(const char *en, const char *zh)
{
	return en == NULL || strcmp(en, zh) != 0 || strchr(en, ' ') == NULL;
}

static void
same_in_chinese(const char *en, const char *zh)
{
	if (!is_translated(en, zh))
		printf("  not in Chinese: %s\n", en);
	CU_ASSERT(is_translated(en, zh));
}

static void
tasks_are_translated(const struct lesson_task *a, const struct lesson_task *b)
{
	CU_ASSERT_FATAL(a->noptions == b->noptions && a->nhints == b->nhints);
	for (size_t i = 0; i < a->noptions; i++) {
		same_in_chinese(a->options[i].text, b->options[i].text);
		same_in_chinese(a->options[i].why, b->options[i].why);
	}
	for (size_t i = 0; i < a->nhints; i++)
		same_in_chinese(a->hints[i], b->hints[i]);
	same_in_chinese(a->unit, b->unit);
}

/* Where the table that begins TEXT ends: braces in its strings are text. */
static ptrdiff_t
table_end(struct str text)
{
	size_t depth = 0;
	bool quoted = false;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (quoted && c == '\\')
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (!quoted && c == '{')
			depth++;
		else if (!quoted && c == '}' && --depth == 0)
			return (ptrdiff_t)i;
	}
	return -1;
}

/* Texts that only a wrong answer brings up are seen in the script alone: each
 * is { "…", zh = "…" }. */
static void
reasons_are_translated(struct str script)
{
	static const char *const fields[] = { "why = ", "hint = ", "unit = " };

	for (size_t i = 0; i < 3; i++) {
		struct str rest = script;
		ptrdiff_t at;

		while ((at = str_find(rest, fields[i])) >= 0) {
			ptrdiff_t close, zh;

			rest = str_slice(
			    rest, (size_t)at + strlen(fields[i]), rest.n);
			if (!str_starts(rest, "{")) {
				printf("  not in Chinese: %.60s\n", rest.p);
				CU_FAIL("not in Chinese");
				continue;
			}
			close = table_end(rest);
			zh = str_find(rest, "zh = ");
			if (zh < 0 || zh > close)
				printf("  not in Chinese: %.60s\n", rest.p);
			CU_ASSERT(zh > 0 && zh < close);
		}
	}
}

/* A task whose answer is written has a reason for any wrong one. */
static void
has_reasons(const char *lab, struct str script)
{
	static const char *const kinds[] = { "\n\tnumber = ", "\n\ttime = ",
		"\n\ttext = ", "\n\tfind = ", "\n\trun = " };
	ptrdiff_t at, end;

	for (unsigned n = 1; (at = str_find(script, "\ntask {\n")) >= 0; n++) {
		struct str task = str_slice(script, (size_t)at + 1, script.n);

		end = str_find(task, "\n}\n");
		CU_ASSERT_FATAL(end > 0);
		script = str_slice(task, (size_t)end, task.n);
		task.n = (size_t)end;
		for (size_t i = 0; i < 5; i++)
			if (str_find(task, kinds[i]) >= 0 &&
			    str_find(task, "\n\twhy = {") < 0) {
				printf("BAD  %s, task %u: no why\n", lab, n);
				CU_FAIL("a task without why");
			}
	}
}

static void
speaks_chinese(const char *lab)
{
	LOCAL_BUF script = BUF_INIT;
	struct lesson *en = fixture_lesson(lab), *zh;

	CU_ASSERT_EQUAL(i18n_choose("zh"), 0);
	zh = fixture_lesson(lab);
	CU_ASSERT_EQUAL(i18n_choose("en"), 0);
	CU_ASSERT_EQUAL_FATAL(lesson_count(en), lesson_count(zh));
	for (size_t i = 0; i < lesson_count(en); i++)
		tasks_are_translated(lesson_task(en, i), lesson_task(zh, i));
	read_text(lab, "check.lua", &script);
	reasons_are_translated(buf_view(&script));
	has_reasons(lab, buf_view(&script));
	lesson_destroy(en);
	lesson_destroy(zh);
}

static void
chinese(void)
{
	each_lesson(speaks_chinese);
}

CHECK_MAIN("lessons", { "files", files }, { "headings", headings },
    { "page", page }, { "kinds", kinds }, { "Chinese", chinese })
