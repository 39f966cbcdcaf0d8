/* A lesson and a handout from their files. */
#include "lesson/lesson.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/folder.h"
#include "lesson/handout.h"
#include "lesson/lesson_in.h"

#define CHECK_SIZE_MAX (256u << 10)

int
lesson_read_check(const char *folder, struct buf *text, struct diag *d)
{
	LOCAL_BUF path = BUF_INIT;
	int err;

	buf_printf(&path, "%s/" LESSON_CHECK, folder);
	err = path.err;
	if (err == 0 && !folder_has(folder, LESSON_CHECK))
		err = diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("%s: the lab has no tasks (there is no %s)"), folder,
		    LESSON_CHECK);
	if (err == 0)
		err = diag_read_file(text, buf_cstr(&path), CHECK_SIZE_MAX, d);
	return err;
}

int
lesson_load(struct lesson **out, const char *folder, const char *student,
    struct diag *d)
{
	LOCAL(handout_free) struct handout h = HANDOUT_INIT;
	LOCAL_BUF check = BUF_INIT;
	int err = lesson_read_check(folder, &check, d);

	*out = NULL;
	if (err == 0)
		err = handout_read(&h, folder, i18n_language(), d);
	if (err == 0)
		err = lesson_take_texts(out, folder, buf_view(&check),
		    buf_view(&h.text), student, d);
	return diag_fail(d, err);
}
