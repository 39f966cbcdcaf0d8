/*
 * A text in Markdown has the same words wherever it is read: on a code host, in
 * the page, in the terminal and in a PDF.  Here is what rung makes of texts;
 * rendered.sh names them, and compares.
 */
#include "draw/paper.h"
#include "fixtures/check.h"
#include "lesson/handout.h"
#include "views/lesson/markdown.h"

#include <string.h>
#include <unistd.h>

#define TEXTS_MAX 2000

static void
put_page(struct buf *out, struct str text)
{
	struct paper p = PAPER_INIT;
	struct diag d = DIAG_INIT;

	buf_str(&p.text, text);
	CU_ASSERT_EQUAL(paper_put_html(&p, 1, out, &d), 0);
	paper_free(&p);
}

static void
put_terminal(struct buf *out, struct str text)
{
	struct markdown_options o = { .width = 1u << 20 };
	LOCAL(doc_free) struct doc d = DOC_INIT;

	markdown_put(&d, text, &o);
	CU_ASSERT_EQUAL(doc_write(&d, out), 0);
}

/* TEXT as the page and the terminal have it: each task by itself. */
static void
put_parts(struct buf *out, struct str text,
    void (*put)(struct buf *out, struct str text))
{
	struct handout h = HANDOUT_INIT;
	size_t at = 0;

	buf_str(&h.text, text);
	handout_find_tasks(&h);
	text = buf_view(&h.text);
	for (size_t i = 0; i < h.ntasks; i++) {
		size_t from = (size_t)(h.tasks[i].p - text.p), start = from;
		LOCAL_BUF task = BUF_INIT;

		while (start > at && text.p[start - 1] != '\n')
			start--;
		put(out, str_slice(text, at, start));
		buf_str(out, str_slice(text, start, from));
		handout_put_text(h.tasks[i], &task);
		put(out, buf_view(&task));
		at = from + h.tasks[i].n;
	}
	put(out, str_slice(text, at, text.n));
	handout_free(&h);
}

static void
write_in(const char *folder, const char *name, struct buf *text)
{
	LOCAL_BUF path = BUF_INIT;

	buf_printf(&path, "%s/%s", folder, name);
	CU_ASSERT_EQUAL(buf_write_file(text, buf_cstr(&path)), 0);
	buf_free(text);
}

/* LIST: lines of "PRINTED NUMBER FILE". */
static void
write_forms(const char *folder, struct str list)
{
	static struct paper papers[TEXTS_MAX];
	struct buf page = BUF_INIT, terminal = BUF_INIT, pdf = BUF_INIT;
	struct diag d = DIAG_INIT;
	size_t n = 0;

	while (list.n > 0 && n < TEXTS_MAX) {
		struct str file, line = str_cut(list, '\n', &list);
		struct str printed = str_cut(line, ' ', &file);
		struct str number = str_cut(file, ' ', &file);
		LOCAL_BUF path = BUF_INIT, text = BUF_INIT;

		buf_str(&path, file);
		CU_ASSERT_EQUAL(
		    buf_read_file(&text, buf_cstr(&path), 1u << 22), 0);
		buf_printf(&page, "<p>%.*s</p>", STR_ARG(number));
		put_parts(&page, buf_view(&text), put_page);
		buf_printf(&terminal, "%.*s\n", STR_ARG(number));
		put_parts(&terminal, buf_view(&text), put_terminal);
		if (!str_is(printed, "yes"))
			continue;
		papers[n] = PAPER_INIT;
		buf_str(&papers[n].head, number);
		buf_str(&papers[n++].text, buf_view(&text));
	}
	CU_ASSERT_EQUAL(paper_put_pdf(papers, n, &pdf, &d), 0);
	while (n > 0)
		paper_free(&papers[--n]);
	write_in(folder, "page.html", &page);
	write_in(folder, "terminal.txt", &terminal);
	write_in(folder, "all.pdf", &pdf);
}

static int
run_step(const char *step, const char *folder)
{
	LOCAL_BUF command = BUF_INIT;

	buf_printf(&command, "%s %s", step, folder);
	return system(buf_cstr(&command));
}

static void
words_are_the_same(void)
{
	char folder[] = "/tmp/rendered-XXXXXX";
	LOCAL_BUF path = BUF_INIT, list = BUF_INIT;

	if (system("command -v cmark-gfm > /dev/null") != 0 ||
	    system("command -v pdftotext > /dev/null") != 0) {
		check_skip("cmark-gfm or pdftotext is missing");
		return;
	}
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
	CU_ASSERT_EQUAL_FATAL(
	    run_step("sh tests/views/rendered.sh texts", folder), 0);
	buf_printf(&path, "%s/list", folder);
	CU_ASSERT_EQUAL(buf_read_file(&list, buf_cstr(&path), 1u << 20), 0);
	write_forms(folder, buf_view(&list));
	CU_ASSERT_EQUAL(
	    run_step("sh tests/views/rendered.sh compare", folder), 0);
	CU_ASSERT_EQUAL(run_step("rm -r", folder), 0);
}

CHECK_MAIN("rendered", { "words_are_the_same", words_are_the_same })
