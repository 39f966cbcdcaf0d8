/* Where the goals of a search are: in the lab's check.lua. */
#include "cli/search_in.h"

#include "base/err.h"
#include "base/folder.h"

#include <limits.h>
#include <stdlib.h>

/* FROM has the check.lua that lies beside IN's script, unless it has one
 * already.  0 or D's error. */
static int
find_check(const struct inputs *in, struct search_origin *from, struct diag *d)
{
	char path[PATH_MAX];

	if (from->lab.n > 0 || in->script == NULL || in->folder == NULL ||
	    !folder_has(in->folder, LESSON_CHECK) ||
	    realpath(in->folder, path) == NULL)
		return 0;
	buf_str(&from->lab, folder_name(path));
	return from->lab.err != 0 ? from->lab.err
				  : lesson_read_check(path, &from->check, d);
}

int
search_find_goals(struct search_goals *g, const struct inputs *in,
    struct search_options *o, struct search_origin *from, struct diag *d)
{
	int err = find_check(in, from, d);

	if (err != 0 || from->lab.n == 0)
		return err;
	return search_goals_take(
	    g, buf_cstr(&from->lab), buf_view(&from->check), o, d);
}
