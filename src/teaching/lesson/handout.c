/* Reads handouts: enough Markdown to find the tasks. */
#include "lesson/handout.h"

#include "base/err.h"
#include "text/utf8.h"

#include <string.h>

/* The heading of the tasks, in the languages there are. */
static const char *const headings[] = { "Tasks", "任务" };

static bool
is_tasks_heading(struct str line)
{
	struct str text;

	if (!str_starts(line, "## "))
		return false;
	text = str_trim(str_slice(line, 3, line.n));
	for (size_t i = 0; i < sizeof(headings) / sizeof(headings[0]); i++)
		if (str_is(text, headings[i]))
			return true;
	return false;
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
		if (str_starts(line, "#"))
			within = is_tasks_heading(line);
		else
			item = line.p + item_begins(line);
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

/* ASK as it stands in an item. */
static void
put_item(struct str ask, struct buf *out)
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
take_text(struct handout *h, struct buf *out)
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
	put_item(str_trim(ask), &out);
	buf_str(&out, str_slice(text, at + n, text.n));
	return take_text(h, &out);
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
	return take_text(h, &out);
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
