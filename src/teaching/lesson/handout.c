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
