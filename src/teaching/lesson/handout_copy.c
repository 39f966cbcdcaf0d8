/*
 * A student's handout.  The commands of a lab's handout name the lab, which has
 * other values than the student's; here they name the student's copy instead,
 * or the lab and the student's number.
 */
#include "lesson/handout.h"

#include "jobs/program.h"

#include <string.h>

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

/* TEXT, a command and what stands behind it, apart by two spaces. */
static void
put_command(const struct naming *n, struct str text)
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

/* A line of prose: what stands in backticks may be a command. */
static void
put_prose(const struct naming *n, struct str line)
{
	for (bool code = false; line.n > 0; code = !code) {
		ptrdiff_t at = str_chr(line, '`');
		struct str part =
		    str_slice(line, 0, at >= 0 ? (size_t)at : line.n);

		if (code && at >= 0 && str_starts(part, "rung "))
			put_command(n, part);
		else
			buf_str(n->out, part);
		if (at >= 0)
			buf_putc(n->out, '`');
		line = str_slice(line, part.n + (at >= 0), line.n);
	}
}

static int
put_named(const struct naming *n, struct str text)
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
			put_command(n, str_slice(line, indent, line.n));
		} else {
			put_prose(n, line);
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

	return put_named(&n, text);
}

int
handout_put_renamed(
    struct str text, const char *lab, const char *name, struct buf *out)
{
	struct naming n = {
		.lab = lab, .folder = name, .out = out, .renamed = true
	};

	return put_named(&n, text);
}

int
handout_put_student(
    struct str text, const char *lab, const char *student, struct buf *out)
{
	struct naming n = { .lab = lab, .student = student, .out = out };

	return put_named(&n, text);
}
