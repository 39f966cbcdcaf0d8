/* Keeps which folders are labs of the user's own; see session/own_labs.h. */
#include "session/own_labs.h"

#include "session/session_in.h"

#include <stdlib.h>
#include <string.h>

#define NAME "labs"

char *
own_lab_path(const char *folder)
{
	char *path = realpath(folder, NULL);

	if (path != NULL && strpbrk(path, "\r\n") == NULL)
		return path;
	free(path);
	return NULL;
}

static bool
own_labs_has_line(struct str lines, const char *line)
{
	while (lines.n > 0)
		if (str_is(str_cut(lines, '\n', &lines), line))
			return true;
	return false;
}

/* Without the oldest, where there are too many. */
static struct str
newest_lines(struct str lines)
{
	size_t n = 0;

	for (size_t i = 0; i < lines.n; i++)
		n += lines.p[i] == '\n';
	for (; n >= OWN_LABS_MAX; n--)
		str_cut(lines, '\n', &lines);
	return lines;
}

void
own_labs_add(const char *folder)
{
	LOCAL_BUF path = BUF_INIT, lines = BUF_INIT, text = BUF_INIT;
	struct diag d = DIAG_INIT;
	char *lab = own_lab_path(folder);

	if (lab != NULL && folder_find_file(NAME, true, &path)) {
		folder_read(path.p, &lines, &d);
		buf_str(&text, newest_lines(buf_view(&lines)));
		buf_printf(&text, "%s\n", lab);
	}
	if (text.n > 0 && text.err == 0 &&
	    !own_labs_has_line(buf_view(&lines), lab))
		folder_replace(path.p, &text, &d);
	free(lab);
}

bool
own_labs_has(const char *folder)
{
	LOCAL_BUF path = BUF_INIT, lines = BUF_INIT;
	struct diag d = DIAG_INIT;

	return folder_find_file(NAME, false, &path) &&
	       folder_read(path.p, &lines, &d) == 0 &&
	       own_labs_has_line(buf_view(&lines), folder);
}
