/* Folders for a while, with locks; see base/temp_folder.h. */
#include "base/temp_folder.h"

#include "base/err.h"
#include "base/folder.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* What mkdtemp(3) puts in its place. */
#define ENDING "XXXXXX"
/* Of folders that another program has taken for left behind while they had no
 * lock yet. */
#define TRIES 20

const char *
temp_folder_place(void)
{
	const char *dir = getenv("TMPDIR");

	return dir != NULL && dir[0] != '\0' ? dir : "/tmp";
}

/* A lock on the folder PATH, which is this user's; -1: there is no such folder,
 * or it is held. */
static int
lock_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;

	if (fd < 0)
		return -1;
	/* Who held it before may have removed it meanwhile. */
	if (fstat(fd, &st) == 0 && st.st_uid == geteuid() &&
	    flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &st) == 0 &&
	    st.st_nlink > 0)
		return fd;
	close(fd);
	return -1;
}

/* PATH is removed where nobody holds it. */
static void
clear_folder(const char *path)
{
	int lock = lock_folder(path);

	if (lock < 0)
		return;
	folder_remove(path);
	close(lock);
}

/* All called NAME-XXXXXX in DIR. */
static void
clear_left(const char *dir, const char *name)
{
	size_t n = strlen(name);
	struct folder_names f;

	if (folder_names_read(&f, dir) == 0)
		for (size_t i = 0; i < f.n; i++) {
			const char *at = f.names[i];
			struct buf path = BUF_INIT;

			if (strncmp(at, name, n) != 0 || at[n] != '-' ||
			    strlen(at + n + 1) != strlen(ENDING))
				continue;
			buf_printf(&path, "%s/%s", dir, at);
			if (path.err == 0)
				clear_folder(buf_cstr(&path));
			buf_free(&path);
		}
	folder_names_free(&f);
}

int
temp_folder_make(struct temp_folder *t, const char *name, struct diag *d)
{
	const char *dir = temp_folder_place();

	*t = TEMP_FOLDER_INIT;
	clear_left(dir, name);
	for (int i = 0; i < TRIES && t->lock < 0; i++) {
		buf_clear(&t->path);
		buf_printf(&t->path, "%s/%s-" ENDING, dir, name);
		if (t->path.err != 0)
			return diag_set(
			    d, ERR_NOMEM, NULL, 0, "%s", err_text(ERR_NOMEM));
		if (mkdtemp(t->path.p) == NULL)
			return diag_set(d, ERR_IO, buf_cstr(&t->path), 0, "%s",
			    err_system(errno));
		t->lock = lock_folder(buf_cstr(&t->path));
	}
	return t->lock >= 0 ? 0
			    : diag_set(d, ERR_IO, buf_cstr(&t->path), 0,
				  _("can't be locked"));
}

void
temp_folder_remove(struct temp_folder *t)
{
	if (t->lock >= 0) {
		folder_remove(buf_cstr(&t->path));
		close(t->lock);
	}
	buf_free(&t->path);
	*t = TEMP_FOLDER_INIT;
}
