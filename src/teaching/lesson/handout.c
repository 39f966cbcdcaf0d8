/*
 * Handouts: enough Markdown to find the tasks, and a student's copy with the
 * student's values.
 */
#include "lesson/handout.h"

#include <string.h>

#include "base/err.h"
#include "base/page_file.h"
#include "base/rows.h"
#include "jobs/program.h"
#include "lesson/lesson_in.h"
#include "text/utf8.h"

#define HANDOUT_SIZE_MAX (256u << 10)

/* ---- finding the tasks ---- */

/* In the languages there are: the heading of the tasks, and the line above the
 * commands of a task that is asked first. */
static const struct words {
	const char *heading, *first;
} words[] = { { "Tasks", "When you have answered:" },
	{ "任务", "作答之后：" } };

/* Those of the language of LINE, a heading of tasks, or NULL. */
static const struct words *
words_of_heading(struct str line)
{
	return str_starts(line, "## ")
		   ? ROWS_ROW(str_trim(str_slice(line, 3, line.n)), words)
		   : NULL;
}

/* "3. Who …": where its text begins; 0: LINE begins no item. */
static size_t
item_begins(struct str line)
{
	size_t n = 0;

	while (n < line.n && n < 3 && chr_is_digit(line.p[n]))
		n++;
	if (n == 0 || n + 1 >= line.n || line.p[n] != '.' ||
	    line.p[n + 1] != ' ')
		return 0;
	return n + 2;
}

static void
add_task(struct handout *h, const char *from, const char *to)
{
	if (h->ntasks < HANDOUT_TASKS_MAX)
		h->tasks[h->ntasks++] =
		    str_trim((struct str){ from, (size_t)(to - from) });
}

void
handout_find_tasks(struct handout *h)
{
	struct str rest = buf_view(&h->text), line;
	const struct words *of;
	const char *item = NULL;
	bool within = false;

	h->ntasks = 0;
	h->title = STR_NULL;
	while (rest.n > 0) {
		line = str_cut(rest, '\n', &rest);
		if (h->title.p == NULL && str_starts(line, "# "))
			h->title = str_trim(str_slice(line, 2, line.n));
		if (!str_starts(line, "#") &&
		    (!within || item_begins(line) == 0))
			continue;
		if (item != NULL)
			add_task(h, item, line.p);
		item = NULL;
		if (!str_starts(line, "#"))
			item = line.p + item_begins(line);
		else if ((within = (of = words_of_heading(line)) != NULL))
			h->first = of->first;
	}
	if (item != NULL)
		add_task(h, item, h->text.p + h->text.n);
}

/* A line of an item that is a command, or another text as it is: so far in. */
#define CODE_INDENT 7

/* Where the commands of TASK begin; its end, where it has none. */
static size_t
commands_begin(struct str task)
{
	struct str rest = task;
	size_t blank = 0;

	while (rest.n > 0) {
		size_t at = task.n - rest.n, indent = 0;
		struct str line = str_cut(rest, '\n', &rest);

		while (indent < line.n && line.p[indent] == ' ')
			indent++;
		if (at > 0 && indent >= CODE_INDENT)
			return blank;
		if (indent < line.n)
			blank = at + line.n;
	}
	return task.n;
}

/* ASK as it is in an item. */
static void
handout_put_item(struct str ask, struct buf *out)
{
	bool first = true;

	while (ask.n > 0) {
		struct str line = str_cut(ask, '\n', &ask);

		buf_printf(out, "%s%s%.*s", first ? "" : "\n",
		    first || line.n == 0 ? "" : "   ", STR_ARG(line));
		first = false;
	}
}

/* OUT, which is taken, is H's text. */
static int
handout_take_text(struct handout *h, struct buf *out)
{
	if (out->err != 0) {
		buf_free(out);
		return ERR_NOMEM;
	}
	buf_free(&h->text);
	h->text = *out;
	handout_find_tasks(h);
	return 0;
}

int
handout_replace_task(struct handout *h, size_t i, struct str ask)
{
	struct str text = buf_view(&h->text), task = h->tasks[i];
	size_t at = (size_t)(task.p - text.p), n = task.n;
	struct buf out = BUF_INIT;

	if (str_find(ask, "\n    ") < 0)
		n = commands_begin(task);
	buf_str(&out, str_slice(text, 0, at));
	handout_put_item(str_trim(ask), &out);
	buf_str(&out, str_slice(text, at + n, text.n));
	return handout_take_text(h, &out);
}

int
handout_ask_first(struct handout *h, size_t i)
{
	struct str text = buf_view(&h->text), task = h->tasks[i];
	size_t n = commands_begin(task), at = (size_t)(task.p - text.p) + n;
	struct buf out = BUF_INIT;

	if (n == task.n || str_ends(str_slice(task, 0, n), h->first))
		return 0;
	buf_str(&out, str_slice(text, 0, at));
	buf_printf(&out, "\n\n   %s", h->first);
	buf_str(&out, str_slice(text, at, text.n));
	return handout_take_text(h, &out);
}

int
handout_add_lines(struct handout *h, size_t i, struct str lines)
{
	struct str text = buf_view(&h->text), task = h->tasks[i];
	size_t end = (size_t)(task.p - text.p) + task.n;
	struct buf out = BUF_INIT;

	buf_str(&out, str_slice(text, 0, end));
	buf_puts(&out, "\n\n   ```\n");
	while (lines.n > 0) {
		struct str line = str_cut(lines, '\n', &lines);

		buf_printf(&out, "   %.*s\n", STR_ARG(line));
	}
	buf_puts(&out, "   ```");
	buf_str(&out, str_slice(text, end, text.n));
	return handout_take_text(h, &out);
}

