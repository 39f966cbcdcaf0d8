/* A lesson and a handout from their files. */
#include "base/err.h"
#include "base/folder.h"
#include "base/page_file.h"
#include "text/utf8.h"
#include "lesson/handout.h"
#include "lesson/lesson_in.h"

#define CHECK_SIZE_MAX (256u << 10)

int
handout_read(
    struct handout *h, const char *folder, const char *lang, struct diag *d)
{
	struct buf path = BUF_INIT;
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
	buf_free(&path);
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}

int
lesson_read_check(const char *folder, struct buf *text, struct diag *d)
{
	struct buf path = BUF_INIT;
	int err;

	buf_printf(&path, "%s/" LESSON_CHECK, folder);
	err = path.err;
	if (err == 0 && !folder_has(folder, LESSON_CHECK))
		err = diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("%s: the lab has no tasks (there is no %s)"), folder,
		    LESSON_CHECK);
	if (err == 0)
		err = diag_read_file(text, buf_cstr(&path), CHECK_SIZE_MAX, d);
	buf_free(&path);
	return err;
}

int
lesson_load(struct lesson **out, const char *folder, const char *student,
    struct diag *d)
{
	struct handout h = HANDOUT_INIT;
	struct buf check = BUF_INIT;
	int err = lesson_read_check(folder, &check, d);

	*out = NULL;
	if (err == 0)
		err = handout_read(&h, folder, i18n_language(), d);
	if (err == 0)
		err = lesson_take_texts(out, folder, buf_view(&check),
		    buf_view(&h.text), student, d);
	buf_free(&check);
	handout_free(&h);
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}