void
handout_free(struct handout *h)
{
	buf_free(&h->text);
	*h = HANDOUT_INIT;
}

int
handout_put_text(struct str rest, struct buf *out)
{
	struct str line;

	for (bool first = true; rest.n > 0; first = false) {
		size_t indent = 0;

		line = str_cut(rest, '\n', &rest);
		while (!first && indent < 3 && indent < line.n &&
		       line.p[indent] == ' ')
			indent++;
		if (!first)
			buf_putc(out, '\n');
		buf_str(out, str_slice(line, indent, line.n));
	}
	return out->err;
}

/* ---- a student's copy ---- */

/*
 * The commands of a lab's handout name the lab, which has other values than the
 * student's. In a student's handout they name the student's copy instead, or
 * the lab and the student's number.
 */
struct naming {
	const char *lab, *folder, *student; /* FOLDER NULL: of STUDENT */
	struct buf *out;
	bool renamed; /* FOLDER is the lab's name, not a copy */
};

static void
put_folder(const struct naming *n)
{
	shell_put_word(n->out, n->folder);
}

/* A word of a command: the lab, a file of its folder, the copy as handouts call
 * it, or anything else. */
static void
put_command_word(const struct naming *n, struct str word)
{
	struct str rest = word;

	if (str_starts(rest, "labs/"))
		rest = str_slice(rest, sizeof("labs/") - 1, rest.n);
	if (n->folder == NULL) {
		buf_str(n->out, word);
		if (str_is(rest, n->lab)) {
			buf_puts(n->out, " --student=");
			shell_put_word(n->out, n->student);
		}
	} else if (str_is(rest, n->lab) ||
		   (str_is(word, "mine") && !n->renamed)) {
		put_folder(n);
	} else if (rest.n < word.n && str_starts(rest, n->lab) &&
		   rest.p[strlen(n->lab)] == '/') {
		put_folder(n);
		buf_str(n->out, str_slice(rest, strlen(n->lab), rest.n));
	} else {
		buf_str(n->out, word);
	}
}

/* TEXT, a command and the text after it, apart by two spaces. */
static void
handout_put_command(const struct naming *n, struct str text)
{
	ptrdiff_t end = str_find(text, "  ");
	struct str rest = str_slice(text, 0, end >= 0 ? (size_t)end : text.n);
	/* A sweep has values of its own. */
	bool plain = n->renamed          ? false
		     : n->folder != NULL ? str_starts(rest, "rung copy ")
					 : str_starts(rest, "rung sweep ");

	while (rest.n > 0) {
		struct str word = str_cut(rest, ' ', &rest);

		if (plain)
			buf_str(n->out, word);
		else
			put_command_word(n, word);
		if (rest.n > 0)
			buf_putc(n->out, ' ');
	}
	if (end >= 0)
		buf_str(n->out, str_slice(text, (size_t)end, text.n));
}

/* A line of prose: a text in backticks may be a command. */
static void
handout_put_prose(const struct naming *n, struct str line)
{
	for (bool code = false; line.n > 0; code = !code) {
		ptrdiff_t at = str_chr(line, '`');
		struct str part =
		    str_slice(line, 0, at >= 0 ? (size_t)at : line.n);

		if (code && at >= 0 && str_starts(part, "rung "))
			handout_put_command(n, part);
		else
			buf_str(n->out, part);
		if (at >= 0)
			buf_putc(n->out, '`');
		line = str_slice(line, part.n + (at >= 0), line.n);
	}
}

static int
handout_put_named(const struct naming *n, struct str text)
{
	struct buf *out = n->out;

	while (text.n > 0) {
		bool ended = str_chr(text, '\n') >= 0;
		struct str line = str_cut(text, '\n', &text);
		size_t indent = 0;

		/* In a form for answers a handout is remarks. */
		while (indent < line.n &&
		       (line.p[indent] == ' ' || line.p[indent] == '#'))
			indent++;
		if (indent >= 4 &&
		    str_starts(str_slice(line, indent, line.n), "rung ")) {
			buf_str(out, str_slice(line, 0, indent));
			handout_put_command(n, str_slice(line, indent, line.n));
		} else {
			handout_put_prose(n, line);
		}
		if (ended)
			buf_putc(out, '\n');
	}
	return out->err;
}

int
handout_put_copy(
    struct str text, const char *lab, const char *folder, struct buf *out)
{
	struct naming n = { .lab = lab, .folder = folder, .out = out };

	return handout_put_named(&n, text);
}

int
handout_put_renamed(
    struct str text, const char *lab, const char *name, struct buf *out)
{
	struct naming n = {
		.lab = lab, .folder = name, .out = out, .renamed = true
	};

	return handout_put_named(&n, text);
}

int
handout_put_student(
    struct str text, const char *lab, const char *student, struct buf *out)
{
	struct naming n = { .lab = lab, .student = student, .out = out };

	return handout_put_named(&n, text);
}

/* ---- a lesson and a handout from their files ---- */

int
handout_read(
    struct handout *h, const char *folder, const char *lang, struct diag *d)
{
	LOCAL_BUF path = BUF_INIT;
	int err = page_file_find(folder, PAGE_HANDOUT, lang, &path, NULL);

	*h = HANDOUT_INIT;
	if (err == 0)
		err = diag_read_file(
		    &h->text, buf_cstr(&path), HANDOUT_SIZE_MAX, d);
	else if (err == ERR_NOTFOUND)
		err = 0;
	if (err == 0 && !utf8_valid(buf_view(&h->text)))
		err = diag_set(d, ERR_SYNTAX, buf_cstr(&path), 0,
		    _("the handout is not UTF-8"));
	if (err == 0)
		handout_find_tasks(h);
	return diag_fail(d, err);
}
